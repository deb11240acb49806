"""Days and hours of the commune, and what the calendar says of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client
from django.utils import translation

from home import agenda
from home.agenda import Entry, Period
from neighbourhood_news.models import NewsPage
from tests.factories import published_news
from tests.reading import seen, words

BRUSSELS = ZoneInfo("Europe/Brussels")


def hour(text: str) -> datetime:
    """Return the moment of "2030-03-05 09:30" in the commune."""
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


def period(first: str, last: str | None = None) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last or first))


def told(first: str, last: str | None = None, code: str = "fr") -> list[tuple[str, str]]:
    """Return (state, title) of each entry of these days, in their order."""
    with translation.override(code):
        return [(entry.state.value, entry.title) for entry in agenda.entries(period(first, last))]


def only(first: str, last: str | None = None) -> Entry:
    (entry,) = agenda.entries(period(first, last))
    return entry


def published_at(text: str, **fields: Any) -> NewsPage:
    """Return a message that went live in both languages at that hour."""
    page = published_news(**fields)
    NewsPage.objects.filter(translation_key=page.translation_key).update(first_published_at=hour(text))
    return page


def entries_on(client: Client, query: str) -> list[str]:
    """Return the words of each entry that the screen shows."""
    return [words(entry) for entry in seen(client.get(f"/admin/agenda/?{query}")).select(".agenda-entry")]
