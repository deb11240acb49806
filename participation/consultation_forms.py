"""The reader's filter of the consultations, and the editor's form of one."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page as PaginatorPage
from django.utils.translation import gettext_lazy as _

from home.filter_fields import FilterForm, OneOfField, SlugChoiceField
from home.models import Neighbourhood, Theme
from home.page_forms import DepartmentPageForm
from participation.stages import Stage

if TYPE_CHECKING:
    from participation.querysets import ConsultationQuerySet

PER_PAGE = 12


class ConsultationFilterForm(FilterForm):
    neighbourhood = SlugChoiceField(Neighbourhood.objects.drawn(), label=_("Neighbourhood"))
    theme = SlugChoiceField(Theme.objects.all(), label=_("Theme"))
    state = OneOfField(Stage.choices, label=_("Where it stands"))

    def filtered(self, consultations: ConsultationQuerySet, *, on: date) -> ConsultationQuerySet:
        chosen = self.chosen()
        if "neighbourhood" in chosen:
            consultations = consultations.about(chosen["neighbourhood"])
        if "theme" in chosen:
            consultations = consultations.on_theme(chosen["theme"])
        if "state" in chosen:
            consultations = consultations.at(Stage(chosen["state"]), on=on)
        return consultations

    def page_of(self, consultations: ConsultationQuerySet, *, on: date) -> PaginatorPage:
        """Return the page of filtered consultations that was asked for."""
        found = self.filtered(consultations, on=on).most_urgent_first(on=on).for_cards()
        return self.paginated(found, per_page=PER_PAGE)


class ConsultationPageForm(DepartmentPageForm):
    """Phases follow each other, and an outcome that is given has words."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self._refuse_phases_that_overlap()
        if cleaned.get("outcome_published_on") and "outcome" in self.fields and not cleaned.get("outcome"):
            self.add_error(
                "outcome_published_on", _("Write first what was decided, below; then say from which day it shows.")
            )
        return cleaned

    def _refuse_phases_that_overlap(self) -> None:
        """A reader has one thing to do at a time; meetings besides stand among the events."""
        formset = self.formsets.get("phases")
        if formset is None or not formset.is_valid():
            return
        kept = [form for form in formset.forms if form.has_changed() or form.instance.pk]
        dated = [form for form in kept if form not in formset.deleted_forms and form.cleaned_data.get("starts_on")]
        in_order = sorted(dated, key=lambda form: form.cleaned_data["starts_on"])
        for before, after in pairwise(in_order):
            if after.cleaned_data["starts_on"] <= before.cleaned_data["ends_on"]:
                words = _("This phase begins before “%(phase)s” ends; phases follow each other.")
                after.add_error("starts_on", words % {"phase": before.cleaned_data["name"]})
                self.add_error(None, words % {"phase": before.cleaned_data["name"]})
