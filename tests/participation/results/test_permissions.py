"""Who sees results, and when: every way a survey may say it, for everybody, before, during and after."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from participation.models import SurveyPage, SurveyQuestion
from participation.results.permissions import can_see_results, can_take_answers
from participation.surveys.respondents import Respondent
from participation.surveys.terms import ResultsFor, ResultsWhen
from tests.factories import UserFactory, editor_of
from tests.participation.factories import live_consultation
from tests.participation.surveys.making import mark, question, readable_survey, respond
from tests.reading import parsed, words

OPENS, CLOSES = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
BEFORE, DURING, AFTER = OPENS - timedelta(days=1), datetime(2026, 6, 1, tzinfo=UTC), CLOSES + timedelta(days=1)
ANYBODY = Respondent(user=AnonymousUser())


def survey(**fields: Any) -> SurveyPage:
    return readable_survey([question(1)], opens_at=OPENS, closes_at=CLOSES, **fields)


def seen_at(page: SurveyPage, who: Respondent) -> list[bool]:
    return [can_see_results(page, who, now=now) for now in (BEFORE, DURING, AFTER)]


@pytest.mark.parametrize(
    ("when", "seen"),
    [
        (ResultsWhen.LIVE, [False, True, True]),
        (ResultsWhen.CLOSING, [False, False, True]),
        (ResultsWhen.OUTCOME, [False, False, True]),
        (ResultsWhen.NEVER, [False, False, False]),
    ],
)
def test_readers_see_results_when_the_page_says(commune, when, seen):
    assert seen_at(survey(results_when=when), ANYBODY) == seen


def test_results_that_come_with_the_outcome_wait_for_it(commune):
    consultation = live_consultation(phases=[(-30, -10)])
    about = {"department": consultation.department, "locale": consultation.locale, "title": "Enquête"}
    page = SurveyPage(**about, opens_at=OPENS, closes_at=CLOSES, results_when=ResultsWhen.OUTCOME)
    page.questions = [SurveyQuestion(key=uuid.uuid4(), kind="yes_no", text="Et alors ?")]
    consultation.add_child(instance=page)
    assert not can_see_results(page, ANYBODY, now=AFTER)
    consultation.outcome_published_on = AFTER.date()
    consultation.save()
    assert can_see_results(page, ANYBODY, now=AFTER)


def test_results_for_those_who_answered_are_theirs_alone(commune):
    page = survey(results_for=ResultsFor.ANSWERED)
    answered = Respondent(user=AnonymousUser(), browser=str(uuid.uuid4()))
    respond(page, mark(1), who=answered, now=DURING)
    assert seen_at(page, answered) == [False, False, True]
    assert seen_at(page, Respondent(user=AnonymousUser(), browser=str(uuid.uuid4()))) == [False, False, False]
    assert seen_at(page, ANYBODY) == [False, False, False]


@pytest.mark.parametrize("role", ["desk", "participation_officer", "administrator"])
@pytest.mark.parametrize("when", [ResultsWhen.CLOSING, ResultsWhen.NEVER])
def test_staff_sees_running_results_only_where_everybody_is_told_so(commune, request, role, when):
    who = Respondent(user=request.getfixturevalue(role))
    closed = survey(results_when=when, results_for=ResultsFor.STAFF)
    assert seen_at(closed, who) == [False, False, True]
    told = survey(results_when=when, results_for=ResultsFor.STAFF, staff_see_running_results=True)
    assert seen_at(told, who) == [True, True, True]


def test_a_departments_people_are_staff_for_its_own_surveys_only(commune):
    page = survey(results_for=ResultsFor.STAFF)
    assert seen_at(page, Respondent(user=editor_of(page.department))) == [False, False, True]
    assert seen_at(page, Respondent(user=UserFactory())) == [False, False, False]


@pytest.mark.parametrize("role", ["clerk", "resident", "editor"])
def test_others_are_no_staff_of_it(commune, social, request, role):
    page = survey(results_for=ResultsFor.STAFF)
    page.department = social
    page.save()
    assert seen_at(page, Respondent(user=request.getfixturevalue(role))) == [False, False, False]


def test_a_blocked_account_is_no_staff(commune, desk):
    desk.is_active = False
    assert seen_at(survey(results_for=ResultsFor.STAFF), Respondent(user=desk)) == [False, False, False]


def test_answers_one_by_one_are_for_staff_of_surveys_that_are_openly_not_anonymous(commune, desk, editor):
    anonymous, openly = survey(), survey(is_open_about_who_answered=True, access="signed_in")
    assert not can_take_answers(anonymous, desk, now=AFTER)
    assert can_take_answers(openly, desk, now=AFTER)
    assert not can_take_answers(openly, desk, now=DURING)
    assert not can_take_answers(openly, editor, now=AFTER)


def test_who_comes_too_early_reads_from_when(client, commune):
    closes = timezone.now() + timedelta(days=3)
    page = readable_survey([question(1)], closes_at=closes)
    for _number in range(6):
        respond(page, mark(1), now=timezone.now())
    answer = client.get(page.results_url)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "Les résultats sont montrés une fois l’enquête close, le" in words(parsed(answer).main)
    for kind in ("csv", "xlsx", "json", "textes"):
        assert client.get(f"{page.results_url}{kind}/").url == page.results_url
    assert client.get(f"{page.results_url}docx/").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("when", ResultsWhen.values)
@pytest.mark.parametrize("whom", ResultsFor.values)
def test_every_refusal_is_a_page_in_both_languages(client, commune, when, whom):
    page = readable_survey([question(1)], results_when=when, results_for=whom)
    for each in (page, page.get_translations().get()):
        assert client.get(each.results_url).status_code in (HTTPStatus.OK, HTTPStatus.FORBIDDEN)
