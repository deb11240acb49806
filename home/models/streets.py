"""Streets of the commune, so that a resident finds their neighbourhood by their address."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from home.models.bilingual import BilingualName
from home.models.places import Neighbourhood
from home.streets.folding import searchable

LAST_NUMBER = 99_999  # of a section without an end
SEARCHED = 260  # signs of both names together that are compared


class Street(BilingualName):
    """A street by its two names, as in the commune's register; `search_text` is both, folded (`home.streets.folding`)."""

    code = models.CharField(_("code"), max_length=40, unique=True, help_text=_("As in the commune's own registers."))
    search_text = models.CharField(max_length=SEARCHED, editable=False, db_index=True)

    class Meta:
        verbose_name = _("street")
        verbose_name_plural = _("streets")
        ordering = ["name_fr", "code"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fold()
        super().save(*args, **kwargs)

    @property
    def where(self) -> str:
        """The neighbourhoods that it runs through; with their house numbers where there are several."""
        sections = list(self.sections.all())
        if len({section.neighbourhood_id for section in sections}) == 1:
            return sections[0].neighbourhood.name
        return "; ".join(f"{section.neighbourhood.name} ({section.numbers})" for section in sections)

    where.fget.short_description = _("neighbourhood")  # type: ignore[attr-defined]

    def fold(self) -> None:
        """Keep beside the names what a search compares."""
        self.search_text = searchable(self.name_fr, self.name_nl)[:SEARCHED]


class StreetSection(models.Model):
    """A part of a street that lies in one neighbourhood: all its house numbers, or those of one side between two."""

    class Side(models.TextChoices):
        BOTH = "both", _("both sides")
        ODD = "odd", _("odd numbers")
        EVEN = "even", _("even numbers")

    street = models.ForeignKey(Street, verbose_name=_("street"), on_delete=models.CASCADE, related_name="sections")
    neighbourhood = models.ForeignKey(
        Neighbourhood,
        verbose_name=_("neighbourhood"),
        on_delete=models.CASCADE,
        related_name="street_sections",
    )
    side = models.CharField(_("side"), max_length=4, choices=Side.choices, default=Side.BOTH)
    first_number = models.PositiveIntegerField(_("first house number"), default=0)
    last_number = models.PositiveIntegerField(_("last house number"), default=LAST_NUMBER)

    class Meta:
        verbose_name = _("section of a street")
        verbose_name_plural = _("sections of streets")
        ordering = ["first_number", "side"]
        constraints = [
            models.UniqueConstraint(
                fields=["street", "side", "first_number"], name="home_street_section_begins_once_on_a_side"
            ),
            models.CheckConstraint(
                condition=Q(last_number__gte=F("first_number")), name="home_street_section_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(side__in=["both", "odd", "even"]), name="home_street_section_side_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.street} {self.first_number}–{self.last_number}"

    @property
    def numbers(self) -> str:
        """Which house numbers lie in it, in the reader's language."""
        side = str(self.get_side_display())
        if self.first_number == 0 and self.last_number == LAST_NUMBER:
            return side
        return f"{self.first_number}–{'…' if self.last_number == LAST_NUMBER else self.last_number}, {side}"

    def holds(self, number: int) -> bool:
        """Whether the house with this number stands in it."""
        if not self.first_number <= number <= self.last_number:
            return False
        return self.side == self.Side.BOTH or (number % 2 == 1) == (self.side == self.Side.ODD)
