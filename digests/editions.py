"""When digests are made: the daily one every morning, the weekly one on the commune's day, on the commune's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from digests.models import Frequency

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Edition:
    """The digests of one day. A worker that was off on that day makes them when it is back."""

    frequency: str
    day: date

    @property
    def began_at(self) -> datetime:
        zone = timezone.get_default_timezone()
        return datetime.combine(self.day, time(settings.DIGEST_HOUR), tzinfo=zone)

    @property
    def next(self) -> Edition:
        days = 1 if self.frequency == Frequency.DAILY else 7
        return Edition(self.frequency, self.day + timedelta(days=days))


def latest(frequency: str, *, now: datetime) -> Edition:
    """Return the last edition whose hour has come. For those who never want one, the daily one."""
    local = timezone.localtime(now, timezone.get_default_timezone())
    day = local.date() if local.hour >= settings.DIGEST_HOUR else local.date() - timedelta(days=1)
    if frequency == Frequency.WEEKLY:
        day -= timedelta(days=(day.weekday() - settings.DIGEST_WEEKDAY) % 7)
        return Edition(frequency, day)
    return Edition(Frequency.DAILY, day)
