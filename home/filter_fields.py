"""Fields of the readers' filters: none of them can be broken by an address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from home.models import Theme

SELECTED = mark_safe(" selected")
QUOTED = 40  # signs of an unknown value that the reader sees again


class PlainSelect(forms.Select):
    """Django's own, written at once: it renders a template for each option, and another for its attributes."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        options = ((key, SELECTED if str(key) in chosen else "", label) for key, label in self.choices)
        return format_html(
            '<select name="{}"{}>{}</select>',
            name,
            flatatt(self.build_attrs(self.attrs, attrs)),
            format_html_join("", '<option value="{}"{}>{}</option>', options),
        )


class KnownChoice(forms.Field):
    """A filter that may stay open; a value that is not in its list is an error of the form, in words."""

    widget = PlainSelect
    default_error_messages = {"invalid_choice": _("“%(value)s” is not in the list; everything is shown instead.")}

    def clean(self, value: Any) -> Any:
        typed = value or ""
        try:
            return super().clean(typed if typed.strip() else "")
        except ValidationError as error:
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": Truncator(typed).chars(QUOTED)},
            ) from error


class SlugChoiceField(KnownChoice, forms.ModelChoiceField):
    """A thing chosen by its slug."""

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        super().__init__(queryset, to_field_name="slug", required=False, empty_label=_("All"), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return obj.label if isinstance(obj, Theme) else obj.name
