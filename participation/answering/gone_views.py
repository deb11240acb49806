"""Where a survey's page stood that was deleted or taken offline."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

from home.languages import active_language
from participation.results.permissions import can_see_kept_results, is_staff_of
from participation.surveys.gone import Gone, gone_at


def find_gone(request: HttpRequest, index: Any) -> Callable[[HttpRequest], HttpResponse] | None:
    found = gone_at(request.path, active_language())
    return partial(_show_gone, index=index, gone=found) if found else None


def _show_gone(request: HttpRequest, *, index: Any, gone: Gone) -> HttpResponse:
    """It is no longer online; whoever is staff of it is led to the results."""
    is_staff = is_staff_of(gone.page, request.user) if gone.page else can_see_kept_results(request.user)
    context = {"gone": gone, "is_staff": is_staff}
    response: HttpResponse = index.render(request, context_overrides=context, template="participation/survey_gone.html")
    response.status_code = HTTPStatus.GONE
    response.headers["Cache-Control"] = "private, no-cache"
    return response
