"""Every parameter of the calendar passes here, so that none can break it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home import agenda
from home.agenda import Entry
from home.filter_fields import KnownChoice, OneOfField, SlugChoiceField
from home.models import Department, Neighbourhood
from moderation.agenda.spans import Span, View

FIRST_YEAR, LAST_YEAR = 2000, 2100
ISO_DAY, ISO_HOUR = "%Y-%m-%d", "%H:%M"
UNKNOWN_VIEW = {"invalid_choice": gettext_lazy("“%(value)s” is not one of the views; the month is shown instead.")}
QUOTED = 40  # signs of an unknown value that the reader sees again


class ViewField(KnownChoice, forms.ChoiceField):
    """The month is shown where none is asked for."""


class DayField(forms.DateField):
    """A day of the calendar, in the form 2026-11-24."""

    def clean(self, value: Any) -> date | None:
        typed = (value or "").strip()
        try:
            day: date | None = super().clean(typed)
        except ValidationError:
            day, typed = None, typed or "-"
        if typed and (day is None or not FIRST_YEAR <= day.year <= LAST_YEAR):
            message = _("“%(value)s” is not a day of the calendar; today is shown instead.")
            raise ValidationError(message % {"value": Truncator(typed).chars(QUOTED)})
        return day


class AgendaForm(forms.Form):
    """What is asked for; what isn't known is left out, and said."""

    state = OneOfField(agenda.states, label=gettext_lazy("State"))
    department = SlugChoiceField(Department.objects.all(), label=gettext_lazy("Department"))
    neighbourhood = SlugChoiceField(Neighbourhood.objects.drawn(), label=gettext_lazy("Neighbourhood"))
    kind = OneOfField(agenda.kinds, label=gettext_lazy("Kind of message"))
    view = ViewField(required=False, choices=View.choices, widget=forms.HiddenInput, error_messages=UNKNOWN_VIEW)
    day = DayField(required=False, input_formats=[ISO_DAY], widget=forms.HiddenInput)
    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.is_valid()

    @property
    def span(self) -> Span:
        view = self.cleaned_data.get("view") or View.MONTH
        return Span(View(view), self.cleaned_data.get("day") or timezone.localdate())

    @property
    def number(self) -> int:
        """Of the page of a list."""
        return self.cleaned_data.get("page") or 1

    def wants(self, entry: Entry) -> bool:
        """Whether the filters let `entry` through; one for the whole commune is for each neighbourhood."""
        asked = self.cleaned_data
        place, department = asked.get("neighbourhood"), asked.get("department")
        return (
            asked.get("state") in (None, "", entry.state)
            and asked.get("kind") in (None, "", entry.kind)
            and (not department or department.pk == entry.department)
            and (not place or not entry.neighbourhoods or place.pk in entry.neighbourhoods)
        )

    def query(self, **changes: Any) -> str:
        """Return what is asked for as a query string, with `changes`; a list begins at its first page again."""
        span = self.span
        asked = {name: self.cleaned_data.get(name) for name in ("state", "department", "neighbourhood", "kind")}
        asked = {"view": span.view.value, "day": span.day.isoformat(), **asked, **changes}
        return urlencode({name: getattr(value, "slug", value) for name, value in asked.items() if value})


class MoveForm(forms.Form):
    """The hour at which a scheduled text goes out instead."""

    day = forms.DateField(
        label=gettext_lazy("Day"),
        input_formats=[ISO_DAY],
        validators=[MaxValueValidator(date(LAST_YEAR, 12, 31))],
        widget=forms.DateInput(format=ISO_DAY, attrs={"type": "date"}),
    )
    hour = forms.TimeField(
        label=gettext_lazy("Hour"),
        input_formats=[ISO_HOUR, "%H:%M:%S"],
        widget=forms.TimeInput(format=ISO_HOUR, attrs={"type": "time"}),
    )

    @staticmethod
    def initial_for(at: datetime) -> dict[str, Any]:
        local = timezone.localtime(at)
        return {"day": local.date(), "hour": local.time()}

    def errors_in_words(self) -> list[str]:
        return [str(error) for errors in self.errors.values() for error in errors]

    def clean(self) -> dict[str, Any]:
        """Add `at`, the moment itself. Twice a year an hour is skipped, and another one comes twice."""
        cleaned = super().clean() or {}
        if "day" in cleaned and "hour" in cleaned:
            try:
                cleaned["at"] = from_current_timezone(datetime.combine(cleaned["day"], cleaned["hour"]))
            except ValidationError as error:
                day = date_format(cleaned["day"], "l j F")
                raise ValidationError(
                    _("The clocks change at that hour on %(day)s. Choose another hour.") % {"day": day}
                ) from error
        return cleaned
