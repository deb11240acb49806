"""Filters over the commune's pages and places, in its own words."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from home.languages import active_language


class BasePageQuerySet(PageQuerySet):
    """Pages, as readers may see them."""

    def in_language(self, code: str | None = None) -> BasePageQuerySet:
        """Those written in one language; without a code, the reader's."""
        return self.filter(locale__language_code=code or active_language())


class DepartmentQuerySet(models.QuerySet):
    def of(self, user: AbstractUser) -> DepartmentQuerySet:
        """Those in whose name `user` writes, whatever else they may."""
        return self.filter(group__user=user)


BasePageManager = PageManager.from_queryset(BasePageQuerySet)
