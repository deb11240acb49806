"""What people say under an idea: comments, and replies to them."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from home.models import Department
from participation.ideas import errors
from participation.ideas.kinds import COMMENT_SIGNS, Because, Screening, State
from participation.ideas.locks import live_board, locked_comment, locked_idea
from participation.ideas.moving import change_state, publish, put_before_desk, take_from_desk
from participation.ideas.notices import tell_replied
from participation.ideas.permissions import (
    can_comment_officially,
    why_not_comment,
    why_not_edit_comment,
    why_not_public,
    why_not_withdraw,
)
from participation.ideas.screening import held_because
from participation.ideas.writing import has_to_accept_charter
from participation.models import Comment, Idea
from residents.models import User
from residents.voters import voter_of


def add_comment(
    *, idea: Idea, user: User, author_name: str, text: str, language: str, now: datetime, parent: Comment | None = None
) -> Comment:
    """Say something under an idea, or reply to a comment: public at once, or once the desk has read it.

    Where the idea was merged while one wrote, it stands under the one that remains. Raises a RefusedError, or
    ValidationError by field.
    """
    while True:
        try:
            with transaction.atomic():
                return _add(idea, user, author_name, text, language, now, parent)
        except errors.MergedError as merged:
            idea = merged.into


def _add(
    idea: Idea, user: User, author_name: str, text: str, language: str, now: datetime, parent: Comment | None
) -> Comment:
    voter = voter_of(user, locked=True)
    idea = locked_idea(idea)
    page = live_board(idea.board_id)
    refusal = why_not_comment(page, idea, user, now=now)
    if refusal:
        raise refusal
    if has_to_accept_charter(page, user):
        raise errors.CharterError
    comment = _new(idea, text, language, now, parent)
    comment.author, comment.voter, comment.author_name = user, voter.key, author_name
    because = held_because(comment.text, voter=voter.key, now=now)
    if because is None and page.screening == Screening.BEFORE:
        because = Because.FIRST
    comment.save()
    if because:
        put_before_desk(comment, because=because, user=user)
    else:
        publish(comment, page=page, now=now)
        tell_replied(comment=comment)
    return comment


def _new(idea: Idea, text: str, language: str, now: datetime, parent: Comment | None) -> Comment:
    """Return a comment that waits, not saved. Raises ReplyError, NotPublicError, ValidationError."""
    if parent is not None:
        parent = Comment.objects.get(pk=parent.pk)
        if parent.depth:
            raise errors.ReplyError
        if parent.idea_id != idea.pk or not parent.is_public:
            raise errors.NotPublicError
    comment = Comment(
        idea=idea, parent=parent, depth=1 if parent else 0, text=checked(text), language=language,
        created_at=now, changed_at=now,
    )  # fmt: skip
    comment.move_to(State.WAITING)
    return comment


def checked(text: str) -> str:
    """Return what may be kept of a comment's words. Raises ValidationError."""
    text = text.strip()
    if not text:
        raise ValidationError({"text": [_("Write something first.")]})
    if len(text) > COMMENT_SIGNS:
        words = {"count": len(text), "most": COMMENT_SIGNS}
        raise ValidationError({"text": [_("This has %(count)d signs; %(most)d is the most. Shorten it.") % words]})
    return text


@transaction.atomic
def comment_officially(
    *, idea: Idea, user: User, department: Department, text: str, language: str, now: datetime,
    parent: Comment | None = None,
) -> Comment:  # fmt: skip
    """Say something in a department's name, at any time: it is public at once, and marked. Raises a RefusedError."""
    if not can_comment_officially(idea, user, department):
        raise errors.NotAllowedError
    idea = locked_idea(idea)
    refusal = why_not_public(idea)
    if refusal:
        raise refusal
    comment = _new(idea, text, language, now, parent)
    comment.typed_by, comment.department = user, department
    comment.save()
    publish(comment, page=None, now=now)
    tell_replied(comment=comment)
    return comment


@transaction.atomic
def edit_comment(*, comment: Comment, user: User, text: str, now: datetime) -> Comment:
    """Change one's own comment within 15 minutes, or after the desk asked for it. Raises as `add_comment` does.

    What holds a word of the list, or what a board reads before it is public, comes before the desk anew.
    """
    voter = voter_of(user, locked=True)
    comment = locked_comment(comment)
    refusal = why_not_edit_comment(comment, user, now=now)
    if refusal:
        raise refusal
    new = checked(text)
    if new == comment.text:
        return comment
    page = live_board(comment.idea.board_id)
    because = held_because(new, voter=voter.key, now=now)
    if because is None and (page.screening == Screening.BEFORE or comment.state == State.CHANGES):
        because = Because.FIRST
    comment.text, comment.edited_at, comment.changed_at = new, now, now
    comment.save(update_fields=["text", "edited_at", "changed_at"])
    if because and comment.state != State.WAITING:
        change_state(comment, State.WAITING)
        put_before_desk(comment, because=because, user=user)
    return comment


@transaction.atomic
def withdraw_comment(*, comment: Comment, user: User, now: datetime) -> Comment:
    """Take one's own comment away; public replies to it stay, below a line that says so."""
    comment = locked_comment(comment)
    refusal = why_not_withdraw(comment, user)
    if refusal:
        raise refusal
    take_from_desk(comment, user=user)
    comment.changed_at = now
    change_state(comment, State.WITHDRAWN)
    return comment
