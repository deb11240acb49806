"""Each audience reads the rules of the game beside the editor's form, in its own language; the desk keeps them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation

from moderation.models import Guide
from moderation.setup import setup_guides
from tests.factories import UserFactory, draft_news, editor_of, news_index, translate
from tests.moderation.editor import look

pytestmark = pytest.mark.django_db


def beside(response: Any, name: str) -> Any:
    """Return the side panel `name` of an editor's screen."""
    return next(panel for panel in response.context["side_panels"] if panel.name == name)


def test_every_audience_has_its_rules_in_both_languages_from_the_start():
    for guide in Guide.objects.all():
        for text in (guide.title_fr, guide.title_nl, guide.text_fr, guide.text_nl):
            assert text
    assert {guide.audience for guide in Guide.objects.all()} == set(Guide.Audience.values)


def test_a_second_guide_for_one_audience_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        Guide.objects.create(audience=Guide.Audience.DESK, title_fr="x", title_nl="x", text_fr="x", text_nl="x")


def test_an_unknown_audience_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        Guide.objects.create(audience="everyone", title_fr="x", title_nl="x", text_fr="x", text_nl="x")


def test_what_the_desk_wrote_survives_the_next_setup():
    Guide.objects.filter(audience=Guide.Audience.DESK).update(title_fr="Nos règles")
    Guide.objects.filter(audience=Guide.Audience.SENDER).delete()
    setup_guides()
    assert Guide.objects.get(audience=Guide.Audience.DESK).title_fr == "Nos règles"
    assert Guide.objects.get(audience=Guide.Audience.SENDER).title_fr


@pytest.mark.parametrize(("code", "words"), [("fr", "Écrire pour les quartiers"), ("nl", "Schrijven voor de wijken")])
def test_a_department_reads_its_rules_in_its_own_language(code, words, roads, signed_in):
    editor = editor_of(roads, language=code)
    screen = look(signed_in(editor), draft_news(owner=editor, department=roads)).content.decode()
    assert words in screen
    assert "Relire et publier" not in screen
    assert "Nalezen en publiceren" not in screen
    assert "data-change-guide" not in screen


def test_the_rules_stand_there_from_the_first_word(editor, signed_in):
    url = reverse("wagtailadmin_pages:add", args=["neighbourhood_news", "newspage", news_index().pk])
    response = signed_in(editor).get(url)
    assert "Écrire pour les quartiers" in response.content.decode()
    assert [panel.name for panel in response.context["side_panels"] if panel.name == "story"] == []


def test_they_stand_beside_the_translation_too(editor, roads, signed_in):
    dutch = translate(draft_news(owner=editor, department=roads))
    assert "Écrire pour les quartiers" in look(signed_in(editor), dutch).content.decode()


def test_the_desk_reads_its_own_rules_and_what_the_others_are_told(desk, roads, editor, signed_in):
    screen = look(signed_in(desk), draft_news(owner=editor, department=roads)).content.decode()
    for words in ("Relire et publier", "Écrire pour les quartiers", "Nous envoyer un message"):
        assert words in screen
    assert "data-change-guide" in screen


def test_rules_hold_headings_lists_bold_and_links_and_nothing_else():
    features = Guide._meta.get_field("text_fr").features
    assert set(features) == {"h3", "bold", "ol", "ul", "link", "document-link"}


def test_without_rules_the_editor_still_opens(editor, roads, signed_in):
    Guide.objects.all().delete()
    assert look(signed_in(editor), draft_news(owner=editor, department=roads)).status_code == 200


def test_a_superuser_reads_the_desks_rules(roads, editor, signed_in):
    page = draft_news(owner=editor, department=roads)
    assert "Relire et publier" in look(signed_in(UserFactory(is_superuser=True)), page).content.decode()


@pytest.mark.parametrize(("code", "words"), [("fr", "Nous envoyer un message"), ("nl", "Ons een bericht sturen")])
def test_senders_without_an_account_have_their_rules_for_their_form(code, words):
    template = Template("{% load moderation_tags %}{% guide_for 'sender' as guide %}{{ guide.title }}{{ guide.text }}")
    with translation.override(code):
        shown = template.render(Context())
    assert words in shown
    assert "<li>" in shown
