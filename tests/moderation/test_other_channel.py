""" "Not this channel": an outcome of its own, told kindly, counted apart, and not for ever."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from wagtail.models import TaskState, WorkflowState

from moderation.actions import divert, reopen
from moderation.models import Channel, Diversion
from moderation.roles import DESK
from neighbourhood_news.models import NewsPage
from tests.conftest import set_up_commune
from tests.factories import DepartmentFactory, UserFactory, draft_news, editor_of, submit
from tests.moderation.test_races import at_once
from tests.reading import seen, words

pytestmark = pytest.mark.django_db


def bulletin(**fields: Any) -> Channel:
    return Channel.objects.create(
        **{
            "name_fr": "Le Bulletin",
            "name_nl": "Het Infoblad",
            "address_fr": "https://auneval.example/bulletin",
            "words_fr": "Il paraît le premier du mois.",
            "words_nl": "Het verschijnt op de eerste van de maand.",
            **fields,
        }
    )


def sent_elsewhere(editor: Any, department: Any, desk: Any, word: str = "Bonne idée !") -> Diversion:
    state = submit(draft_news(owner=editor, department=department), editor)
    return divert(task_state=TaskState.objects.get(pk=state.pk), channel=bulletin(), word=word, user=desk)


def test_the_text_is_closed_with_a_channel_and_a_word_and_is_no_refusal(editor, roads, desk):
    diversion = sent_elsewhere(editor, roads, desk)
    assert (diversion.channel.name_fr, diversion.word) == ("Le Bulletin", "Bonne idée !")
    state = WorkflowState.objects.get()
    assert state.status == WorkflowState.STATUS_CANCELLED
    assert not TaskState.objects.filter(status=TaskState.STATUS_REJECTED).exists()


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", ["Le Bulletin", "Il paraît le premier du mois.", "Bonne idée !", "autre canal"]),
        ("nl", ["Het Infoblad", "Het verschijnt op de eerste van de maand.", "Bonne idée !", "ander kanaal"]),
    ],
)
def test_the_proposer_reads_it_in_their_language(language, expected, roads, desk, signed_in):
    editor = editor_of(roads, language=language)
    sent_elsewhere(editor, roads, desk)
    panel = words(seen(signed_in(editor).get(reverse("wagtailadmin_home"))).select_one("table.proposals"))
    for part in expected:
        assert part in panel


def test_it_is_counted_by_channel(editor, roads, desk, signed_in):
    sent_elsewhere(editor, roads, desk)
    screen = seen(signed_in(desk).get(reverse("other_channels")))
    assert words(screen.select_one(".queue__count")) == "1 Le Bulletin"


def test_taken_up_again_it_waits_in_its_proposers_name_once(editor, roads, desk, second_desk, signed_in):
    diversion = sent_elsewhere(editor, roads, desk)
    address = reverse("reopen", args=[diversion.pk])
    for member in (desk, second_desk):
        assert signed_in(member).post(address).status_code == 302
    waiting = WorkflowState.objects.get(status=WorkflowState.STATUS_IN_PROGRESS)
    assert waiting.requested_by == editor
    diversion.refresh_from_db()
    assert diversion.reopened_by == desk


def test_what_is_proposed_again_meanwhile_or_deleted_is_not_taken_up(editor, roads, desk, signed_in):
    diversion = sent_elsewhere(editor, roads, desk)
    page = NewsPage.objects.get()
    submit(page, editor)
    client, address = signed_in(desk), reverse("reopen", args=[diversion.pk])
    assert client.post(address).status_code == 302
    diversion.refresh_from_db()
    assert diversion.reopened_at is None
    assert WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS).count() == 1


def test_what_was_sent_back_for_changes_meanwhile_is_not_taken_up(editor, roads, desk, signed_in):
    diversion = sent_elsewhere(editor, roads, desk)
    state = submit(NewsPage.objects.get(), editor)
    TaskState.objects.get(pk=state.pk).reject(user=desk)
    assert signed_in(desk).post(reverse("reopen", args=[diversion.pk])).status_code == 302
    diversion.refresh_from_db()
    assert diversion.reopened_at is None


def test_a_channel_no_longer_in_use_cannot_be_chosen_and_remains_shown(editor, roads, desk, signed_in):
    diversion = sent_elsewhere(editor, roads, desk)
    Channel.objects.update(is_open=False)
    page = draft_news(owner=editor, department=roads, title="Autre", slug="autre")
    state = submit(page, editor)
    client = signed_in(desk)
    address = reverse("review", args=[state.pk])
    client.get(address)
    client.post(address, {"decision": "not_this_channel", "not_this_channel-channel": diversion.channel_id})
    assert Diversion.objects.count() == 1
    assert "Le Bulletin" in words(seen(client.get(reverse("other_channels"))))


@pytest.mark.parametrize("who", ["editor", "clerk", "participation_officer", "resident"])
def test_only_the_desk_takes_up_again(who, request, roads, desk, signed_in):
    diversion = sent_elsewhere(editor_of(roads), roads, desk)
    client = signed_in(request.getfixturevalue(who))
    assert client.post(reverse("reopen", args=[diversion.pk])).status_code in (302, 403)
    diversion.refresh_from_db()
    assert diversion.reopened_at is None


def test_reopening_is_asked_by_a_form_only(editor, roads, desk, signed_in):
    diversion = sent_elsewhere(editor, roads, desk)
    assert signed_in(desk).get(reverse("reopen", args=[diversion.pk])).status_code == 405


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="rows are locked on PostgreSQL only")
def test_eight_members_of_the_desk_taking_it_up_at_once_do_it_once():
    set_up_commune()
    roads = DepartmentFactory(slug="roads")
    members = [UserFactory(groups=[DESK.group]) for _number in range(8)]
    diversion = sent_elsewhere(editor_of(roads), roads, members[0])
    assert at_once([lambda m=member: reopen(diversion=diversion, user=m) for member in members]) == []
    assert WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS).count() == 1
