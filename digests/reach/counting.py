"""The rule of counting, and the count itself.

A household is reached in a neighbourhood when somebody there has

- an account that is open, with a confirmed address, that says it lives there; or
- a subscription without an account, confirmed, to which mails still arrive, that asks for digests or alerts of that
  neighbourhood and of no other.

One address counts once: whoever has an account that says where it lives counts there, not by a subscription beside it.
A subscription to several neighbourhoods does not say in which one its reader lives, so it counts in none: the figure
is never too high on its account. The portal keeps no street and no number, so two people of one household count as
two; a neighbourhood never counts more than the households that are there.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from digests.models import Frequency, ReachFigure, Subscription
from home.models import Neighbourhood
from residents.models import Residency
from residents.querysets import confirmed


def count_reach(day: date) -> int:
    """Store the figures of `day`, in the place of those that it has already; return of how many neighbourhoods.

    A neighbourhood where nobody lives has none.
    """
    accounts, subscriptions = _by_account(), _by_subscription()
    figures = [
        ReachFigure(
            neighbourhood_id=pk,
            day=day,
            households=households,
            reached=min(households, accounts.get(pk, 0) + subscriptions.get(pk, 0)),
        )
        for pk, households in Neighbourhood.objects.filter(households__gt=0).values_list("pk", "households")
    ]
    ReachFigure.objects.bulk_create(
        figures,
        update_conflicts=True,
        unique_fields=["neighbourhood", "day"],
        update_fields=["reached", "households"],
    )
    return len(figures)


def _settled() -> QuerySet[Residency]:
    return Residency.objects.filter(confirmed(of="user"), neighbourhood__isnull=False, user__is_active=True)


def _by_account() -> dict[int, int]:
    return dict(_settled().values_list("neighbourhood").annotate(Count("pk")).order_by())


def _by_subscription() -> dict[int, int]:
    """Count bare subscriptions to one neighbourhood alone, of addresses that don't count by an account."""
    counted = _settled().alias(address=Lower("user__email")).filter(address=OuterRef("bare_address"))
    places: Any = Subscription.neighbourhoods.through.objects.filter(subscription=OuterRef("pk"))
    single = places.values("subscription").annotate(count=Count("pk")).filter(count=1)
    bare = (
        Subscription.objects.filter(user=None, confirmed_at__isnull=False, suspended_at=None)
        .exclude(Q(frequency=Frequency.NEVER, wants_alerts=False))
        .alias(bare_address=Lower("email"))
        .filter(Exists(single))
        .exclude(Exists(counted))
    )
    return dict(bare.values_list("neighbourhoods").annotate(Count("pk")).order_by())
