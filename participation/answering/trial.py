"""Filling in a draft, to try it: by the pages that readers will have, for who builds the survey.

What is typed lives in that person's session until they are through or begin again. Nothing of it is stored, so no test
answer can ever count, and none is left when the survey opens.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from participation.answering.forms import BACK, SEND, MoveForm
from participation.answering.screens import show_step
from participation.answering.visit import Visit
from participation.models import SurveyPage
from participation.surveys.reading import read

if TYPE_CHECKING:
    from participation.surveys.definitions import QuestionDefinition

MOST_KEPT = 200_000  # signs of typed text: a session is no place for more


class Trial(Visit):
    """A visit without a reader: nobody is refused, nothing is known of earlier answers, and the session is the draft."""

    def __init__(self, request: HttpRequest, page: SurveyPage) -> None:
        super().__init__(request, page)
        self.is_preview, self.is_whole = True, False

    @property
    def _place(self) -> str:
        return f"survey-trial-{self.page.pk}"

    def typed_before(self) -> QueryDict:
        data = QueryDict(mutable=True)
        for name, values in self.request.session.get(self._place, {}).items():
            data.setlist(name, values)
        return data

    def remember(self, data: QueryDict) -> None:
        kept = {name: data.getlist(name) for name in data if name.startswith("q-")}
        if sum(len(value) for values in kept.values() for value in values) <= MOST_KEPT:
            self.request.session[self._place] = kept

    def forget(self) -> None:
        self.request.session.pop(self._place, None)


def try_survey(request: HttpRequest, page_id: int) -> HttpResponse:
    """The latest draft, in its own language, from the first step to "that would be it"."""
    page = get_object_or_404(SurveyPage, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    draft = page.get_latest_revision_as_object()
    with translation.override(draft.locale.language_code):
        trial = Trial(request, draft)
        if request.method in ("GET", "HEAD"):
            trial.forget()
            return show_step(trial, QueryDict(mutable=True), 0)
        if request.method != "POST":
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        return _take(trial)


def _take(trial: Trial) -> HttpResponse:
    sent = MoveForm(trial.request.POST).known()
    index = (sent.get("step") or 1) - 1
    data = trial.merged(trial.typed_before(), trial.request.POST, section=index)
    trial.remember(data)
    step = trial.step(data, index)
    if (sent.get("do") or SEND) == BACK:
        return show_step(trial, data, index if step.before is None else step.before)
    on_screen = set((sent.get("seen") or "").split(",")) & set(step.keys) or set(step.keys)
    found = read(trial.definition, data, keys=step.shown & on_screen).errors
    if found:
        return show_step(trial, data, index, errors=found)
    if step.shown - on_screen:
        return show_step(trial, data, index, notice=_("Your answer brings out more questions. They stand below."))
    if step.after is not None:
        return show_step(trial, data, step.after)
    found = read(trial.definition, data).errors
    return show_step(trial, data, 0, errors=found) if found else _through(trial, data)


def _through(trial: Trial, data: QueryDict) -> HttpResponse:
    """What would have been taken: each question, and whether it was shown and answered."""
    answers = read(trial.definition, data).answers
    visible = set(trial.step_keys(data))
    rows = [_row(each, each.key in visible, each.key in answers, trial.code) for each in trial.definition.asked]
    trial.forget()
    context = {"page": trial.page, "self": trial.page, "visit": trial, "rows": rows}
    return render(trial.request, "participation/tried.html", context, status=HTTPStatus.OK)


def _row(question: QuestionDefinition, is_shown: bool, is_answered: bool, code: str) -> dict[str, Any]:
    words = _("not shown: its condition is not met")
    if is_shown:
        words = pgettext("a question", "answered") if is_answered else _("left open")
    return {"text": question.text.in_language(code), "words": words}
