"""A survey's page: shown, filled in step by step, sent. What was typed survives whatever is refused."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from digests.throttles import is_too_much, machine_of
from participation.answering.cookies import forget_draft, remember_browser, remember_draft
from participation.answering.forms import BACK, CHANGE, FORGET, LATER, SEND, SWITCH, MoveForm, PlaceForm, ShowForm
from participation.answering.proofs import spend
from participation.answering.screens import show_before, show_checked, show_refusal, show_step, show_thanks
from participation.answering.steps import Step, section_of_field
from participation.answering.visit import Visit
from participation.survey_routes import THANKS
from participation.surveys import errors
from participation.surveys.actions import answer_survey, change_answer
from participation.surveys.answers import field_of
from participation.surveys.drafts import has_typed, remove_draft
from participation.surveys.places import placed
from participation.surveys.reading import Reading, read
from participation.surveys.storing import Answer
from participation.surveys.typed import answers_in, as_form

if TYPE_CHECKING:
    from participation.models import SurveyPage


def answering(request: HttpRequest, page: SurveyPage) -> HttpResponse:
    visit = Visit(request, page)
    if request.method in ("GET", "HEAD"):
        return _show(visit)
    if request.method != "POST":
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    return _take(visit)


def thanks(request: HttpRequest, page: SurveyPage) -> HttpResponse:
    """For whoever has answered; anybody else is led to the questions."""
    visit = Visit(request, page)
    if visit.participation is None:
        return HttpResponseRedirect(page.url or "/")
    return show_thanks(visit, back=ShowForm(request.GET).known().get("from") or "")


def _show(visit: Visit) -> HttpResponse:
    asked = ShowForm(visit.request.GET).known()
    step, said = asked.get("step"), asked.get("said") or ""
    if not visit.may_fill_in or (step is None and visit.steps > 1 and not visit.is_preview):
        return show_before(visit, said)
    data, index = visit.typed(), (step or 1) - 1
    if visit.page.is_quiz and visit.furthest and (said == "checked" or index < visit.furthest):
        return show_checked(visit, data, min(index, visit.furthest - 1))
    return show_step(visit, data, index, notice=_notice(said))


def _notice(said: str) -> str:
    if said == "more":
        return _("Your answer brings out more questions. They stand below.")
    return _("There are no more questions for you. Look this step over, then send.") if said == "last" else ""


def _take(visit: Visit) -> HttpResponse:
    sent = MoveForm(visit.request.POST).known()
    index = (sent.get("step") or 1) - 1
    do = sent.get("do") or SEND
    data = visit.merged(visit.typed_before(), visit.request.POST, section=index)
    if getattr(visit.request, "csrf_has_failed", False):
        return _shown_again(visit, data, index)
    if do == FORGET:
        return _forget(visit)
    if do == SWITCH:
        return _switch(visit, data, index)
    if visit.refusal:
        return _refused(visit, visit.refusal, data, index)
    if do == CHANGE:
        return _begin_to_change(visit)
    if not visit.may_fill_in:
        return _answered_already(visit, data)
    return _move(visit, data, index, do=do, seen=sent.get("seen") or "")


def _shown_again(visit: Visit, data: QueryDict, index: int) -> HttpResponse:
    """The form's key against forgeries was no longer right: nothing is done, and nothing is lost."""
    notice = _("The form was open for too long, so it was not sent. All that you typed stands here: send once more.")
    return show_step(visit, data, index, notice=notice, status=HTTPStatus.FORBIDDEN)


def _move(visit: Visit, data: QueryDict, index: int, *, do: str, seen: str) -> HttpResponse:
    if visit.page.is_quiz and index < visit.furthest:
        return _to(visit, visit.furthest)  # what was right has been told
    if do == BACK:
        before = visit.step(data, index).before
        return _keep(visit, data, index if before is None else before)
    if do == LATER:
        return _keep(visit, data, index, said="kept")
    return _go_on(visit, data, index, do=do, seen=seen)


