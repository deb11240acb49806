"""Makes the digests that are due: each once, whatever happens to the worker (docs/decisions/0009).

A batch is one transaction: the mails in the outbox, the ledger of digests and of their items, and the note that these
subscriptions are served. A worker that is killed leaves all of a batch or nothing of it.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from django.db import transaction
from django.utils import timezone

from digests.editions import Edition, latest
from digests.interests import interests_of
from digests.items import DAYS_BACK, Found, Search
from digests.kinds import DIGEST
from digests.models import Digest, Frequency, SentItem, Subscription
from digests.patterns import Press
from digests.sources import Interests
from mailing.actions import queue_rendered
from mailing.models import OutgoingMail, Rank

BATCH = 200
ROUND_SECONDS = 40.0  # well within the job's lease
SHARED = 2000  # sets of interests that a run remembers: memory stays flat, whatever their number


class Run:
    """One turn of the worker. What readers share is found and rendered once."""

    def __init__(self, *, now: datetime) -> None:
        self.now = now
        self.found = lru_cache(maxsize=SHARED)(Search(since=now - DAYS_BACK, until=now).find)
        self.press = Press()

    @transaction.atomic
    def serve(self, edition: Edition) -> tuple[int, int]:
        """Serve the next batch; return how many subscriptions it held, and how many digests were made."""
        due = Subscription.objects.due(edition).select_for_update(of=["self"], skip_locked=True)
        batch = list(due.select_related("user")[:BATCH])
        wishes = interests_of(batch)
        had = self._had(batch, wishes.values())
        digests = []
        for subscription in batch:
            since = subscription.confirmed_at or self.now
            new = self.found(wishes[subscription.pk]).new_to(had[subscription.pk], since=since)
            if new.groups:
                digests.append((subscription, new, wishes[subscription.pk].language))
        self._keep(edition, digests)
        Subscription.objects.filter(pk__in=[each.pk for each in batch]).update(served_on=edition.day)
        return len(batch), len(digests)

    def _had(self, batch: list[Subscription], wishes: Iterable[Interests]) -> dict[int, set[str]]:
        """Return what each has had of what could be in its digest now."""
        keys = {item.key for interests in set(wishes) for item in self.found(interests).items}
        had = defaultdict(set)
        sent = SentItem.objects.filter(subscription__in=batch, item__in=keys)
        for subscription, item in sent.values_list("subscription", "item"):
            had[subscription].add(item)
        return had

    def _keep(self, edition: Edition, digests: list[tuple[Subscription, Found, str]]) -> None:
        mails = queue_rendered([self._mail(edition, *digest) for digest in digests])
        Digest.objects.bulk_create(
            Digest(subscription=subscription, day=edition.day, frequency=edition.frequency, mail=mail)
            for (subscription, _new, _language), mail in zip(digests, mails, strict=True)
        )
        SentItem.objects.bulk_create(
            SentItem(subscription=subscription, item=item.key, day=edition.day)
            for subscription, new, _language in digests
            for item in new.items
        )

    def _mail(self, edition: Edition, subscription: Subscription, new: Found, language: str) -> OutgoingMail:
        name = subscription.user.get_short_name() if subscription.user else ""
        has_account = subscription.user is not None
        pattern = self.press.digest(new, language, edition.frequency, has_name=bool(name), has_account=has_account)
        return OutgoingMail(
            key=f"{DIGEST}:{subscription.pk}:{edition.day:%Y%m%d}",
            kind=DIGEST,
            to=subscription.address,
            user=subscription.user,
            language=language,
            due_at=self.now,
            next_attempt_at=self.now,
            rank=Rank.BULK,
            **pattern.filled_in(key=subscription.key, name=name),
        )


def make_due(*, now: datetime | None = None, seconds: float = ROUND_SECONDS) -> int:
    """Make what is due, for so many seconds; the rest at the next turn. Return how many digests were made."""
    run, made, started = Run(now=now or timezone.now()), 0, time.monotonic()
    for frequency in (Frequency.DAILY, Frequency.WEEKLY):
        edition = latest(frequency, now=run.now)
        while time.monotonic() - started < seconds:
            served, digests = run.serve(edition)
            made += digests
            if not served:
                break
    return made
