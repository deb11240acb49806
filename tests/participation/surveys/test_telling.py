"""While a survey runs, its results move in steps: two readings of them don't show what one person answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participation.models import Survey, SurveyPage, Tally
from participation.surveys.actions import live_definition
from participation.surveys.answers import Given
from participation.surveys.counting import recount
from participation.surveys.disclosure import SMALLEST
from participation.surveys.kinds import Kind
from participation.surveys.results import SurveyResults, results_of
from participation.surveys.tables import ALL
from participation.surveys.telling import units_of
from tests.participation.surveys.making import key_of, mark, question, readable_survey, respond

pytestmark = pytest.mark.django_db


def follow_up(number: int, source: int, value: str, kind: Kind = Kind.YES_NO) -> dict[str, Any]:
    condition = {"question": key_of(source), "operator": "is", "values": [value]}
    return question(number, kind, shows_when=condition)


@pytest.fixture
def page(commune: None) -> SurveyPage:
    return readable_survey([question(1), follow_up(2, 1, "c1-1"), question(3, Kind.YES_NO)])


def running() -> SurveyResults | None:
    return results_of(Survey.objects.get(), is_running=True)


def told(at: int, group: str = ALL) -> dict[str, int | None]:
    columns = running().questions[at].tables[0].columns
    return {row: cell.count for row, cell in columns[group].cells.items()} if group in columns else {}


def answer(page: SurveyPage, count: int, each: int = 0, **fields: Any) -> None:
    for _number in range(count):
        answers = {**mark(1, each), key_of(3): Given({"marks": ["yes"]})}
        if each == 1:
            answers[key_of(2)] = Given({"marks": ["yes"]})
        respond(page, answers, **fields)


def test_a_single_answer_moves_nothing_and_the_fifth_moves_all(page):
    for each in (0, 1, 2):
        answer(page, 6, each)
    assert told(0) == {"mark:c1-0": 6, "mark:c1-1": 6, "mark:c1-2": 6}
    for _number in range(4):
        answer(page, 1, 0)
        assert told(0)["mark:c1-0"] == 6
        assert running().answers[ALL] == 18
    answer(page, 1, 0)
    assert told(0)["mark:c1-0"] == 11
    assert running().answers[ALL] == 23


def test_a_language_that_moved_by_one_holds_up_what_it_would_tell(page):
    answer(page, 10, 0)
    answer(page, 10, 2)
    answer(page, 10, 0, language="nl")
    answer(page, 10, 2, language="nl")
    assert running().answers == {ALL: 40, "fr": 20, "nl": 20}
    answer(page, 6, 0)
    answer(page, 1, 0, language="nl")
    assert running().answers == {ALL: 40, "fr": 20, "nl": 20}
    answer(page, 4, 0, language="nl")
    assert running().answers == {ALL: 51, "fr": 26, "nl": 25}


def test_what_rests_on_a_question_moves_together_with_it(page):
    for each in (0, 1, 2):
        answer(page, 6, each)
    assert told(1)["mark:yes"] is None or told(1)
    answer(page, 6, 0)
    answer(page, 1, 1)
    assert told(0) == {"mark:c1-0": 6, "mark:c1-1": 6, "mark:c1-2": 6}
    assert told(2)["mark:yes"] in (25, None)
    answer(page, 4, 1)
    assert told(0) == {"mark:c1-0": 12, "mark:c1-1": 11, "mark:c1-2": 6}
    assert running().questions[1].tables[0].columns[ALL].seen == 11


def test_neighbourhoods_are_told_once_it_is_closed(page):
    for place in (1, 2):
        for each in (0, 1, 2):
            answer(page, 6, each, place=place)
    assert set(running().breakdowns) == set()
    assert results_of(Survey.objects.get()).breakdowns["place"] == ("place:1", "place:2")


def test_few_answers_are_no_first_step(page):
    answer(page, 4)
    assert running().is_withheld
    answer(page, 1)
    assert running().answers == {ALL: 5}


def test_an_answer_that_is_changed_moves_nothing_by_itself(page):
    answer(page, 6, 0)
    answer(page, 6, 2)
    before = told(0)
    tally = Tally.objects.filter(question=key_of(1), cell="mark:c1-0").get()
    Tally.objects.filter(pk=tally.pk).update(count=tally.count - 1)
    Tally.objects.filter(question=key_of(1), cell="mark:c1-2").update(count=7)
    assert told(0) == before


def test_counting_anew_forgets_nothing_of_what_was_told(page):
    answer(page, 7, 0)
    before = told(2)
    answer(page, 1, 0)
    Tally.objects.filter(question="").update(count=99)
    recount(key=page.survey_key)
    assert told(2) == before
    assert running().answers == {ALL: 7}


def test_the_page_files_and_embedded_poll_move_in_steps_and_tell_all_at_closing(client, page):
    SurveyPage.objects.update(results_when="live")
    for each in (0, 1, 2):
        answer(page, 6, each)
    counts = lambda: client.get(page.results_url).content.decode().count("18 personnes")  # noqa: E731
    assert counts()
    answer(page, 2, 0)
    assert counts()
    assert b'"all": 18' in b"".join(client.get(f"{page.results_url}json/").streaming_content)
    SurveyPage.objects.update(closes_at=timezone.now() - timedelta(hours=1))
    assert not counts()
    assert b'"all": 20' in b"".join(client.get(f"{page.results_url}json/").streaming_content)


def test_questions_that_rest_on_each_other_are_one_unit(commune):
    page = readable_survey(
        [question(1), question(2), follow_up(3, 1, "c1-0"), follow_up(4, 3, "yes"), follow_up(5, 2, "c2-0")]
    )
    units = units_of(live_definition(page.survey_key))
    assert sorted(sorted(int(key[-2:]) for key in unit) for unit in units) == [[1, 3, 4], [2, 5]]


people = st.tuples(st.integers(0, 2), st.sampled_from(["fr", "nl"]), st.booleans())


@settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(people, min_size=10, max_size=30), st.lists(people, max_size=12))
def test_whatever_is_read_before_and_after_differs_by_nobody_or_by_five(commune, first, later):
    """Of each column of each question: who stands behind a change are 5 or more."""
    page = readable_survey([question(1), follow_up(2, 1, "c1-1")])
    for each in first:
        answer_as(page, *each)
    survey = Survey.objects.get(pk=page.survey_key)
    before = results_of(survey, is_running=True)
    for each in later:
        answer_as(page, *each)
        after = results_of(survey, is_running=True)
        assert_steps(before, after)
        before = after


def answer_as(page: SurveyPage, each: int, language: str, is_yes: bool) -> None:
    more = {key_of(2): Given({"marks": ["yes" if is_yes else "no"]})} if each == 1 else {}
    respond(page, {**mark(1, each), **more}, language=language)


def assert_steps(before: SurveyResults, after: SurveyResults) -> None:
    for then, now in zip(before.questions, after.questions, strict=True):
        for table_then, table_now in zip(then.tables, now.tables, strict=True):
            for group in table_then.columns.keys() & table_now.columns.keys():
                one, other = table_then.columns[group], table_now.columns[group]
                assert (one.seen, one.answered, one.cells) == (other.seen, other.answered, other.cells) or (
                    other.seen - one.seen >= SMALLEST
                )
