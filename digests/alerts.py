"""Alerts at once: a mail to each who wants it when one begins. One that has ended goes to nobody."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from functools import cache

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from digests.interests import languages_of
from digests.kinds import ALERT
from digests.models import SentItem, Subscription
from digests.patterns import Pattern, rendered
from home.addresses import absolute
from home.models import Alert
from mailing.actions import queue_rendered, withdraw
from mailing.models import OutgoingMail, Rank

BATCH = 200
ROUND_SECONDS = 40.0
LOOKED_BACK = timedelta(days=1)  # for alerts that ended before the mail server took all of their mails


def send_alerts(*, now: datetime | None = None, seconds: float = ROUND_SECONDS) -> int:
    """Put the mails of the alerts that are on in the outbox, for so many seconds; return how many."""
    now, written, started = now or timezone.now(), 0, time.monotonic()
    for ended in Alert.objects.filter(ends_at__lte=now, ends_at__gt=now - LOOKED_BACK):
        withdraw(key_prefix=f"{ALERT}:{ended.pk}:")
    for alert in Alert.objects.current(now=now).select_related("page"):
        turn = AlertMails(alert)
        while time.monotonic() - started < seconds:
            batch = turn.write()
            written += batch
            if not batch:
                break
    return written


class AlertMails:
    """The mails of one alert, rendered once for each language."""

    def __init__(self, alert: Alert) -> None:
        self.alert = alert
        self.pattern = cache(self._pattern)

    @transaction.atomic
    def write(self) -> int:
        """Write to the next ones: their mails and the note that they had it are one transaction."""
        due = Subscription.objects.to_alert(self.alert).select_for_update(of=["self"], skip_locked=True)
        batch = list(due.select_related("user")[:BATCH])
        languages = languages_of(batch)
        queue_rendered([self._mail(each, languages[each.pk]) for each in batch])
        item, day = f"alert:{self.alert.pk}", timezone.localdate()
        SentItem.objects.bulk_create(SentItem(subscription=each, item=item, day=day) for each in batch)
        return len(batch)

    def _pattern(self, language: str, has_name: bool, has_account: bool) -> Pattern:
        with override(language):
            url = absolute(self.alert.url) if self.alert.url else ""
            words = {"alert": self.alert, "alert_url": url}
        return rendered("digests/mails/alert", words, language, has_name=has_name, has_account=has_account)

    def _mail(self, subscription: Subscription, language: str) -> OutgoingMail:
        name = subscription.user.get_short_name() if subscription.user else ""
        pattern = self.pattern(language, bool(name), subscription.user is not None)
        return OutgoingMail(
            key=f"{ALERT}:{self.alert.pk}:{subscription.pk}",
            kind=ALERT,
            to=subscription.address,
            user=subscription.user,
            language=language,
            rank=Rank.SOON,
            **pattern.filled_in(key=subscription.key, name=name),
        )
