"""Where somebody lives, and that they were welcomed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from home.models import Neighbourhood
from residents.models import Profile, Residency, User


@transaction.atomic
def settle(*, user: User, neighbourhood: Neighbourhood | None) -> Residency:
    """Let `user` live in `neighbourhood`; None when they say none. Nobody lives in two places: the account is the key."""
    return Residency.objects.update_or_create(user=user, defaults={"neighbourhood": neighbourhood})[0]


@transaction.atomic
def note_welcome(*, user: User, now: datetime) -> None:
    """Keep when `user` was first welcomed; a second time changes nothing."""
    profile, _created = Profile.objects.get_or_create(user=user)
    Profile.objects.filter(pk=profile.pk, welcomed_at=None).update(welcomed_at=now)
