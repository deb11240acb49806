"""What residents do with their own ideas: keep a draft, send it in, change it, withdraw it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.ideas import errors
from participation.ideas.answers import clean_answers
from participation.ideas.counting import recount_local_supports
from participation.ideas.kinds import UNFINISHED, Asked, Because, Screening, State, Way
from participation.ideas.locks import live_board, locked_idea
from participation.ideas.moving import change_state, publish, put_before_desk, take_from_desk
from participation.ideas.permissions import (
    can_type_in,
    why_not_edit_idea,
    why_not_propose,
    why_not_type_in,
    why_not_withdraw,
)
from participation.ideas.screening import held_because
from participation.ideas.standing import known_voter
from participation.models import Board, CharterAcceptance, Idea, IdeaBoardPage, IdeaVersion
from residents.models import User
from residents.voters import voter_of

WRITTEN = (
    "title", "text", "theme", "neighbourhood", "place", "longitude", "latitude", "photo", "photo_says", "answers",
    "is_thanked_by_name", "language",
)  # fmt: skip
# What a board may ask: its setting, and the field by which one sees that it was told
ASKED = {"theme_is": "theme", "neighbourhood_is": "neighbourhood", "place_is": "longitude", "photo_is": "photo"}


@transaction.atomic
def accept_charter(*, board_key: UUID, user: User, now: datetime) -> CharterAcceptance:
    """Note that somebody has read how one talks on this board."""
    voter = voter_of(user, locked=True)
    Board.objects.get_or_create(pk=board_key)
    acceptance, _created = CharterAcceptance.objects.get_or_create(
        board_id=board_key, voter=voter.key, defaults={"accepted_on": timezone.localdate(now)}
    )
    return acceptance


def has_to_accept_charter(page: IdeaBoardPage, user: Any) -> bool:
    """Whether `user` must read the charter before writing here; a board without one asks for nothing."""
    if not page.charter:
        return False
    voter = known_voter(user)
    return voter is None or not CharterAcceptance.objects.filter(board=page.board_key, voter=voter).exists()


def draft_of(*, board_key: UUID, user: Any) -> Idea | None:
    """Return what somebody began to write on this board; each person has one draft there."""
    voter = known_voter(user)
    return Idea.objects.filter(board=board_key, voter=voter, state=State.DRAFT).first() if voter else None


@transaction.atomic
def save_draft(*, board_key: UUID, user: User, author_name: str, values: Mapping[str, Any], now: datetime) -> Idea:
    """Keep what was typed so far, complete or not. Raises a RefusedError for those who can't propose here."""
    voter = voter_of(user, locked=True)
    page = live_board(board_key)
    refusal = why_not_propose(page, user, now=now)
    if refusal:
        raise refusal
    Board.objects.get_or_create(pk=board_key)
    drafts = Idea.objects.select_for_update().filter(board=board_key, voter=voter.key, state=State.DRAFT)
    idea = drafts.first() or Idea(board_id=board_key, voter=voter.key, created_at=now)
    idea.author, idea.author_name, idea.changed_at = user, author_name, now
    _write(idea, values)
    idea.save()
    return idea


def _write(idea: Idea, values: Mapping[str, Any]) -> None:
    for name in WRITTEN:
        if name in values:
            setattr(idea, name, values[name])


@transaction.atomic
def send_idea(*, idea: Idea, user: User, now: datetime) -> Idea:
    """Send in a draft, or what was sent back for changes: it is public at once, or stands before the desk.

    Raises a RefusedError, or ValidationError by field for what the board asks and the idea doesn't tell.
    """
    voter = voter_of(user, locked=True)
    idea = locked_idea(idea)
    page = live_board(idea.board_id)
    if idea.state == State.CHANGES:
        return _send_again(idea, page, user, now)
    refusal = why_not_edit_idea(idea, user, now=now) or why_not_propose(page, user, now=now)
    if refusal:
        raise refusal
    if idea.state != State.DRAFT:
        raise errors.NotChangeableError
    if has_to_accept_charter(page, user):
        raise errors.CharterError
    _check_limit(page, voter.key)
    check_complete(idea, page)
    because = held_because(_words(idea), voter=voter.key, now=now, idea=idea)
    return _take(idea, page, because=because, user=user, now=now)


def _check_limit(page: IdeaBoardPage, voter: UUID) -> None:
    """Raise TooManyIdeasError where a person, whose row is held, has proposed as many as the board takes."""
    most = page.ideas_per_person
    if most and Idea.objects.on_board(page.board_key).of_voter(voter).sent().count() >= most:
        raise errors.TooManyIdeasError(most)


def _words(idea: Idea) -> str:
    return f"{idea.title}\n{idea.text}"


def _take(idea: Idea, page: IdeaBoardPage, *, because: Because | None, user: User | None, now: datetime) -> Idea:
    """Give the idea its number, and let it be public or wait."""
    board = Board.objects.locked(idea.board_id)
    board.last_number += 1
    board.save(update_fields=["last_number"])
    idea.number, idea.changed_at = board.last_number, now
    if because is None and page.screening == Screening.BEFORE:
        because = Because.FIRST
    idea.move_to(State.WAITING)
    idea.save()
    if because:
        put_before_desk(idea, because=because, user=user)
    else:
        publish(idea, page=page, now=now)
    return idea


