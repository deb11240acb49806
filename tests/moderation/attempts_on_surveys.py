"""Attempts at surveys: to propose one, to edit it, to take over questions."""

from __future__ import annotations

from django.urls import reverse

from participation.models import SurveyPage
from tests.moderation.attempts import Attempt, action
from tests.participation.factories import live_consultation
from tests.participation.surveys.making import readable_survey
from tests.participation.surveys.test_survey_pages import form_data


def survey_of(a: Attempt) -> SurveyPage:
    page = readable_survey()
    SurveyPage.objects.filter(translation_key=page.translation_key).update(department=a.department)
    return page


@action("Propose a survey below a consultation")
def propose_survey(a: Attempt) -> bool:
    above = live_consultation(department=a.department)
    page = SurveyPage(title="Votre avis", slug="votre-avis", department=a.department)
    address = reverse("wagtailadmin_pages:add", args=["participation", "surveypage", above.pk])
    a.client.post(address, form_data(page, [{"text": "Venez-vous ?"}]))
    return SurveyPage.objects.filter(department=a.department).exists()


@action("Edit a survey, as a draft beside what is live")
def edit_survey(a: Attempt) -> bool:
    return a.opens("wagtailadmin_pages:edit", survey_of(a).pk)


@action("Copy questions from another survey")
def copy_questions(a: Attempt) -> bool:
    page = survey_of(a)
    address = reverse("participation_copy_questions", args=[page.pk])
    a.client.post(address, {"source": "ready:hall_name", "questions": ["name"]})
    return SurveyPage.objects.get(pk=page.pk).get_latest_revision_as_object().questions.count() == 2
