"""Filters over the commune's pages and places, in its own words."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from wagtail.models import PageManager, PageViewRestriction
from wagtail.query import PageQuerySet

from home.languages import active_language


class BasePageQuerySet(PageQuerySet):
    """Pages, as readers may see them."""

    def in_language(self, code: str | None = None) -> BasePageQuerySet:
        """Those written in one language; without a code, the reader's."""
        return self.filter(locale__language_code=code or active_language())

    def private_q(self) -> Q:
        """In a private part of the tree: Wagtail's own rule, asked within the query instead of by one before it."""
        here = ExpressionWrapper(OuterRef("path"), output_field=models.CharField())
        restrictions = PageViewRestriction.objects.annotate(here=here)
        return Q(Exists(restrictions.filter(here__startswith=F("page__path"))))


class NeighbourhoodQuerySet(models.QuerySet):
    def drawn(self) -> NeighbourhoodQuerySet:
        """As pages need them: with the drawing of the outline, without the GeoJSON that it was made from."""
        return self.defer("outline")


class DepartmentQuerySet(models.QuerySet):
    def of(self, user: AbstractUser) -> DepartmentQuerySet:
        """Those in whose name `user` writes, whatever else they may."""
        return self.filter(group__user=user)


BasePageManager = PageManager.from_queryset(BasePageQuerySet)
