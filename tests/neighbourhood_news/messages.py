"""Live messages in one language, with whatever a test says of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from home.models import Theme
from neighbourhood_news.models import NewsPage
from tests.factories import draft_news


def live_message(title: str, *, themes: Iterable[Theme] = (), **fields: Any) -> NewsPage:
    """Return a message that is live in French, or in Dutch where `code` says "nl"."""
    page = draft_news(title=title, **fields)
    page.tags.add(*themes)
    page.save_revision().publish()
    page.refresh_from_db()
    return page
