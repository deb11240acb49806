"""The messages in the editorial calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from home.agenda import Entry, Period, State
from home.agenda_of_pages import PUBLIC, Document, PagesSource, Pending
from neighbourhood_news.models import NewsPage


class NewsSource(PagesSource):
    """Messages: what pages have, and the last day, after which a message leaves the lists but keeps its address."""

    states = (*PagesSource.states, State.LAST_DAY)
    fields = ("department_id", "kind", "expires_on")

    def pages(self) -> QuerySet[NewsPage]:
        pages: QuerySet[NewsPage] = NewsPage.objects.all()
        return pages

    def is_in(self, period: Period) -> Q:
        return super().is_in(period) | (PUBLIC & Q(expires_on__range=(period.first, period.last)))

    def about(self, documents: list[Document]) -> dict[UUID, dict[str, Any]]:
        places = defaultdict(set)
        keys = [document.first["pk"] for document in documents]
        through = NewsPage.neighbourhoods.through.objects.filter(newspage__in=keys)
        for page, place in through.values_list("newspage", "neighbourhood"):
            places[page].add(place)
        return {
            row["translation_key"]: {
                "kind": row["kind"],
                "department": row["department_id"],
                "neighbourhoods": frozenset(places[row["pk"]]),
            }
            for row in (document.first for document in documents)
        }

    def moments(self, document: Document, pending: Pending, **more: Any) -> Iterator[Entry]:
        yield from super().moments(document, pending, **more)
        day, rows = document.earliest("expires_on")
        if day:
            yield document.entry(State.LAST_DAY, day, rows, **more)
