"""The readers' pages of results, and the files that hold the same."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone
from django.utils.cache import patch_cache_control

from home.models import Neighbourhood
from participation.models import Survey, SurveyPage
from participation.results import files
from participation.results.charts import Charts, compared
from participation.results.earlier import corrections
from participation.results.forms import ResultsForm, TextsForm
from participation.results.pages import WORDS
from participation.results.permissions import is_staff_of, why_no_results
from participation.results.texts import readable_texts, said
from participation.results.visitors import visitor_of
from participation.results.words import PLACE
from participation.surveys.results import SurveyResults, results_of
from participation.surveys.tables import ALL

TEXTS = {"fr": "textes", "nl": "teksten"}


def results(request: HttpRequest, page: SurveyPage) -> HttpResponseBase:
    """All that may be shown, question by question; or why nothing is, and from when it will be."""
    elsewhere = _in_its_language(request, page, "")
    if elsewhere:
        return elsewhere
    refusal = why_no_results(page, visitor_of(request), now=timezone.now())
    if refusal:
        context = {"refusal": refusal, "subpath": _subpath(page)}
        return _kept_apart(page, request, "participation/results/refused.html", context, HTTPStatus.FORBIDDEN)
    survey = Survey.objects.filter(pk=page.survey_key).first()
    is_running = not page.has_closed(timezone.now())
    found = results_of(survey, is_running=is_running) if survey else None
    context = {"subpath": _subpath(page), "is_running": is_running}
    if survey and found:
        context |= shown(found, survey, ResultsForm(request.GET))
    return _kept_apart(page, request, "participation/results/results.html", context)


def shown(found: SurveyResults, survey: Survey, form: ResultsForm) -> dict[str, Any]:
    """Return what the page shows of results: in the column of the neighbourhood that was chosen, where it has one."""
    places = list(Neighbourhood.objects.drawn())
    column = f"{PLACE}{form.place.pk}" if form.place else ALL
    is_there = column in found.answers
    charts = Charts(found, places, column if is_there else ALL)
    return {
        "results": found,
        "form": form,
        "place": form.place,
        "place_is_hidden": not is_there and not found.is_withheld,
        "questions": charts.all(corrections(survey, found.definition)),
        "answers": found.answers.get(column if is_there else ALL),
        "by_column": [(charts.names.words(group), count) for group, count in found.answers.items()],
        "compared": compared(found, places),
        "said": said(survey, found),
        "places": places,
        "has_places": "place" in found.breakdowns,
    }


def file(request: HttpRequest, page: SurveyPage, kind: str) -> HttpResponseBase:
    """A file with what the page shows, or the written answers; whoever may not see the page is sent there, to read why."""
    elsewhere = _in_its_language(request, page, f"{kind}/")
    if elsewhere:
        return elsewhere
    if kind not in {*files.KINDS, *TEXTS.values()}:
        raise Http404
    survey = Survey.objects.filter(pk=page.survey_key).first()
    found = results_of(survey, is_running=not page.has_closed(timezone.now())) if survey else None
    if why_no_results(page, visitor_of(request), now=timezone.now()) or not (survey and found):
        return HttpResponseRedirect(page.results_url)
    if kind in TEXTS.values():
        return _texts(request, page, survey, found)
    response = files.KINDS[kind](page, survey, found)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _texts(request: HttpRequest, page: SurveyPage, survey: Survey, found: SurveyResults) -> HttpResponse:
    texts = readable_texts(survey, found)
    written = set(texts.order_by().values_list("question", flat=True).distinct())
    form = TextsForm(request.GET, survey=survey, definition=found.definition, written=written)
    numbers = {each.key: (at, each) for at, each in enumerate(found.definition.questions, 1)}
    shown_page = form.page_of(texts)
    for text in shown_page:
        text.number, text.asked = numbers[text.question]
    context = {"form": form, "texts": shown_page, "query": form.query(), "subpath": _subpath(page, TEXTS)}
    return _kept_apart(page, request, "participation/results/texts.html", context)


def _in_its_language(request: HttpRequest, page: SurveyPage, rest: str) -> HttpResponse | None:
    """Send whoever came by the other language's word to the page's own; links between languages are made that way."""
    code = page.locale.language_code
    tail = f"{TEXTS[code]}/" if rest.rstrip("/") in TEXTS.values() else rest
    if request.path.endswith(f"/{WORDS[code]}/{tail}"):
        return None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"{page.results_url}{tail}{'?' if query else ''}{query}")


def _subpath(page: SurveyPage, below: dict[str, str] | None = None) -> str:
    code = page.locale.language_code
    return f"{WORDS[code]}/{below[code]}/" if below else f"{WORDS[code]}/"


def _kept_apart(
    page: SurveyPage, request: HttpRequest, template: str, context: dict[str, Any], status: int = HTTPStatus.OK
) -> HttpResponse:
    """Results are no page to keep in a shared cache: they move, and some are not for everybody."""
    context |= {"is_staff": is_staff_of(page, request.user), "results_url": page.results_url}
    response: HttpResponse = page.render(request, context_overrides=context, template=template)
    response.status_code = status
    patch_cache_control(response, private=True, no_cache=True)
    return response
