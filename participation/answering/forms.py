"""What the page's address and its form say beside the answers. What isn't known is left out, and breaks nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from home.models import Neighbourhood

NEXT, SEND, BACK, LATER, FORGET, CHANGE = "next", "send", "back", "later", "forget", "change"
SWITCH = "switch"  # to the other language, with what was typed: see home's tag `language_switch`
BUTTONS = (NEXT, SEND, BACK, LATER, FORGET, CHANGE, SWITCH)
MOST_STEPS = 999
BACK_TO = r"^/(fr|nl)/[a-z0-9/-]*$"  # a page of this site


class PlainForm(forms.Form):
    """A form whose values are used as far as they are right."""

    def known(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data


class ShowForm(PlainForm):
    """Which step is asked for, from 1, why the page is shown again, and on which page the question was embedded."""

    step = forms.IntegerField(required=False, min_value=1, max_value=MOST_STEPS)
    said = forms.ChoiceField(required=False, choices=[(each, each) for each in ("kept", "more", "last", "checked")])

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["from"] = forms.RegexField(BACK_TO, required=False, max_length=300)  # a word of Python's


class MoveForm(PlainForm):
    """Which step was sent, from 1, by which button, which of its questions were on the screen, and the proof."""

    step = forms.IntegerField(required=False, min_value=1, max_value=MOST_STEPS)
    do = forms.ChoiceField(required=False, choices=[(each, each) for each in BUTTONS])
    seen = forms.CharField(required=False, max_length=20_000)
    version = forms.CharField(required=False, max_length=64)
    solution = forms.CharField(required=False, max_length=4000)
    ticket = forms.CharField(required=False, max_length=400)
    back = forms.RegexField(BACK_TO, required=False, max_length=300)


class PlaceForm(forms.Form):
    """Where the reader lives, in surveys that compare by neighbourhood: nobody has to say it."""

    place = forms.ModelChoiceField(
        queryset=Neighbourhood.objects.all(),
        required=False,
        label=_("Your neighbourhood"),
        empty_label=_("I’d rather not say"),
        error_messages={"invalid_choice": _("Choose one of the neighbourhoods in the list, or none.")},
    )

    @property
    def number(self) -> int:
        """As ballots keep it: 0 for none."""
        place = self.cleaned_data.get("place")
        return place.pk if place else 0
