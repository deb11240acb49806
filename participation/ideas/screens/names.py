"""The name under which somebody writes: asked once, when it is first needed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from residents.display_names import LONGEST, clean_display_name
from residents.models import Profile


def display_name_of(user: Any) -> str:
    """Return the name that `user` writes under; "" while they were never asked."""
    return Profile.objects.filter(user=user.pk).values_list("display_name", flat=True).first() or ""


def keep_display_name(user: Any, name: str) -> None:
    Profile.objects.update_or_create(user=user, defaults={"display_name": name})


class NamedForm(forms.Form):
    """A form of something that others read: it asks for a name where there is none yet."""

    author_name = forms.CharField(
        label=_("Your name, as everybody reads it"),
        help_text=_("A first name or a pen name is fine. You can change it later on your page."),
        max_length=LONGEST * 2,
        widget=forms.TextInput({"autocomplete": "nickname"}),
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.known_name = display_name_of(user)
        if self.known_name:
            self.fields.pop("author_name")

    def clean_author_name(self) -> str:
        name = self.cleaned_data["author_name"]
        return clean_display_name(name) if name else ""

    def name(self) -> str:
        """Return the name to sign with, kept for the next time. The form is valid."""
        if self.known_name:
            return self.known_name
        name = str(self.cleaned_data.get("author_name") or "")
        if name:
            keep_display_name(self.user, name)
        return name
