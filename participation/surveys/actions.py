"""What is done with answers, one function per verb. All of an answer is stored and counted, or nothing of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from participation.models import Ballot, Participation, Survey, SurveyPage
from participation.surveys import errors
from participation.surveys.building import definition_of
from participation.surveys.counting import locked
from participation.surveys.definitions import SurveyDefinition
from participation.surveys.permissions import why_not
from participation.surveys.respondents import Respondent, known_token, token_for
from participation.surveys.storing import Answer, empty, fill


def live_pages(key: UUID) -> list[SurveyPage]:
    """Return the pages of a survey that readers have now, with their languages, French first."""
    pages = SurveyPage.objects.filter(translation_key=key, live=True).select_related("locale")
    return list(pages.prefetch_related("questions").order_by("locale__language_code"))


def live_definition(key: UUID) -> SurveyDefinition | None:
    """Return what a survey asks now; None while it isn't published in any language."""
    pages = live_pages(key)
    return definition_of(*pages) if pages else None


def answer_survey(*, survey_key: UUID, respondent: Respondent, answer: Answer, now: datetime) -> Ballot:
    """Take an answer, once from each person, and return its ballot, which doesn't know whose it is.

    Raises a RefusedError where it can't be taken (closed, not theirs, answered already), ValidationError, by field,
    where something in it has to be put right.
    """
    token = ""
    try:
        with transaction.atomic():
            # The voter before the survey, as when two voters become one: or the two would wait for each other.
            token = token_for(survey_key, _page_for(survey_key, respondent, now=now).access, respondent)
            survey = locked(survey_key)
            # Anew: the page may have been closed, or changed, while others held the row.
            page = _page_for(survey_key, respondent, now=now)
            return _take(page, survey, token, answer, now)
    except IntegrityError as error:
        if not Participation.objects.filter(survey=survey_key, token=token).exists():
            raise
        raise errors.AlreadyAnsweredError from error


def _page_for(key: UUID, respondent: Respondent, *, now: datetime) -> SurveyPage:
    """Return a page of the survey as readers have it. Raises why `respondent` can't answer it."""
    page = SurveyPage.objects.filter(translation_key=key, live=True).order_by("locale__language_code").first()
    refusal = why_not(page, respondent, now=now) if page else errors.NotPublishedError()
    if page is None or refusal:
        raise refusal or errors.NotPublishedError
    return page


def _take(page: SurveyPage, survey: Survey, token: str, answer: Answer, now: datetime) -> Ballot:
    definition = definition_of(*live_pages(survey.pk))
    is_open = page.is_open_about_who_answered
    participation = Participation(survey=survey, token=token)
    participation.save(force_insert=True)
    day = timezone.localdate(now)
    ballot = fill(Ballot(), answer, definition=definition, survey=survey, day=day, keeps_author=is_open)
    if is_open:
        participation.ballot = ballot
        participation.save(update_fields=["ballot"])
    Survey.objects.filter(pk=survey.pk).update(is_shuffled=False)
    return ballot


def answer_of(*, survey_key: UUID, respondent: Respondent) -> Ballot | None:
    """Return one's own ballot, in a survey that is openly not anonymous; None where there is none or it can't be told."""
    participation = participation_of(survey_key=survey_key, respondent=respondent)
    return participation.ballot if participation else None


def participation_of(*, survey_key: UUID, respondent: Respondent) -> Participation | None:
    """Return that they have answered, in whichever language; None when they haven't."""
    access = SurveyPage.objects.filter(translation_key=survey_key).values_list("access", flat=True).first()
    token = known_token(survey_key, access, respondent) if access else None
    if token is None:
        return None
    return Participation.objects.filter(survey=survey_key, token=token).select_related("ballot").first()


@transaction.atomic
def change_answer(*, survey_key: UUID, respondent: Respondent, answer: Answer, now: datetime) -> Ballot:
    """Put another answer in the place of one's own, until closing, where the survey is openly not anonymous.

    Raises a RefusedError (NotChangeableError where there is none of theirs), ValidationError by field.
    """
    token = token_for(survey_key, _page_for(survey_key, respondent, now=now).access, respondent)
    survey = locked(survey_key)
    _page_for(survey_key, respondent, now=now)
    participation = Participation.objects.filter(survey=survey, token=token).select_related("ballot").first()
    if participation is None or participation.ballot is None:
        raise errors.NotChangeableError
    ballot = participation.ballot
    empty(ballot)
    day = timezone.localdate(now)
    definition = definition_of(*live_pages(survey_key))
    return fill(ballot, answer, definition=definition, survey=survey, day=day, keeps_author=True)


def withdraw_answer(participation: Participation) -> None:
    """Take out a ballot that is known to be somebody's, with its texts; that they answered stays, without it.

    The caller is in a transaction.
    """
    locked(participation.survey_id)
    ballot = participation.ballot
    if ballot is None:
        return
    participation.ballot = None
    participation.save(update_fields=["ballot"])
    empty(ballot)
    ballot.delete()
