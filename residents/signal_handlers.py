"""Reactions to Django's signals, each calling one action."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save

from residents.models import User
from residents.signing_in.actions import keep_one_address


def account_was_saved(instance: User, update_fields: frozenset[str] | None, raw: bool = False, **kwargs: Any) -> None:
    """An administrator may have changed the address in the admin, a resident in their data."""
    if not raw and (update_fields is None or "email" in update_fields):
        keep_one_address(user=instance)


def register_signal_handlers() -> None:
    post_save.connect(account_was_saved, sender=User, dispatch_uid="keep one address")
