"""What one can do in a consultation: a small registry that each kind of part (survey, idea board…) fills in `ready()`.

A part is a page below a consultation, or directly below the index. The pages of consultations, their cards and the
home page read from here, so that none of them knows the kinds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from wagtail.models import Page

from participation.kinds import ACTIVITY_ICONS, Activity


@dataclass(frozen=True)
class Part:
    """One thing to do, in the language of the page that it stands below.

    `key` is the page's translation key, `path` its place in the tree. It is open from `opens_at` up to `closes_at`,
    without an end when that is None. `call` is what a button that leads there says. `neighbourhoods` are the keys of
    those that are asked; none means the whole commune.
    """

    key: UUID
    path: str
    title: str
    url: str
    activity: Activity
    call: str | Promise
    introduction: str = ""
    by: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    neighbourhoods: frozenset[int] = frozenset()

    def is_open(self, *, now: datetime) -> bool:
        return not self.is_coming(now=now) and not self.is_over(now=now)

    @property
    def is_open_now(self) -> bool:
        return self.is_open(now=timezone.now())

    def is_coming(self, *, now: datetime) -> bool:
        return self.opens_at is not None and now < self.opens_at

    def is_over(self, *, now: datetime) -> bool:
        return self.closes_at is not None and self.closes_at <= now

    @property
    def icon(self) -> str:
        return ACTIVITY_ICONS[self.activity]


@dataclass(frozen=True)
class Figure:
    """One figure of a consultation; those of the same name are added up, in the order in which they first come."""

    name: str
    label: str | Promise
    value: int


class Source(Protocol):
    """One kind of part."""

    def parts(self, above: Sequence[Page]) -> Iterable[Part]:
        """Return the live, public parts directly below these pages, in a fixed number of queries."""
        ...

    def figures(self, consultation: Page) -> Iterable[Figure]:
        """Return what readers may know of the parts below `consultation`, both languages together."""
        ...


_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Let consultations show the parts of `source`; a second one under one name takes the place of the first."""
    _sources[name] = source


def parts_below(pages: Sequence[Page]) -> dict[int, list[Part]]:
    """Return the parts of each page, by its primary key, those that close first at the top."""
    found = [part for source in _sources.values() for part in source.parts(pages)] if pages else []
    by_path = {page.path: page.pk for page in pages}
    below: dict[int, list[Part]] = {page.pk: [] for page in pages}
    for part in sorted(found, key=_order):
        above = by_path.get(part.path[: -Page.steplen])
        if above is not None:
            below[above].append(part)
    return below


def _order(part: Part) -> tuple[Any, ...]:
    return part.closes_at is None, part.closes_at or datetime.max, part.title


def figures_of(consultation: Page) -> list[Figure]:
    """Return the figures of all kinds of part together."""
    total: dict[str, Figure] = {}
    for source in _sources.values():
        for figure in source.figures(consultation):
            before = total[figure.name].value if figure.name in total else 0
            total[figure.name] = Figure(figure.name, figure.label, before + figure.value)
    return list(total.values())
