"""What the desk sees of the subscriptions and of the mails: counts alone, and never who reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, Q, Value, When
from django.utils import timezone

from digests.kinds import ALERT, DIGEST
from digests.models import Frequency, Subscription
from mailing.models import OutgoingMail, Status

WEEKS = 6


@dataclass(frozen=True)
class Week:
    """The mails of one kind that were made in the seven days from `first`."""

    first: date
    made: int
    sent: int
    waiting: int
    failed: int
    bounced: int


@dataclass(frozen=True)
class Line:
    """Subscriptions that mails go to with one frequency, in each language."""

    label: str
    by_language: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.by_language)


@dataclass(frozen=True)
class Subscribers:
    """How many there are; one for each address, and each in one of these."""

    lines: tuple[Line, ...]
    alerts: int
    unconfirmed: int
    suspended: int


def subscribers() -> Subscribers:
    """Count in three queries. An account's language is that of its profile."""
    reachable = Subscription.objects.all().reachable()
    languages = Case(
        When(user__isnull=True, then="language"),
        When(user__wagtail_userprofile__preferred_language__startswith="nl", then=Value("nl")),
        default=Value(settings.LANGUAGE_CODE),
    )
    rows = reachable.annotate(code=languages).values_list("frequency", "code").annotate(count=Count("pk"))
    counted = {(frequency, code): count for frequency, code, count in rows.order_by()}
    codes = [code for code, _name in settings.LANGUAGES]
    lines = tuple(
        Line(str(label), tuple(counted.get((value, code), 0) for code in codes)) for value, label in Frequency.choices
    )
    rest: dict[str, Any] = Subscription.objects.aggregate(
        unconfirmed=Count("pk", filter=Q(confirmed_at=None)),
        suspended=Count("pk", filter=Q(suspended_at__isnull=False)),
    )
    return Subscribers(lines, reachable.filter(wants_alerts=True).count(), **rest)


def weeks(kind: str, *, now: datetime) -> list[Week]:
    """Return the last weeks, Mondays first, the present one on top; in one query."""
    today = timezone.localdate(now, timezone.get_default_timezone())
    monday = today - timedelta(days=today.weekday())
    edges = [monday - timedelta(weeks=number) for number in range(WEEKS)]
    counts: dict[str, Any] = {}
    for number, first in enumerate(edges):
        for name, states in _STATES.items():
            counts[f"{name}_{number}"] = Count("pk", filter=_within(first) & states)
    mails = OutgoingMail.objects.filter(kind=kind, due_at__gte=_midnight(edges[-1]))
    found = mails.aggregate(**counts)
    return [Week(first, **{name: found[f"{name}_{number}"] for name in _STATES}) for number, first in enumerate(edges)]


_STATES = {
    "made": Q(),
    "sent": Q(status__in=[Status.SENT, Status.UNCERTAIN]),
    "waiting": Q(status__in=[Status.DUE, Status.SENDING]),
    "failed": Q(status=Status.FAILED),
    "bounced": Q(bounce__isnull=False),
}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())


def _within(first: date) -> Q:
    return Q(due_at__gte=_midnight(first), due_at__lt=_midnight(first + timedelta(weeks=1)))


def bounces_by_code() -> list[tuple[str, int]]:
    """Return the codes with which digests and alerts came back, the most frequent first."""
    mails = OutgoingMail.objects.filter(kind__in=[DIGEST, ALERT], bounce__isnull=False)
    return list(mails.values_list("bounce__code").annotate(count=Count("pk")).order_by("-count", "bounce__code")[:8])
