"""Filters over the news, in the desk's words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Coalesce, Greatest
from wagtail.models import PageManager

from home.models import Neighbourhood
from home.querysets import BasePageQuerySet
from neighbourhood_news.kinds import NEWS_KIND
from residents.models import Follow
from residents.querysets import neighbourhoods_of, staff

if TYPE_CHECKING:
    from home.models import Department, Theme


# Of the eighty columns of a message, its department and its picture. Those with dates cost most: SQLite keeps them as text.
ON_CARDS = (
    *("title", "introduction", "kind", "path", "depth", "url_path", "first_published_at", "reserved_until"),
    *("department__name_fr", "department__name_nl"),
    *(f"image__{name}" for name in ("file", "width", "height", "alt_fr", "alt_nl")),
    *(f"image__focal_point_{name}" for name in ("x", "y", "width", "height")),
)


def beside_cards() -> list[Any]:
    """What cards show of other tables: for `prefetch_related` or, over several lists, `prefetch_related_objects`."""
    return [Prefetch("neighbourhoods", Neighbourhood.objects.drawn()), "image__renditions"]


class NewsPageQuerySet(BasePageQuerySet):
    """Messages of the neighbourhoods."""

    def current(self, *, on: date) -> NewsPageQuerySet:
        """Those that have not expired; an expired one leaves the lists, never its address."""
        return self.filter(models.Q(expires_on__isnull=True) | models.Q(expires_on__gte=on))

    def about(self, neighbourhood: Neighbourhood) -> NewsPageQuerySet:
        """Those for this neighbourhood, and those for the whole commune."""
        theirs = self.model.neighbourhoods.through.objects.filter(newspage=OuterRef("pk"))
        return self.filter(Exists(theirs.filter(neighbourhood=neighbourhood)) | ~Exists(theirs))

    def near(self, user: Any) -> NewsPageQuerySet:
        """Those for where `user` lives, for the neighbourhoods that they follow, and for the whole commune."""
        theirs = self._theirs()
        mine = theirs.filter(neighbourhood__in=neighbourhoods_of(user))
        return self.filter(Exists(mine) | ~Exists(theirs))

    def followed_from_afar(self, user: Any) -> NewsPageQuerySet:
        """Those for other neighbourhoods only, by a department or of a kind that `user` follows."""
        theirs, follows = self._theirs(), Follow.objects.filter(user=user.pk)
        mine = theirs.filter(neighbourhood__in=neighbourhoods_of(user))
        departments = follows.filter(department__isnull=False).values("department")
        kinds = follows.filter(subject=NEWS_KIND).values("key")
        followed = models.Q(department__in=departments) | models.Q(kind__in=kinds)
        return self.filter(followed, Exists(theirs)).exclude(Exists(mine))

    def _theirs(self) -> models.QuerySet[Any]:
        through: models.QuerySet[Any] = self.model.neighbourhoods.through.objects.filter(newspage=OuterRef("pk"))
        return through

    def closed_beyond(self, places: Iterable[int] | QuerySet[Neighbourhood], *, now: datetime) -> NewsPageQuerySet:
        """Those kept at `now` for neighbourhoods of which none is among `places`."""
        return self.filter(self._closed_beyond(places, now=now))

    def closed_to(self, user: Any, *, now: datetime) -> NewsPageQuerySet:
        """Those kept at `now` for neighbourhoods where `user` neither lives nor follows the news; for staff, none."""
        return self.filter(self._closed(user, now=now))

    def open_to(self, user: Any, *, now: datetime) -> NewsPageQuerySet:
        """As asked of pages of every kind; these are all messages, so that the rule is a condition, not a subquery."""
        return self.exclude(self._closed(user, now=now))

    def _closed(self, user: Any, *, now: datetime) -> models.Q:
        if not user.is_authenticated:
            return self._closed_beyond([], now=now)
        return self._closed_beyond(neighbourhoods_of(user), now=now) & ~models.Q(Exists(staff().filter(pk=user.pk)))

    def _closed_beyond(self, places: Iterable[int] | QuerySet[Neighbourhood], *, now: datetime) -> models.Q:
        """The one place of this rule. A message for the whole commune is never kept for anyone."""
        theirs = self._theirs()
        kept = models.Q(Exists(theirs), reserved_until__gt=now)
        return kept & ~models.Q(Exists(theirs.filter(neighbourhood__in=places)))

    def concerning(
        self, places: Iterable[int], *, departments: Iterable[int] = (), kinds: Iterable[str] = ()
    ) -> NewsPageQuerySet:
        """Those for one of these neighbourhoods or for the whole commune, by these departments, or of these kinds."""
        theirs = self._theirs()
        here = models.Q(Exists(theirs.filter(neighbourhood__in=places))) | models.Q(~Exists(theirs))
        return self.filter(here | models.Q(department__in=departments) | models.Q(kind__in=kinds))

    def appeared_after(self, moment: datetime) -> NewsPageQuerySet:
        """Those that some reader could read first after `moment`."""
        return self.filter(models.Q(first_published_at__gt=moment) | models.Q(reserved_until__gt=moment))

    def of_kind(self, kind: str) -> NewsPageQuerySet:
        return self.filter(kind=kind)

    def by(self, department: Department) -> NewsPageQuerySet:
        return self.filter(department=department)

    def tagged(self, theme: Theme) -> NewsPageQuerySet:
        return self.filter(tagged_items__tag=theme)

    def newest_first(self) -> NewsPageQuerySet:
        """By the moment when everybody could read it first; what is still reserved comes before all that is public."""
        opened = Coalesce("reserved_until", "first_published_at")
        return self.order_by(Greatest("first_published_at", opened).desc(), "-pk")

    def for_cards(self) -> NewsPageQuerySet:
        """With what a card shows and no more, in a fixed number of queries."""
        return self.select_related("department", "image").only(*ON_CARDS).prefetch_related(*beside_cards())

    def for_digests(self) -> NewsPageQuerySet:
        """With what a mail says of each, in a fixed number of queries."""
        places = Prefetch("neighbourhoods", Neighbourhood.objects.drawn())
        return self.select_related("department", "locale").prefetch_related(places).defer("body")

    def for_its_page(self) -> NewsPageQuerySet:
        """With what the message's own page shows of it."""
        return self.select_related("department", "image", "locale").prefetch_related(
            "image__renditions", Prefetch("neighbourhoods", Neighbourhood.objects.drawn())
        )


NewsPageManager = PageManager.from_queryset(NewsPageQuerySet)
