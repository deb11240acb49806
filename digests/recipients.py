"""Whose address is confirmed, and so may be written to."""

from __future__ import annotations

from typing import Any

from residents.models import User
from residents.querysets import confirmed


def is_confirmed(user: Any) -> bool:
    """Whether mails may go to an account: `residents.querysets.confirmed`, asked for one."""
    if not (user.is_authenticated and user.is_active and user.email):
        return False
    return User.objects.filter(pk=user.pk).filter(confirmed()).exists()


def account_of(address: str) -> User | None:
    """Return the active account with this address; it gets its digest there, and there alone."""
    return User.objects.filter(email__iexact=address, is_active=True).first()
