"""What a survey's page shows: before, a step of the form, what was right in a quiz, why one can't answer, thanks."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from wagtail.models import Page

from participation.answering.forms import PlaceForm, ShowForm
from participation.answering.proofs import challenge_for, ticket_for
from participation.answering.quiz import checked, score_of
from participation.answering.said_before import said_before, what_becomes
from participation.answering.steps import Step
from participation.answering.visit import Errors, Visit
from participation.models import ConsultationPage
from participation.survey_routes import THANKS
from participation.surveys.errors import RefusedError
from participation.surveys.reading import read


def _context(visit: Visit, **more: Any) -> dict[str, Any]:
    page = visit.page
    return {
        "page": page,
        "self": page,
        "visit": visit,
        "said_before": said_before(page, now=visit.now),
        "parent": _consultation_of(page),
        **more,
    }


def _consultation_of(page: Page) -> ConsultationPage | None:
    """Return the consultation that the survey is a part of."""
    if not page.path or page.depth < 3:
        return None
    found: ConsultationPage | None = ConsultationPage.objects.filter(path=page.path[: -page.steplen]).first()
    return found


def _answer(visit: Visit, template: str, context: dict[str, Any], status: int = HTTPStatus.OK) -> HttpResponse:
    response = render(visit.request, template, context, status=status)
    patch_cache_control(response, private=True)
    return response


def show_before(visit: Visit, said: str = "") -> HttpResponse:
    """What it is about and on what terms; where there is a single step, the form is right there."""
    return _answer(visit, "participation/survey_page.html", _context(visit, said=said))


def show_refusal(visit: Visit, refusal: RefusedError, *, is_kept: bool = False) -> HttpResponse:
    """Why it can't be answered, and what to do; what was typed is kept for when it can."""
    context = _context(visit, refusal=refusal, reason=type(refusal).__name__, is_kept=is_kept)
    return _answer(visit, "participation/survey_page.html", context, HTTPStatus.FORBIDDEN if is_kept else HTTPStatus.OK)


def show_step(
    visit: Visit,
    data: QueryDict,
    wanted: int,
    *,
    errors: Errors | None = None,
    notice: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """One step of the form, with what was typed and what is wrong with it."""
    if not data.get("seed"):
        data = data.copy()
        data["seed"] = secrets.token_hex(4)
    step = visit.step(data, wanted)
    asked = visit.asked(step, data, errors or {})
    context = _context(
        visit,
        step=step,
        step_title=step.title.in_language(visit.code),
        asked=asked,
        seed=data["seed"],
        version=data.get("version") or visit.definition.digest,
        notice=notice,
        listed_errors=_listed(asked, errors or {}),
        place_form=_place_form(visit, step, data),
        place_value=data.get("place") or str(visit.lives_in() or ""),
        back=ShowForm(visit.request.GET).known().get("from") or visit.request.POST.get("back") or "",
        wait=settings.SURVEY_WAIT_SECONDS,
        is_quiet=visit.steps > 1,
        switching_form="" if visit.is_preview else "survey-form",
        **_proof(visit, step),
    )
    return _answer(visit, "participation/survey_page.html", context, status)


def _place_form(visit: Visit, step: Step, data: QueryDict) -> PlaceForm | None:
    if not (step.is_last and visit.page.asks_neighbourhood):
        return None
    return PlaceForm(data) if "place" in data else PlaceForm()


def _proof(visit: Visit, step: Step) -> dict[str, str]:
    """What a form that anyone may send is sent with; a step before the last one needs none."""
    if not (visit.needs_proof and step.is_last):
        return {}
    key = visit.page.survey_key
    return {"challenge": challenge_for(key, now=visit.now), "ticket": ticket_for(key, now=visit.now)}


def _listed(asked: Sequence[Any], errors: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """Return the errors in the order of the questions, each with the place that it leads to."""
    found = []
    for one in asked:
        lines = {line.name: line for line in one.lines} if one.is_fieldset else {}
        for name, messages in errors.items():
            if name.startswith(one.name):
                line = lines.get(name)
                words = f"{one.text} {line.words}" if line else one.text
                place = line.id if line else _place_of(one, name)
                found += [{"place": place, "words": words, "message": message} for message in messages]
    if "place" in errors:
        found += [{"place": "id_place", "words": _("Your neighbourhood"), "message": each} for each in errors["place"]]
    return found


def _place_of(one: Any, name: str) -> str:
    return f"id_{name}" if one.other and name == one.other.name else str(one.id)


def show_checked(visit: Visit, data: QueryDict, wanted: int) -> HttpResponse:
    """In a quiz: what was right in the step that was sent, and why."""
    answers = read(visit.definition, data, keys=()).answers
    step = visit.step(data, wanted)
    found = checked(visit.definition, answers, [key for key in step.keys if key in step.shown], visit.code)
    context = _context(visit, step=step, checked=found, step_title=step.title.in_language(visit.code), is_quiet=True)
    return _answer(visit, "participation/survey_page.html", context)


def show_thanks(visit: Visit, data: QueryDict | None = None, *, back: str = "") -> HttpResponse:
    """That the answer is in, and what happens next; at the end of a quiz, the score."""
    more: dict[str, Any] = {"results_words": what_becomes(visit.page), "back": back, "subpath": THANKS[visit.code]}
    if data is not None:
        answers = read(visit.definition, data, keys=()).answers
        found = checked(visit.definition, answers, visit.step_keys(data), visit.code)
        right, judged = score_of(found)
        more |= {"checked": found, "right": right, "judged": judged}
    return _answer(visit, "participation/survey_thanks.html", _context(visit, **more))
