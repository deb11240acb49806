"""The filters of the queue: whatever is not known is left out, and said."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from home.models import Department, Neighbourhood
from moderation.queue import KINDS, Item, completed

PER_PAGE = 25
PRESSING: list[tuple[str, Any]] = [
    ("", pgettext_lazy("urgency", "All")),
    ("urgent", _("urgent")),
    ("late", _("waits too long")),
]


class QueueFilterForm(forms.Form):
    """What waits, for whom, how pressing."""

    kind = forms.ChoiceField(
        label=_("What waits"), required=False, choices=[("", pgettext_lazy("what waits", "All")), *KINDS.items()]
    )
    department = forms.ModelChoiceField(
        Department.objects.all(), label=_("Department"), required=False, empty_label=_("All")
    )
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.drawn(), label=_("Neighbourhood"), required=False, empty_label=_("All")
    )
    pressing = forms.ChoiceField(label=_("How pressing"), required=False, choices=PRESSING)
    p = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_valid()

    def filtered(self, items: list[Item]) -> list[Item]:
        chosen = self.cleaned_data
        if chosen.get("kind"):
            items = [item for item in items if item.kind == chosen["kind"]]
        if chosen.get("department"):
            items = [item for item in items if item.department == chosen["department"]]
        if chosen.get("neighbourhood"):
            items = [item for item in items if chosen["neighbourhood"] in item.neighbourhoods]
        if chosen.get("pressing") == "urgent":
            items = [item for item in items if item.urgent_because]
        if chosen.get("pressing") == "late":
            items = [item for item in items if item.is_late]
        return items

    def page_of(self, items: list[Item]) -> PaginatorPage:
        """Return the page of filtered items that was asked for, each with the state of its other language."""
        page = Paginator(self.filtered(items), PER_PAGE).get_page(self.cleaned_data.get("p") or 1)
        page.object_list = completed(page.object_list)
        return page

    def query(self) -> str:
        """Return the known filters as a query string, for links that keep them."""
        chosen = {name: value for name, value in self.cleaned_data.items() if value and name != "p"}
        return urlencode({name: getattr(value, "pk", value) for name, value in chosen.items()})

    @property
    def is_filtered(self) -> bool:
        return bool(self.query())
