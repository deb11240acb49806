"""Reactions to Django's own signals, each calling one action."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete

from home.models import Department, Neighbourhood, Theme
from home.protection import Thing, refuse_to_delete


def named_thing_deleted(sender: Any, instance: Thing, **kwargs: Any) -> None:
    """What is named stays, whichever way its deletion was asked for."""
    refuse_to_delete(instance)


def connect() -> None:
    for model in (Department, Neighbourhood, Theme):
        pre_delete.connect(named_thing_deleted, sender=model, dispatch_uid=f"home_{model.__name__}_deleted")
