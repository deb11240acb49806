"""The five known surveys: exactly the figures that the communes published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from home.models import Neighbourhood
from participation.models import SurveyPage, WrittenAnswer
from participation.surveys.counting import recount
from participation.surveys.results import Column, results_of
from tests.portal.known_surveys import ANSWERS, ON_PAPER, load_surveys, question_of, survey_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("surveys")]


@pytest.fixture(scope="module")
def surveys(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_surveys()
        try:
            yield
        finally:
            transaction.set_rollback(True)


def column(name: str, question: str, group: str = "all") -> Column:
    results = results_of(survey_of(name))
    assert results
    (found,) = (each for each in results.questions if each.question.key == question_of(name, question))
    return found.tables[0].columns[group]


@pytest.mark.parametrize("name", ANSWERS)
def test_each_known_survey_has_exactly_its_answers_and_those_on_paper(name):
    survey, results = survey_of(name), results_of(survey_of(name))
    assert results
    assert (survey.answers, survey.paper_answers) == (ANSWERS[name], ON_PAPER[name])
    assert results.answers["all"] == ANSWERS[name]
    assert results.answers["fr"] + results.answers["nl"] == ANSWERS[name]
    assert results.answers["screen"] + results.answers["paper"] == ANSWERS[name]
    assert recount(key=survey.pk, dry_run=True) == {}


def test_the_two_surveys_of_fleurus_have_a_hundred_and_two_answers_together():
    assert ANSWERS["website"] + ANSWERS["magazine"] == 102


@pytest.mark.parametrize(("question", "percent"), [("recommend", 88), ("closer", 66)])
def test_of_those_who_answered_so_many_would_recommend_the_portal_and_feel_closer(question, percent):
    found = column("first-experiences", question)
    assert found.cells["mark:yes"].share == percent
    assert found.answered == 250


def test_the_names_of_the_hall_have_the_answers_that_the_news_tells_of():
    counts = [each.count for each in column("hall-name", "name").cells.values()]
    assert counts == [281, 174, 102, 60]


def test_one_in_five_has_cancelled_an_appointment_and_one_in_three_where_no_bus_goes():
    assert round(column("vaccination", "cancelled").cells["mark:yes"].share or 0) == 20
    place = Neighbourhood.objects.get(code="haut-bois").pk
    assert round(column("vaccination", "cancelled", f"place:{place}").cells["mark:yes"].share or 0) in {32, 33, 34}


def test_written_answers_stand_in_every_state_and_in_both_languages():
    written = WrittenAnswer.objects.filter(survey=survey_of("first-experiences"))
    assert set(WrittenAnswer.objects.values_list("state", flat=True)) == set(WrittenAnswer.State.values)
    assert set(written.values_list("language", flat=True)) == {"fr", "nl"}
    assert written.filter(tags__name_fr="Textes plus courts").count() == 2


def test_there_is_a_survey_to_answer_one_to_come_and_some_that_are_closed():
    pages, now = SurveyPage.objects.live().filter(locale__language_code="fr"), timezone.now()
    assert len([page for page in pages if page.is_open(now)]) == 3
    assert len([page for page in pages if page.has_closed(now)]) == len(ANSWERS)
    assert len([page for page in pages if page.opens_at and page.opens_at > now + timedelta(days=1)]) == 1
