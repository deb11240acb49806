"""The clerk's screens: surveys that take paper, a batch to type into, a spreadsheet to import, forms to print."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from home.languages import active_language
from participation.models import Ballot, PaperBatch, Survey, SurveyPage
from participation.paper.forms import FileForm, SheetForm
from participation.paper.printed import PrintForm, printed_form
from participation.paper.sheets import (
    Report,
    UnreadableFileError,
    column_names,
    import_rows,
    rows_of_file,
    tried,
    unknown_columns,
)
from participation.paper.terms import one_of_each, taking_paper
from participation.results.files import csv_lines, xlsx
from participation.results.permissions import can_enter_paper
from participation.surveys.actions import live_definition
from participation.surveys.definitions import SurveyDefinition
from participation.surveys.errors import RefusedError
from participation.surveys.paper import begin_batch, correct_paper_answer, enter_paper_answer, undo_batch
from participation.surveys.storing import Answer

View = Callable[..., HttpResponseBase]
LAST, CONTENT = "paper_last", "participation.paper"
READ_AGAIN_SECONDS = 3600


def for_clerks(view: View) -> View:
    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_enter_paper(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return never_cache(wrapped)


def _survey(key: uuid.UUID) -> tuple[SurveyPage, SurveyDefinition]:
    """Return a survey that takes paper now, in the clerk's language where it is live in it, and what it asks."""
    pages = taking_paper(now=timezone.now()).filter(translation_key=key).select_related("locale")
    page = pages.filter(locale__language_code=active_language()).first() or pages.first()
    definition = live_definition(key)
    if page is None or definition is None:
        raise Http404
    return page, definition


@for_clerks
@require_safe
def paper_surveys(request: HttpRequest) -> HttpResponse:
    """Surveys into which paper can be typed now."""
    pages = one_of_each(taking_paper(now=timezone.now()).select_related("locale").order_by("title"))
    counts = dict(Survey.objects.values_list("pk", "paper_answers"))
    surveys = [(page, counts.get(page.survey_key, 0)) for page in pages]
    return render(request, "participation/paper/surveys.html", {"surveys": surveys})


@for_clerks
@require_http_methods(["GET", "HEAD", "POST"])
def paper_survey(request: Any, key: uuid.UUID) -> HttpResponseBase:
    """One survey: begin a batch, go on with one, print its form."""
    page, _definition = _survey(key)
    if request.method == "POST":
        batch = begin_batch(survey_key=key, by=request.user, now=timezone.now())
        return redirect("paper_batch", batch.pk)
    batches = [
        (batch, Ballot.objects.filter(batch=batch).count())
        for batch in PaperBatch.objects.filter(survey=key).select_related("made_by").order_by("-number")
    ]
    context = {"survey": page, "batches": batches, "form": PrintForm(), "file_form": FileForm()}
    return render(request, "participation/paper/survey.html", context)


@for_clerks
@require_http_methods(["GET", "HEAD", "POST"])
def paper_batch(request: Any, pk: int) -> HttpResponseBase:
    """Type in one sheet after the other; each is counted once, however often it is sent."""
    batch = get_object_or_404(PaperBatch.objects.filter(undone_on=None), pk=pk)
    page, definition = _survey(batch.survey_id)
    last = _last(request, batch)
    corrects = bool(last) and request.GET.get("correct") == "last"
    form = SheetForm(request.POST or None, definition=definition, initial=_initial(last, corrects))
    if request.method == "POST" and form.is_valid() and _keep(request, batch, form, last if corrects else {}):
        return redirect("paper_batch", batch.pk)
    context = {
        "survey": page,
        "batch": batch,
        "form": form,
        "count": Ballot.objects.filter(batch=batch).count(),
        "last": last,
        "corrects": corrects,
    }
    return render(request, "participation/paper/batch.html", context)


def _last(request: Any, batch: PaperBatch) -> dict[str, Any]:
    """What was typed in last, as long as the clerk is at this batch: to correct it."""
    last: dict[str, Any] = request.session.get(LAST, {})
    return last if last.get("batch") == batch.pk else {}


def _initial(last: dict[str, Any], corrects: bool) -> dict[str, Any]:
    if corrects:
        return dict(last["typed"])
    return {name: last["typed"][name] for name in ("language", "place") if last and name in last["typed"]}


