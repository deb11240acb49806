"""What came in without an account stands in the desk's queue like any other text, and says where it came from."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from wagtail.models import PageLogEntry, WorkflowState

from mailing.delivery import send_due
from moderation.arrivals import arrivals_of
from moderation.models import Arrival
from moderation.permissions import obstacle_to_approval
from moderation.received_texts import Origin, ReceivedText
from moderation.sender_actions import empty_old_arrivals, receive_text, revoke_link
from moderation.translations import prepare_translation
from neighbourhood_news.models import NewsPage
from tests.factories import SenderFactory, UserFactory, draft_news, editor_of, translate
from tests.moderation.editor import decide, edit, look, told
from tests.moderation.sending import address, link_of, proposal

pytestmark = pytest.mark.django_db


def in_french(words: str) -> str:
    with override("fr"):
        return gettext(words)


@pytest.fixture
def sender(roads: Any) -> Any:
    return SenderFactory(department=roads, name="Police <b>locale</b>", email="info@police.example")


@pytest.fixture
def arrived(sender: Any, client: Any, administrator: Any) -> NewsPage:
    """A text that came by a link which the administrator made; its kind is open."""
    client.post(address(link_of(sender, administrator)), proposal(word="C’est <i>urgent</i>."))
    return NewsPage.objects.get()


def obstacle(page: NewsPage, user: Any) -> str:
    with override("fr"):
        return obstacle_to_approval(page.current_workflow_task_state, user, page)


def test_it_waits_for_the_desk_without_anybody_who_asked_for_it(arrived):
    state = WorkflowState.objects.get()
    assert (state.status, state.requested_by) == (WorkflowState.STATUS_IN_PROGRESS, None)
    assert (arrived.live, arrived.owner) == (False, None)


def test_the_desk_hears_of_it_under_the_senders_name(sender, client, administrator):
    member = UserFactory(groups=["Rédaction finale / Eindredactie"])
    client.post(address(link_of(sender, administrator)), proposal())
    send_due()
    (message,) = [message for message in mail.outbox if message.to == [member.email]]
    assert "Police <b>locale</b>" in message.body


def test_the_editor_says_who_sent_it_how_when_and_their_word_as_text(arrived, desk, signed_in):
    screen = look(signed_in(desk), arrived).content.decode()
    assert "Police &lt;b&gt;locale&lt;/b&gt;" in screen
    assert "info@police.example" in screen
    assert in_french("It came by a personal link.") in screen
    assert "C’est &lt;i&gt;urgent&lt;/i&gt;." in screen
    assert Arrival.objects.get().reference in screen
    assert "<i>urgent</i>" not in screen


def test_the_departments_people_see_where_it_came_from_and_adjust_it_after_changes_were_asked_for(
    arrived, roads, desk, signed_in
):
    client = signed_in(desk)
    look(client, arrived)
    decide(client, arrived, "reject", comment="Où ?", kind="policy")
    editor = signed_in(editor_of(roads))
    assert "info@police.example" in look(editor, arrived).content.decode()
    edit(editor, arrived, introduction="Rue du Moulin.", kind="policy")
    assert NewsPage.objects.get().get_latest_revision_as_object().introduction == "Rue du Moulin."


def test_every_screen_about_a_text_without_a_proposer_opens(arrived, desk, administrator, signed_in):
    for user in (desk, administrator):
        client = signed_in(user)
        for name, args in [
            ("wagtailadmin_home", []),
            ("wagtailadmin_pages:edit", [arrived.pk]),
            ("wagtailadmin_pages:history", [arrived.pk]),
            ("wagtailadmin_pages:workflow_history", [arrived.pk]),
            ("wagtailadmin_pages:workflow_history_detail", [arrived.pk, WorkflowState.objects.get().pk]),
            ("wagtailadmin_reports:workflow", []),
            ("wagtailadmin_reports:workflow_tasks", []),
            ("wagtailadmin_explore", [arrived.get_parent().pk]),
        ]:
            assert client.get(reverse(name, args=args)).status_code == 200, name


def test_its_history_begins_with_its_arrival(arrived):
    actions = PageLogEntry.objects.filter(page=arrived.pk).values_list("action", "user")
    assert set(actions) == {("wagtail.create", None), ("wagtail.workflow.start", None)}


def test_a_text_with_an_open_kind_is_not_approved_and_the_editor_says_what_is_missing(arrived, desk, signed_in):
    client = signed_in(desk)
    sentence = (in_french("The text is not complete yet. Fill in: %(fields)s.") % {"fields": in_french("kind")}).strip()
    assert " ".join(sentence.split()) in " ".join(look(client, arrived).content.decode().split())
    assert in_french("kind") in obstacle(arrived, desk)
    decide(client, arrived, "approve")
    assert not NewsPage.objects.get(pk=arrived.pk).live
    task_state = arrived.current_workflow_task_state.specific
    task_state.task.specific.on_action(task_state, desk, "approve")
    assert not NewsPage.objects.get(pk=arrived.pk).live


def test_a_text_with_an_open_kind_is_not_translated_yet_and_the_desk_is_told_what_is_missing(arrived, desk, signed_in):
    """Localize makes no page of a draft that lacks a field."""
    url = reverse("wagtail_localize:submit_page_translation", args=[arrived.pk])
    response = signed_in(desk).post(url, follow=True)
    assert in_french("kind") in told(response)
    task_state = arrived.current_workflow_task_state.specific
    address = task_state.task.specific.on_action(task_state, desk, "translate")
    assert address == reverse("wagtailadmin_pages:edit", args=[arrived.pk])
    assert NewsPage.objects.count() == 1


def test_once_it_is_complete_in_both_languages_it_is_published(arrived, desk, signed_in):
    client = signed_in(desk)
    look(client, arrived)
    edit(client, arrived, kind="policy")
    translate(arrived, introduction="")
    look(client, arrived)
    assert obstacle(NewsPage.objects.get(pk=arrived.pk), desk) == ""
    decide(client, arrived, "approve", kind="policy")
    assert NewsPage.objects.filter(translation_key=arrived.translation_key, live=True).count() == 2


def test_whoever_made_the_link_does_not_approve_what_came_by_it(arrived, administrator, desk):
    assert obstacle(arrived, administrator) == in_french(
        "This text came from your own address, or by a link that you made; someone else has to approve it."
    )
    assert obstacle(arrived, desk) != obstacle(arrived, administrator)


def test_a_link_made_anew_by_somebody_else_does_not_open_the_way(arrived, sender, administrator, desk):
    link_of(sender, desk)
    assert "lien" in obstacle(arrived, administrator)
    assert "lien" not in obstacle(arrived, desk)


def test_nobody_approves_what_came_from_their_own_address(sender, client, administrator):
    member = UserFactory(email="INFO@police.example", groups=["Rédaction finale / Eindredactie"])
    client.post(address(link_of(sender, administrator)), proposal())
    assert "lien" in obstacle(NewsPage.objects.get(), member)


def test_a_list_of_pages_learns_where_they_came_from_in_one_query(arrived, roads, django_assert_num_queries):
    pages = [arrived, draft_news(department=roads, title="Autre"), *[draft_news(title=str(n)) for n in range(5)]]
    with django_assert_num_queries(1):
        arrivals = arrivals_of(pages)
        assert {key: arrival.sender.name for key, arrival in arrivals.items()} == {
            arrived.translation_key: "Police <b>locale</b>"
        }


def test_the_other_language_of_a_draft_came_from_the_same_sender(arrived):
    arrived.kind = "policy"
    arrived.save_revision()
    dutch = prepare_translation(arrived, user=None).get_target_instance()
    assert list(arrivals_of([dutch])) == [arrived.translation_key]


def test_after_ninety_days_the_words_are_emptied_and_the_name_stays(arrived, settings):
    now = timezone.now()
    assert empty_old_arrivals(now=now + timedelta(days=89)) == 0
    assert empty_old_arrivals(now=now + timedelta(days=91)) == 1
    assert empty_old_arrivals(now=now + timedelta(days=91)) == 0
    arrival = Arrival.objects.get()
    assert (arrival.original, arrival.word, arrival.from_name) == ("", "", "Police <b>locale</b>")
    assert NewsPage.objects.get().body


def test_a_link_that_is_revoked_while_the_form_is_on_its_way_takes_nothing(sender, administrator):
    link_of(sender, administrator)
    origin = Origin.of_link(sender, number="1", language="fr")
    revoke_link(sender=sender, user=administrator)
    with pytest.raises(PermissionDenied):
        receive_text(origin=origin, text=ReceivedText("Titre", "Texte", "Texte"), now=timezone.now())
    assert not Arrival.objects.exists()