def _send_again(idea: Idea, page: IdeaBoardPage, user: User, now: datetime) -> Idea:
    """What the desk sent back comes before it again, also when the board has closed in the meantime."""
    refusal = why_not_edit_idea(idea, user, now=now)
    if refusal:
        raise refusal
    check_complete(idea, page)
    idea.changed_at = now
    change_state(idea, State.WAITING)
    put_before_desk(idea, because=Because.FIRST, user=user)
    return idea


def check_complete(idea: Idea, page: IdeaBoardPage) -> None:
    """Raise ValidationError, by field, for what is missing or wrong: the same for forms, files and the counter."""
    found: dict[str, Any] = {}
    try:
        idea.full_clean(exclude=["board"], validate_constraints=False)
    except ValidationError as error:
        found.update(error.message_dict)
    if not idea.text.strip():
        found["text"] = [_("Tell your idea in a few sentences.")]
    for setting, name in ASKED.items():
        if getattr(page, setting) == Asked.REQUIRED and getattr(idea, name) is None:
            found[name] = [_("This board asks for it.")]
    if idea.photo and not idea.photo_says.strip():
        found["photo_says"] = [_("Say what the photo shows, for who can't see it.")]
    for key, message in clean_answers(page, idea.answers).items():
        found[f"question-{key}"] = [message]
    if found:
        raise ValidationError(found)


@transaction.atomic
def edit_idea(*, idea: Idea, user: User, values: Mapping[str, Any], now: datetime) -> Idea:
    """Change one's own idea. Once somebody supports it, what it said before stays readable as a version.

    A public text that holds a word of the list, or looks like advertising, waits again. Raises as `send_idea` does.
    """
    voter = voter_of(user, locked=True)
    idea = locked_idea(idea)
    refusal = why_not_edit_idea(idea, user, now=now)
    if refusal:
        raise refusal
    page = live_board(idea.board_id)
    before, place = (idea.title, idea.text), idea.neighbourhood_id
    _write(idea, values)
    if idea.state not in UNFINISHED:
        check_complete(idea, page)
    if (idea.title, idea.text) != before and idea.supports_count:
        IdeaVersion.objects.create(idea=idea, title=before[0], text=before[1], until=now)
    idea.changed_at = now
    idea.save(update_fields=[*WRITTEN, "changed_at"])
    if idea.neighbourhood_id != place:
        recount_local_supports(idea)
    if idea.state == State.PUBLIC and (idea.title, idea.text) != before:
        _look_again(idea, page, user, held_because(_words(idea), voter=voter.key, now=now, idea=idea))
    return idea


def _look_again(idea: Idea, page: IdeaBoardPage, user: User, because: Because | None) -> None:
    """A board that reads before also reads what changes as long as nobody supports it: the first text was approved."""
    if because is None and page.screening == Screening.BEFORE and not idea.supports_count:
        because = Because.FIRST
    if because:
        change_state(idea, State.WAITING)
        put_before_desk(idea, because=because, user=user)


@transaction.atomic
def withdraw_idea(*, idea: Idea, user: User, now: datetime) -> Idea:
    """Take one's own idea off the board. A draft goes altogether; of what was sent, its address says that it is gone."""
    idea = locked_idea(idea)
    refusal = why_not_withdraw(idea, user)
    if refusal:
        raise refusal
    if idea.state == State.DRAFT:
        idea.delete()
        return idea
    take_from_desk(idea, user=user)
    idea.changed_at = now
    change_state(idea, State.WITHDRAWN)
    return idea


@transaction.atomic
def type_in_idea(
    *, board_key: UUID, clerk: User, author_name: str, values: Mapping[str, Any], now: datetime, way: Way = Way.COUNTER,
    author: User | None = None,
) -> Idea:  # fmt: skip
    """Write an idea down for somebody, at the counter or from paper; it says so. `author` is their account, if any.

    It goes the board's usual way, also after closing: the paper was in time. An account is held to the board's limits;
    of somebody without one the clerk knows who it is. Raises a RefusedError, ValidationError by field.
    """
    if not can_type_in(clerk):
        raise errors.NotAllowedError
    voter = voter_of(author, locked=True).key if author else None
    page = live_board(board_key)
    refusal = why_not_type_in(page, author, now=now)
    if refusal:
        raise refusal
    if voter:
        _check_limit(page, voter)
    Board.objects.get_or_create(pk=board_key)
    idea = Idea(
        board_id=board_key, author=author, voter=voter, author_name=author_name, way=way, typed_by=clerk,
        created_at=now, changed_at=now,
    )  # fmt: skip
    _write(idea, values)
    check_complete(idea, page)
    because = held_because(_words(idea), voter=None, now=now)
    return _take(idea, page, because=because, user=clerk, now=now)
