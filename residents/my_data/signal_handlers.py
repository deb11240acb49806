"""Reactions to Django's signals."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in

from residents.my_data.sign_ins import note_sign_in


def connect() -> None:
    user_logged_in.connect(_on_sign_in, dispatch_uid="residents_note_sign_in")


def _on_sign_in(request: Any, user: Any, **kwargs: Any) -> None:
    note_sign_in(user=user, session=getattr(request, "session", None))
