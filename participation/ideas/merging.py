"""Duplicates become one idea: each person's support counts once, comments move along, and it can all be undone."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from participation.ideas import errors
from participation.ideas.counting import recount_idea
from participation.ideas.kinds import Because, State
from participation.ideas.locks import locked_ideas
from participation.ideas.moving import KEPT, put_before_desk, take_from_desk
from participation.ideas.news import record
from participation.ideas.permissions import can_merge
from participation.models import Board, Comment, Idea, IdeaEvent, IdeaMerge, Support
from residents.models import User


@transaction.atomic
def merge_ideas(*, kept: Idea, merged: Idea, user: User, now: datetime) -> IdeaMerge:
    """Make `merged` part of `kept`. Raises NotAllowedError, MergeError."""
    if not can_merge(user):
        raise errors.NotAllowedError
    if kept.pk == merged.pk or kept.board_id != merged.board_id:
        raise errors.MergeError
    Board.objects.locked(kept.board_id)
    kept, merged = locked_ideas(kept, merged)
    if not (kept.is_public and merged.is_public):
        raise errors.MergeError
    merge = IdeaMerge.objects.create(kept=kept, merged=merged, merged_by=user, merged_at=now)
    _move_supports(merge)
    _move_comments(merge)
    take_from_desk(merged, user=user)
    merged.merged_into = kept
    merged.move_to(State.MERGED)
    merged.save(update_fields=[*KEPT, "merged_into"])
    recount_idea(kept)
    recount_idea(merged)
    record(merged, IdeaEvent.Kind.MERGED, now=now)
    return merge


def _move_supports(merge: IdeaMerge) -> None:
    """Move the supports of who doesn't support the remaining idea yet; the others stay behind, and count no more."""
    already = Support.objects.filter(idea=merge.kept_id).values("voter")
    moving = list(Support.objects.filter(idea=merge.merged_id).exclude(voter__in=already))
    merge.supports.add(*moving)
    Support.objects.filter(pk__in=[support.pk for support in moving]).update(idea=merge.kept_id)


def _move_comments(merge: IdeaMerge) -> None:
    """Move all comments, whatever their state; each keeps the mark of the idea under which it was written."""
    moving = list(Comment.objects.filter(idea=merge.merged_id))
    merge.comments.add(*moving)
    comments = Comment.objects.filter(pk__in=[comment.pk for comment in moving])
    comments.filter(came_from=None).update(came_from=merge.merged_id)
    comments.update(idea=merge.kept_id)


@transaction.atomic
def undo_merge(*, merge: IdeaMerge, user: User, now: datetime) -> Idea:
    """Part two ideas again, with the supports and comments that each had; return the one that is back.

    What was said in reply to a comment that moved goes back with it. Raises NotAllowedError, UndoError.
    """
    if not can_merge(user):
        raise errors.NotAllowedError
    Board.objects.locked(merge.merged.board_id)
    kept, merged = locked_ideas(merge.kept, merge.merged)
    merge = IdeaMerge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at or kept.state == State.MERGED or merged.merged_into_id != kept.pk:
        raise errors.UndoError
    merge.supports.filter(idea=kept).update(idea=merged)
    _move_comments_back(merge)
    merge.undone_by, merge.undone_at = user, now
    merge.save(update_fields=["undone_by", "undone_at"])
    # Somebody whose support goes back may support another duplicate that is still part of the remaining idea.
    for other in kept.merges.filter(undone_at=None).order_by("merged_at", "pk"):
        _move_supports(other)
    merged.merged_into = None
    merged.move_to(State.PUBLIC)
    merged.save(update_fields=[*KEPT, "merged_into"])
    recount_idea(kept)
    recount_idea(merged)
    record(merged, IdeaEvent.Kind.PARTED, now=now)
    if merged.open_reports:
        put_before_desk(merged, because=Because.REPORTS, user=None)
    return merged


def _move_comments_back(merge: IdeaMerge) -> None:
    moved = list(merge.comments.filter(idea=merge.kept_id).values_list("pk", flat=True))
    back = Comment.objects.filter(Q(pk__in=moved) | Q(parent__in=moved))
    back.filter(came_from=merge.merged_id).update(came_from=None)
    back.update(idea=merge.merged_id)


def drop_left_behind(idea: Idea, voter: UUID) -> None:
    """Remove a person's supports of the duplicates that are part of `idea`: taken back is taken back."""
    parts = Idea.objects.filter(merged_into=idea)
    while parts:
        Support.objects.filter(idea__in=parts, voter=voter).delete()
        parts = Idea.objects.filter(merged_into__in=list(parts))
