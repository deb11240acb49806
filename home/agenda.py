"""What the editorial calendar shows: a small registry that each feature fills in `ready()`.

The calendar itself (moderation.agenda) reads it. A feature adds its own dates, the phases of a consultation for
instance, by a source of its own; the calendar needs no change for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """What happens to a text on a day of the calendar."""

    PUBLISHED = "published", pgettext_lazy("in the calendar", "published")
    SCHEDULED = "scheduled", pgettext_lazy("in the calendar", "scheduled")
    WAITING = "waiting", pgettext_lazy("in the calendar", "waiting")
    LAST_DAY = "last-day", pgettext_lazy("in the calendar", "last day")
    OFFLINE = "offline", pgettext_lazy("in the calendar", "goes offline")
    PHASE = "phase", pgettext_lazy("in the calendar", "phase")


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True)
class Period:
    """The days from `first` to `last`, both within it."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        return midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first moment that is no longer within."""
        return midnight(self.last + timedelta(days=1))

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """For `__range`, which has both ends within."""
        return self.start, self.end - timedelta(microseconds=1)

    def __contains__(self, when: datetime | date) -> bool:
        return self.first <= day_of(when) <= self.last


def day_of(when: datetime | date) -> date:
    """Return the day of the commune on which `when` falls."""
    return timezone.localtime(when).date() if isinstance(when, datetime) else when


@dataclass(frozen=True)
class Entry:
    """One thing that happens to one document; its pages in both languages are one document.

    `when` is a date where no hour is meant. `kind` is one of those that the source was registered with. `department`
    and `neighbourhoods` are keys; no neighbourhood means the whole commune. `part` tells entries of one document in one
    state apart, and stays the same when their day changes.
    """

    document: UUID
    state: State
    when: datetime | date
    title: str
    page: int
    kind: str = ""
    department: int | None = None
    neighbourhoods: frozenset[int] = frozenset()
    languages: tuple[str, ...] = ()  # in which this holds
    language: str = ""  # of the title
    words: str | Promise = ""  # what is said in the place of the state's own word
    part: str = ""

    @property
    def said(self) -> str:
        return str(self.words or self.state.label)

    @property
    def day(self) -> date:
        return day_of(self.when)

    @property
    def has_hour(self) -> bool:
        return isinstance(self.when, datetime)

    @property
    def order(self) -> tuple[Any, ...]:
        """Days in order; within one, what holds the whole day first."""
        moment = timezone.localtime(self.when).time() if isinstance(self.when, datetime) else time.min
        return self.day, self.has_hour, moment, self.state, self.title


Source = Callable[[Period], Iterable[Entry]]
Kinds = Sequence[tuple[str, str | Promise]]


@dataclass(frozen=True)
class Registered:
    source: Source
    kinds: Kinds
    states: Collection[State]


_registered: dict[str, Registered] = {}


def register(name: str, source: Source, *, kinds: Kinds, states: Collection[State]) -> None:
    """Let `source` tell the calendar its entries, of these kinds (as choices) and in these states.

    A second registration under one name takes the place of the first.
    """
    _registered[name] = Registered(source, kinds, states)


def kinds() -> list[tuple[str, str | Promise]]:
    """Return the kinds of document that the calendar may be filtered by, as choices."""
    return [choice for each in _registered.values() for choice in each.kinds]


def states() -> list[tuple[str, str | Promise]]:
    """Return the states that entries may have, as choices."""
    known = {state for each in _registered.values() for state in each.states}
    return [(state.value, state.label) for state in State if state in known]


def entries(period: Period) -> list[Entry]:
    """Return what happens in `period`, titles in the active language, in the order of the days."""
    found = [entry for each in _registered.values() for entry in each.source(period)]
    return sorted(found, key=lambda entry: entry.order)
