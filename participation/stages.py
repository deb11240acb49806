"""Where a consultation stands on a day: the same rules as `participation.querysets`, for one that is at hand.

A consultation runs from the first day of its first phase to the last day of its last one, days between two phases
included. Then its outcome is owed; once that is published, it is closed. Days are those of the commune.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Protocol

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy


class Stage(models.TextChoices):
    """Where a consultation stands; in the order in which lists show them."""

    RUNNING = "running", pgettext_lazy("a consultation", "running")
    COMING = "coming", pgettext_lazy("a consultation", "coming")
    AWAITING = "awaiting-outcome", pgettext_lazy("a consultation", "awaiting its outcome")
    CLOSED = "closed", pgettext_lazy("a consultation", "closed")


class Place(models.TextChoices):
    """Where a phase stands beside a day."""

    PAST = "past", gettext_lazy("over")
    CURRENT = "current", gettext_lazy("now")
    COMING = "coming", gettext_lazy("still to come")


class PhaseDates(Protocol):
    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Step:
    """One phase, as the timeline shows it."""

    phase: PhaseDates
    place: Place

    @property
    def is_current(self) -> bool:
        return self.place == Place.CURRENT


class Timeline:
    """The phases of a consultation on the day `today`, and what is owed after them."""

    def __init__(
        self, phases: Iterable[PhaseDates], *, today: date, outcome_on: date | None = None, outcome_within: int = 60
    ) -> None:
        self.phases = sorted(phases, key=lambda phase: (phase.starts_on, phase.ends_on))
        self.today, self.outcome_on, self.outcome_within = today, outcome_on, outcome_within

    @property
    def has_outcome(self) -> bool:
        return self.outcome_on is not None and self.outcome_on <= self.today

    @property
    def starts_on(self) -> date | None:
        return self.phases[0].starts_on if self.phases else None

    @cached_property
    def ends_on(self) -> date | None:
        """The last day on which one can take part."""
        return max((phase.ends_on for phase in self.phases), default=None)

    @cached_property
    def stage(self) -> Stage:
        first, last = self.starts_on, self.ends_on
        if first is None or last is None:
            return Stage.CLOSED if self.has_outcome else Stage.COMING
        if self.today < first:
            return Stage.COMING
        if self.today <= last:
            return Stage.RUNNING
        return Stage.CLOSED if self.has_outcome else Stage.AWAITING

    @cached_property
    def current(self) -> PhaseDates | None:
        """The phase of today; where phases overlap, the one that ends first."""
        running = [phase for phase in self.phases if phase.starts_on <= self.today <= phase.ends_on]
        return min(running, key=lambda phase: phase.ends_on, default=None)

    @property
    def next(self) -> PhaseDates | None:
        return next((phase for phase in self.phases if phase.starts_on > self.today), None)

    @property
    def days_left(self) -> int | None:
        """How many days remain after today in the current phase; None between phases."""
        return (self.current.ends_on - self.today).days if self.current else None

    @property
    def due_on(self) -> date | None:
        """The last day on which the outcome keeps its promise."""
        return self.ends_on + timedelta(days=self.outcome_within) if self.ends_on else None

    @property
    def days_late(self) -> int:
        """How many days the outcome is late; 0 when it isn't, or has been published."""
        if self.stage != Stage.AWAITING or self.due_on is None:
            return 0
        return max(0, (self.today - self.due_on).days)

    @property
    def is_late(self) -> bool:
        return self.days_late > 0

    @property
    def steps(self) -> list[Step]:
        """The phases in their order; at most one of them is the current one."""
        return [Step(phase, self._place(phase)) for phase in self.phases]

    def _place(self, phase: PhaseDates) -> Place:
        if phase is self.current:
            return Place.CURRENT
        return Place.PAST if phase.ends_on < self.today else Place.COMING

    @property
    def next_date(self) -> str:
        """Say the next date that matters to a reader, in a few words."""
        return {
            Stage.COMING: self._when_it_starts,
            Stage.RUNNING: self._when_it_goes_on,
            Stage.AWAITING: self._when_it_is_answered,
            Stage.CLOSED: self._when_it_was_answered,
        }[self.stage]()

    def _when_it_starts(self) -> str:
        if self.starts_on is None:
            return _("The dates will follow")
        return _("Starts on %(day)s") % {"day": written(self.starts_on)}

    def _when_it_goes_on(self) -> str:
        if self.current:
            return _("%(phase)s: until %(day)s") % {"phase": self.current.name, "day": written(self.current.ends_on)}
        phase = self.next or self.phases[-1]
        return _("%(phase)s: from %(day)s") % {"phase": phase.name, "day": written(phase.starts_on)}

    def _when_it_is_answered(self) -> str:
        day = written(self.due_on) if self.due_on else ""
        if self.is_late:
            return _("The outcome was promised by %(day)s") % {"day": day}
        return _("The commune answers by %(day)s") % {"day": day}

    def _when_it_was_answered(self) -> str:
        return _("Outcome published on %(day)s") % {"day": written(self.outcome_on)} if self.outcome_on else ""

    @property
    def time_left(self) -> str:
        """Say how many days remain in the current phase; "" between phases."""
        if self.days_left is None:
            return ""
        if self.days_left == 0:
            return _("Last day today")
        return ngettext("%(count)d day left", "%(count)d days left", self.days_left) % {"count": self.days_left}


def written(day: date) -> str:
    """Write a day as its readers do."""
    return date_format(day, "j F Y")
