"""The report "Equal treatment": when each language of a document went live, how long one was alone, and why."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.views.reports import ReportView

from home.spreadsheets import harmless
from moderation.models import Release
from moderation.permissions import is_of_the_desk


def in_words(duration: timedelta) -> str:
    """Write how long one language was alone, in the reader's language; "" for no time at all."""
    minutes = round(duration.total_seconds() / 60)
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes} if minutes else ""
    hours = round(minutes / 60)
    if hours < 48:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return ngettext("%(n)d day", "%(n)d days", round(hours / 24)) % {"n": round(hours / 24)}


class MonthForm(forms.Form):
    """The month of the report, "2026-11"; what can't be read as one is the present month, and said."""

    month = forms.DateField(
        label=gettext_lazy("Month"),
        required=False,
        input_formats=["%Y-%m"],
        widget=forms.TextInput(attrs={"type": "month"}),
        error_messages={"invalid": gettext_lazy("Write the month as 2026-11.")},
    )
    alone = forms.BooleanField(label=gettext_lazy("Only those of which one language went first"), required=False)

    def clean_month(self) -> date | None:
        """Refuse a year that no clock of the portal knows: its edges may not even be times."""
        month: date | None = self.cleaned_data["month"]
        if month and not 2000 <= month.year <= 2999:
            raise ValidationError(self.fields["month"].error_messages["invalid"])
        return month

    def chosen(self) -> date:
        month: date | None = self.cleaned_data.get("month") if self.is_valid() else None
        return (month or timezone.localdate(timezone=timezone.get_default_timezone())).replace(day=1)


def _bounds(month: date) -> tuple[datetime, datetime]:
    following = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    zone = timezone.get_default_timezone()  # the commune's months, wherever the reader's clock stands
    return datetime(month.year, month.month, 1, tzinfo=zone), datetime(following.year, following.month, 1, tzinfo=zone)


class EqualTreatmentView(ReportView):
    """By month of the first language that went live; to print, and to take along as CSV or XLSX."""

    index_url_name = "equal_treatment"
    index_results_url_name = "equal_treatment_results"
    header_icon = "wagtail-localize-language"
    page_title = gettext_lazy("Equal treatment")
    template_name = "moderation/equal_treatment.html"
    results_template_name = "moderation/equal_treatment_results.html"
    model = Release
    is_searchable = False
    list_export = ["title", "department_name", "fr", "nl", "alone", "reason", "decided_by_name"]
    export_headings = {
        "title": gettext_lazy("Title"),
        "department_name": gettext_lazy("Department"),
        "fr": gettext_lazy("In French since"),
        "nl": gettext_lazy("In Dutch since"),
        "alone": gettext_lazy("One language alone for"),
        "reason": gettext_lazy("Why"),
        "decided_by_name": gettext_lazy("Decided by"),
    }

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not is_of_the_desk(request.user):
            raise PermissionDenied
        self.form = MonthForm(request.GET)
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Release]:
        start, end = _bounds(self.form.chosen())
        began = Q(fr_live_at__gte=start, fr_live_at__lt=end) | Q(nl_live_at__gte=start, nl_live_at__lt=end)
        earlier = Q(fr_live_at__lt=start) | Q(nl_live_at__lt=start)
        found = Release.objects.filter(began).exclude(earlier).select_related("department", "decided_by")
        if self.form.cleaned_data.get("alone"):
            found = found.exclude(reason="")
        return found.order_by(F("decided_at").desc(), "-pk")

    def to_row_dict(self, item: Release) -> Any:
        return {name: harmless(str(value)) for name, value in row(item).items()}

    def get_filename(self) -> str:
        return f"{_('equal-treatment')}-{self.form.chosen():%Y-%m}"

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        month = self.form.chosen()
        everything = self.get_queryset()
        context.update(
            form=self.form,
            month=month,
            rows=[(release, row(release)) for release in context["object_list"]],
            together=everything.filter(reason="").count(),
            apart=everything.exclude(reason="").count(),
        )
        return context


def row(release: Release) -> dict[str, str]:
    """Return one line of the report in words."""

    def moment(at: Any) -> str:
        return date_format(timezone.localtime(at, timezone.get_default_timezone()), "d/m/Y H:i") if at else "–"

    alone = in_words(release.alone_for(now=timezone.now()))
    if release.missing_language and not release.ended_at:
        alone = _("%(time)s so far") % {"time": alone or in_words(timedelta(minutes=1))}
    return {
        "title": release.title,
        "department_name": release.department.name if release.department else "",
        "fr": moment(release.fr_live_at),
        "nl": moment(release.nl_live_at),
        "alone": alone,
        "reason": release.reason,
        "decided_by_name": str(release.decided_by or ""),
    }
