"""Who somebody is on the boards: their voter, where they live, and whether they may write."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from participation.models import Sanction
from residents.models import Residency, Voter


def known_voter(user: Any) -> UUID | None:
    """Return the key under which `user` counts, without making one: None for who has done nothing yet."""
    if not user.is_authenticated:
        return None
    return Voter.objects.filter(user=user.pk).values_list("key", flat=True).first()


def place_of(user: Any) -> int:
    """Return the number of the neighbourhood where `user` says they live; 0 for none."""
    return Residency.objects.filter(user=user.pk).values_list("neighbourhood_id", flat=True).first() or 0


def sanction_on(user: Any, *, now: datetime) -> Sanction | None:
    """Return what keeps `user` from writing at `now`; None when nothing does."""
    if not user.is_authenticated:
        return None
    sanctions = Sanction.objects.filter(undone_at=None)
    theirs = sanctions.filter(voter__in=Voter.objects.filter(user=user.pk).values("key"))
    return next((sanction for sanction in theirs if sanction.holds(now)), None)
