"""Opening hours: the usual week, and the days that differ from it."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any, NamedTuple

from django.utils.dates import WEEKDAYS

from home.languages import active_language


class Slot(NamedTuple):
    """From and until, local time."""

    opens: time
    closes: time

    def __str__(self) -> str:
        return f"{self.opens:%H:%M} – {self.closes:%H:%M}"


class Day(NamedTuple):
    """The hours of one day; no slot means closed. `note` says why a day differs, in the reader's language."""

    date: date
    slots: list[Slot]
    note: str = ""

    @property
    def weekday(self) -> str:
        return str(WEEKDAYS[self.date.weekday()])

    @property
    def is_exception(self) -> bool:
        return bool(self.note)

    def is_open(self, *, at: time) -> bool:
        return any(slot.opens <= at < slot.closes for slot in self.slots)


def _slots(values: Iterable[Mapping[str, Any]]) -> list[Slot]:
    complete = [value for value in values if value.get("opens") and value.get("closes")]
    return sorted(Slot(value["opens"], value["closes"]) for value in complete)


def opening_days(
    hours: Iterable[Mapping[str, Any]], exceptions: Iterable[Mapping[str, Any]], *, dates: Iterable[date]
) -> list[Day]:
    """Return each of `dates` with its slots.

    `hours` have a `weekday` ("0" is Monday), `opens` and `closes`; `exceptions` have a `date`, the reason in both languages
    and, unless the day is closed, `opens` and `closes`.
    """
    week: dict[int, list[Mapping[str, Any]]] = {}
    for value in hours:
        week.setdefault(int(value["weekday"]), []).append(value)
    by_date: dict[date, list[Mapping[str, Any]]] = {}
    for value in exceptions:
        by_date.setdefault(value["date"], []).append(value)

    days = []
    for day in dates:
        if day in by_date:
            note = by_date[day][0].get(f"reason_{active_language()}") or by_date[day][0].get("reason_fr") or "–"
            days.append(Day(day, _slots(by_date[day]), note))
        else:
            days.append(Day(day, _slots(week.get(day.weekday(), []))))
    return days
