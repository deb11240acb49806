"""Who may read a message that is kept for its neighbourhoods first."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from neighbourhood_news.models import NewsPage


def can_read(message: NewsPage, user: Any, *, now: datetime) -> bool:
    """Whether a live `message` is open to `user` at `now`: the rule of the lists, NewsPageQuerySet.closed_to, for one.

    Where no moment was ever set, neither the database nor the session is asked.
    """
    if message.reserved_until is None:
        return True
    return not type(message).objects.filter(pk=message.pk).closed_to(user, now=now).exists()
