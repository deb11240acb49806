"""Whoever proposed is told what became of it, and why, in their language."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from moderation.roles import DESK
from tests.factories import UserFactory, draft_news, editor_of, submit, translate
from tests.moderation.editor import decide, look

pytestmark = pytest.mark.django_db


def mails_to(user: Any) -> list[Any]:
    return [message for message in mail.outbox if message.to == [user.email]]


def test_the_desk_hears_of_a_submission_in_its_language(roads):
    dutch_speaking, french_speaking = (UserFactory(groups=[DESK.group], language=code) for code in ("nl", "fr"))
    editor = editor_of(roads, first_name="Thomas", last_name="Gillardin")
    submit(draft_news(owner=editor, department=roads), editor)
    (dutch,), (french,) = mails_to(dutch_speaking), mails_to(french_speaking)
    assert "Rue du Moulin" in dutch.subject
    assert "Rue du Moulin" in french.subject
    assert dutch.subject != french.subject
    assert "Thomas Gillardin" in dutch.body
    assert "Openbare werken" in dutch.body
    assert "Travaux publics" in french.body


@pytest.mark.parametrize(("language", "hello"), [("fr", "Bonjour"), ("nl", "Dag")])
def test_the_proposer_hears_that_changes_are_asked_for_and_why(language, hello, roads, desk, signed_in):
    editor = editor_of(roads, language=language, first_name="Thomas")
    page = draft_news(owner=editor, department=roads)
    submit(page, editor)
    client = signed_in(desk)
    look(client, page)
    decide(client, page, "reject", comment="Ajoutez le prix & la date.")
    (message,) = mails_to(editor)
    assert message.body.startswith(f"{hello} Thomas")
    assert "Ajoutez le prix & la date." in message.body
    assert "/admin/pages/" in message.body
    assert "Hello" not in message.body


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_proposer_hears_that_it_is_published_with_both_addresses(language, roads, desk, signed_in):
    editor = editor_of(roads, language=language)
    page = draft_news(owner=editor, department=roads)
    translate(page)
    submit(page, editor)
    client = signed_in(desk)
    look(client, page)
    decide(client, page, "approve")
    (message,) = mails_to(editor)
    assert "/fr/actualites/rue-du-moulin/" in message.body
    assert "/nl/nieuws/molenstraat/" in message.body


def test_no_mail_has_markup_escaped_or_an_empty_line_of_code(roads, desk, signed_in):
    editor = editor_of(roads, first_name="D’Arc & fils")
    page = draft_news(owner=editor, department=roads, title="L’été & l’eau")
    submit(page, editor)
    for message in mail.outbox:
        assert "&amp;" not in message.subject + message.body
        assert "&#" not in message.subject + message.body
        assert "{%" not in message.body
