"""Attempts at results, written answers and paper."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from participation.models import PaperBatch, Survey, SurveyPage, WrittenAnswer
from tests.moderation.attempts import Attempt, action
from tests.participation.surveys.making import key_of, readable_survey


def survey_of(a: Attempt, *, closed: bool) -> SurveyPage:
    page = readable_survey(results_for="staff", closes_at=timezone.now() + timedelta(hours=-1 if closed else 1))
    SurveyPage.objects.filter(translation_key=page.translation_key).update(department=a.department)
    return page


def sees_results(a: Attempt, page: SurveyPage) -> bool:
    return a.client.get(page.results_url).status_code == 200


@action("See the results of a survey that keeps them for staff, once it is closed")
def see_results(a: Attempt) -> bool:
    return sees_results(a, survey_of(a, closed=True))


@action("See running results where the survey's page doesn't say that staff does")
def see_running_results(a: Attempt) -> bool:
    return sees_results(a, survey_of(a, closed=False))


@action("Decide which written answers are shown, and tag them")
def decide_text(a: Attempt) -> bool:
    page = survey_of(a, closed=True)
    survey = Survey.objects.get_or_create(pk=page.survey_key)[0]
    text = WrittenAnswer.objects.create(survey=survey, question=key_of(1), language="fr", text="Plus de bancs.")
    a.client.post(reverse("screen_texts", args=[page.survey_key]), {f"state-{text.pk}": "shown"})
    text.refresh_from_db()
    return text.state == WrittenAnswer.State.SHOWN


@action("Type in answers from paper, and undo a batch")
def type_in(a: Attempt) -> bool:
    page = survey_of(a, closed=False)
    a.client.post(reverse("paper_survey", args=[page.survey_key]))
    batch = PaperBatch.objects.filter(survey=page.survey_key).first()
    if batch is None:
        return False
    a.client.post(reverse("paper_undo", args=[batch.pk]))
    batch.refresh_from_db()
    return batch.undone_on is not None
