"""The reader's filter, and the editor's form."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page as PaginatorPage
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from home.filter_fields import FilterForm, OneOfField, SlugChoiceField
from home.models import Department, Neighbourhood, Theme
from home.page_forms import DepartmentPageForm
from neighbourhood_news.kinds import Kind

if TYPE_CHECKING:
    from neighbourhood_news.querysets import NewsPageQuerySet

PER_PAGE = 12


class NewsFilterForm(FilterForm):
    neighbourhood = SlugChoiceField(Neighbourhood.objects.drawn(), label=_("Neighbourhood"))
    kind = OneOfField(Kind.choices, label=_("Kind of message"))
    department = SlugChoiceField(Department.objects.all(), label=_("Department"))
    tag = SlugChoiceField(Theme.objects.all(), label=_("Theme"))

    def filtered(self, messages: NewsPageQuerySet) -> NewsPageQuerySet:
        chosen = self.chosen()
        if "neighbourhood" in chosen:
            messages = messages.about(chosen["neighbourhood"])
        if "kind" in chosen:
            messages = messages.of_kind(chosen["kind"])
        if "department" in chosen:
            messages = messages.by(chosen["department"])
        if "tag" in chosen:
            messages = messages.tagged(chosen["tag"])
        return messages

    def page_of(self, messages: NewsPageQuerySet) -> PaginatorPage:
        """Return the page of filtered messages that was asked for."""
        return self.paginated(self.filtered(messages).for_cards(), per_page=PER_PAGE)


class NewsPageForm(DepartmentPageForm):
    """The editor's form: one's own departments only, and a "neighbourhoods first" that keeps its promise."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        moment = cleaned.get("reserved_until")
        problem = self._problem_with(moment, now=timezone.now()) if moment else None
        if problem:
            self.add_error("reserved_until", problem)
        return cleaned

    def _problem_with(self, moment: datetime, *, now: datetime) -> str | Promise | None:
        """Return why the message can't be kept for its neighbourhoods until `moment`.

        A moment that has passed since it was set is nobody's mistake: the message is public.
        """
        is_new = "reserved_until" in self.changed_data
        if moment <= now:
            return _("This moment is past. Choose a later one, or leave it empty.") if is_new else None
        if not self.cleaned_data.get("neighbourhoods"):
            return _("Tick the neighbourhoods that read it first; what is for the whole commune is for all at once.")
        last_day = self.cleaned_data.get("expires_on")
        if last_day and last_day < timezone.localdate(moment):
            return _("The message's last day comes before this moment: the others would never find it in the lists.")
        if is_new and self._is_public():
            return _("Everybody can read this message already; it can't be kept for its neighbourhoods any more.")
        return None

    def _is_public(self) -> bool:
        stored = type(self.instance).objects.filter(pk=self.instance.pk, live=True).first()
        return stored is not None and not stored.is_reserved
