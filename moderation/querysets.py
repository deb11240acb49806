"""Filters over what the desk decided, in its own words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q


class ReleaseQuerySet(models.QuerySet):
    """Decisions to publish."""

    def of(self, translation_key: Any) -> ReleaseQuerySet:
        return self.filter(translation_key=translation_key)

    def in_one_language(self) -> ReleaseQuerySet:
        """Those of which one language is live now, and the other is owed."""
        one = Q(fr_live_at=None, nl_live_at__isnull=False) | Q(nl_live_at=None, fr_live_at__isnull=False)
        return self.filter(one, ended_at=None)

    def pending(self) -> ReleaseQuerySet:
        """Those that are scheduled: decided, and live in no language yet."""
        return self.filter(fr_live_at=None, nl_live_at=None, ended_at=None)

    def gone_live(self) -> ReleaseQuerySet:
        return self.exclude(fr_live_at=None, nl_live_at=None)


class FastTrackQuerySet(models.QuerySet):
    """Uses of the fast track."""

    def unchecked(self) -> FastTrackQuerySet:
        return self.filter(checked_at=None)

    def late(self, *, now: datetime, after: timedelta) -> FastTrackQuerySet:
        return self.unchecked().filter(used_at__lt=now - after)
