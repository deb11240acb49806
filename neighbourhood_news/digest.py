"""The messages in the residents' digests."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digests.sources import Interests, Item, Source
from home.addresses import absolute
from neighbourhood_news.kinds import NEWS_KIND
from neighbourhood_news.models import NewsPage

if TYPE_CHECKING:
    from neighbourhood_news.querysets import NewsPageQuerySet


class MessageFinder:
    """Finds the messages for many readers: what appeared in a language is loaded once, and each interest is asked for
    once. Readers of the same message share its item."""

    def __init__(self) -> None:
        self.pages = cache(self._pages)
        self.item = cache(self._item)
        self.concerned = cache(_concerned)
        self.closed = cache(_closed)

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

    def _keys_for(self, interests: Interests, since: datetime, until: datetime) -> frozenset[int]:
        moments = (interests.language, since, until)
        wishes: list[tuple[str, int | str]] = [("places", pk) for pk in interests.neighbourhoods]
        wishes += [("departments", pk) for pk in interests.departments]
        wishes += [("kinds", key) for subject, key in interests.subjects if subject == NEWS_KIND]
        concerned = self.concerned(*moments).union(*(self.concerned(*moments, *wish) for wish in wishes))
        theirs = interests.neighbourhoods if interests.has_account else ()
        return concerned - self.closed(*moments).intersection(*(self.closed(*moments, place) for place in theirs))

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


def _concerned(language: str, since: datetime, until: datetime, kind: str = "", one: int | str = "") -> frozenset[int]:
    """Return the keys of those that concern everybody, or readers with this one interest."""
    wish: dict[str, Any] = {"places": (), **({kind: [one]} if kind else {})}
    pages = _recent(language, since, until).concerning(**wish)
    return frozenset(pages.values_list("pk", flat=True))


def _closed(language: str, since: datetime, until: datetime, place: int | None = None) -> frozenset[int]:
    """Return the keys of those kept from everybody, or from those who live in `place`, for now."""
    closed = NewsPage.objects.closed_beyond([place] if place else [], now=until)
    pages = _recent(language, since, until).filter(pk__in=closed.values("pk"))
    return frozenset(pages.values_list("pk", flat=True))


def _age(item: Item) -> datetime:
    return item.appeared_at


def find_messages(interests: Interests, since: datetime, until: datetime) -> list[Item]:
    """Find them for one reader."""
    return MessageFinder()(interests, since, until)


def news_source() -> Source:
    return Source("news", _("Neighbourhood news"), find_messages, order=10, by_place=True, begin=MessageFinder)
