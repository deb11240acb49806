"""Supports: each person's counts once for an idea, in whichever language, and can be taken back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from participation.ideas import errors
from participation.ideas.following import follow_idea, stop_following_idea
from participation.ideas.kinds import State
from participation.ideas.locks import live_board, locked_idea
from participation.ideas.merging import drop_left_behind
from participation.ideas.permissions import why_not_support
from participation.ideas.standing import place_of
from participation.ideas.writing import has_to_accept_charter
from participation.models import Idea, Support
from residents.models import User
from residents.voters import voter_of


def support_idea(*, idea: Idea, user: User, now: datetime) -> Support:
    """Support an idea. Where it was merged while one read it, the support is the remaining idea's.

    Raises a RefusedError: AlreadySupportedError where it counts already, TooManySupportsError at the board's limit,
    CharterError where the board's charter was not agreed to yet.
    """
    while True:
        try:
            with transaction.atomic():
                return _support(idea, user, now)
        except errors.MergedError as merged:
            idea = merged.into
        except IntegrityError as error:
            voter = voter_of(user)
            if not Support.objects.filter(idea=idea.pk, voter=voter.key).exists():
                raise
            raise errors.AlreadySupportedError from error


def _support(idea: Idea, user: User, now: datetime) -> Support:
    voter = voter_of(user, locked=True)  # its row is the lock under which a person's supports are counted
    idea = locked_idea(idea)
    page = live_board(idea.board_id)
    refusal = why_not_support(page, idea, user, now=now)
    if refusal:
        raise refusal
    most = page.supports_per_person
    if Support.objects.filter(idea=idea, voter=voter.key).exists():
        raise errors.AlreadySupportedError
    if has_to_accept_charter(page, user):
        raise errors.CharterError
    if most and given_on_board(idea, voter.key) >= most:
        raise errors.TooManySupportsError(most)
    support = Support(idea=idea, voter=voter.key, place=place_of(user), given_on=timezone.localdate(now))
    support.save(force_insert=True)
    _count(idea, support, 1)
    follow_idea(idea, user)
    return support


def given_on_board(idea: Idea, voter: UUID) -> int:
    """Return how many of a person's supports count on the idea's board: those of ideas that went are free again."""
    counting = [State.PUBLIC, State.HIDDEN, State.WAITING]
    return Support.objects.filter(voter=voter, idea__board=idea.board_id, idea__state__in=counting).count()


def _count(idea: Idea, support: Support, by: int) -> None:
    is_local = bool(support.place) and support.place == idea.neighbourhood_id
    Idea.objects.filter(pk=idea.pk).update(
        supports_count=F("supports_count") + by,
        local_supports_count=F("local_supports_count") + (by if is_local else 0),
    )


def take_back_support(*, idea: Idea, user: User, now: datetime) -> bool:
    """Take one's support back; False where there was none. Raises a RefusedError once supporting is over."""
    while True:
        try:
            with transaction.atomic():
                return _take_back(idea, user, now)
        except errors.MergedError as merged:
            idea = merged.into


def _take_back(idea: Idea, user: User, now: datetime) -> bool:
    voter = voter_of(user, locked=True)
    idea = locked_idea(idea)
    refusal = why_not_support(live_board(idea.board_id), idea, user, now=now)
    if refusal:
        raise refusal
    support = Support.objects.filter(idea=idea, voter=voter.key).first()
    if support is None:
        return False
    support.delete()
    stop_following_idea(idea, user)
    drop_left_behind(idea, voter.key)
    _count(idea, support, -1)
    return True
