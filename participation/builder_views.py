"""What who builds a survey does beside Wagtail's editor."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participation.builder_forms import READY, QuestionsForm, SourceForm
from participation.models import SurveyPage
from participation.surveys.building_on import Source, add_questions, source_of, source_ready_made
from participation.surveys.mending import mend_draft


def copy_questions(request: HttpRequest, page_id: int) -> HttpResponse:
    """First which survey, then which of its questions; they are added at the end of the latest draft."""
    page = get_object_or_404(SurveyPage, pk=page_id)
    _refuse_unless_editable(page, request.user)
    data = request.POST if request.method == "POST" else request.GET
    sources = SourceForm(data if "source" in data else None, page=page, user=request.user)
    source = _source(sources)
    questions = None
    if source is not None:
        sent = request.POST if request.method == "POST" else None
        questions = QuestionsForm(sent, definition=source.definition)
        if sent is not None and questions.is_valid():
            answer = _add(request, page, source, questions)
            if answer is not None:
                return answer
    context = {"page": page, "sources": sources, "source": source, "questions": questions}
    return TemplateResponse(request, "participation/admin/copy_questions.html", context)


def mend(request: HttpRequest, page_id: int) -> HttpResponse:
    """Say what of the latest draft would break answers; on POST put back what they have fixed, as another version."""
    page = get_object_or_404(SurveyPage, pk=page_id)
    _refuse_unless_editable(page, request.user)
    found = page.get_latest_revision_as_object().breaks()
    if request.method == "POST" and found:
        mend_draft(page=page, user=request.user)
        messages.success(request, _("What answers have fixed is as it was. Your corrected words are kept: look again."))
    if request.method == "POST" or not found:
        return redirect("wagtailadmin_pages:edit", page.pk)
    return TemplateResponse(request, "participation/admin/mend.html", {"page": page, "breaks": found})


def _refuse_unless_editable(page: SurveyPage, user: Any) -> None:
    lock = page.get_lock()
    if not page.permissions_for_user(user).can_edit() or (lock and lock.for_user(user)):
        raise PermissionDenied


def _source(form: SourceForm) -> Source | None:
    if not form.is_bound or not form.is_valid():
        return None
    chosen = form.cleaned_data["source"]
    if chosen.startswith(READY):
        return source_ready_made(chosen.removeprefix(READY))
    return source_of(form.pages[chosen])


def _add(request: HttpRequest, page: SurveyPage, source: Source, form: QuestionsForm) -> HttpResponse | None:
    keys = form.cleaned_data["questions"]
    try:
        count = add_questions(page=page, source=source, keys=keys, user=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    words = ngettext("%(count)d question was added at the end.", "%(count)d questions were added at the end.", count)
    messages.success(request, words % {"count": count} + " " + _("Their texts came along in both languages."))
    return redirect("wagtailadmin_pages:edit", page.pk)
