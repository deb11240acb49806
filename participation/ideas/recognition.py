"""What boards show of what moves people and what came of it: themes, ideas that came true, thanks. Nobody is ranked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from home.models import Theme
from participation.ideas.kinds import Outcome, State, StatusKind
from participation.ideas.querysets import IdeaQuerySet
from participation.models import Comment, Idea, ModerationDecision, Support

LATELY = timedelta(days=14)
FEWEST = 5  # below it a theme is not called hot: two people make no wave


@dataclass(frozen=True)
class HotTheme:
    theme: Theme
    supports: int
    comments: int

    @property
    def total(self) -> int:
        return self.supports + self.comments


def hot_themes(board: UUID, *, now: datetime, most: int = 5) -> list[HotTheme]:
    """Return the themes with the most supports and comments of the last two weeks, in three queries."""
    since = now - LATELY
    on_board = {"idea__board": board, "idea__state": State.PUBLIC, "idea__theme__isnull": False}
    given = Support.objects.filter(**on_board, given_on__gte=timezone.localdate(since))
    said = Comment.objects.filter(**on_board, state=State.PUBLIC, created_at__gte=since)
    supports = dict(given.order_by().values_list("idea__theme").annotate(count=Count("pk")))
    comments = dict(said.order_by().values_list("idea__theme").annotate(count=Count("pk")))
    themes = Theme.objects.in_bulk(supports.keys() | comments.keys())
    found = [HotTheme(theme, supports.get(key, 0), comments.get(key, 0)) for key, theme in themes.items()]
    hot = [each for each in found if each.total >= FEWEST]
    return sorted(hot, key=lambda each: (-each.total, each.theme.label))[:most]


def came_true(board: UUID) -> IdeaQuerySet:
    """Return the ideas that were realised, the last step first."""
    ideas: IdeaQuerySet = Idea.objects.on_board(board).public().filter(status__kind=StatusKind.DONE)
    return ideas.order_by("-answered_at", "-pk").prefetch_related("steps")


def thanked(board: UUID) -> list[str]:
    """Return the names of those whose idea came true and who agreed to be named, in the order of the alphabet."""
    names = came_true(board).order_by().filter(is_thanked_by_name=True).exclude(author_name="")
    return sorted(set(names.values_list("author_name", flat=True)), key=str.casefold)


def decision_counts(board: UUID) -> dict[bool, dict[str, int]]:
    """Return how often the desk decided what, over ideas (False) and comments (True): the log in figures, for all."""
    rows = ModerationDecision.objects.filter(board=board).order_by().values_list("is_about_comment", "outcome")
    counts: dict[bool, dict[str, int]] = {each: dict.fromkeys(Outcome.values, 0) for each in (False, True)}
    for is_about_comment, outcome, count in rows.annotate(count=Count("pk")):
        counts[is_about_comment][outcome] = count
    return counts
