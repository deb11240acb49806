"""Live messages in one language, with whatever a test says of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from home.models import Theme
from neighbourhood_news.models import NewsPage
from tests.factories import live_news


def live_message(title: str, *, themes: Iterable[Theme] = (), **fields: Any) -> NewsPage:
    """Return a message that is live since now in French, or in Dutch where `code` says "nl"."""
    now = timezone.now()
    page = live_news(1, title=title, tags=themes, first_published_at=now, last_published_at=now, **fields)[0]
    page.refresh_from_db()
    return page
