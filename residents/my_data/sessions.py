"""The sessions of one person. Django keeps whose they are inside them only, so they are read one by one."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

CHUNK = 500


def keys_of(user: Any) -> Iterator[str]:
    """Return the keys of the sessions in which `user` is signed in."""
    running = Session.objects.filter(expire_date__gt=timezone.now())
    for session in running.iterator(chunk_size=CHUNK):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            yield session.session_key


def end_sessions(user: Any) -> None:
    """Sign `user` out everywhere, in the cache too where sessions are kept in one."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for key in list(keys_of(user)):
        store(session_key=key).delete()
