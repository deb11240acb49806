"""Results of surveys that have no page readers can open: deleted ones, and ones that were taken offline. For staff."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from home.languages import active_language
from participation.models import Survey, SurveyPage
from participation.results import files
from participation.results.forms import ResultsForm
from participation.results.permissions import can_see_kept_results, can_staff_see, is_staff_of
from participation.results.views import shown
from participation.surveys.gone import title_of
from participation.surveys.results import results_of


@dataclass(frozen=True)
class Kept:
    """What the files of a survey without a page are named after, as those of one with a page are."""

    title: str
    code: str

    @property
    def locale(self) -> Any:
        return self

    @property
    def language_code(self) -> str:
        return self.code


@never_cache
@require_safe
def kept_results(request: HttpRequest, key: uuid.UUID, kind: str = "") -> HttpResponseBase:
    """All that may be shown, or a file of it. Where a page is live the results stand below it."""
    survey = get_object_or_404(Survey, pk=key)
    pages = list(SurveyPage.objects.filter(translation_key=key).order_by("-live", "locale__language_code"))
    _check(request, pages)
    if pages and pages[0].live:
        return redirect(pages[0].results_url)
    found = results_of(survey)
    title = title_of(survey).in_language(active_language())
    if kind:
        if kind not in files.KINDS or found is None:
            raise Http404
        return files.KINDS[kind](Kept(title, active_language()), survey, found)
    context: dict[str, Any] = {
        "title": title,
        "results_url": reverse("kept_results", args=[key]),
        "is_deleted": not pages,
    }
    if found:
        context |= shown(found, survey, ResultsForm(request.GET))
    return render(request, "participation/results/kept.html", context)


def _check(request: HttpRequest, pages: list[SurveyPage]) -> None:
    """A page that is offline keeps its word about when staff looks; a deleted survey is over. Raises PermissionDenied."""
    if not pages:
        if not can_see_kept_results(request.user):
            raise PermissionDenied
    elif not (is_staff_of(pages[0], request.user) and can_staff_see(pages[0], now=timezone.now())):
        raise PermissionDenied
