"""Filters over ideas and comments, in the domain's words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from home.permissions import department_ids_of
from participation.ideas.cells import Squares
from participation.ideas.kinds import State
from participation.ideas.searching import words_in


class IdeaQuerySet(models.QuerySet):
    """Ideas, of whichever board."""

    def on_board(self, key: UUID) -> IdeaQuerySet:
        return self.filter(board=key)

    def public(self) -> IdeaQuerySet:
        """What everybody reads."""
        return self.filter(state=State.PUBLIC)

    def of_voter(self, voter: UUID) -> IdeaQuerySet:
        return self.filter(voter=voter)

    def sent(self) -> IdeaQuerySet:
        """What counts against a person's limit on a board: all that was sent in, but for what they withdrew."""
        return self.exclude(state__in=[State.DRAFT, State.WITHDRAWN])

    def about(self, neighbourhood: Any) -> IdeaQuerySet:
        return self.filter(neighbourhood=neighbourhood)

    def elsewhere_than(self, neighbourhood: Any) -> IdeaQuerySet:
        return self.exclude(neighbourhood=neighbourhood)

    def on_theme(self, theme: Any) -> IdeaQuerySet:
        return self.filter(theme=theme)

    def at_status(self, status: Any) -> IdeaQuerySet:
        return self.filter(status=status)

    def awaiting_answer(self) -> IdeaQuerySet:
        """Those that the commune promised to answer, and hasn't; what has waited longest first."""
        return self.public().filter(answered_at=None, answer_due_on__isnull=False).first_due_first()

    def late(self, *, on: date) -> IdeaQuerySet:
        return self.awaiting_answer().filter(answer_due_on__lt=on)

    def ready(self) -> IdeaQuerySet:
        """Those whose answer only waits to be published."""
        return self.filter(answer__is_ready=True, answer__published_at=None, answered_at=None)

    def answered(self) -> IdeaQuerySet:
        return self.filter(answered_at__isnull=False)

    def undecided(self) -> IdeaQuerySet:
        """Those over which the Collège hasn't decided; whether the commune has answered is another matter."""
        return self.filter(Q(answer=None) | Q(answer__college_decision=""))

    def given_to(self, user: Any) -> IdeaQuerySet:
        """Those whose answer was given to `user`, or to a department of theirs."""
        theirs = Q(answer__assigned_to=user) | Q(answer__assigned_department__in=department_ids_of(user))
        return self.filter(theirs)

    def newest_first(self) -> IdeaQuerySet:
        return self.order_by("-first_published_at", "-pk")

    def most_supported_first(self) -> IdeaQuerySet:
        return self.order_by("-supports_count", "-pk")

    def most_discussed_first(self) -> IdeaQuerySet:
        return self.order_by("-comments_count", "-pk")

    def as_drawn(self) -> IdeaQuerySet:
        """In the order of the lots that were drawn when each was written."""
        return self.order_by("lot", "pk")

    def first_due_first(self) -> IdeaQuerySet:
        return self.order_by("answer_due_on", "pk")

    def with_words(self, typed: str) -> IdeaQuerySet:
        """Those that hold all of the words that were typed, in whichever language and with or without accents."""
        words = words_in(typed)
        found = self if words or not typed.strip() else self.none()
        for word in words:
            found = found.filter(words__contains=word)
        return found

    def on_the_map(self) -> IdeaQuerySet:
        return self.filter(column__isnull=False)

    def within(self, squares: Squares) -> IdeaQuerySet:
        """Those that stand in a part of the map."""
        west, north, east, south = squares
        return self.filter(column__range=(west, east), row__range=(north, south))

    def for_cards(self) -> IdeaQuerySet:
        """With what cards show, and without what is long and only searched or drawn on a map."""
        shown = self.select_related("status", "theme", "neighbourhood", "photo").prefetch_related("photo__renditions")
        return shown.defer("words", "neighbourhood__outline")


class CommentQuerySet(models.QuerySet):
    """Comments, of whichever idea."""

    def public(self) -> CommentQuerySet:
        return self.filter(state=State.PUBLIC)

    def of_voter(self, voter: UUID) -> CommentQuerySet:
        return self.filter(voter=voter)

    def first_level(self) -> CommentQuerySet:
        return self.filter(depth=0)

    def readable(self) -> CommentQuerySet:
        """First-level ones that everybody reads, and those that went while public replies stand below them."""
        return self.first_level().filter(Q(state=State.PUBLIC) | Q(replies_count__gt=0))

    def oldest_first(self) -> CommentQuerySet:
        return self.order_by("created_at", "pk")

    def newest_first(self) -> CommentQuerySet:
        return self.order_by("-created_at", "-pk")

    def most_replied_first(self) -> CommentQuerySet:
        return self.order_by("-replies_count", "-created_at", "-pk")

    def official_first(self) -> CommentQuerySet:
        return self.order_by(F("department").desc(nulls_last=True), "-created_at", "-pk")

    def since(self, moment: datetime) -> CommentQuerySet:
        return self.filter(created_at__gte=moment)
