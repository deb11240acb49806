"""The demo commune's subscribers, and the digests of the last weeks, made as the worker makes them."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from digests.actions import subscribe_account, suspend_address
from digests.alerts import send_alerts
from digests.editions import WEEK, latest
from digests.kinds import ALERT, DIGEST
from digests.making import make_due
from digests.models import Frequency, Subscription
from home.models import Neighbourhood
from mailing.models import Bounce, OutgoingMail, Status
from portal.demo.content import read
from residents.models import Residency

SEED = 8
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def load_subscriptions() -> None:
    """Make the subscribers, and their mails as if they had left: the demo's worker has none of these to send."""
    now, data = timezone.now(), read("subscriptions.yaml")
    first = latest(Frequency.WEEKLY, now=now).began_at - (data["weeks"] - 1) * WEEK
    _bare_addresses(data, first)
    for residency in Residency.objects.select_related("user"):
        subscribe_account(residency.user, now=first - WEEK)
    Subscription.objects.filter(confirmed_at__isnull=False).update(served_on=(first - WEEK).date())
    for number in range(data["weeks"]):
        make_due(now=first + number * WEEK)
    Subscription.objects.update(served_on=latest(Frequency.DAILY, now=now).day)
    send_alerts(now=now)
    OutgoingMail.objects.filter(kind=ALERT).update(due_at=now - HOUR)
    mails = OutgoingMail.objects.filter(kind__in=[DIGEST, ALERT])
    mails.update(status=Status.SENT, sent_at=F("due_at") + MINUTE, attempts=1)
    _troubles(data, now)


def _bare_addresses(data: dict[str, Any], first: datetime) -> None:
    """Make them the same at each load, and at home in the neighbourhoods as its households are."""
    chance = random.Random(SEED)  # noqa: S311 - a demo, the same each time
    places = list(Neighbourhood.objects.filter(households__gt=0))
    weights = [place.households for place in places]

    def of_a_hundred(name: str) -> bool:
        return chance.randrange(100) < data[name]

    for number in range(data["count"]):
        name = data["names"][number % len(data["names"])]
        is_confirmed = number < data["count"] - data["unconfirmed"]
        asked_at = first - timedelta(days=chance.randint(7, 200)) if is_confirmed else timezone.now() - HOUR
        is_for_alerts = of_a_hundred("alerts_alone")
        frequency = Frequency.DAILY if of_a_hundred("daily") else Frequency.WEEKLY
        subscription = Subscription.objects.create(
            email=f"{name}.{number}@{data['domains'][number % len(data['domains'])]}",
            language="nl" if of_a_hundred("dutch") else "fr",
            frequency=Frequency.NEVER if is_for_alerts else frequency,
            wants_alerts=is_for_alerts or not of_a_hundred("no_alerts"),
            created_at=asked_at,
            confirmed_at=asked_at if is_confirmed else None,
        )
        chosen = chance.choices(places, weights, k=1 + of_a_hundred("second_neighbourhood"))
        subscription.neighbourhoods.set([] if is_for_alerts else chosen)


def _troubles(data: dict[str, Any], now: datetime) -> None:
    """Let some of the last digests come back or fail, as it happens."""
    last = OutgoingMail.objects.filter(kind=DIGEST, user=None).order_by("-due_at", "-pk")
    mails = iter(last[: data["failed"] + sum(data["bounced"].values())])
    for code, count in data["bounced"].items():
        for _number in range(count):
            mail = next(mails)
            is_final = code.startswith("5.1")
            Bounce.objects.create(mail=mail, code=code, is_final=is_final, came_back_at=mail.due_at + HOUR)
            if is_final:
                suspend_address(mail)
    for mail in mails:
        OutgoingMail.objects.filter(pk=mail.pk).update(status=Status.FAILED, sent_at=None, error="SMTP 554 5.7.1")
