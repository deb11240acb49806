"""The desk's screen of what waits: shown, decided, refused with what was typed."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from participation.ideas.kinds import Outcome, SanctionKind, Screening, State
from participation.models import DeclineReason, HeldWord, ModerationDecision, Sanction
from tests.factories import ChannelFactory
from tests.participation.ideas.making import comment, propose, public_idea, readable_board
from tests.participation.ideas.test_reviewing import reported

LONG_AGO = "2020-01-01T00:00:00+00:00"
pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(db):
    return propose(readable_board(screening=Screening.BEFORE), text="Un banc <script>alert(1)</script> ici.")


def address(contribution):
    return reverse("idea_review", args=[contribution.current_workflow_task_state.pk])


def post(client, contribution, outcome, **data):
    contribution.refresh_from_db()
    fields = {"seen": contribution.changed_at.isoformat(), **data}
    return client.post(
        address(contribution), {"decision": outcome, **{f"{outcome}-{key}": value for key, value in fields.items()}}
    )


def test_the_queue_leads_to_the_screen_which_shows_the_words_and_never_runs_them(signed_in, desk, waiting):
    client = signed_in(desk)
    assert address(waiting) in client.get(reverse("queue")).content.decode()
    page = client.get(address(waiting)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page


def test_a_decision_is_taken_and_leads_back_to_the_queue(signed_in, desk, waiting):
    answer = post(signed_in(desk), waiting, Outcome.PUBLISHED)
    assert answer.url == reverse("queue")
    waiting.refresh_from_db()
    assert waiting.is_public


def test_declining_needs_a_reason_and_keeps_what_was_typed(signed_in, desk, waiting):
    client = signed_in(desk)
    page = post(client, waiting, Outcome.DECLINED, word="Merci à vous.").content.decode()
    assert "Merci à vous." in page
    opened = BeautifulSoup(page, "html.parser").select("details[name=decision][open]")
    assert ["Merci à vous." in str(each) for each in opened] == [True], "a browser leaves the first open one open"
    assert not ModerationDecision.objects.exists()
    post(client, waiting, Outcome.DECLINED, word="Merci à vous.", reason=DeclineReason.objects.first().pk)
    waiting.refresh_from_db()
    assert waiting.state == State.DECLINED


def test_the_right_channel_is_kept_in_its_words_of_then(signed_in, desk, waiting):
    channel = ChannelFactory(name_fr="Le magazine", name_nl="Het blad")
    post(signed_in(desk), waiting, Outcome.ELSEWHERE, channel=channel.pk)
    assert ModerationDecision.objects.get().channel["name_nl"] == "Het blad"


def test_words_that_changed_meanwhile_are_shown_again_before_a_decision(signed_in, desk, waiting):
    page = post(
        signed_in(desk),
        waiting,
        Outcome.DECLINED,
        seen="2020-01-01T00:00:00+00:00",
        word="Non merci",
        reason=DeclineReason.objects.first().pk,
    )
    assert "Non merci" in page.content.decode()
    assert not ModerationDecision.objects.exists()


@pytest.mark.parametrize("data", [{}, {"decision": "x"}, {"decision": "published", "published-seen": "x"}])
def test_what_makes_no_sense_is_told_and_never_an_error_of_the_server(signed_in, desk, waiting, data):
    assert signed_in(desk).post(address(waiting), data).status_code == 200
    assert not ModerationDecision.objects.exists()


def test_a_reported_comment_shows_why_it_was_reported(signed_in, desk):
    said = reported(comment(public_idea()))
    assert "Regardez." in signed_in(desk).get(address(said)).content.decode()
    post(signed_in(desk), said, Outcome.KEPT)
    said.refresh_from_db()
    assert said.is_public


def test_only_the_desk_opens_it(signed_in, resident, editor, participation_officer, clerk, waiting):
    for person in (resident, editor, participation_officer, clerk):
        assert signed_in(person).get(address(waiting)).status_code in (302, 403)
        post(signed_in(person), waiting, Outcome.PUBLISHED)
    waiting.refresh_from_db()
    assert waiting.state == State.WAITING


def test_the_desk_mutes_and_undoes_it(signed_in, desk, waiting):
    client = signed_in(desk)
    where = reverse("idea_add_sanction", args=[waiting.current_workflow_task_state.pk])
    client.post(where, {"kind": SanctionKind.MUTED, "because": "Insultes."})
    assert not Sanction.objects.exists()
    client.post(where, {"kind": SanctionKind.MUTED, "because": "Insultes.", "days": "7"})
    made = Sanction.objects.get()
    assert "Insultes." in client.get(reverse("idea_sanctions")).content.decode()
    client.post(reverse("idea_sanctions"), {"sanction": made.pk})
    made.refresh_from_db()
    assert made.undone_by == desk
    assert client.post(reverse("idea_sanctions"), {"sanction": "x"}).url == reverse("idea_sanctions")


def test_the_desk_keeps_the_list_of_words(signed_in, desk):
    client = signed_in(desk)
    add = reverse(HeldWord.snippet_viewset.get_url_name("add"))
    client.post(add, {"word": "Idiotès"})
    assert HeldWord.objects.get().folded == "idiotes"
    assert client.post(add, {"word": "IDIOTES"}).status_code == 200
    assert client.post(add, {"word": "…"}).status_code == 200
    assert HeldWord.objects.count() == 1
