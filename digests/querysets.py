"""Filters over the subscriptions; the clock is an argument."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from residents.querysets import confirmed

if TYPE_CHECKING:
    from digests.editions import Edition
    from home.models import Alert

UNCONFIRMED_KEPT = timedelta(days=7)


class SubscriptionQuerySet(models.QuerySet[Any]):
    def at(self, address: str) -> SubscriptionQuerySet:
        """Those whose mails go to `address`, whatever its case: the account's, or a bare address; none for "".

        A mail whose recipient was forgotten has none, and neither has an account's row here.
        """
        if not address:
            return self.none()
        return self.filter(Q(email__iexact=address) | Q(user__email__iexact=address))

    def reachable(self) -> SubscriptionQuerySet:
        """Those that mails may go to: confirmed, and not suspended. Each address once: an account goes first."""
        theirs = get_user_model().objects.annotate(address=Lower("email"))
        has_account = Exists(
            theirs.filter(address=Lower(OuterRef("email")), is_active=True, subscription__isnull=False)
        )
        bare = Q(user=None) & ~has_account
        account = Q(user__is_active=True, user__email__isnull=False) & confirmed(of="user")
        return self.filter(bare | account, confirmed_at__isnull=False, suspended_at=None)

    def due(self, edition: Edition) -> SubscriptionQuerySet:
        """Those for which `edition` has not been made yet, the first subscribers first."""
        made = self.model._meta.get_field("digests").related_model.objects
        return (
            self.reachable()
            .filter(frequency=edition.frequency, served_on__lt=edition.day)
            .exclude(Exists(made.filter(subscription=OuterRef("pk"), day=edition.day)))
            .order_by("pk")
        )

    def to_alert(self, alert: Alert) -> SubscriptionQuerySet:
        """Those that want alerts at once, were there when this one began, and have not had it."""
        had = self.model._meta.get_field("sent_items").related_model.objects
        return (
            self.reachable()
            .filter(wants_alerts=True, confirmed_at__lte=alert.starts_at)
            .exclude(Exists(had.filter(subscription=OuterRef("pk"), item=f"alert:{alert.pk}")))
            .order_by("pk")
        )

    def never_confirmed(self, *, now: datetime) -> SubscriptionQuerySet:
        """Bare addresses that nobody confirmed in time."""
        return self.filter(user=None, confirmed_at=None, created_at__lt=now - UNCONFIRMED_KEPT)
