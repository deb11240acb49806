"""What somebody types to find their neighbourhood."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from home.streets.folding import folded
from home.streets.search import Found, located, streets_called

NUMBER = re.compile(r"[0-9]{1,5}(?![0-9])")


class StreetField(forms.CharField):
    """A NUL, which a database would refuse, parts words as any other sign does."""

    def to_python(self, value: Any) -> str:
        return super().to_python(str(value or "").replace("\x00", " ")) or ""


class HouseNumberField(forms.CharField):
    """The number of a house, however its box and letter are written: 12, 12A, 12 bte 3, 12/0003."""

    def to_python(self, value: Any) -> Any:
        typed = str(value or "").replace("\x00", " ").strip()
        if not typed:
            return None
        found = NUMBER.match(typed)
        if not found:
            raise ValidationError(_("Begin with the number of the house, for example 12 or 12 A."), code="invalid")
        return int(found.group())

    def run_validators(self, value: Any) -> None:
        """What is left is a number."""


class StreetForm(forms.Form):
    """A street, and the number of a house where the street needs one. Nothing that is typed can break it."""

    street = StreetField(
        label=_("Street"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": 120, "enterkeyhint": "search"}),
    )
    number = HouseNumberField(
        label=_("House number"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": 20, "inputmode": "text"}),
    )

    def __init__(self, data: Any) -> None:
        self.is_asked = "street" in data
        super().__init__(data if self.is_asked else None)
        self.found: list[Found] = []
        self.is_a_guess = False
        if self.is_asked and self.is_valid():
            streets, self.is_a_guess = streets_called(self.cleaned_data["street"])
            self.found = located(streets, self.cleaned_data["number"])

    def clean_street(self) -> str:
        typed: str = self.cleaned_data["street"]
        if not folded(typed):
            raise ValidationError(_("Type the name of your street, or the beginning of it."), code="required")
        return typed

    @property
    def certain(self) -> Found | None:
        """The one street that was meant, where its neighbourhood is known."""
        if len(self.found) != 1 or self.is_a_guess or not self.found[0].place:
            return None
        return self.found[0]
