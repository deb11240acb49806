"""Reactions to Django's own signals, each calling one action."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save

from home.models import Department
from moderation.setup import grant_department


def department_saved(sender: Any, instance: Department, raw: bool = False, **kwargs: Any) -> None:
    """A department made in the admin may propose messages at once."""
    if not raw:
        grant_department(instance)


def connect() -> None:
    post_save.connect(department_saved, sender=Department, dispatch_uid="moderation_department_saved")
