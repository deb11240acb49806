"""What the desk decides over ideas and comments, and the second look that an author may ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from participation.ideas import errors
from participation.ideas.kinds import Because, Outcome, State
from participation.ideas.locks import locked_contribution
from participation.ideas.moving import change_state, publish, put_before_desk
from participation.ideas.notices import tell_decided, tell_replied
from participation.ideas.permissions import why_not_decide, why_not_second_look
from participation.models import (
    Comment,
    DeclineReason,
    Idea,
    IdeaBoardPage,
    ModerationDecision,
    Report,
    SecondLook,
)
from residents.models import User


@dataclass(frozen=True)
class Verdict:
    """What somebody of the desk decides. `seen` is the `changed_at` of the words that they had before them.

    `channel` holds the right channel's words in both languages (`home.reviewing.Channel.words`).
    """

    outcome: Outcome
    seen: datetime
    word: str = ""
    reason: DeclineReason | None = None
    channel: Mapping[str, str] | None = None

    def check(self) -> None:
        """Raise ValidationError, by field, where it lacks what its author must be told."""
        if self.outcome == Outcome.DECLINED and self.reason is None:
            raise ValidationError({"reason": [_("Choose a reason: the author is told.")]})
        if self.outcome == Outcome.ELSEWHERE and not self.channel:
            raise ValidationError({"channel": [_("Choose the right channel: the author is told.")]})
        if self.outcome == Outcome.CHANGES and not self.word.strip():
            raise ValidationError({"word": [_("Say what has to change: the author is told.")]})


def board_of(contribution: Idea | Comment) -> UUID:
    key: UUID = contribution.board_id if isinstance(contribution, Idea) else contribution.idea.board_id
    return key


def outcomes_for(contribution: Idea | Comment) -> list[Outcome]:
    """Return what can be decided over it: a report that has no ground leaves it public."""
    first = Outcome.KEPT if contribution.waits_because == Because.REPORTS else Outcome.PUBLISHED
    return [first, Outcome.CHANGES, Outcome.DECLINED, Outcome.ELSEWHERE]


@transaction.atomic
def decide(*, contribution: Idea | Comment, user: User, verdict: Verdict, now: datetime) -> ModerationDecision:
    """Decide over what waits; the log keeps it. Of two people at once the second finds it decided.

    Raises a RefusedError (DecidedError, ChangedError, OwnWritingError, SecondPersonError…), ValidationError by field.
    """
    verdict.check()
    held = locked_contribution(contribution)
    refusal = why_not_decide(held, user)
    if refusal:
        raise refusal
    state = WorkflowState.objects.for_instance(held).filter(status=WorkflowState.STATUS_IN_PROGRESS).first()
    if state is None or state.current_task_state is None or verdict.outcome not in outcomes_for(held):
        raise errors.DecidedError
    if held.changed_at != verdict.seen:
        raise errors.ChangedError
    was_public, was_first = held.is_public, held.first_published_at is None
    decision = _log(held, state, user, verdict, now)
    _settle_reports(held, decision)
    _finish_second_look(held, user, now)
    _end_review(state, verdict, user)
    _move(held, verdict, now)
    tell_decided(decision=decision, contribution=held, was_public=was_public)
    if was_first and held.is_public and isinstance(held, Comment):
        tell_replied(comment=held)
    return decision


def _log(held: Idea | Comment, state: WorkflowState, user: User, verdict: Verdict, now: datetime) -> ModerationDecision:
    about = {"idea": held} if isinstance(held, Idea) else {"comment": held, "is_about_comment": True}
    return ModerationDecision.objects.create(
        **about,
        board_id=board_of(held),
        because=held.waits_because or Because.FIRST,
        outcome=verdict.outcome,
        reason=verdict.reason if verdict.outcome == Outcome.DECLINED else None,
        word=verdict.word.strip(),
        channel=dict(verdict.channel or {}) if verdict.outcome == Outcome.ELSEWHERE else None,
        reports=held.open_reports,
        waited_since=state.created_at,
        decided_by=user,
        decided_at=now,
    )


def _settle_reports(held: Idea | Comment, decision: ModerationDecision) -> None:
    name = "idea" if isinstance(held, Idea) else "comment"
    Report.objects.filter(**{name: held}, decision=None).update(decision=decision)
    held.open_reports = 0
    held.save(update_fields=["open_reports"])


def _finish_second_look(held: Idea | Comment, user: User, now: datetime) -> None:
    look: SecondLook | None = getattr(held, "second_look", None)
    if look and look.decided_at is None:
        look.decided_by, look.decided_at = user, now
        look.save(update_fields=["decided_by", "decided_at"])


def _end_review(state: WorkflowState, verdict: Verdict, user: User) -> None:
    task_state: TaskState = state.current_task_state
    if verdict.outcome in (Outcome.PUBLISHED, Outcome.KEPT):
        task_state.approve(user=user, comment=verdict.word)
    elif verdict.outcome == Outcome.CHANGES:
        task_state.reject(user=user, comment=verdict.word)
    else:
        state.cancel(user=user)


def _move(held: Idea | Comment, verdict: Verdict, now: datetime) -> None:
    held.waits_because = ""
    if verdict.outcome in (Outcome.PUBLISHED, Outcome.KEPT):
        page = IdeaBoardPage.objects.filter(translation_key=board_of(held)).first()
        publish(held, page=page, now=now)
        return
    after = {Outcome.CHANGES: State.CHANGES, Outcome.DECLINED: State.DECLINED, Outcome.ELSEWHERE: State.ELSEWHERE}
    change_state(held, after[verdict.outcome])


def ask_second_look(*, contribution: Idea | Comment, user: User, words: str, now: datetime) -> SecondLook:
    """Ask that somebody else looks at what was declined or sent elsewhere; once. Raises a RefusedError."""
    try:
        with transaction.atomic():
            return _ask(contribution, user, words, now)
    except IntegrityError as error:
        if not looks_at(contribution).exists():
            raise
        raise errors.SecondLookUsedError from error


def looks_at(contribution: Idea | Comment) -> QuerySet[SecondLook]:
    name = "idea" if isinstance(contribution, Idea) else "comment"
    return SecondLook.objects.filter(**{name: contribution.pk})


def _ask(contribution: Idea | Comment, user: User, words: str, now: datetime) -> SecondLook:
    held = locked_contribution(contribution)
    refusal = why_not_second_look(held, user)
    if refusal:
        raise refusal
    name = "idea" if isinstance(held, Idea) else "comment"
    last = held.decisions.first()
    look = SecondLook(
        **{name: held}, first_decided_by=last.decided_by if last else None, words=words.strip()[:1000], asked_at=now
    )
    look.save(force_insert=True)
    put_before_desk(held, because=Because.SECOND_LOOK, user=user)
    return look


def decision_on(contribution: Idea | Comment) -> ModerationDecision | None:
    """Return the last decision over it, as its author reads why."""
    found: Any = contribution.decisions.select_related("reason").first()
    return found  # type: ignore[no-any-return]
