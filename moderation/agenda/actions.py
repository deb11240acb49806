"""Addresses at which people read the calendar elsewhere."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from moderation.models.calendar_feeds import CalendarFeed, digest_of
from moderation.permissions import can_see_agenda

if TYPE_CHECKING:
    from residents.models import User

TOKEN_BYTES = 32
NOTED_EVERY = timedelta(hours=1)


@transaction.atomic
def make_feed(*, user: User, language: str, now: datetime) -> str:
    """Return the secret word of a new address for `user`, which is nowhere kept; the one they had stops at once.

    Raises PermissionDenied for somebody who doesn't see the calendar.
    """
    if not can_see_agenda(user):
        raise PermissionDenied
    token = secrets.token_urlsafe(TOKEN_BYTES)
    fields = {"digest": digest_of(token), "language": language, "made_at": now, "read_at": None}
    CalendarFeed.objects.update_or_create(user=user, defaults=fields)
    return token


def stop_feed(*, user: User) -> None:
    CalendarFeed.objects.filter(user=user).delete()


def note_reading(*, feed: CalendarFeed, now: datetime) -> None:
    """Note that the address is in use, at most once an hour: programs read it often, and each note is a write."""
    old = Q(read_at__isnull=True) | Q(read_at__lt=now - NOTED_EVERY)
    CalendarFeed.objects.filter(old, pk=feed.pk).update(read_at=now)
