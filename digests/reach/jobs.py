"""What reach leaves to the worker."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digests.reach.counting import count_reach
from home.jobs import Job, register


def count_today() -> int:
    return count_reach(timezone.localdate())


def register_jobs() -> None:
    register(Job("count_reach", _("Count the households that are reached"), timedelta(days=1), count_today))
