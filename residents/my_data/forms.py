"""What a resident types about themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from residents.display_names import LONGEST, clean_display_name


class DetailsForm(forms.Form):
    """The name shown, and the language. The length is checked in words, not by the browser."""

    display_name = forms.CharField(
        label=gettext_lazy("Name shown with what you write"),
        required=False,
        max_length=10 * LONGEST,
        strip=False,
        help_text=gettext_lazy(
            "A first name or a nickname will do. Everybody reads it; left empty, you are asked later."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("In which we write to you."),
    )

    def clean_display_name(self) -> str:
        name: str = self.cleaned_data["display_name"]
        return clean_display_name(name) if name.strip() else ""


class AddressForm(forms.Form):
    """The address that the account is to have."""

    email = forms.EmailField(
        label=gettext_lazy("New e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Write your new address."),
            "invalid": gettext_lazy("Write an address such as name@example.be."),
        },
    )

    def __init__(self, *args: Any, current: str | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.current = current

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if email == (self.current or "").lower():
            raise forms.ValidationError(_("This is your address already."))
        return email


class ClosingForm(forms.Form):
    """What becomes of contributions; who didn't sign in just now also types their address."""

    KEEP, REMOVE = "keep", "remove"

    contributions = forms.ChoiceField(
        label=gettext_lazy("What you wrote for others to read"),
        choices=[
            (KEEP, pgettext_lazy("contributions", "stays, without my name")),
            (REMOVE, pgettext_lazy("contributions", "is removed")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what becomes of what you wrote.")},
    )
    address = forms.CharField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        help_text=gettext_lazy("Type it, so that nobody closes your account by mistake or behind your back."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Type the address of your account.")},
    )

    def __init__(self, *args: Any, address: str | None, is_recent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = (address or "").casefold()
        if is_recent:
            del self.fields["address"]

    def clean_address(self) -> str:
        typed: str = self.cleaned_data["address"].strip()
        if not self.expected or typed.casefold() != self.expected:
            raise forms.ValidationError(_("This is not the address of this account. Look at it on the page “My data”."))
        return typed

    @property
    def keeps(self) -> bool:
        return bool(self.cleaned_data["contributions"] == self.KEEP)
