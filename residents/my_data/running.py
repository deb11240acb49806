"""Until when a person must still be known as somebody who took part: a small registry that features fill in `ready()`.

A vote may be given once. So whoever closes their account is kept, as a voter without a name, as long as something runs
that they took part in; features say until when.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

Until = Callable[[UUID], date | None]

_registered: dict[str, Until] = {}


def register(name: str, until: Until) -> None:
    """Let `until(voter key)` say the last day of what that person took part in and still runs; None when nothing does."""
    _registered[name] = until


def kept_until(key: UUID) -> date | None:
    """Return the last day on which the voter is needed; None when they may go at once."""
    days = [day for until in _registered.values() if (day := until(key))]
    return max(days, default=None)
