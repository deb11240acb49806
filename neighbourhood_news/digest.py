"""The messages in the residents' digests."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digests.sources import Interests, Item, Source
from home.addresses import absolute
from neighbourhood_news.kinds import NEWS_KIND
from neighbourhood_news.models import NewsPage

if TYPE_CHECKING:
    from neighbourhood_news.querysets import NewsPageQuerySet


class MessageFinder:
    """Finds the messages for many readers: it loads what appeared in a language once, and asks one query for each set
    of interests. Readers of the same message share its item."""

    def __init__(self) -> None:
        self.pages = cache(self._pages)
        self.item = cache(self._item)

    def __call__(self, interests: Interests, since: datetime, until: datetime) -> list[Item]:
        """Return what stands in the lists for such a reader, of what is for them."""
        pages, keys = self.pages(interests.language, since, until), self._keys_for(interests, since, until)
        items = [
            self.item(
                page, frozenset(place.pk for place in page.neighbourhoods.all()) & interests.neighbourhoods, until
            )
            for page in pages
            if page.pk in keys
        ]
        return sorted((item for item in items if since < item.appeared_at <= until), key=_age, reverse=True)

    def _pages(self, language: str, since: datetime, until: datetime) -> list[NewsPage]:
        return list(_recent(language, since, until).newest_first().for_digests())

    def _keys_for(self, interests: Interests, since: datetime, until: datetime) -> set[int]:
        theirs = interests.neighbourhoods if interests.has_account else frozenset()
        closed = NewsPage.objects.closed_beyond(theirs, now=until)
        kinds = [key for subject, key in interests.subjects if subject == NEWS_KIND]
        pages = _recent(interests.language, since, until).exclude(pk__in=closed.values("pk"))
        pages = pages.concerning(interests.neighbourhoods, departments=interests.departments, kinds=kinds)
        return set(pages.values_list("pk", flat=True))

    def _item(self, page: NewsPage, theirs: frozenset[int], until: datetime) -> Item:
        """The reader's own neighbourhoods are named first."""
        places = sorted(page.neighbourhoods.all(), key=lambda place: (place.pk not in theirs, place.name))
        return Item(
            key=f"news:{page.translation_key}",
            appeared_at=page.appeared_by(until) or until,
            title=page.title,
            summary=page.introduction,
            url=absolute(page.url or "/"),
            by=page.department.name,
            places=tuple(place.name for place in places),
        )


def _recent(language: str, since: datetime, until: datetime) -> NewsPageQuerySet:
    today = timezone.localdate(until, timezone.get_default_timezone())
    pages: NewsPageQuerySet = NewsPage.objects.live().public().in_language(language).current(on=today)
    return pages.appeared_after(since)


def _age(item: Item) -> datetime:
    return item.appeared_at


def find_messages(interests: Interests, since: datetime, until: datetime) -> list[Item]:
    """Find them for one reader."""
    return MessageFinder()(interests, since, until)


def news_source() -> Source:
    return Source("news", _("Neighbourhood news"), find_messages, order=10, by_place=True, begin=MessageFinder)
