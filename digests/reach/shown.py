"""What is shown of the figures: none under 5, and nothing from which one could be worked out.

A sum is that of the figures shown beside it, so that taking them away from it leaves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from digests.models import ReachFigure
from home.models import Neighbourhood

SMALLEST = 5
MONTHS = 12
STALE = timedelta(days=7)  # how far from a day a figure may stand for it: the worker may have been out


@dataclass(frozen=True)
class Figure:
    """How many households are reached of how many; `reached` is None where there are fewer than 5."""

    day: date
    reached: int | None
    households: int

    @property
    def percent(self) -> int | None:
        return None if self.reached is None else round(100 * self.reached / self.households)

    @property
    def words(self) -> str:
        """For a table or a file: "672", or that there are fewer than 5."""
        return _("fewer than %(number)d") % {"number": SMALLEST} if self.reached is None else str(self.reached)


def figure_of(row: ReachFigure) -> Figure:
    """Return what may be shown of a figure; of a neighbourhood with fewer than 5 households, nothing ever is."""
    return Figure(row.day, row.reached if row.reached >= SMALLEST else None, row.households)


def together(figures: Iterable[Figure | None]) -> Figure | None:
    """Return the sum of the figures that are shown; None where none is."""
    seen = [figure for figure in figures if figure is not None and figure.reached is not None]
    if not seen:
        return None
    reached = sum(figure.reached or 0 for figure in seen)
    return Figure(max(figure.day for figure in seen), reached, sum(figure.households for figure in seen))


@dataclass(frozen=True)
class Course:
    """A neighbourhood over time: its figure at the end of each of the last months, the latest last; None where none is."""

    neighbourhood: Neighbourhood
    points: list[Figure | None]

    def ago(self, months: int) -> Figure | None:
        return self.points[-1 - months]


def days_before(today: date) -> list[date]:
    """Return today and the same day of the twelve months before, the earliest first."""
    days = []
    for back in range(MONTHS, -1, -1):
        year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        days.append(date(year, month + 1, min(today.day, 28)) if back else today)
    return days


def courses(today: date) -> list[Course]:
    """Return the course of every neighbourhood where somebody lives, in two queries."""
    days = days_before(today)
    first, last = days[0] - STALE, today
    rows: dict[int, list[ReachFigure]] = {}
    for row in ReachFigure.objects.filter(day__gte=first, day__lte=last).order_by("day"):
        rows.setdefault(row.neighbourhood_id, []).append(row)
    places = Neighbourhood.objects.drawn().filter(households__gt=0)
    return [Course(place, [_at(day, rows.get(place.pk, [])) for day in days]) for place in places]


def _at(day: date, rows: list[ReachFigure]) -> Figure | None:
    """Return the latest figure of a week up to `day`."""
    found = [row for row in rows if day - STALE < row.day <= day]
    return figure_of(found[-1]) if found else None
