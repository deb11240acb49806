"""News on other features' pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from home.models import Neighbourhood
from neighbourhood_news.kinds import Kind
from neighbourhood_news.models import NewsIndexPage, NewsPage
from neighbourhood_news.querysets import NewsPageQuerySet

register = template.Library()


def _current() -> NewsPageQuerySet:
    pages: NewsPageQuerySet = NewsPage.objects.live().public().in_language()
    return pages.current(on=timezone.localdate()).newest_first().for_cards()


def _index_url() -> str:
    page = NewsIndexPage.objects.live().in_language().first()
    return page.url if page else ""


@register.inclusion_tag("neighbourhood_news/_latest_news.html")
def latest_news(count: int = 6) -> dict[str, Any]:
    return {"messages": _current()[:count], "index_url": _index_url()}


@register.inclusion_tag("neighbourhood_news/_take_part.html")
def news_to_take_part_in(count: int = 3) -> dict[str, Any]:
    """What asks something of residents, newest first."""
    return {"messages": _current().of_kind(Kind.PARTICIPATION)[:count], "index_url": _index_url()}


@register.inclusion_tag("neighbourhood_news/_neighbourhood_news.html")
def neighbourhood_news(neighbourhood: Neighbourhood, count: int = 9) -> dict[str, Any]:
    messages = _current().about(neighbourhood)[:count]
    return {"messages": messages, "neighbourhood": neighbourhood, "index_url": _index_url()}


@register.inclusion_tag("neighbourhood_news/_feed_link.html")
def neighbourhood_feed_link(neighbourhood: Neighbourhood) -> dict[str, Any]:
    return {"neighbourhood": neighbourhood, "index_url": _index_url()}
