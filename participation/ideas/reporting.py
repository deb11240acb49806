"""Residents report what should not stand on a board; past a number of reports it is hidden until somebody looked."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from participation.ideas import errors
from participation.ideas.kinds import Because, State
from participation.ideas.locks import live_board, locked_contribution
from participation.ideas.moving import change_state, put_before_desk
from participation.ideas.notices import tell_hidden
from participation.ideas.permissions import why_not_report
from participation.models import Comment, Idea, Report
from residents.models import User
from residents.voters import voter_of


def report(*, contribution: Idea | Comment, user: User, reason: str, word: str = "", now: datetime) -> Report:
    """Report an idea or a comment, once each. Raises a RefusedError."""
    try:
        with transaction.atomic():
            return _report(contribution, user, reason, word, now)
    except IntegrityError as error:
        if not _theirs(contribution).filter(voter=voter_of(user).key).exists():
            raise
        raise errors.AlreadyReportedError from error


def _theirs(contribution: Idea | Comment) -> QuerySet[Report]:
    name = "idea" if isinstance(contribution, Idea) else "comment"
    return Report.objects.filter(**{name: contribution.pk})


def _report(contribution: Idea | Comment, user: User, reason: str, word: str, now: datetime) -> Report:
    voter = voter_of(user, locked=True)
    held = locked_contribution(contribution)
    refusal = why_not_report(held, user)
    if refusal:
        raise refusal
    name = "idea" if isinstance(held, Idea) else "comment"
    made = Report(**{name: held}, voter=voter.key, reason=reason, word=word.strip(), reported_at=now)
    made.full_clean(validate_unique=False, validate_constraints=False)
    made.save(force_insert=True)
    held.open_reports += 1
    held.save(update_fields=["open_reports"])
    board = held.board_id if isinstance(held, Idea) else held.idea.board_id
    put_before_desk(held, because=Because.REPORTS, user=None)
    if held.open_reports >= live_board(board).hidden_after_reports:
        change_state(held, State.HIDDEN)
        tell_hidden(contribution=held, report=made.pk)
    return made
