"""Columns by which one idea is found among many thousands: they follow from the others, and are written with them."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from home.streets.folding import folded
from participation.ideas.cells import square_of

LOTS = 2_147_483_647
FOLLOWED = {"title", "text", "longitude", "latitude"}
FOLLOWING = {"words", "column", "row"}


def drawn_lot() -> int:
    return secrets.randbelow(LOTS)


class Findable(models.Model):
    """What lists, searches and maps ask of an idea instead of computing it from thousands at each visit."""

    words = models.TextField(_("its words, folded"), blank=True, editable=False)
    column = models.IntegerField(_("square of the map, from the west"), null=True, editable=False)
    row = models.IntegerField(_("square of the map, from the north"), null=True, editable=False)
    lot = models.IntegerField(_("drawn by lot"), default=drawn_lot, editable=False)

    class Meta:
        abstract = True

    def follow(self) -> None:
        """Let the columns follow from the title, the text and the place; what writes many rows at once calls it."""
        idea: Any = self
        self.words = folded(f"{idea.title} {idea.text}")
        has_place = idea.longitude is not None and idea.latitude is not None
        self.column, self.row = square_of(idea.longitude, idea.latitude) if has_place else (None, None)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.follow()
        names = kwargs.get("update_fields")
        if names is not None and not FOLLOWED.isdisjoint(names):
            kwargs["update_fields"] = {*names, *FOLLOWING}
        super().save(*args, **kwargs)
