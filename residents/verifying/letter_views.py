"""Letters in the admin: those that wait, printing a batch, and batches that were printed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from home.models import CommuneSettings
from residents.models import Letter, LetterBatch, LetterSettings
from residents.verifying.counter_views import for_clerks
from residents.verifying.letters import PrintedLetter, cancel_batch, print_letters, refuse_letter
from residents.verifying.merge_file import merge_file
from residents.verifying.paper import letters_pdf
from residents.verifying.wording import wording_of

SHOWN_BATCHES = 20
MOST = 200  # letters in one batch: a bundle that a person still folds


class PrintForm(forms.Form):
    """Which letters, and on what."""

    letters = forms.ModelMultipleChoiceField(
        Letter.objects.filter(batch=None, born_on__isnull=False),
        error_messages={"required": gettext_lazy("Tick at least one letter.")},
    )
    kind = forms.ChoiceField(
        choices=[
            ("pdf", gettext_lazy("Letters, ready to print (PDF)")),
            ("csv", gettext_lazy("Merge file for your own letter (CSV)")),
        ],
        initial="pdf",
    )


@for_clerks
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """The letters that wait, the oldest first, and the last batches."""
    return _page(request, PrintForm())


def _page(request: HttpRequest, form: PrintForm) -> HttpResponse:
    waiting = Letter.objects.filter(batch=None, born_on__isnull=False)
    batches = LetterBatch.objects.select_related("printed_by")[:SHOWN_BATCHES]
    open_in: dict[int, int] = {}
    for batch_id in (
        Letter.objects.filter(batch__in=list(batches)).exclude(code_hash="").values_list("batch", flat=True)
    ):
        open_in[batch_id] = open_in.get(batch_id, 0) + 1
    context = {
        "form": form,
        "letters": waiting[:MOST],
        "total": waiting.count(),
        "most": MOST,
        "batches": [{"batch": batch, "open": open_in.get(batch.pk, 0)} for batch in batches],
    }
    return render(request, "residents/letters/letters.html", context)


@for_clerks
@require_POST
def print_batch(request: Any) -> HttpResponse:
    """Make the codes and send the paper, in one answer: the codes exist there, and nowhere else."""
    form = PrintForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    chosen = form.cleaned_data["letters"].values_list("pk", flat=True)[:MOST]
    try:
        batch, printed = print_letters(letters=list(chosen), by=request.user, now=timezone.now())
    except ValueError:
        messages.error(
            request, _("A colleague printed these letters a moment ago. They stand among the batches below.")
        )
        return redirect("letters")
    return _download(batch, printed, kind=form.cleaned_data["kind"])


def _download(batch: LetterBatch, printed: list[PrintedLetter], *, kind: str) -> HttpResponse:
    commune, settings = CommuneSettings.load(), LetterSettings.load()
    words = [wording_of(item, commune=commune, settings=settings) for item in printed]
    if kind == "csv":
        content, content_type = (
            merge_file(zip([item.letter.language for item in printed], words, strict=True)),
            "text/csv",
        )
    else:
        content, content_type = letters_pdf(words, commune=commune, settings=settings), "application/pdf"
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="letters-{batch.pk}.{kind}"'
    return response


@for_clerks
@require_POST
def refuse(request: Any, pk: int) -> HttpResponse:
    """Take out a letter whose details the register doesn't have."""
    if refuse_letter(letter=pk, by=request.user):
        messages.success(request, _("Taken out. The resident is told by e-mail, and asked to come to the counter."))
    else:
        messages.error(request, _("This letter no longer waits."))
    return redirect("letters")


@for_clerks
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: Any, pk: int) -> HttpResponse:
    """Ask whether a batch is really lost, then stop its codes."""
    batch = get_object_or_404(LetterBatch, pk=pk, cancelled_at=None)
    if request.method == "POST":
        count = cancel_batch(batch=batch, by=request.user, now=timezone.now())
        words = ngettext(
            "The codes have stopped. %(count)d letter waits to be printed again.",
            "The codes have stopped. %(count)d letters wait to be printed again.",
            count,
        )
        messages.success(request, words % {"count": count})
        return redirect("letters")
    left = Letter.objects.filter(batch=batch).exclude(code_hash="").count()
    return render(request, "residents/letters/cancel.html", {"batch": batch, "open": left})
