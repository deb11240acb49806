"""The staff's screens of surveys: where each stands, which texts wait to be read, and their tags."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from home.languages import active_language
from participation.models import AnswerTag, Survey, SurveyPage, WrittenAnswer
from participation.paper.terms import one_of_each
from participation.results.actions import decide_texts, make_tag, remove_tags
from participation.results.answers_file import answer_lines, answer_rows
from participation.results.files import csv_lines, named, xlsx
from participation.results.permissions import (
    can_look_at_surveys,
    can_screen_answers,
    can_see_kept_results,
    can_staff_see,
    can_take_answers,
    is_staff_of,
)
from participation.results.staff_forms import ScreeningFilter, TagForm, decisions_from
from participation.surveys.gone import gone_surveys
from participation.surveys.results import definition_answered

View = Callable[..., HttpResponseBase]


def for_staff(view: View) -> View:
    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_look_at_surveys(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return never_cache(wrapped)


def _pages() -> QuerySet[SurveyPage]:
    """Return the pages that readers have, and those that they had until they were taken offline."""
    known = Q(live=True) | Q(first_published_at__isnull=False)
    return SurveyPage.objects.filter(known).select_related("locale", "department")


def _page(request: HttpRequest, key: uuid.UUID) -> SurveyPage:
    """Return a survey of which one is staff, in one's language where it is live in it."""
    page = _found(key)
    if page is None:
        raise Http404
    if not is_staff_of(page, request.user):
        raise PermissionDenied
    return page


def _found(key: uuid.UUID) -> SurveyPage | None:
    pages = list(_pages().filter(translation_key=key).order_by("-live", "locale__language_code"))
    own = [page for page in pages if page.locale.language_code == active_language() and page.live == pages[0].live]
    return next(iter(own or pages), None)


@for_staff
@require_safe
def survey_results(request: HttpRequest) -> HttpResponse:
    """Every survey that one is staff of, the newest first."""
    now = timezone.now()
    known = list(_pages().order_by("-first_published_at"))
    live = {page.survey_key for page in known if page.live}
    known = [page for page in known if page.live or page.survey_key not in live]
    pages = [page for page in one_of_each(known) if is_staff_of(page, request.user)]
    answers = {survey.pk: survey for survey in Survey.objects.filter(pk__in=[page.survey_key for page in pages])}
    waiting = dict(
        WrittenAnswer.objects.filter(state=WrittenAnswer.State.WAITING, survey__in=answers)
        .values_list("survey")
        .annotate(count=Count("pk"))
    )
    surveys = [
        (page, answers.get(page.survey_key), waiting.get(page.survey_key, 0), can_staff_see(page, now=now))
        for page in pages
    ]
    gone = gone_surveys() if can_see_kept_results(request.user) else []
    return render(request, "participation/results/staff_list.html", {"surveys": surveys, "gone": gone})


@for_staff
@require_safe
def survey_result(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """One survey: its results, files, texts and tags, as far as staff may look by now."""
    if _found(key) is None:
        return redirect("kept_results", key)
    page, now = _page(request, key), timezone.now()
    states = dict(WrittenAnswer.objects.filter(survey=key).order_by().values_list("state").annotate(count=Count("pk")))
    context = {
        "survey": page,
        "answered": Survey.objects.filter(pk=key).first(),
        "texts": [(label, states.get(state, 0)) for state, label in WrittenAnswer.State.choices],
        "can_see": can_staff_see(page, now=now),
        "can_screen": can_screen_answers(page, request.user, now=now),
        "can_take": can_take_answers(page, request.user, now=now),
    }
    return render(request, "participation/results/staff_survey.html", context)


@for_staff
@require_safe
def answers_file(request: HttpRequest, key: uuid.UUID, kind: str) -> HttpResponseBase:
    """The answers one by one, where the survey is openly not anonymous."""
    page = _page(request, key)
    if not can_take_answers(page, request.user, now=timezone.now()):
        raise PermissionDenied
    survey = Survey.objects.filter(pk=key).first()
    definition = definition_answered(survey) if survey else None
    if survey is None or definition is None or kind not in {"csv", "xlsx", "json"}:
        raise Http404
    if kind == "xlsx":
        return named(xlsx((_("Answers"), answer_rows(survey, definition))), page, "answers.xlsx")
    if kind == "json":
        lines = answer_lines(survey, definition)
        return named(StreamingHttpResponse(lines, content_type="application/x-ndjson"), page, "answers.jsonl")
    lines = csv_lines(answer_rows(survey, definition))
    return named(StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), page, "answers.csv")


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def screen_texts(request: Any, key: uuid.UUID) -> HttpResponseBase:
    """Read what was written, a page at a time; show it, hide it, tag it."""
    page, now = _page(request, key), timezone.now()
    if not can_screen_answers(page, request.user, now=now):
        raise PermissionDenied
    if request.method == "POST":
        changed = decide_texts(page=page, decisions=decisions_from(request.POST), by=request.user, now=now)
        words = ngettext("%(count)d text decided.", "%(count)d texts decided.", changed)
        messages.success(request, words % {"count": changed})
        return redirect(request.get_full_path())
    form = ScreeningFilter(request.GET if request.GET else {"state": WrittenAnswer.State.WAITING})
    texts = form.page_of(WrittenAnswer.objects.filter(survey=key).prefetch_related("tags"))
    survey = Survey.objects.filter(pk=key).first()
    definition = definition_answered(survey) if survey else None
    for text in texts:
        question = definition.by_key.get(text.question) if definition else None
        text.asked = question.text.in_language(active_language()) if question else ""
        text.tag_keys = {tag.pk for tag in text.tags.all()}
    context = {
        "survey": page,
        "form": form,
        "texts": texts,
        "tags": AnswerTag.objects.filter(survey=key),
        "states": WrittenAnswer.State.choices,
    }
    return render(request, "participation/results/screen_texts.html", context)


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def answer_tags(request: Any, key: uuid.UUID) -> HttpResponseBase:
    """Make tags, and remove them."""
    page, now = _page(request, key), timezone.now()
    if not can_screen_answers(page, request.user, now=now):
        raise PermissionDenied
    adds = request.method == "POST" and "remove" not in request.POST
    form = TagForm(request.POST if adds else None, page=page)
    if request.method == "POST" and not adds:
        chosen = [int(tag) for tag in request.POST.getlist("remove") if tag.isdecimal() and len(tag) < 10]
        remove_tags(page=page, tags=chosen, by=request.user, now=now)
        return redirect("answer_tags", key)
    if adds and form.is_valid():
        try:
            with transaction.atomic():
                make_tag(page=page, by=request.user, now=now, **form.cleaned_data)
        except IntegrityError:
            form.add_error("name_fr", _("This survey has a tag of that name already."))
        else:
            return redirect("answer_tags", key)
    tags = AnswerTag.objects.filter(survey=key).annotate(count=Count("texts"))
    return render(request, "participation/results/answer_tags.html", {"survey": page, "form": form, "tags": tags})
