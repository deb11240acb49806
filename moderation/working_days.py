"""What has waited too long, counted in days on which the town hall works."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from home.models import CommuneSettings

SATURDAY = 5
LOOK_BACK = 60  # days: longer than any stretch on which a town hall is closed


def working_day_before(now: datetime, *, commune: CommuneSettings) -> datetime:
    """Return the moment exactly one working day before `now`: what has waited since before it, waits too long.

    A day counts when it is no Saturday, no Sunday, and no exception on which the commune is closed.
    """
    moment = timezone.localtime(now, timezone.get_default_timezone())  # the town hall's clock, not the reader's
    closed = _closed_days(moment.date(), commune)
    while moment.date() in closed:
        moment = moment.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(microseconds=1)
    moment -= timedelta(days=1)
    while moment.date() in closed:
        moment -= timedelta(days=1)
    return moment


def _closed_days(today: date, commune: CommuneSettings) -> set[date]:
    days = commune.days(start=today - timedelta(days=LOOK_BACK), count=LOOK_BACK + 1)
    return {day.date for day in days if day.date.weekday() >= SATURDAY or (day.is_exception and not day.slots)}
