"""The neighbourhood that somebody chooses as their own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from home.models import Neighbourhood

NOWHERE = "none"


class NeighbourhoodForm(forms.Form):
    """A neighbourhood by its slug, or "none": whoever lives elsewhere, or prefers not to say, says so."""

    neighbourhood = forms.CharField(
        label=_("My neighbourhood"),
        max_length=60,
        error_messages={"required": _("Choose a neighbourhood, or the last line if you prefer not to say.")},
    )
    next = forms.CharField(required=False, max_length=1000)

    def clean_neighbourhood(self) -> Neighbourhood | None:
        slug: str = self.cleaned_data["neighbourhood"]
        if slug == NOWHERE:
            return None
        place: Neighbourhood | None = Neighbourhood.objects.drawn().filter(slug=slug.replace("\x00", "")).first()
        if place is None:
            raise forms.ValidationError(_("This neighbourhood is not in the list. Choose one that is."))
        return place


class MapForm(forms.Form):
    """What was pressed on the map: it ticks a line of the list, and saves nothing yet."""

    neighbourhood = forms.SlugField(required=False, max_length=60)

    def ticked(self) -> Any:
        return self.cleaned_data["neighbourhood"] if self.is_valid() else ""