def _go_on(visit: Visit, data: QueryDict, index: int, *, do: str, seen: str) -> HttpResponse:
    """Check the step that was sent; go to the next one, or take the answer."""
    step = visit.step(data, index)
    on_screen = set(seen.split(",")) & set(step.keys) if seen else set(step.keys)
    reading = read(visit.definition, data, keys=step.shown & on_screen)
    if reading.errors:
        return show_step(visit, data, index, errors=reading.errors)
    if step.shown - on_screen:
        return show_step(visit, data, index, notice=_notice("more"))
    if step.after is not None:
        if visit.page.is_quiz:
            return _keep(visit, data, step.after, at=step.index, said="checked")
        return _keep(visit, data, step.after)
    if do != SEND:
        return _keep(visit, data, step.index, said="last")
    return _send(visit, data, step)


def _send(visit: Visit, data: QueryDict, step: Step) -> HttpResponse:
    """Check the whole, show where something is wrong, else take the answer."""
    reading = read(visit.definition, data)
    place = PlaceForm(data)
    if not place.is_valid():
        reading.errors |= {"place": [str(each) for each in place.errors["place"]]}
    if step.keys and not reading.answers and not reading.errors:
        reading.errors = {field_of(step.keys[0]): [_("Nothing is answered yet. Answer at least one question.")]}
    if reading.errors:
        return _wrong(visit, data, reading.errors, step.index)
    try:
        with transaction.atomic():  # of two clicks, the second waits for what becomes of the first
            _prove(visit)
            _store(visit, reading, place.number, data.get("version") or "")
    except errors.AlreadyAnsweredError:
        return _answered_already(visit, data)
    except errors.RefusedError as refusal:
        if isinstance(refusal, (errors.WrongProofError, errors.TooQuickError, errors.TooManyError)):
            status = HTTPStatus.TOO_MANY_REQUESTS if isinstance(refusal, errors.TooManyError) else HTTPStatus.FORBIDDEN
            return show_step(visit, data, step.index, notice=str(refusal), status=status)
        return _refused(visit, refusal, data, step.index)
    except ValidationError as found:  # what is asked has changed since it was read here
        return _wrong(visit, data, found.message_dict, step.index)
    return _thank(visit, data)


def _wrong(visit: Visit, data: QueryDict, found: dict[str, list[str]], index: int) -> HttpResponse:
    """Show the first step where something is wrong; what was typed in the one that was sent is kept meanwhile."""
    first = min(section_of_field(visit.definition, name) if name != "place" else index for name in found)
    response = show_step(visit, data, first, errors=found)
    if first != index and visit.may_keep():
        remember_draft(response, visit.keep(data, first))
    return response


def _prove(visit: Visit) -> None:
    """Where anyone may answer: once from each browser, at a pace that people have, with a proof."""
    if visit.participation or not visit.needs_proof:
        return
    sent = MoveForm(visit.request.POST).known()
    solution = sent.get("solution") or ""
    of = "answers" if solution else "answers_without_script"
    if is_too_much(of=of, what=machine_of(visit.request), limit=settings.ANSWERING_PER_HOUR[of]):
        raise errors.TooManyError
    try:
        spend(visit.page.survey_key, solution=solution, ticket=sent.get("ticket") or "", now=visit.now)
    except errors.WrongProofError as error:
        del visit.participation
        if visit.participation:  # the same form, sent twice at once
            raise errors.AlreadyAnsweredError from error
        raise


def _store(visit: Visit, reading: Reading, place: int, version: str) -> None:
    known = place if visit.page.asks_neighbourhood else visit.lives_in()
    answer = Answer(placed(visit.definition, reading.answers), language=visit.code, place=known, version=version)
    act = change_answer if visit.participation else answer_survey
    act(survey_key=visit.page.survey_key, respondent=visit.respondent, answer=answer, now=visit.now)


