"""Filters over the commune's pages and places, in its own words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Left, Length
from wagtail.models import PageManager, PageViewRestriction, Revision
from wagtail.query import PageQuerySet

from home import closures
from home.languages import active_language


class BasePageQuerySet(PageQuerySet):
    """Pages, as readers may see them."""

    def in_language(self, code: str | None = None) -> BasePageQuerySet:
        """Those written in one language; without a code, the reader's."""
        return self.filter(locale__language_code=code or active_language())

    def open_to(self, user: Any, *, now: datetime) -> BasePageQuerySet:
        """Those that `user` may read at `now`; what a feature keeps for some readers first is left out for the others."""
        return closures.open_to(self, user, now=now)

    def naming(self, thing: Any) -> BasePageQuerySet:
        """Those of a department's pages that name a neighbourhood or a department: as they stand, in their latest draft,
        or in the version that is scheduled."""
        field = "neighbourhoods" if thing._meta.model_name == "neighbourhood" else "department"
        pending = Q(approved_go_live_at__isnull=False) | Q(pk__in=self.values("latest_revision"))
        named = Revision.objects.page_revisions().filter(pending).values_list("object_id", f"content__{field}")
        drafts = [key for key, value in named if thing.pk == value or (isinstance(value, list) and thing.pk in value)]
        stored = self.filter(**{field: thing}).values("pk")
        return self.filter(Q(pk__in=stored) | Q(pk__in=drafts))

    def private_q(self) -> Q:
        """In a private part of the tree: Wagtail's own rule, asked within the query instead of by one before it."""
        beginning = Left(OuterRef("path"), Length("page__path"))
        return Q(Exists(PageViewRestriction.objects.filter(page__path=beginning)))


class NeighbourhoodQuerySet(models.QuerySet):
    def drawn(self) -> NeighbourhoodQuerySet:
        """As pages need them: with the drawing of the outline, without the GeoJSON that it was made from."""
        return self.defer("outline")


class DepartmentQuerySet(models.QuerySet):
    def of(self, user: AbstractUser) -> DepartmentQuerySet:
        """Those in whose name `user` writes, whatever else they may."""
        return self.filter(group__user=user)


BasePageManager = PageManager.from_queryset(BasePageQuerySet)
