"""Who may answer, and who may see what came of it: asked by views, actions and templates alike."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from participation.surveys import errors
from participation.surveys.respondents import Respondent
from participation.surveys.terms import Access
from residents.verifying.permissions import is_verified, is_verified_in

if TYPE_CHECKING:
    from participation.models import SurveyPage


def why_not(page: SurveyPage, respondent: Respondent, *, now: datetime) -> errors.RefusedError | None:
    """Return why `respondent` can't answer at `now`, None if they can; that they have answered is another matter."""
    return why_not_open(page, now=now) or why_not_theirs(page, respondent, now=now)


def why_not_open(page: SurveyPage, *, now: datetime) -> errors.RefusedError | None:
    if not page.live:
        return errors.NotPublishedError()
    if page.has_closed(now):
        return errors.ClosedError()
    return None if page.is_open(now) else errors.NotOpenYetError()


def why_not_theirs(page: SurveyPage, respondent: Respondent, *, now: datetime) -> errors.RefusedError | None:
    if page.access == Access.ANYONE:
        return None
    if not (respondent.user.is_authenticated and respondent.user.is_active):
        return errors.SignInNeededError()
    if page.access == Access.SIGNED_IN:
        return None
    day = timezone.localdate(now)
    if not is_verified(respondent.user, on=day):
        return errors.VerificationNeededError()
    if page.access == Access.VERIFIED_THERE and not is_verified_in(respondent.user, page.neighbourhoods.all(), on=day):
        return errors.OtherNeighbourhoodError()
    return None


def can_answer(page: SurveyPage, respondent: Respondent, *, now: datetime) -> bool:
    return why_not(page, respondent, now=now) is None
