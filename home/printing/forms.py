"""What is to be printed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from home.languages import LANGUAGE_CODES

BOTH = "both"


class PrintForm(forms.Form):
    """A piece, its language or both, and for which printer."""

    piece = forms.ChoiceField(
        label=_("What"),
        choices=[
            ("postcard", _("Postcard, A6, two sides")),
            ("poster-a4", _("Poster, A4")),
            ("poster-a3", _("Poster, A3")),
        ],
        widget=forms.RadioSelect,
        initial="postcard",
    )
    language = forms.ChoiceField(
        label=_("In which language"),
        choices=[(BOTH, _("Both languages on one piece")), ("fr", _("French only")), ("nl", _("Dutch only"))],
        widget=forms.RadioSelect,
        initial=BOTH,
    )
    for_a_printer = forms.TypedChoiceField(
        label=_("Who prints it"),
        choices=[
            ("no", _("The printer in the office: paper of that size")),
            ("yes", _("A print shop: with 3 mm bleed and crop marks")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="no",
    )

    @property
    def languages(self) -> tuple[str, ...]:
        chosen = self.cleaned_data["language"]
        return LANGUAGE_CODES if chosen == BOTH else (chosen,)

    def order(self) -> dict[str, Any]:
        return {"languages": self.languages, "for_a_printer": self.cleaned_data["for_a_printer"]}
