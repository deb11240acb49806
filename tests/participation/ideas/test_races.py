"""Many hands on one board at the same moment, with real threads; SQLite writes one after the other by itself."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from moderation.roles import DESK
from participation.ideas import errors
from participation.ideas.counting import drifts
from participation.ideas.kinds import Outcome, ReportReason, Screening, State
from participation.ideas.merging import merge_ideas, undo_merge
from participation.ideas.reporting import report
from participation.ideas.reviewing import ask_second_look
from participation.ideas.supporting import take_back_support
from participation.models import Idea, IdeaBoardPage, IdeaMerge, ModerationDecision, Report, SecondLook, Support
from residents.voters import voter_of
from tests.conftest import set_up_commune
from tests.factories import UserFactory
from tests.moderation.test_races import at_once
from tests.participation.ideas.making import NOW, comment, decided, propose, public_idea, readable_board, support

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="rows are locked on PostgreSQL only"),
]


def press(jobs: list[Any]) -> list[BaseException]:
    """All press at once; no more of them at work than a server has connections."""
    room = threading.Semaphore(40)

    def at_work(job: Any) -> Any:
        def work() -> None:
            with room:
                job()
                connection.close()

        return work

    return at_once([at_work(job) for job in jobs])


def desk_of_two() -> tuple[Any, Any]:
    return UserFactory(groups=[DESK.group]), UserFactory(groups=[DESK.group])


def test_forty_clicks_by_one_person_at_once_are_one_support():
    """Held by the constraint on supports, and by the lock on the voter, whom everybody here finds: none waits to be made."""
    set_up_commune()
    idea, who = public_idea(), UserFactory()
    voter_of(who)
    raised = press([lambda: support(idea, who)] * 40)
    assert [type(error) for error in raised] == [errors.AlreadySupportedError] * 39
    idea.refresh_from_db()
    assert Support.objects.count() == idea.supports_count == 1


def test_forty_clicks_to_and_fro_leave_a_count_that_is_true():
    """Red without the lock on the idea: two takings back then count twice."""
    set_up_commune()
    idea, who = public_idea(), UserFactory()
    jobs = [lambda: support(idea, who), lambda: take_back_support(idea=idea, user=who, now=NOW)] * 20
    raised = press(jobs)
    assert {type(error) for error in raised} <= {errors.AlreadySupportedError}
    assert list(drifts()) == []


def test_two_hundred_people_on_one_idea_are_two_hundred_supports():
    """Red where the count is written as a number that was read, without a lock."""
    set_up_commune()
    idea = public_idea()
    people = UserFactory.create_batch(200)
    assert press([lambda who=who: support(idea, who) for who in people]) == []
    idea.refresh_from_db()
    assert Support.objects.count() == idea.supports_count == 200


def test_the_limit_of_supports_holds_from_several_tabs():
    """Red without the lock on the voter: each tab then counts none of the others."""
    set_up_commune()
    page, who = readable_board(supports_per_person=3), UserFactory()
    ideas = [public_idea(page) for _number in range(12)]
    voter_of(who)
    raised = press([lambda idea=idea: support(idea, who) for idea in ideas])
    assert [type(error) for error in raised] == [errors.TooManySupportsError] * 9
    assert Support.objects.count() == 3


def test_the_limit_of_ideas_holds_and_numbers_are_given_once():
    """Red without the lock on the board: two ideas then ask for one number, and one of them is refused."""
    set_up_commune()
    page = readable_board()
    people = UserFactory.create_batch(20)
    assert press([lambda who=who: propose(page, who) for who in people]) == []
    assert sorted(Idea.objects.values_list("number", flat=True)) == list(range(1, 21))


@pytest.mark.parametrize("attempt", range(4))
def test_supports_and_comments_while_ideas_merge_and_part_are_never_lost(attempt):
    """Red without the lock on the idea in `support_idea`: a support then lands on the idea that is gone."""
    set_up_commune()
    moderator, _other = desk_of_two()
    page = readable_board()
    kept, merged = public_idea(page), public_idea(page)
    people = UserFactory.create_batch(24)
    jobs: list[Any] = [lambda who=who: support(merged, who) for who in people]
    jobs += [lambda who=who: comment(merged, who) for who in people[:8]]
    jobs.insert(10, lambda: merge_ideas(kept=kept, merged=merged, user=moderator, now=NOW))
    assert press(jobs) == []
    kept.refresh_from_db()
    merged.refresh_from_db()
    assert (kept.supports_count, kept.comments_count) == (24, 8)
    assert not Support.objects.filter(idea=merged).exists()
    assert list(drifts()) == []
    merge = IdeaMerge.objects.get()
    more = UserFactory.create_batch(12)
    jobs = [lambda who=who: support(merged, who) for who in more]
    jobs.insert(4, lambda: undo_merge(merge=merge, user=moderator, now=NOW))
    assert press(jobs) == []
    assert Support.objects.count() == 36
    assert list(drifts()) == []


def test_one_idea_is_merged_once_when_two_do_it_at_once():
    """Held by the locks on the board and on the ideas."""
    set_up_commune()
    one, other = desk_of_two()
    page = readable_board()
    first, second = public_idea(page), public_idea(page)
    jobs = [
        lambda: merge_ideas(kept=first, merged=second, user=one, now=NOW),
        lambda: merge_ideas(kept=second, merged=first, user=other, now=NOW),
    ] * 4
    raised = press(jobs)
    assert [type(error) for error in raised] == [errors.MergeError] * 7
    assert IdeaMerge.objects.count() == 1


@pytest.mark.parametrize("attempt", range(4))
def test_no_support_counts_after_the_board_was_closed(attempt):
    """Whoever comes after the closing is refused; red where the page is read before the lock."""
    set_up_commune()
    page = readable_board()
    idea = public_idea(page)
    closed = threading.Event()
    late: list[Any] = []

    def close() -> None:
        IdeaBoardPage.objects.filter(translation_key=page.board_key).update(supports_until=NOW)
        closed.set()

    def click(who: Any) -> None:
        was_closed = closed.is_set()
        support(idea, who)
        late.append(was_closed)

    jobs: list[Any] = [lambda who=who: click(who) for who in UserFactory.create_batch(20)]
    jobs.insert(10, close)
    raised = press(jobs)
    assert {type(error) for error in raised} <= {errors.ClosedError}
    assert not any(late)
    idea.refresh_from_db()
    assert idea.supports_count == Support.objects.count() == 20 - len(raised)
    with pytest.raises(errors.ClosedError):
        support(idea, now=NOW)
    assert support(public_idea(), now=NOW - timedelta(seconds=1))


def test_who_waited_for_their_turn_until_the_board_had_closed_is_refused():
    """Red where the page is read before the lock on the idea: it is then the page of before."""
    set_up_commune()
    page, who = readable_board(), UserFactory()
    idea, waiting = public_idea(page), threading.Event()

    def close_while_others_wait() -> None:
        with transaction.atomic():
            Idea.objects.select_for_update().get(pk=idea.pk)
            waiting.set()
            time.sleep(0.5)
            IdeaBoardPage.objects.filter(translation_key=page.board_key).update(supports_until=NOW)

    def click() -> None:
        waiting.wait()
        support(idea, who)

    raised = press([close_while_others_wait, click])
    assert [type(error) for error in raised] == [errors.ClosedError]
    assert not Support.objects.exists()


def test_two_moderators_at_once_decide_once():
    """Red without the lock on the idea: both decisions are then logged, and the second one holds."""
    set_up_commune()
    one, other = desk_of_two()
    idea = propose(readable_board(screening=Screening.BEFORE))
    seen = idea.changed_at
    jobs = [
        lambda: decided(Idea.objects.get(pk=idea.pk), one, Outcome.PUBLISHED, seen=seen),
        lambda: decided(Idea.objects.get(pk=idea.pk), other, Outcome.DECLINED, seen=seen),
    ] * 4
    raised = press(jobs)
    assert [type(error) for error in raised] == [errors.DecidedError] * 7
    decision = ModerationDecision.objects.get()
    idea.refresh_from_db()
    assert idea.state == {Outcome.PUBLISHED: State.PUBLIC, Outcome.DECLINED: State.DECLINED}[decision.outcome]


def test_many_reports_at_once_are_one_review_and_a_true_count():
    """Red without the lock on the idea: a second review begins, or the count of reports is short."""
    set_up_commune()
    idea = public_idea(readable_board(hidden_after_reports=10))
    people = UserFactory.create_batch(20)

    def complain(who: Any) -> None:
        report(contribution=idea, user=who, reason=ReportReason.FALSE, now=NOW)

    raised = press([lambda who=who: complain(who) for who in people])
    idea.refresh_from_db()
    assert {type(error) for error in raised} <= {errors.NotPublicError}  # those who came once it was hidden
    assert Report.objects.count() == idea.open_reports == 10
    assert (idea.state, idea.workflow_states.count()) == (State.HIDDEN, 1)


def test_a_second_look_is_asked_for_once_from_several_tabs():
    """Held by the constraint on second looks."""
    set_up_commune()
    moderator, _other = desk_of_two()
    idea = propose(readable_board(screening=Screening.BEFORE))
    decided(idea, moderator, Outcome.DECLINED)
    ask = lambda: ask_second_look(contribution=Idea.objects.get(pk=idea.pk), user=idea.author, words="", now=NOW)  # noqa: E731
    raised = press([ask] * 8)
    assert [type(error) for error in raised] == [errors.SecondLookUsedError] * 7
    assert SecondLook.objects.count() == 1
