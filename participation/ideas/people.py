"""People and what they wrote through time: two voters who turn out to be one, accounts that close."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from participation.ideas.counting import recount_idea
from participation.ideas.kinds import State
from participation.ideas.locks import locked_comment, locked_idea, locked_ideas
from participation.ideas.moving import change_state, take_from_desk
from participation.ideas.standing import known_voter
from participation.models import (
    CharterAcceptance,
    Comment,
    Idea,
    IdeaBoardPage,
    Report,
    Sanction,
    Support,
)


def merge_people(from_key: UUID, into_key: UUID) -> None:
    """Let what one voter did on the boards be the other's. What both did once (a support, a report) counts once."""
    touched = Support.objects.filter(voter=from_key).values_list("idea_id", flat=True)
    ideas = locked_ideas(*Idea.objects.filter(pk__in=list(touched)))
    _move_once(Support, "idea", from_key, into_key)
    _move_once(Report, "idea", from_key, into_key)
    _move_once(Report, "comment", from_key, into_key)
    _move_once(CharterAcceptance, "board", from_key, into_key)
    Sanction.objects.filter(voter=from_key).update(voter=into_key)
    Comment.objects.filter(voter=from_key).update(voter=into_key)
    drafts = Idea.objects.filter(voter=into_key, state=State.DRAFT).values("board")
    Idea.objects.filter(voter=from_key, state=State.DRAFT, board__in=drafts).delete()
    Idea.objects.filter(voter=from_key).update(voter=into_key)
    for idea in ideas:
        recount_idea(idea)


def _move_once(model: Any, once_for: str, from_key: UUID, into_key: UUID) -> None:
    rows = model.objects.filter(voter=from_key).exclude(**{once_for: None})
    there = model.objects.filter(voter=into_key).exclude(**{once_for: None}).values(once_for)
    doubles = list(rows.filter(**{f"{once_for}__in": there}).values_list("pk", flat=True))
    model.objects.filter(pk__in=doubles).delete()
    rows.update(voter=into_key)


def of_account(model: Any, user: Any) -> QuerySet:
    """Return the rows that hang on the voter of an account."""
    voter = known_voter(user)
    found: QuerySet = model.objects.filter(voter=voter) if voter else model.objects.none()
    return found


def written_by(model: Any, user: Any) -> QuerySet:
    found: QuerySet = model.objects.filter(author=user)
    return found


@transaction.atomic
def part_from_ideas(user: Any, keep: bool) -> None:
    """Take the person out of their ideas, or the words out too: an idea that others support stays, without its author.

    Drafts go. Of what goes, the number and the state stay, so that its address can say that it was withdrawn.
    """
    Idea.objects.filter(author=user, state=State.DRAFT).delete()
    for idea in Idea.objects.filter(author=user).order_by("pk"):
        held = locked_idea(idea)
        if not keep and held.state != State.MERGED:
            take_from_desk(held, user=None)
            change_state(held, State.WITHDRAWN)
        if not keep:
            _empty(held)
        held.author, held.voter, held.author_name, held.is_thanked_by_name = None, None, "", False
        held.save()


def _empty(idea: Idea) -> None:
    _empty_reviews(idea)
    idea.title, idea.text, idea.answers, idea.place, idea.photo_says = "–", "", {}, "", ""
    idea.longitude = idea.latitude = None
    photo, idea.photo = idea.photo, None
    idea.versions.all().delete()
    if photo:
        photo.delete()


def _empty_reviews(contribution: Idea | Comment) -> None:
    """Take the words out of what came before the desk; that it did, stays."""
    contribution.revisions.update(content={"pk": contribution.pk}, object_str="–", user=None)


@transaction.atomic
def part_from_comments(user: Any, keep: bool) -> None:
    for comment in Comment.objects.filter(author=user).order_by("pk"):
        held = locked_comment(comment)
        if not keep:
            take_from_desk(held, user=None)
            change_state(held, State.WITHDRAWN)
            _empty_reviews(held)
            held.text = "–"
        held.author, held.voter, held.author_name = None, None, ""
        held.save()


@transaction.atomic
def part_from_supports(user: Any, keep: bool) -> None:
    """A support says nothing of a person once the voter is gone, so kept ones stay as they are; the others go."""
    if keep:
        return
    supports = of_account(Support, user)
    ideas = locked_ideas(*Idea.objects.filter(pk__in=list(supports.values_list("idea_id", flat=True))))
    supports.delete()
    for idea in ideas:
        recount_idea(idea)


def needed_until(voter_key: UUID) -> date | None:
    """Return until when a voter must be known: as long as a board on which they support runs, or a block holds."""
    now = timezone.now()
    open_ended = timezone.localdate(now) + timedelta(days=settings.VOTERS_KEPT_DAYS)
    if any(sanction.holds(now) for sanction in Sanction.objects.filter(voter=voter_key)):
        return open_ended
    boards = Support.objects.filter(voter=voter_key).values("idea__board")
    pages = list(IdeaBoardPage.objects.filter(translation_key__in=boards, live=True))
    ends = [page.supports_until for page in pages if not page.has_closed("supports", now)]
    return max((timezone.localdate(end) if end else open_ended for end in ends), default=None)
