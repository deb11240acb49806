"""What a screen of the calendar shows: a month, a week, a month as a list, one day."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.agenda import Period

DAYS = 7


class View(models.TextChoices):
    MONTH = "month", gettext_lazy("Month")
    WEEK = "week", gettext_lazy("Week")
    LIST = "list", gettext_lazy("List")
    DAY = "day", gettext_lazy("Day")


@dataclass(frozen=True)
class Span:
    """The days that a view shows around `day`. Weeks begin on Monday (ISO 8601)."""

    view: View
    day: date

    @property
    def _monday(self) -> date:
        return self.day - timedelta(days=self.day.weekday())

    @property
    def weeks(self) -> list[list[date]]:
        """The rows of a grid; a month's are whole weeks, with days of the months around it."""
        if self.view == View.MONTH:
            return Calendar().monthdatescalendar(self.day.year, self.day.month)
        return [[self._monday + timedelta(days=number) for number in range(DAYS)]]

    @property
    def is_grid(self) -> bool:
        return self.view in (View.MONTH, View.WEEK)

    @property
    def period(self) -> Period:
        if self.is_grid:
            return Period(self.weeks[0][0], self.weeks[-1][-1])
        if self.view == View.DAY:
            return Period(self.day, self.day)
        first = self.day.replace(day=1)
        return Period(first, self.next - timedelta(days=1))

    @property
    def previous(self) -> date:
        if self.view == View.DAY:
            return self.day - timedelta(days=1)
        if self.view == View.WEEK:
            return self._monday - timedelta(days=DAYS)
        return (self.day.replace(day=1) - timedelta(days=1)).replace(day=1)

    @property
    def next(self) -> date:
        if self.view == View.DAY:
            return self.day + timedelta(days=1)
        if self.view == View.WEEK:
            return self._monday + timedelta(days=DAYS)
        return (self.day.replace(day=28) + timedelta(days=4)).replace(day=1)

    @property
    def heading(self) -> str:
        if self.view == View.DAY:
            return date_format(self.day, "l j F Y")
        if self.view == View.WEEK:
            last = self._monday + timedelta(days=DAYS - 1)
            return _("Week %(number)s: %(first)s to %(last)s") % {
                "number": self.day.isocalendar().week,
                "first": date_format(self._monday, "j F"),
                "last": date_format(last, "j F Y"),
            }
        return date_format(self.day, "F Y")
