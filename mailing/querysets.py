"""Filters over the outbox; the clock is an argument."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

PATIENCE = timedelta(minutes=15)
KEPT = timedelta(days=90)


class OutgoingMailQuerySet(models.QuerySet):
    def ready(self, *, now: datetime) -> OutgoingMailQuerySet:
        """What a worker may take: due by now, or taken by a worker that was gone before it handed the mail over."""
        due = Q(status="due", next_attempt_at__lte=now)
        abandoned = Q(status="sending", taken_until__lte=now)
        return self.filter(due | abandoned).order_by("rank", "next_attempt_at", "pk")

    def to_person(self, *, user: Any, email: str | None) -> OutgoingMailQuerySet:
        """Those to an account, or to its address whether or not the account was named."""
        mine = Q(user=user)
        return self.alias(recipient=Lower("to")).filter(mine | Q(recipient=email.lower()) if email else mine)

    def in_flight(self, *, now: datetime) -> OutgoingMailQuerySet:
        """Those that a worker has in its hands at this moment."""
        return self.filter(taken_until__gt=now)

    def overdue(self, *, now: datetime) -> OutgoingMailQuerySet:
        return self.filter(status__in=["due", "sending"], due_at__lt=now - PATIENCE)

    def failed(self) -> OutgoingMailQuerySet:
        return self.filter(status="failed")

    def uncertain(self, *, now: datetime) -> OutgoingMailQuerySet:
        """Those that were handed over, whose answer nobody heard or will hear."""
        return self.filter(Q(taken_until=None) | Q(taken_until__lte=now), status="uncertain")

    def old(self, *, now: datetime) -> OutgoingMailQuerySet:
        """What has been kept long enough; a mail that is still due stays, whatever its age."""
        return self.exclude(status__in=["due", "sending"]).filter(due_at__lt=now - KEPT)
