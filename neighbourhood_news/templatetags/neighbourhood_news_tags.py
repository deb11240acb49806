"""News on other features' pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.db.models import prefetch_related_objects
from django.utils import timezone

from home.frame import Frame
from home.models import Neighbourhood
from neighbourhood_news.kinds import Kind
from neighbourhood_news.models import NewsIndexPage, NewsPage
from neighbourhood_news.querysets import NewsPageQuerySet, beside_cards

register = template.Library()


def _current(context: dict[str, Any]) -> NewsPageQuerySet:
    user = getattr(context.get("request"), "user", AnonymousUser())
    pages: NewsPageQuerySet = NewsPage.objects.live().public().open_to(user, now=timezone.now()).in_language()
    return pages.current(on=timezone.localdate()).newest_first().for_cards()


def _index_url(context: dict[str, Any]) -> str:
    return Frame.of(context.get("request")).address_of(NewsIndexPage)


@register.simple_tag(takes_context=True)
def newest_news(context: dict[str, Any], count: int = 6, invitations: int = 3) -> dict[str, Any]:
    """The newest messages, and the newest that ask something of residents; what stands beside them is asked for once."""
    current = _current(context).prefetch_related(None)
    latest, asking = list(current[:count]), list(current.of_kind(Kind.PARTICIPATION)[:invitations])
    prefetch_related_objects([*latest, *asking], *beside_cards())
    return {"latest": latest, "invitations": asking, "index_url": _index_url(context)}


@register.inclusion_tag("neighbourhood_news/_neighbourhood_news.html", takes_context=True)
def neighbourhood_news(context: dict[str, Any], neighbourhood: Neighbourhood, count: int = 9) -> dict[str, Any]:
    messages = _current(context).about(neighbourhood)[:count]
    return {
        "messages": messages,
        "neighbourhood": neighbourhood,
        "request": context.get("request"),
        "index_url": _index_url(context),
    }


@register.inclusion_tag("neighbourhood_news/_feed_link.html", takes_context=True)
def neighbourhood_feed_link(context: dict[str, Any], neighbourhood: Neighbourhood) -> dict[str, Any]:
    return {"neighbourhood": neighbourhood, "index_url": _index_url(context)}


def _shown(context: dict[str, Any], messages: NewsPageQuerySet) -> dict[str, Any]:
    return {"messages": messages, "request": context.get("request"), "index_url": _index_url(context)}


@register.inclusion_tag("neighbourhood_news/_near_me.html", takes_context=True)
def news_near_me(context: dict[str, Any], count: int = 6) -> dict[str, Any]:
    """What is for where the reader lives or follows, and for the whole commune."""
    return _shown(context, _current(context).near(context["request"].user)[:count])


@register.inclusion_tag("neighbourhood_news/_news_of_place.html", takes_context=True)
def news_of_place(context: dict[str, Any], neighbourhood: Neighbourhood, count: int = 3) -> dict[str, Any]:
    """The latest of one neighbourhood, in the frame of a resident's own pages."""
    return {**_shown(context, _current(context).about(neighbourhood)[:count]), "neighbourhood": neighbourhood}


@register.inclusion_tag("neighbourhood_news/_followed.html", takes_context=True)
def news_that_i_follow(context: dict[str, Any], count: int = 3) -> dict[str, Any]:
    """What departments and kinds that the reader follows bring to other neighbourhoods."""
    return _shown(context, _current(context).followed_from_afar(context["request"].user)[:count])


@register.inclusion_tag("neighbourhood_news/_open_to_me.html", takes_context=True)
def open_to_me(context: dict[str, Any], count: int = 3) -> dict[str, Any]:
    """Messages on taking part, near the reader or for everybody, newest first: for where nothing else is asked now."""
    asking = _current(context).of_kind(Kind.PARTICIPATION)
    return _shown(context, asking.near(context["request"].user)[:count])