def _keep(request: Any, batch: PaperBatch, form: SheetForm, corrected: dict[str, Any]) -> bool:
    """Count a sheet, or put it in the place of the one before; False where it was refused, which the form then says."""
    answer, now = form.answer(), timezone.now()
    try:
        if corrected:
            ballot = get_object_or_404(Ballot, pk=corrected["ballot"], batch=batch)
            before = SheetForm(corrected["typed"], definition=form.definition)
            before.is_valid()
            correct_paper_answer(ballot=ballot, before=_answer_of(before), answer=answer, now=now)
        else:
            ballot = enter_paper_answer(batch=batch, answer=answer, now=now, identity=form.cleaned_data["identity"])
    except RefusedError as error:
        form.add_error(None, str(error))
        return False
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    request.session[LAST] = {"batch": batch.pk, "ballot": str(ballot.pk), "typed": form.typed()}
    return True


def _answer_of(form: SheetForm) -> Answer:
    return Answer(form.answers, form.cleaned_data.get("language", "fr"))


@for_clerks
@require_http_methods(["GET", "HEAD", "POST"])
def paper_undo(request: Any, pk: int) -> HttpResponseBase:
    """Ask, then take a whole batch out of the counts."""
    batch = get_object_or_404(PaperBatch.objects.filter(undone_on=None), pk=pk)
    count = Ballot.objects.filter(batch=batch).count()
    if request.method == "POST":
        taken = undo_batch(batch=batch, now=timezone.now())
        request.session.pop(LAST, None)
        words = ngettext("%(count)d answer taken out.", "%(count)d answers taken out.", taken)
        messages.success(request, words % {"count": taken})
        return redirect("paper_surveys")
    return render(request, "participation/paper/undo.html", {"batch": batch, "count": count})


@for_clerks
@require_POST
def paper_file(request: Any, key: uuid.UUID) -> HttpResponseBase:
    """Try a spreadsheet and say what would become of each row; what was read comes back signed, to be taken in."""
    page, definition = _survey(key)
    if "content" in request.POST:
        return _import(request, page, definition)
    form = FileForm(request.POST, request.FILES)
    context: dict[str, Any] = {"survey": page, "form": form}
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            rows = rows_of_file(file, file.name)
        except UnreadableFileError as error:
            form.add_error("file", str(error))
        else:
            content = signing.dumps([str(key), rows], salt=CONTENT, compress=True)
            unknown = unknown_columns(rows, definition)
            context |= {"report": tried(rows, definition), "content": content, "unknown": unknown, "is_trial": True}
    return render(request, "participation/paper/file.html", context)


def _import(request: Any, page: SurveyPage, definition: SurveyDefinition) -> HttpResponseBase:
    context: dict[str, Any] = {"survey": page, "form": FileForm()}
    try:
        key, rows = signing.loads(request.POST["content"], salt=CONTENT, max_age=READ_AGAIN_SECONDS)
    except signing.BadSignature:
        messages.error(
            request, _("This was tried more than an hour ago, or came along damaged. Choose the file again.")
        )
        return render(request, "participation/paper/file.html", context)
    if key != str(page.survey_key):
        raise Http404
    report: Report | None = None
    try:
        report = import_rows(
            rows, survey_key=page.survey_key, definition=definition, by=request.user, now=timezone.now()
        )
    except IntegrityError:
        messages.error(request, _("These rows count already: the same file was imported. Undo that batch first."))
    return render(request, "participation/paper/file.html", {**context, "report": report, "is_trial": False})


@for_clerks
@require_safe
def paper_example(request: HttpRequest, key: uuid.UUID, kind: str) -> HttpResponseBase:
    """An empty spreadsheet with the columns of this survey."""
    if kind not in {"csv", "xlsx"}:
        raise Http404
    _page, definition = _survey(key)
    if kind == "xlsx":
        workbook = xlsx((_("Answers"), [column_names(definition)]))
        workbook.headers["Content-Disposition"] = 'attachment; filename="paper.xlsx"'
        return workbook
    response = StreamingHttpResponse(csv_lines([column_names(definition)]), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="paper.csv"'
    return response


@for_clerks
@require_safe
def paper_form(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """The form to print, in one language and size."""
    page, definition = _survey(key)
    form = PrintForm(request.GET)
    if not form.is_valid():
        return redirect("paper_survey", key)
    code, size = form.cleaned_data["language"], form.cleaned_data["size"]
    in_language = SurveyPage.objects.filter(translation_key=key, locale__language_code=code, live=True).first()
    content = printed_form(in_language or page, definition, language=code, size=size)
    name = f"{(in_language or page).slug[:60]}-{code}-{size}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
