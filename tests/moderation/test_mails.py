"""Whoever proposed is told what became of it, and why, in their language."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected
from wagtail.users.models import UserProfile

from mailing.delivery import send_due
from mailing.models import OutgoingMail
from moderation.received_texts import Origin, ReceivedText
from moderation.roles import DESK
from moderation.sender_actions import receive_text
from neighbourhood_news.kinds import Kind
from neighbourhood_news.models import NewsPage
from tests.factories import ChannelFactory, SenderFactory, UserFactory, draft_news, editor_of, submit, translate
from tests.moderation.editor import decide, look, told

pytestmark = pytest.mark.django_db


def mails_to(user: Any) -> list[Any]:
    """Have the outbox sent, and return what the person received."""
    send_due()
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


@pytest.mark.parametrize(("language", "both"), [("fr", "deux langues"), ("nl", "beide talen")])
def test_nobody_is_promised_both_languages_when_one_is_scheduled(language, both, roads, desk, signed_in):
    editor = editor_of(roads, language=language)
    page = draft_news(owner=editor, department=roads, go_live_at=timezone.now() + timedelta(days=2))
    submit(page, editor)
    UserProfile.objects.update_or_create(user=desk, defaults={"preferred_language": language})
    client = signed_in(desk)
    address = reverse("review", args=[page.current_workflow_task_state.pk])
    client.get(address)
    decision = {"decision": "approve_alone", "approve_alone-reason": "La traductrice est malade."}
    answer = client.post(address, decision, follow=True)
    (message,) = mails_to(editor)
    assert both not in message.body
    assert both not in told(answer)


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
    UserFactory(groups=[DESK.group])
    submit(page, editor)
    send_due()
    assert mail.outbox
    for message in mail.outbox:
        assert "&amp;" not in message.subject + message.body
        assert "&#" not in message.subject + message.body
        assert "{%" not in message.body


def html_of(message: Any) -> str:
    (html,) = [content for content, kind in message.alternatives if kind == "text/html"]
    return html


@pytest.mark.parametrize(("language", "words"), [("fr", "Relire et décider"), ("nl", "Nalezen en beslissen")])
def test_the_html_part_says_the_same_in_the_readers_language_and_without_pictures(language, words, roads):
    reader = UserFactory(groups=[DESK.group], language=language)
    editor = editor_of(roads, first_name="D’Arc & fils")
    submit(draft_news(owner=editor, department=roads, title="<b>L’eau</b> & l’été"), editor)
    (message,) = mails_to(reader)
    html = html_of(message)
    assert f'<html lang="{language}">' in html
    assert "&lt;b&gt;L’eau&lt;/b&gt; &amp; l’été" in html
    assert "<b>L’eau</b> & l’été" in message.body
    assert "D’Arc &amp; fils" in html
    for remote in ("<img", "<link", "<script", "url(", "@import"):
        assert remote not in html
    assert "/admin/to-review/" in html
    assert "/admin/to-review/" in message.body
    assert words in html


def test_who_submitted_is_not_written_to_even_when_of_the_desk():
    submitter, colleague = UserFactory(groups=[DESK.group]), UserFactory(groups=[DESK.group])
    submit(draft_news(owner=submitter), submitter)
    assert mails_to(submitter) == []
    assert len(mails_to(colleague)) == 1


@pytest.mark.parametrize("without", ["preference", "address", "active account"])
def test_who_does_not_want_mails_or_can_not_have_them_gets_none(without, roads):
    reader = UserFactory(groups=[DESK.group], is_active=without != "active account")
    if without == "address":
        reader.email = None
        reader.save()
    if without == "preference":
        UserProfile.objects.filter(user=reader).update(submitted_notifications=False)
    editor = editor_of(roads)
    submit(draft_news(owner=editor, department=roads), editor)
    assert not OutgoingMail.objects.filter(user=reader).exists()


def test_a_submission_that_is_rolled_back_sends_nothing(roads, desk):
    editor = editor_of(roads)
    page = draft_news(owner=editor, department=roads)
    with transaction.atomic():
        submit(page, editor)
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()


def test_each_mail_of_the_workflow_goes_through_the_outbox_alone():
    """Wagtail's mailers are connected after ours, under the same names, and so are not."""
    for signal, sender in (
        (task_submitted, TaskState),
        (workflow_approved, WorkflowState),
        (workflow_rejected, WorkflowState),
    ):
        receivers, _asynchronous = signal._live_receivers(sender)
        assert [receiver.__module__ for receiver in receivers] == ["moderation.signal_handlers"]


def arrived(language: str = "nl") -> NewsPage:
    """Return the draft of a text that a sender without an account sent by their link."""
    sender = SenderFactory(language=language, email="wijkagent@politie.example")
    origin = Origin.of_link(sender, number=uuid4(), language=language)
    text = ReceivedText("Fietsen gegraveerd", "Kom zaterdag.", "Kom zaterdag.", kind=Kind.CARING)
    return NewsPage.objects.get(translation_key=receive_text(origin=origin, text=text, now=timezone.now()).page_key)


def sent_to(address: str) -> list[Any]:
    send_due()
    return [message for message in mail.outbox if message.to == [address]]


def test_a_sender_without_an_account_hears_that_their_text_came_in(commune):
    page = arrived()
    (message,) = sent_to("wijkagent@politie.example")
    assert "Goed ontvangen" in message.subject
    assert str(page.translation_key)[:8].upper() in message.body
    assert "/admin/" not in message.body


@pytest.mark.parametrize(
    ("decision", "words"), [("reject", "vraagt aanpassingen"), ("not_this_channel", "geen reclame")]
)
def test_a_sender_without_an_account_hears_what_became_of_it_in_their_language(
    decision, words, commune, desk, signed_in
):
    page = arrived()
    channel = ChannelFactory(words_nl="Hier plaatsen we geen reclame.")
    state = page.current_workflow_task_state
    data = {"decision": decision, f"{decision}-comment": "Kan het korter?", f"{decision}-channel": channel.pk}
    client = signed_in(desk)
    client.get(reverse("review", args=[state.pk]))
    client.post(reverse("review", args=[state.pk]), data)
    _received, answer = sent_to("wijkagent@politie.example")
    assert words in answer.body
    assert "Kan het korter?" in answer.body
    assert "/admin/" not in answer.body
