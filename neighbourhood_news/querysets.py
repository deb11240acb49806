"""Filters over the news, in the desk's words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch
from wagtail.models import PageManager, Revision

from home.models import Neighbourhood
from home.querysets import BasePageQuerySet

if TYPE_CHECKING:
    from home.models import Department, Theme


class NewsPageQuerySet(BasePageQuerySet):
    """Messages of the neighbourhoods."""

    def current(self, *, on: date) -> NewsPageQuerySet:
        """Those that have not expired; an expired one leaves the lists, never its address."""
        return self.filter(models.Q(expires_on__isnull=True) | models.Q(expires_on__gte=on))

    def about(self, neighbourhood: Neighbourhood) -> NewsPageQuerySet:
        """Those for this neighbourhood, and those for the whole commune."""
        theirs = self.model.neighbourhoods.through.objects.filter(newspage=OuterRef("pk"))
        return self.filter(Exists(theirs.filter(neighbourhood=neighbourhood)) | ~Exists(theirs))

    def of_kind(self, kind: str) -> NewsPageQuerySet:
        return self.filter(kind=kind)

    def by(self, department: Department) -> NewsPageQuerySet:
        return self.filter(department=department)

    def tagged(self, theme: Theme) -> NewsPageQuerySet:
        return self.filter(tagged_items__tag=theme)

    def naming(self, thing: Department | Neighbourhood) -> NewsPageQuerySet:
        """Those that name it as they stand, in their latest draft, or in the version that is scheduled."""
        field = "neighbourhoods" if isinstance(thing, Neighbourhood) else "department"
        pending = models.Q(approved_go_live_at__isnull=False) | models.Q(pk__in=self.values("latest_revision"))
        named = Revision.objects.page_revisions().filter(pending).values_list("object_id", f"content__{field}")
        drafts = [key for key, value in named if thing.pk == value or (isinstance(value, list) and thing.pk in value)]
        stored = self.filter(**{field: thing}).values("pk")
        return self.filter(models.Q(pk__in=stored) | models.Q(pk__in=drafts))

    def newest_first(self) -> NewsPageQuerySet:
        return self.order_by("-first_published_at", "-pk")

    def for_cards(self) -> NewsPageQuerySet:
        """With everything that a card shows, in a fixed number of queries."""
        return (
            self.select_related("department", "image")
            .prefetch_related(Prefetch("neighbourhoods", Neighbourhood.objects.drawn()))
            .prefetch_related("image__renditions")
            .defer("body")
        )


NewsPageManager = PageManager.from_queryset(NewsPageQuerySet)
