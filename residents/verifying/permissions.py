"""Who is a verified resident, and who may make them one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from home.models import Neighbourhood
from residents.models import Residency, Verification


def is_verified(user: Any, *, on: date) -> bool:
    """Whether `user` is a verified resident on that day; a visitor or a blocked account never is."""
    if not (user.is_authenticated and user.is_active):
        return False
    return Verification.objects.filter(voter__user=user.pk, valid_until__gte=on).exists()


def is_verified_in(user: Any, neighbourhoods: Iterable[Neighbourhood], *, on: date) -> bool:
    """Whether `user` is a verified resident who lives, by their own word, in one of these neighbourhoods."""
    return (
        is_verified(user, on=on) and Residency.objects.filter(user=user.pk, neighbourhood__in=neighbourhoods).exists()
    )


def can_verify(user: Any) -> bool:
    """Whether `user` verifies residents at the counter, and prints their letters."""
    return bool(user.is_active and user.has_perm("residents.verify_resident"))
