"""What the desk decides over ideas and comments, reports, and the second look."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import WorkflowState

from moderation.queue import REPORTED, REVIEW, Queue
from participation.ideas import errors
from participation.ideas.kinds import Because, Outcome, ReportReason, SanctionKind, Screening, State
from participation.ideas.reporting import report
from participation.ideas.reviewing import ask_second_look
from participation.ideas.sanctions import sanction, undo_sanction
from participation.ideas.writing import edit_idea, send_idea
from participation.models import ModerationDecision, Report
from residents.voters import voter_of
from tests.factories import NeighbourhoodFactory, UserFactory
from tests.participation.ideas.making import NOW, comment, decided, propose, public_idea, readable_board

pytestmark = pytest.mark.django_db


def waiting_idea(**fields):
    return propose(readable_board(screening=Screening.BEFORE), **fields)


def reported(contribution, *people, now=NOW):
    for who in people or [UserFactory()]:
        report(contribution=contribution, user=who, reason=ReportReason.INSULT, word="Regardez.", now=now)
    contribution.refresh_from_db()
    return contribution


def test_what_waits_stands_in_the_desks_one_queue_with_its_facts(desk, roads):
    place = NeighbourhoodFactory()
    idea = propose(readable_board(screening=Screening.BEFORE, department=roads), neighbourhood=place)
    said = reported(comment(public_idea()))
    items = {item.kind: item for item in Queue(now=timezone.now()).items}
    assert set(items) == {REVIEW, REPORTED}
    item = items[REVIEW]
    assert (item.title, item.language, item.who) == (f"1. {idea.title}", "fr", "Anne du Moulin")
    assert (item.department, item.neighbourhoods) == (roads, [place])
    assert (items[REPORTED].language, items[REPORTED].model) == ("nl", type(said))


def test_an_approved_idea_is_public_and_leaves_the_queue(desk):
    idea = waiting_idea()
    decided(idea, desk, Outcome.PUBLISHED)
    assert (idea.state, idea.waits_because, idea.workflow_in_progress) == (State.PUBLIC, "", False)
    assert idea.answer_due_on
    assert Queue(now=timezone.now()).items == []


def test_an_idea_that_was_sent_back_comes_again_under_the_same_review(desk):
    idea = waiting_idea()
    decided(idea, desk, Outcome.CHANGES)
    assert (idea.state, idea.current_workflow_state.status) == (State.CHANGES, WorkflowState.STATUS_NEEDS_CHANGES)
    edit_idea(idea=idea, user=idea.author, values={"text": "Sans le nom."}, now=NOW)
    send_idea(idea=idea, user=idea.author, now=NOW)
    decided(idea, desk, Outcome.PUBLISHED)
    assert idea.is_public
    assert WorkflowState.objects.for_instance(idea).count() == 1


@pytest.mark.parametrize(
    ("outcome", "state", "status"),
    [
        (Outcome.DECLINED, State.DECLINED, WorkflowState.STATUS_CANCELLED),
        (Outcome.ELSEWHERE, State.ELSEWHERE, WorkflowState.STATUS_CANCELLED),
    ],
)
def test_a_refused_idea_keeps_the_reason_or_the_channel_for_its_author(desk, outcome, state, status):
    idea = waiting_idea()
    decision = decided(idea, desk, outcome, word="Merci quand même.")
    assert (idea.state, idea.live, idea.workflow_states.get().status) == (state, False, status)
    assert (decision.outcome, decision.word, decision.decided_by) == (outcome, "Merci quand même.", desk)
    assert bool(decision.reason) == (outcome == Outcome.DECLINED)
    assert bool(decision.channel) == (outcome == Outcome.ELSEWHERE)


@pytest.mark.parametrize(
    ("outcome", "lacks", "field"),
    [
        (Outcome.DECLINED, {"reason": None}, "reason"),
        (Outcome.ELSEWHERE, {"channel": None}, "channel"),
        (Outcome.CHANGES, {"word": " "}, "word"),
    ],
)
def test_a_decision_says_what_its_author_has_to_know(desk, outcome, lacks, field):
    idea = waiting_idea()
    with pytest.raises(ValidationError) as refused:
        decided(idea, desk, outcome, **lacks)
    assert list(refused.value.message_dict) == [field]
    assert not ModerationDecision.objects.exists()


def test_nobody_decides_over_what_they_wrote_and_nobody_twice(desk, second_desk):
    idea = waiting_idea(user=desk)
    with pytest.raises(errors.OwnWritingError):
        decided(idea, desk, Outcome.PUBLISHED)
    decided(idea, second_desk, Outcome.PUBLISHED)
    with pytest.raises(errors.DecidedError):
        decided(idea, second_desk, Outcome.DECLINED)


def test_a_decision_over_words_that_changed_meanwhile_is_not_taken(desk):
    idea = waiting_idea()
    seen = idea.changed_at
    edit_idea(idea=idea, user=idea.author, values={"text": "Tout autre chose."}, now=NOW + timedelta(minutes=1))
    with pytest.raises(errors.ChangedError):
        decided(idea, desk, Outcome.PUBLISHED, seen=seen)


def test_reports_fill_the_queue_and_hide_past_the_boards_number_until_somebody_looked(desk):
    idea = public_idea(readable_board(hidden_after_reports=2))
    assert reported(idea).state == State.PUBLIC
    assert reported(idea).state == State.HIDDEN
    decided(idea, desk, Outcome.KEPT)
    assert (idea.state, idea.open_reports) == (State.PUBLIC, 0)
    assert Report.objects.exclude(decision=None).count() == 2
    assert reported(idea).state == State.PUBLIC


def test_each_person_reports_once(resident):
    idea = reported(public_idea(), resident)
    with pytest.raises(errors.AlreadyReportedError):
        reported(idea, resident)
    idea.refresh_from_db()
    assert idea.open_reports == 1


def test_a_hidden_comment_is_no_longer_counted_and_counted_again_once_it_is_left(desk):
    idea = public_idea(readable_board(hidden_after_reports=1))
    said = comment(idea)
    reply = comment(idea, parent=said)
    idea.refresh_from_db()
    assert idea.comments_count == 2
    reported(reply)
    said.refresh_from_db()
    idea.refresh_from_db()
    assert (idea.comments_count, said.replies_count) == (1, 0)
    decided(reply, desk, Outcome.KEPT)
    said.refresh_from_db()
    idea.refresh_from_db()
    assert (idea.comments_count, said.replies_count) == (2, 1)


def test_a_second_look_is_asked_for_once_and_given_by_another_person(desk, second_desk):
    idea = waiting_idea()
    decided(idea, desk, Outcome.DECLINED)
    ask_second_look(contribution=idea, user=idea.author, words="Ce nom est le mien.", now=NOW)
    idea.refresh_from_db()
    assert (idea.state, idea.waits_because) == (State.DECLINED, Because.SECOND_LOOK)
    with pytest.raises(errors.SecondPersonError):
        decided(idea, desk, Outcome.PUBLISHED)
    decided(idea, second_desk, Outcome.DECLINED)
    with pytest.raises(errors.SecondLookUsedError):
        ask_second_look(contribution=idea, user=idea.author, words="Encore.", now=NOW)


def test_a_person_is_muted_for_a_time_on_every_board_and_it_can_be_undone(desk, resident):
    voter = voter_of(resident).key
    end = NOW + timedelta(days=7)
    muted = sanction(voter=voter, kind=SanctionKind.MUTED, because="Insultes.", user=desk, now=NOW, until=end)
    idea = public_idea()
    with pytest.raises(errors.BlockedError, match="Insultes"):
        comment(idea, resident)
    assert comment(idea, resident, now=end).is_public
    undo_sanction(sanction=muted, user=desk, now=NOW)
    assert comment(idea, resident, "Merci.").is_public


def test_only_the_desk_decides_and_sanctions(resident, editor, participation_officer, clerk):
    idea = waiting_idea()
    for person in (resident, editor, participation_officer, clerk):
        with pytest.raises(errors.NotAllowedError):
            decided(idea, person, Outcome.PUBLISHED)
        with pytest.raises(errors.NotAllowedError):
            sanction(voter=idea.voter, kind=SanctionKind.BLOCKED, because="Non.", user=person, now=NOW)
