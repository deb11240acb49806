"""When these tests take place: a Thursday at seven, the hour of both digests."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wagtail.models import Page

from home.models import Neighbourhood
from neighbourhood_news.models import NewsPage
from tests.factories import published_news

THURSDAY = datetime(2026, 11, 26, 7, 0, tzinfo=ZoneInfo("Europe/Brussels"))
DAY, WEEK = timedelta(days=1), timedelta(days=7)


def news(*places: Neighbourhood, at: datetime = THURSDAY - DAY, **fields: Any) -> NewsPage:
    """Return the French page of a message that went live at `at` in both languages."""
    page = published_news(neighbourhoods=list(places), **fields)
    Page.objects.filter(translation_key=page.translation_key).update(first_published_at=at, last_published_at=at)
    return NewsPage.objects.get(pk=page.pk)
