"""Files of a board: downloads of what is public, and ideas brought in from a spreadsheet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from home.languages import active_language
from participation.ideas.exports import LABELS, table_of
from participation.ideas.files import CSV, TYPES, XLSX, read_rows, written
from participation.ideas.imports import Report, import_ideas
from participation.ideas.permissions import can_answer_all, can_moderate, can_type_in
from participation.models import IdeaBoardPage
from participation.surveys.errors import RefusedError

MOST_BYTES = 5 * 1024 * 1024


class BoardField(forms.ModelChoiceField):
    def __init__(self) -> None:
        super().__init__(IdeaBoardPage.objects.none(), label=gettext_lazy("Board"))


class DownloadForm(forms.Form):
    """What is written to a file."""

    board = BoardField()
    what = forms.ChoiceField(label=gettext_lazy("What"), choices=LABELS.items)
    kind = forms.ChoiceField(label=gettext_lazy("File"), choices=[(XLSX, "XLSX"), (CSV, "CSV")])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["board"]
        field.queryset = IdeaBoardPage.objects.live().in_language().order_by("title")


class ImportForm(forms.Form):
    """Ideas from a file."""

    board = BoardField()
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=[("fr", gettext_lazy("French")), ("nl", gettext_lazy("Dutch"))],
        help_text=gettext_lazy("Of the rows that don't tell it in a column “language”."),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV or XLSX, at most 5 MB. The first line names the columns: title and text; author, language, theme, "
            "neighbourhood, place, longitude and latitude where you have them."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["board"]
        field.queryset = IdeaBoardPage.objects.live().in_language().order_by("title")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        file = cleaned.get("file")
        if file and file.size > MOST_BYTES:
            self.add_error("file", _("This file is larger than 5 MB."))
        elif file:
            try:
                cleaned["rows"] = read_rows(file, name=file.name)
            except ValidationError as error:
                self.add_error("file", error)
        return cleaned


def can_download(user: Any) -> bool:
    return can_answer_all(user) or can_moderate(user)


def files(request: Any) -> HttpResponse:
    """Offer the downloads, and to bring ideas in; a POST does that, and says row by row what was refused."""
    if not (can_download(request.user) or can_type_in(request.user)):
        raise PermissionDenied
    report: Report | None = None
    filled = request.method == "POST"
    sent = (request.POST, request.FILES) if filled else (None, None)
    form = ImportForm(*sent, initial={"language": active_language()}, auto_id="import-%s")
    if filled and form.is_valid():
        data = form.cleaned_data
        try:
            report = import_ideas(
                board_key=data["board"].board_key,
                rows=data["rows"],
                user=request.user,
                language=data["language"],
                now=timezone.now(),
            )
        except RefusedError as refusal:
            messages.error(request, str(refusal))
    context = {
        "download": DownloadForm() if can_download(request.user) else None,
        "form": form if can_type_in(request.user) else None,
        "report": report,
    }
    return render(request, "participation/ideas/desk/files.html", context)


def download(request: Any) -> HttpResponse:
    """Send a file of what a board holds."""
    if not can_download(request.user):
        raise PermissionDenied
    form = DownloadForm(request.GET)
    if not form.is_valid():
        return render(request, "participation/ideas/desk/files.html", {"download": form}, status=200)
    page, what, kind = (form.cleaned_data[name] for name in ("board", "what", "kind"))
    table = table_of(what, page.board_key)
    response = HttpResponse(written(kind, table.heads, table.rows), content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{slugify(page.title)[:60] or "board"}-{what}.{kind}"'
    return response
