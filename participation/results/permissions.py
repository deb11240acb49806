"""Who sees the results of a survey, and when: as its page said before anybody answered. Who screens written answers.

Where the results are never shown, or shown to others only, the commune's staff still has them once the survey is
closed: it asked in order to know. While it runs, staff sees no more than what the page tells everybody that staff sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from home.permissions import department_ids_of
from home.templatetags.home_tags import moment
from participation.models import ConsultationPage, Participation, SurveyPage
from participation.stages import written
from participation.surveys.respondents import Respondent, known_token
from participation.surveys.terms import ResultsFor, ResultsWhen

SEE, SCREEN, ENTER = (
    f"participation.{name}" for name in ("see_survey_results", "screen_written_answers", "enter_paper_answers")
)


@dataclass(frozen=True)
class Refusal:
    """Why results aren't shown, in a sentence. `can_answer_for_them`: whoever answers the survey gets to see them."""

    message: str
    can_answer_for_them: bool = False


def is_staff_of(page: SurveyPage, user: Any) -> bool:
    """Whether `user` is of the staff to which the survey's results may be kept: officers, the desk, its department."""
    if not (user.is_authenticated and user.is_active):
        return False
    return bool(user.has_perm(SEE)) or page.department_id in department_ids_of(user)


def can_screen_answers(page: SurveyPage, user: Any, *, now: datetime) -> bool:
    """Whether `user` decides which written answers are shown, and sorts them by tags: once staff may look at all."""
    return bool(user.is_active and user.has_perm(SCREEN)) and can_staff_see(page, now=now)


def can_take_answers(page: SurveyPage, user: Any, *, now: datetime) -> bool:
    """Whether `user` gets the answers one by one: only where the survey said openly that it is not anonymous."""
    return page.is_open_about_who_answered and bool(user.has_perm(SEE)) and can_staff_see(page, now=now)


def can_enter_paper(user: Any) -> bool:
    """Whether `user` types in answers from paper, and undoes batches of them."""
    return bool(user.is_active and user.has_perm(ENTER))


def why_no_results(page: SurveyPage, respondent: Respondent, *, now: datetime) -> Refusal | None:
    """Return why `respondent` doesn't see the results at `now`; None where they do."""
    if is_staff_of(page, respondent.user) and can_staff_see(page, now=now):
        return None
    if not are_out(page, now=now):
        return Refusal(when_they_come(page))
    if page.results_for == ResultsFor.EVERYBODY:
        return None
    if page.results_for == ResultsFor.STAFF:
        return Refusal(_("The results of this survey are for the commune’s staff, as its page says."))
    if has_answered(page, respondent):
        return None
    message = _("The results of this survey are for those who answered it, as its page says.")
    return Refusal(message, can_answer_for_them=page.live and page.is_open(now))


def can_see_results(page: SurveyPage, respondent: Respondent, *, now: datetime) -> bool:
    return why_no_results(page, respondent, now=now) is None


def results_link(page: SurveyPage, respondent: Respondent, now: datetime) -> str:
    """Return where the results stand, for who may see them now; "" for everybody else."""
    return page.results_url if can_see_results(page, respondent, now=now) else ""


def can_staff_see(page: SurveyPage, *, now: datetime) -> bool:
    """Whether the commune's staff may look: before closing only where the page tells everybody that it does."""
    return page.has_closed(now) or page.staff_see_running_results or are_out(page, now=now)


def are_out(page: SurveyPage, *, now: datetime) -> bool:
    """Whether results are shown at all by now, to whomever they are for."""
    if page.results_when == ResultsWhen.LIVE:
        return page.opens_at is None or page.opens_at <= now
    if page.results_when == ResultsWhen.OUTCOME:
        return page.has_closed(now) and _outcome_is_known(page, now=now)
    return page.results_when == ResultsWhen.CLOSING and page.has_closed(now)


def _outcome_is_known(page: SurveyPage, *, now: datetime) -> bool:
    """A survey that belongs to no consultation owes no outcome: its results are out at closing."""
    consultation = consultation_of(page)
    if consultation is None:
        return True
    timeline = consultation.timeline_on(timezone.localdate(now))
    return bool(consultation.live and timeline.has_outcome)


def consultation_of(page: SurveyPage) -> ConsultationPage | None:
    """Return the consultation above a survey; None for one that stands alone."""
    above = ConsultationPage.objects.filter(path=page.path[: -page.steplen])
    consultation: ConsultationPage | None = above.prefetch_related("phases").first()
    return consultation


def has_answered(page: SurveyPage, respondent: Respondent) -> bool:
    token = known_token(page.survey_key, page.access, respondent)
    return token is not None and Participation.objects.filter(survey=page.survey_key, token=token).exists()


def when_they_come(page: SurveyPage) -> str:
    """Say from when results are shown, for who came too early."""
    if page.results_when == ResultsWhen.NEVER:
        return _("The results of this survey are not shown, as its page says.")
    if page.results_when == ResultsWhen.LIVE and page.opens_at:
        return _("The survey opens on %(when)s, and its results are shown from then on.") % {
            "when": moment(page.opens_at)
        }
    if page.results_when == ResultsWhen.OUTCOME:
        return _when_the_outcome_comes(page)
    if page.closes_at is None:
        return _("The results are shown once the survey is closed. No date is set for that yet.")
    return _("The results are shown once the survey is closed, on %(when)s.") % {"when": moment(page.closes_at)}


def _when_the_outcome_comes(page: SurveyPage) -> str:
    consultation = consultation_of(page)
    due = consultation.timeline.due_on if consultation else None
    if due is None:
        return _("The results are shown together with the outcome of the consultation.")
    words = _("The results are shown together with the outcome of the consultation, promised by %(day)s.")
    return words % {"day": written(due)}


def can_see_kept_results(user: Any) -> bool:
    """Whether `user` sees the results of surveys whose page was deleted: nobody can tell any more whose they were."""
    return bool(user.is_authenticated and user.is_active and user.has_perm(SEE))


def can_look_at_surveys(user: Any) -> bool:
    """Whether `user` has a screen of surveys in the admin: each survey then says what they may see of it."""
    if not (user.is_authenticated and user.is_active):
        return False
    return bool(user.has_perm(SEE) or user.has_perm(SCREEN) or department_ids_of(user))
