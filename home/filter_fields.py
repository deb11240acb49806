"""The readers' filters, and their fields: none of them can be broken by an address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.forms.models import ModelChoiceIterator
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


class AtOnce(ModelChoiceIterator):
    """Django's own opens a cursor in the database for each list, which takes four round trips."""

    def __iter__(self) -> Iterator[Any]:
        field: Any = self.field
        yield "", field.empty_label
        for thing in field.things:
            yield self.choice(thing)


class ThingChoiceField(KnownChoice, forms.ModelChoiceField):
    """One of the few things of a kind: all are read together, to find the one that was chosen and to offer the others."""

    iterator = AtOnce

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        super().__init__(queryset, required=False, empty_label=_("All"), **kwargs)

    @property
    def things(self) -> list[Any]:
        if not hasattr(self, "_things"):
            queryset: Any = self.queryset
            self._things = list(queryset.all())
        return self._things

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        for thing in self.things:
            if str(self.prepare_value(thing)) == value:
                return thing
        raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})


class SlugChoiceField(ThingChoiceField):
    """A thing chosen by its slug."""

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        super().__init__(queryset, to_field_name="slug", **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return obj.label if isinstance(obj, Theme) else obj.name


class OneOfField(KnownChoice, forms.ChoiceField):
    """One of some choices, or all of them."""

    def __init__(self, choices: Any, **kwargs: Any) -> None:
        """`choices` may be a function, asked each time the form is shown."""
        given = choices if callable(choices) else lambda: choices
        super().__init__(choices=lambda: [("", _("All")), *given()], required=False, **kwargs)


class FilterForm(forms.Form):
    """Every parameter of a list passes such a form: what isn't known is left out, and said."""

    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_valid()

    def chosen(self) -> dict[str, Any]:
        """Return the filters that are set and known, by name."""
        return {name: value for name, value in self.cleaned_data.items() if value and name != "page"}

    def query(self) -> str:
        """Return the known filters as a query string, for links that keep them."""
        return urlencode({name: getattr(value, "slug", value) for name, value in self.chosen().items()})

    def paginated(self, found: Any, *, per_page: int) -> Page:
        """Return the page of what was found that was asked for; the nearest one when it does not exist."""
        return Paginator(found, per_page).get_page(self.cleaned_data.get("page") or 1)
