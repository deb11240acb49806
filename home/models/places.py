"""Neighbourhoods: the places that news is about."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from home.models.bilingual import BilingualName, side_by_side
from home.outlines import Bounds, outline_of
from home.querysets import NeighbourhoodQuerySet

TINTS = 12  # how many tints of their own the style sheet has for neighbourhoods


class Neighbourhood(index.Indexed, BilingualName):
    """A part of the commune, with its outline and the people counted there. It exists once, for both languages."""

    code = models.CharField(_("code"), max_length=40, unique=True, help_text=_("As in the commune's own registers."))
    slug = models.SlugField(
        _("address"), max_length=60, unique=True, help_text=_("The last part of its page's address, in both languages.")
    )
    tint = models.PositiveSmallIntegerField(
        _("tint"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(TINTS)],
        help_text=_("Its own colour on maps and cards, from 1 to 12."),
    )
    households = models.PositiveIntegerField(_("households"), default=0)
    population = models.PositiveIntegerField(_("inhabitants"), default=0)
    shows_reach = models.BooleanField(
        _("show how many households are reached"),
        default=False,
        help_text=_("On the neighbourhood's page; never a figure under 5."),
    )
    outline = models.JSONField(
        _("outline"), null=True, blank=True, help_text=_("A GeoJSON Polygon or MultiPolygon (WGS 84).")
    )
    outline_path = models.TextField(editable=False, blank=True)
    outline_bounds = models.JSONField(editable=False, null=True, blank=True)
    outline_label = models.JSONField(editable=False, null=True, blank=True)

    objects = NeighbourhoodQuerySet.as_manager()

    panels = [
        side_by_side("name", _("Name")),
        FieldRowPanel([FieldPanel("code"), FieldPanel("slug"), FieldPanel("tint")]),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("households"), FieldPanel("population")])], heading=_("Counted there")
        ),
        FieldPanel("shows_reach"),
        FieldPanel("outline"),
    ]
    search_fields = [index.AutocompleteField("name_fr"), index.AutocompleteField("name_nl")]

    class Meta:
        verbose_name = _("neighbourhood")
        verbose_name_plural = _("neighbourhoods")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tint__gte=1, tint__lte=TINTS), name="home_neighbourhood_tint_is_one_of_ours"
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.outline:
            outline_of(self.outline)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the drawing of the outline beside it, so that no page has to compute it."""
        if self.outline:
            self.outline_path, self.outline_bounds, self.outline_label = outline_of(self.outline)
        else:
            self.outline_path, self.outline_bounds, self.outline_label = "", None, None
        super().save(*args, **kwargs)

    @property
    def is_inhabited(self) -> bool:
        return self.households > 0

    @property
    def view_box(self) -> str:
        """The `viewBox` of an SVG that shows this neighbourhood alone."""
        return Bounds(*self.outline_bounds).view_box() if self.outline_bounds else ""

    @staticmethod
    def slug_for(name_fr: str, name_nl: str) -> str:
        """Return one address for both languages: both names, or the one they share."""
        parts = dict.fromkeys(filter(None, (slugify(name_fr), slugify(name_nl))))
        return "-".join(parts)[:60].strip("-")
