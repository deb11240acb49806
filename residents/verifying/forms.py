"""What residents and clerks type in. Names are taken as the card has them; dates as people write them."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.models import Neighbourhood
from residents.models import LetterSettings
from residents.verifying import codes
from residents.verifying.counter import Card
from residents.verifying.letters import Addressee

OLDEST = 120  # years
DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y", "%d%m%Y", "%Y-%m-%d"]


class WordsField(forms.CharField):
    """One line without signs that nobody sees."""

    def to_python(self, value: Any) -> str:
        words = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in str(value or ""))
        return super().to_python(" ".join(words.split())) or ""


class NameField(WordsField):
    def clean(self, value: Any) -> str:
        name: str = super().clean(value)
        if name and not any(sign.isalpha() for sign in name):
            raise ValidationError(_("Write the name as it stands on the identity card."), code="no_name")
        return name


class BirthdayField(forms.DateField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Date of birth"),
            input_formats=DAY_FORMATS,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 10, **options.pop("attrs", {})}),
            error_messages={"invalid": _("This is not a date. Write the day, the month and the year: 27/03/1985.")},
            **options,
        )

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        today = timezone.localdate()
        if day and not (today.year - OLDEST <= day.year and day <= today):
            raise ValidationError(_("Check the year of birth."), code="unlikely")
        return day


class LetterForm(forms.Form):
    """What a letter needs."""

    given_name = NameField(
        label=_("First name"),
        max_length=80,
        help_text=_("The first one on your identity card."),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    family_name = NameField(
        label=_("Family name"),
        max_length=80,
        help_text=_("As it stands on your identity card."),
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    born_on = BirthdayField(help_text=_("For example 27/03/1985."), attrs={"autocomplete": "bday"})
    street = WordsField(
        label=_("Street, number and box"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = WordsField(
        label=_("Postcode"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
    )
    town = WordsField(label=_("Town"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "address-level2"}))

    def __init__(self, data: Any = None, *, commune: LetterSettings) -> None:
        self.postcodes = commune.known_postcodes
        first = self.postcodes[0] if len(self.postcodes) == 1 else ""
        super().__init__(data, initial={"postcode": first, "town": commune.town}, label_suffix="")

    def clean_street(self) -> str:
        street: str = self.cleaned_data["street"]
        if not any(sign.isdigit() for sign in street):
            raise ValidationError(_("Add the number of the house."), code="no_number")
        return street

    def clean_postcode(self) -> str:
        postcode: str = self.cleaned_data["postcode"]
        if self.postcodes and postcode not in self.postcodes:
            words = _("Letters go to addresses in the commune only: %(postcodes)s.")
            raise ValidationError(words, code="elsewhere", params={"postcodes": ", ".join(self.postcodes)})
        return postcode

    @property
    def addressee(self) -> Addressee:
        return Addressee(**self.cleaned_data)


class CodeForm(forms.Form):
    """The code as it was typed; one that can't be a code costs no try."""

    code = forms.CharField(
        label=_("Code in the letter"),
        max_length=40,
        help_text=_("Capitals and spaces don’t matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        code = codes.cleaned(self.cleaned_data["code"])
        if len(code) != codes.LENGTH:
            words = _("A code has %(signs)d signs. Look at it once more in your letter.")
            raise ValidationError(words, code="length", params={"signs": codes.LENGTH})
        return code


class FindForm(forms.Form):
    """Who stands at the counter."""

    who = WordsField(
        label=_("E-mail address, or number on the resident’s page"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True, "spellcheck": "false"}),
    )


class CardForm(forms.Form):
    """What stands on the identity card."""

    family_name = NameField(
        label=_("Family name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True})
    )
    given_name = NameField(label=_("First name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    born_on = BirthdayField(help_text=_("27/03/1985, or 27031985."), attrs={"autocomplete": "off"})

    def put_cursor(self, name: str = "") -> None:
        """Let the keyboard go on at this field; without a name, at the first that is wrong."""
        name = name or next(iter(self.errors), "family_name")
        for field in self.fields.values():
            field.widget.attrs.pop("autofocus", None)
        self.fields[name].widget.attrs["autofocus"] = True

    @property
    def card(self) -> Card:
        data = self.cleaned_data
        return Card(family_name=data["family_name"], given_name=data["given_name"], born_on=data["born_on"])


class VerifyForm(CardForm):
    """The card, and what the clerk says when its details are somebody else's too, or differ from earlier ones."""

    is_namesake = forms.BooleanField(
        label=_("This is somebody else, a namesake with the same date of birth: I have checked it"), required=False
    )
    is_correction = forms.BooleanField(
        label=_("It is the same person: the earlier details were wrong, or have changed"), required=False
    )


class HomeForm(forms.Form):
    """Where a person without an e-mail address lives, and their language."""

    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.all(), label=_("Neighbourhood"), empty_label=_("Not known yet"), required=False
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("fr", "Français"), ("nl", "Nederlands")])


class RegisterForm(CardForm, HomeForm):
    """A person without an e-mail address."""

    is_namesake = forms.BooleanField(
        label=_("This is somebody else, a namesake with the same date of birth: I have checked it"), required=False
    )

    field_order = ["family_name", "given_name", "born_on", "neighbourhood", "language", "is_namesake"]
