"""News on other features' pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from home.frame import Frame
from home.models import Neighbourhood
from neighbourhood_news.kinds import Kind
from neighbourhood_news.models import NewsIndexPage, NewsPage
from neighbourhood_news.querysets import NewsPageQuerySet

register = template.Library()


def _current() -> NewsPageQuerySet:
    pages: NewsPageQuerySet = NewsPage.objects.live().public().in_language()
    return pages.current(on=timezone.localdate()).newest_first().for_cards()


def _index_url(context: dict[str, Any]) -> str:
    return Frame.of(context.get("request")).address_of(NewsIndexPage)


@register.inclusion_tag("neighbourhood_news/_latest_news.html", takes_context=True)
def latest_news(context: dict[str, Any], count: int = 6) -> dict[str, Any]:
    return {"messages": _current()[:count], "request": context.get("request"), "index_url": _index_url(context)}


@register.inclusion_tag("neighbourhood_news/_take_part.html", takes_context=True)
def news_to_take_part_in(context: dict[str, Any], count: int = 3) -> dict[str, Any]:
    """What asks something of residents, newest first."""
    return {
        "messages": _current().of_kind(Kind.PARTICIPATION)[:count],
        "request": context.get("request"),
        "index_url": _index_url(context),
    }


@register.inclusion_tag("neighbourhood_news/_neighbourhood_news.html", takes_context=True)
def neighbourhood_news(context: dict[str, Any], neighbourhood: Neighbourhood, count: int = 9) -> dict[str, Any]:
    messages = _current().about(neighbourhood)[:count]
    return {
        "messages": messages,
        "neighbourhood": neighbourhood,
        "request": context.get("request"),
        "index_url": _index_url(context),
    }


@register.inclusion_tag("neighbourhood_news/_feed_link.html", takes_context=True)
def neighbourhood_feed_link(context: dict[str, Any], neighbourhood: Neighbourhood) -> dict[str, Any]:
    return {"neighbourhood": neighbourhood, "index_url": _index_url(context)}
