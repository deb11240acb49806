"""Two people at one text are told of each other, though one writes French and the other Dutch."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.admin.models import EditingSession

from tests.factories import draft_news, editor_of, submit, translate
from tests.moderation.editor import look, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def marie(roads: Any) -> Any:
    return editor_of(roads, first_name="Marie", last_name="Dubois")


@pytest.mark.parametrize(("code", "words"), [("fr", "aussi ouvert en ce moment"), ("nl", "staat nu ook open")])
def test_whoever_opens_a_text_that_is_open_is_told_who_is_there(code, words, marie, roads, signed_in):
    page = draft_news(owner=marie, department=roads)
    look(signed_in(marie), page)
    message = told(look(signed_in(editor_of(roads, language=code)), page))
    assert words in message
    assert "Marie Dubois" in message


def test_nobody_is_told_of_themselves_or_of_another_text(marie, editor, roads, signed_in):
    page, other = draft_news(owner=marie, department=roads), draft_news(owner=marie, department=roads, title="Autre")
    look(signed_in(marie), page)
    assert "Marie" not in told(look(signed_in(marie), page))
    assert "Marie" not in told(look(signed_in(editor), other))


def test_both_languages_are_one_text(marie, desk, roads, signed_in):
    page = draft_news(owner=marie, department=roads)
    dutch = translate(page)
    look(signed_in(marie), page)
    assert "Marie Dubois" in told(look(signed_in(desk), dutch))
    assert "Noor Lambert" in told(look(signed_in(marie), page))


def test_whoever_left_is_not_told_of(marie, editor, roads, signed_in):
    page = draft_news(owner=marie, department=roads)
    look(signed_in(marie), page)
    EditingSession.objects.update(last_seen_at=timezone.now() - timedelta(minutes=11))
    assert "Marie" not in told(look(signed_in(editor), page))


def test_a_translator_who_may_not_edit_the_original_takes_no_place_at_it(marie, roads, signed_in):
    page = draft_news(owner=marie, department=roads)
    dutch = translate(page)
    submit(page, marie)
    look(signed_in(marie), dutch)
    assert not EditingSession.objects.filter(object_id=str(page.pk), user=marie).exists()
