"""Lists of ideas that take no longer when there are many: a page is read from an index, and what is counted is kept.

Few ideas are counted at each visit. What many add up to is counted at most once a minute: nobody sees that the 20,012th
idea is missing from a total, and everybody would wait for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator

from participation.ideas.querysets import IdeaQuerySet
from participation.models import Idea

FEW = 500
KEPT_SECONDS = 60
Counted = TypeVar("Counted")


def kept(ideas: IdeaQuerySet, what: str, count: Callable[[], tuple[Counted, int]]) -> Counted:
    """Return what `count` makes of `ideas`; where they are many, as it was at some moment of the last minute.

    `count` also says how many they are.
    """
    try:
        query = str(ideas.order_by().query)
    except EmptyResultSet:  # nothing can answer to such a filter: the database isn't even asked
        return count()[0]
    key = f"ideas-{what}-{hashlib.sha256(query.encode()).hexdigest()}"
    found: Counted | None = cache.get(key)
    if found is None:
        found, total = count()
        if total > FEW:
            cache.set(key, found, KEPT_SECONDS)
    return found


def total_of(ideas: IdeaQuerySet, *, most: int | None = None) -> int:
    """Return how many there are; `most` where to stop counting: for words, which no index counts."""
    unordered = ideas.order_by()

    def count() -> tuple[int, int]:
        total: int = unordered[:most].count()
        return total, total

    return kept(unordered, f"total-{most}", count)


class InTurn:
    """Lists that follow each other, sliced as one; each with its length, None for the last one's."""

    def __init__(self, *parts: tuple[IdeaQuerySet, int | None]) -> None:
        self.parts = parts

    def __getitem__(self, wanted: slice) -> list[Any]:
        first, last, found = wanted.start, wanted.stop, []
        for ideas, length in self.parts:
            if last > first and (length is None or first < length):
                here = ideas[first : last if length is None else min(last, length)]
                found += list(here)
            first, last = max(0, first - (length or 0)), max(0, last - (length or 0))
        return found


class IdeaPaginator(Paginator):
    """Pages of ideas. `keys` are theirs in order, a list or several in turn; only the dozen of a page is read whole."""

    def __init__(self, keys: Any, per_page: int, *, total: int, shown: IdeaQuerySet, most: int | None = None) -> None:
        super().__init__(keys, per_page)
        self.total, self.most, self.shown = total, most, shown

    @property
    def count(self) -> int:  # type: ignore[override]
        return self.total

    @property
    def cut_at(self) -> int:
        """After how many no more are counted and shown; 0 where these are all."""
        return self.most - 1 if self.most and self.total >= self.most else 0

    def _get_page(self, *args: Any, **kwargs: Any) -> PaginatorPage:
        keys, number, paginator = args
        return PaginatorPage(self._ideas(list(keys)), number, paginator)

    def _ideas(self, keys: Sequence[int]) -> list[Idea]:
        found = {idea.pk: idea for idea in self.shown.filter(pk__in=keys)} if keys else {}
        return [found[key] for key in keys if key in found]
