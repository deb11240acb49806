"""The consultations in the residents' digests: one that opens, each further phase, and the outcome."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digests.sources import Interests, Item, Source
from home.addresses import absolute
from home.models import Neighbourhood
from participation.kinds import CONSULTATION
from participation.models import ConsultationPage, Phase
from participation.querysets import ConsultationQuerySet
from participation.stages import written


class ConsultationFinder:
    """Finds for many readers: what is new in a language is loaded once, and each interest is asked for once."""

    def __init__(self) -> None:
        self.pages = cache(_pages)
        self.items = cache(_items)
        self.concerned = cache(_concerned)

    def __call__(self, interests: Interests, since: datetime, until: datetime) -> list[Item]:
        """Return what is new for such a reader: of where they live, and of what they follow."""
        pages = self.pages(interests.language, since, until)
        theirs = self._theirs(interests, since, until) if pages else frozenset()
        found = [item for page in pages if page.pk in theirs for item in self.items(page, until)]
        return sorted((item for item in found if since < item.appeared_at <= until), key=_age, reverse=True)

    def _theirs(self, interests: Interests, since: datetime, until: datetime) -> frozenset[int]:
        wishes: list[tuple[str, int | str]] = [("places", pk) for pk in interests.neighbourhoods]
        wishes += [("departments", pk) for pk in interests.departments]
        wishes += [("keys", key) for subject, key in interests.subjects if subject == CONSULTATION and _is_key(key)]
        moments = (interests.language, since, until)
        return self.concerned(*moments).union(*(self.concerned(*moments, *wish) for wish in wishes))


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _age(item: Item) -> datetime:
    return item.appeared_at


def _recent(language: str, since: datetime, until: datetime) -> ConsultationQuerySet:
    """Those of which something became true after `since`: by their days, or because they were published late."""
    days = (_day(since), _day(until))
    begun = Exists(Phase.objects.filter(consultation=OuterRef("pk"), starts_on__range=days))
    pages: ConsultationQuerySet = ConsultationPage.objects.live().public().in_language(language)
    return pages.filter(
        Q(begun) | Q(outcome_published_on__range=days) | Q(first_published_at__gt=since, first_published_at__lte=until)
    )


def _pages(language: str, since: datetime, until: datetime) -> list[ConsultationPage]:
    places = Prefetch("neighbourhoods", Neighbourhood.objects.drawn())
    pages = _recent(language, since, until).select_related("department", "locale").defer("body", "related")
    return list(pages.prefetch_related(places, "phases").order_by("-first_published_at", "-pk"))


def _concerned(language: str, since: datetime, until: datetime, kind: str = "", one: int | str = "") -> frozenset[int]:
    """Return the keys of those that concern everybody, or readers with this one interest."""
    wish: dict[str, Any] = {"places": (), **({kind: [one]} if kind else {})}
    pages = _recent(language, since, until).concerning(**wish)
    return frozenset(pages.values_list("pk", flat=True))


def _items(page: ConsultationPage, until: datetime) -> list[Item]:
    return list(_news_of(page, _day(until)))


def _news_of(page: ConsultationPage, today: date) -> Iterator[Item]:
    """A consultation that opens late, in its second phase, tells of that one only: one can't take part in the past."""
    timeline = page.timeline_on(today)
    for number, phase in enumerate(timeline.phases):
        if phase.starts_on <= today <= phase.ends_on:
            opening, further = _("We ask for your opinion: %(title)s"), _("A new step: %(title)s")
            title = (further if number else opening) % {"title": page.title}
            words = _("%(phase)s, until %(day)s.") % {"phase": phase.name, "day": written(phase.ends_on)}
            summary = " ".join(filter(None, [page.question, words]))
            own = getattr(phase, "translation_key", None)
            key = f"phase:{own}" if own else f"{CONSULTATION}:{page.translation_key}:{number}"
            yield _item(page, key, phase.starts_on, title, summary)
    if page.outcome_published_on and timeline.has_outcome:
        title = _("What came of it: %(title)s") % {"title": page.title}
        summary = " ".join(point.value["decision"] for point in page.outcome if point.value.get("decision"))
        key = f"{CONSULTATION}:{page.translation_key}:outcome"
        yield _item(page, key, page.outcome_published_on, title, summary or page.introduction, anchor="#outcome")


def _item(page: ConsultationPage, key: str, day: date, title: str, summary: str, anchor: str = "") -> Item:
    """It appeared with its day, or with its page when that came later."""
    midnight = timezone.make_aware(datetime.combine(day, datetime.min.time()), timezone.get_default_timezone())
    published = page.first_published_at
    return Item(
        key=key,
        appeared_at=max(midnight, published) if published else midnight,
        title=title,
        summary=summary,
        url=absolute(page.url or "/") + anchor,
        by=page.department.name,
        places=tuple(sorted(place.name for place in page.neighbourhoods.all())),
    )


def _day(moment: datetime) -> date:
    return timezone.localdate(moment, timezone.get_default_timezone())


def find_consultations(interests: Interests, since: datetime, until: datetime) -> list[Item]:
    """Find them for one reader."""
    return ConsultationFinder()(interests, since, until)


def consultation_source() -> Source:
    return Source(CONSULTATION, gettext_lazy("Consultations"), find_consultations, order=5, begin=ConsultationFinder)