def _thank(visit: Visit, data: QueryDict) -> HttpResponse:
    """The draft goes; a quiz is told right here, since nobody could find the answer again."""
    page, back = visit.page, MoveForm(visit.request.POST).known().get("back")
    response = HttpResponseRedirect(f"{page.url}{THANKS[visit.code]}{f'?from={back}' if back else ''}")
    if page.is_quiz:
        response = show_thanks(visit, data)  # type: ignore[assignment]
    if visit.draft:
        remove_draft(survey_key=page.survey_key, key=visit.draft.key)
        forget_draft(response, page.survey_key)
    if visit.needs_proof:
        remember_browser(response, visit.respondent.browser)
    return response


def _answered_already(visit: Visit, data: QueryDict) -> HttpResponse:
    """Whoever sends twice has answered once: they are thanked, and told so."""
    if visit.page.is_quiz:
        return show_thanks(visit, data)
    response = HttpResponseRedirect(visit.page.url or "/")
    if visit.needs_proof:
        remember_browser(response, visit.respondent.browser)
    return response


def _refused(visit: Visit, refusal: errors.RefusedError, data: QueryDict, index: int) -> HttpResponse:
    """Say why, and keep what was typed: whoever signs in, or comes back once it is open, goes on from there."""
    if isinstance(refusal, errors.ClosedError) or not has_typed(data):
        return show_refusal(visit, refusal)
    if not visit.may_keep():
        return show_refusal(visit, refusal)
    draft = visit.keep(data, index)
    response = show_refusal(visit, refusal, is_kept=True)
    remember_draft(response, draft)
    return response


def _keep(visit: Visit, data: QueryDict, step: int, *, at: int | None = None, said: str = "") -> HttpResponse:
    """Keep what was typed, and show a step: `at`, else the one that comes next."""
    if not visit.may_keep():
        sent = (MoveForm(visit.request.POST).known().get("step") or 1) - 1
        notice, status = str(errors.TooManyError()), HTTPStatus.TOO_MANY_REQUESTS
        return show_step(visit, data, sent, notice=notice, status=status)
    draft = visit.keep(data, step)
    response = _to(visit, step if at is None else at, said)
    remember_draft(response, draft)
    return response


def _to(visit: Visit, index: int, said: str = "") -> HttpResponse:
    where = f"?said={said}" if said == "kept" else f"?step={index + 1}{f'&said={said}' if said else ''}#form"
    return HttpResponseRedirect(f"{visit.page.url}{where}")


def _switch(visit: Visit, data: QueryDict, index: int) -> HttpResponse:
    """Go to the same step in the other language, with what was typed in this one. Nothing is kept of an empty form."""
    other = visit.page.get_translations().live().first() or visit.page
    is_kept = visit.can_go_on(index) and (visit.draft is not None or has_typed(data))
    if is_kept and not visit.may_keep():
        return _keep(visit, data, index)
    back = MoveForm(visit.request.POST).known().get("back")
    response = HttpResponseRedirect(f"{other.url}?step={index + 1}{f'&from={back}' if back else ''}#form")
    if is_kept:
        remember_draft(response, visit.keep(data, visit.furthest if visit.page.is_quiz else index))
    return response


def _forget(visit: Visit) -> HttpResponse:
    response = HttpResponseRedirect(visit.page.url or "/")
    if visit.draft:
        remove_draft(survey_key=visit.page.survey_key, key=visit.draft.key)
    forget_draft(response, visit.page.survey_key)
    return response


def _begin_to_change(visit: Visit) -> HttpResponse:
    """Put an answer that is known to be theirs into the form again; it counts until the new one is sent."""
    ballot = visit.participation.ballot if visit.participation else None
    if ballot is None:
        return HttpResponseRedirect(visit.page.url or "/")
    data = as_form(visit.definition, answers_in(ballot))
    if ballot.place:
        data["place"] = str(ballot.place)
    return _keep(visit, data, 0)
