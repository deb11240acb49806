"""Pages that are live and yet closed to some readers for a time.

A feature says which of its pages those are, by a function that it registers in `ready()`. Whatever finds pages of every
kind (search, sitemap, language switch) asks here, so that none of them knows the features.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from wagtail.query import PageQuerySet

Closed = Callable[..., PageQuerySet]

_closed: list[Closed] = []


def register(closed: Closed) -> None:
    """Let `closed(user, now=…)` name pages that `user` may not read at `now`."""
    if closed not in _closed:
        _closed.append(closed)


def open_to(pages: PageQuerySet, user: Any, *, now: datetime) -> PageQuerySet:
    """Return those of `pages` that `user` may read at `now`. It asks no query of its own.

    By key and not by `Exists`, which Wagtail's search refuses in a filter.
    """
    for closed in _closed:
        pages = pages.exclude(pk__in=closed(user, now=now).values("pk"))
    return pages
