"""The comments under an idea, as one reader sees them: two levels, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator

from participation.ideas.kinds import State
from participation.ideas.permissions import EDITABLE_FOR, is_author
from participation.ideas.querysets import CommentQuerySet
from participation.ideas.screens.comment_forms import NEWEST, REPLIED, CommentsForm
from participation.models import Comment, Idea

PER_PAGE = 20
NOT_PUBLIC = (State.WAITING, State.CHANGES, State.HIDDEN, State.DECLINED, State.ELSEWHERE)


@dataclass
class Said:
    """One comment and the replies below it. Of one that went, only the replies are shown."""

    comment: Comment
    is_mine: bool
    is_by_author: bool
    can_be_edited: bool
    replies: list[Said] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Who speaks; "" for somebody who no longer has an account."""
        return str(self.comment.department.name if self.comment.department else self.comment.author_name)


class Thread:
    """What one reader sees of the discussion of `idea`."""

    def __init__(self, idea: Idea, user: Any, form: CommentsForm, *, now: datetime) -> None:
        self.idea, self.user, self.form, self.now = idea, user, form, now
        self.page: PaginatorPage = Paginator(self._first_level(), PER_PAGE).get_page(form.number)
        self.said = [self._said(comment) for comment in self.page]
        self._add_replies()

    def _first_level(self) -> CommentQuerySet:
        comments = Comment.objects.filter(idea=self.idea).readable().select_related("department", "came_from")
        orders = {NEWEST: comments.newest_first, REPLIED: comments.most_replied_first}
        return orders.get(self.form.order, comments.oldest_first)()

    def _add_replies(self) -> None:
        below = defaultdict(list)
        keys = [said.comment.pk for said in self.said if said.comment.replies_count]
        if not keys:
            return
        replies = Comment.objects.filter(parent__in=keys).public().oldest_first()
        for reply in replies.select_related("department", "came_from"):
            below[reply.parent_id].append(self._said(reply))
        for said in self.said:
            said.replies = below[said.comment.pk]

    def _said(self, comment: Comment) -> Said:
        mine = is_author(comment, self.user)
        return Said(
            comment,
            is_mine=mine,
            is_by_author=self.idea.is_of(comment.voter),
            can_be_edited=mine and comment.is_public and self.now - comment.created_at <= EDITABLE_FOR,
        )

    def not_public(self) -> list[Comment]:
        """Return what the reader wrote here that others don't see, with where it stands."""
        if not self.user.is_authenticated:
            return []
        mine = Comment.objects.filter(idea=self.idea, author=self.user.pk, state__in=NOT_PUBLIC)
        return list(mine.oldest_first())
