"""What may be shown of the answers: right figures from few queries, and no small group, nor a way around."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.models import Survey, SurveyPage, Tally
from participation.surveys.answers import Given
from participation.surveys.cells import cells_of
from participation.surveys.conditions import shown
from participation.surveys.definitions import Condition, Operator, QuestionDefinition, SurveyDefinition, Words
from participation.surveys.disclosure import SMALLEST
from participation.surveys.kinds import Kind
from participation.surveys.paper import begin_batch, enter_paper_answer
from participation.surveys.results import SurveyResults, results_of, shown_results
from participation.surveys.storing import Answer
from participation.surveys.tables import ALL, Counted
from tests.participation.surveys.making import NOW, key_of, mark, question, readable_survey, respond
from tests.participation.surveys.random_surveys import options

TEXT = Words("Où ?", "Waar?")


def asked(key: str, kind: Kind = Kind.ONE, **fields: Any) -> QuestionDefinition:
    choices = options(key, fields.pop("count", 3)) if kind in {Kind.ONE, Kind.SEVERAL, Kind.RANKING} else ()
    return QuestionDefinition(key, kind, TEXT, choices=choices, **fields)


def counted_of(
    definition: SurveyDefinition, people: list[dict[str, Given]], groups: list[str] | None = None
) -> Counted:
    """Return the counts of these people's answers, each in the column of all and in their group's of a breakdown."""
    found = Counted()
    for number, answers in enumerate(people):
        columns = [ALL, groups[number]] if groups else [ALL]
        values = {key: each.value for key, each in answers.items()}
        for key, cell in cells_of(shown(definition, answers), values):
            found.add(key, cell, columns, 1)
    if groups and len(set(groups)) > 1:
        found.breakdowns["language"] = tuple(sorted(set(groups)))
    return found


def shown_of(definition: SurveyDefinition, people: list[dict[str, Given]], groups: list[str] | None = None) -> Any:
    return shown_results(definition, counted_of(definition, people, groups))


def cells(results: SurveyResults, at: int, group: str = ALL) -> dict[str, int | None]:
    column = results.questions[at].tables[0].columns[group]
    return {row: count.count for row, count in column.cells.items()}


def people(key: str, *counts: int) -> list[dict[str, Given]]:
    return [{key: Given({"marks": [f"{key}{each}"]})} for each, count in enumerate(counts) for _number in range(count)]


def test_each_choice_has_its_count_and_its_share_of_those_who_answered():
    results = shown_of(SurveyDefinition(TEXT, (asked("a"),)), [*people("a", 10, 6, 24), {}])
    column = results.questions[0].tables[0].columns[ALL]
    assert (column.seen, column.answered) == (41, 40)
    assert [(cell.count, cell.share) for cell in column.cells.values()] == [(10, 25.0), (6, 15.0), (24, 60.0)]


def test_a_scale_has_its_mean_and_a_number_its_median():
    definition = SurveyDefinition(TEXT, (asked("a", Kind.SCALE, scale_points=2), asked("b", Kind.NUMBER)))
    answers = [
        {"a": Given({"point": 1 + number % 2}), "b": Given({"number": str(5 * (number // 5))})} for number in range(20)
    ]
    scale, number = shown_of(definition, answers).questions
    assert scale.tables[0].columns[ALL].mean == 1.5
    assert (number.tables[0].columns[ALL].mean, number.tables[0].columns[ALL].median) == (7.5, 7.5)


def test_a_small_choice_takes_another_along_and_leaves_no_mean():
    definition = SurveyDefinition(TEXT, (asked("a"), asked("b", Kind.SCALE, scale_points=3)))
    answers = [
        {**each, "b": Given({"point": 1 + (number > 1) + (number > 10)})}
        for number, each in enumerate(people("a", 2, 7, 30))
    ]
    results = shown_of(definition, answers)
    assert cells(results, 0) == {"mark:a0": None, "mark:a1": None, "mark:a2": 30}
    assert results.questions[1].tables[0].columns[ALL].mean is None


def test_fewer_than_five_answers_show_nothing_not_even_how_many():
    results = shown_of(SurveyDefinition(TEXT, (asked("a"),)), people("a", 4, 0, 0))
    assert results.is_withheld
    assert results.questions[0].is_withheld


def test_a_language_with_fewer_than_five_answers_is_not_told_apart():
    results = shown_of(SurveyDefinition(TEXT, (asked("a"),)), people("a", 20, 20, 20), ["fr"] * 57 + ["nl"] * 3)
    assert results.breakdowns == {}
    assert set(results.questions[0].tables[0].columns) == {ALL}


FOLLOWED = SurveyDefinition(
    TEXT,
    (asked("a"), asked("b", Kind.YES_NO, is_required=True, shows_when=Condition("a", Operator.IS, ("a1",)))),
)


def with_follow_up(*counts: int) -> list[dict[str, Given]]:
    followed = {"b": Given({"marks": ["yes"]})}
    return [{**each, **(followed if each["a"].value == {"marks": ["a1"]} else {})} for each in people("a", *counts)]


def test_a_follow_up_that_would_tell_how_many_a_hidden_choice_has_is_withheld():
    """3 and 7 are hidden, 30 is shown; that 7 saw the follow-up would leave 3."""
    results = shown_of(FOLLOWED, with_follow_up(3, 7, 30))
    assert cells(results, 0) == {"mark:a0": None, "mark:a1": None, "mark:a2": 30}
    assert results.questions[1].is_withheld


def test_a_follow_up_of_a_choice_that_is_shown_is_shown():
    results = shown_of(FOLLOWED, with_follow_up(20, 12, 30))
    assert results.questions[1].tables[0].columns[ALL].seen == 12


def test_a_follow_up_that_came_late_does_not_tell_of_the_few_before_it():
    found = counted_of(FOLLOWED, with_follow_up(20, 12, 30))
    found.cells["b"]["seen"][ALL] = 9
    assert shown_results(FOLLOWED, found).questions[1].is_withheld


one_of_three = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["fr", "nl"]), st.booleans()), max_size=60)


@settings(deadline=None)
@given(one_of_three)
def test_no_number_under_five_is_shown_anywhere_and_none_is_left_by_taking_columns_and_rows_apart(drawn):
    """Every sum and every difference of two shown numbers that is the count of one group of people."""
    answers = [
        {
            "a": Given({"marks": [f"a{each}"]}),
            **({"b": Given({"marks": ["yes" if yes else "no"]})} if each == 1 else {}),
        }
        for each, _language, yes in drawn
    ]
    results = shown_of(FOLLOWED, answers, [language for _each, language, _yes in drawn])
    for result in results.questions:
        for table in result.tables:
            for column in table.columns.values():
                told = [cell.count for cell in column.cells.values() if cell.count is not None]
                assert all(count >= SMALLEST for count in [column.seen, column.answered, *told])
                left = column.answered - sum(told)
                assert left >= SMALLEST or (left == 0 and len(told) == len(column.cells))
    follow_up = results.questions[1]
    if not follow_up.is_withheld:
        source = cells(results, 0)
        hidden = {row for row, count in source.items() if count is None}
        assert not hidden or "mark:a1" not in hidden or hidden == {"mark:a1"}


@pytest.mark.django_db
def test_languages_paper_and_places_are_columns_of_one_total(commune, clerk):
    page = readable_survey([question(1)])
    for number in range(36):
        respond(page, mark(1, number % 3), language=("fr", "nl")[number % 2], place=1 + number % 2)
    batch = begin_batch(survey_key=page.survey_key, by=clerk, now=NOW)
    for number in range(18):
        enter_paper_answer(batch=batch, answer=Answer(mark(1, number % 3), "fr", place=7 if number else 9), now=NOW)
    results = results_of(Survey.objects.get())
    assert results.answers == {
        "all": 54,
        "fr": 36,
        "nl": 18,
        "screen": 36,
        "paper": 18,
        "place:1": 18,
        "place:2": 18,
        "together": 18,
    }
    assert results.pool == ("place:7", "place:9")
    for groups in results.breakdowns.values():
        assert sum(results.answers[group] for group in groups) == 54
        for row, count in cells(results, 0).items():
            assert sum(cells(results, 0, group)[row] or 0 for group in groups) == count


@pytest.mark.django_db
def test_results_outlive_the_pages(commune):
    page = readable_survey([question(1)])
    for number in range(18):
        respond(page, mark(1, number % 3))
    before = cells(results_of(Survey.objects.get()), 0)
    SurveyPage.objects.all().delete()
    results = results_of(Survey.objects.get())
    assert cells(results, 0) == before == {f"mark:c1-{each}": 6 for each in range(3)}
    assert results.questions[0].question.text.fr == "Question 1 ? (fr)"


@pytest.mark.django_db
def test_results_of_a_hundred_thousand_answers_take_as_few_queries_as_those_of_ten(
    commune, django_assert_max_num_queries
):
    page = readable_survey([question(number, choices=6) for number in range(20)])
    for number in range(10):
        respond(page, mark(1, number % 3))
    survey = Survey.objects.get()
    fill_tallies(survey)
    with django_assert_max_num_queries(6):
        results = results_of(survey)
    assert len(results.questions) == 20


def fill_tallies(survey: Survey) -> None:
    """Counts as a hundred thousand answers leave them: a row for each place, language, way and cell."""
    numbers = random.Random(1)  # noqa: S311 - counts, no secrets
    rows = []
    for place in range(1, 13):
        for language, is_paper in (("fr", True), ("fr", False), ("nl", True), ("nl", False)):
            where = {"survey": survey, "place": place, "language": language, "is_paper": is_paper}
            rows.append(Tally(question="", cell="ballots", count=2083, **where))
            for number in range(20):
                counts = [numbers.randint(100, 400) for _each in range(6)]
                told = {f"mark:c{number}-{each}": count for each, count in enumerate(counts)}
                for cell, count in {**told, "answered": sum(counts), "seen": 2083}.items():
                    rows.append(Tally(question=key_of(number), cell=cell, count=count, **where))
    Tally.objects.bulk_create(rows, batch_size=500)
