"""What lies in the middle, and when it may be told."""

from __future__ import annotations

import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.surveys.answers import Given
from participation.surveys.cells import SQUARE, cells_of_answer
from participation.surveys.definitions import SurveyDefinition
from participation.surveys.kinds import Kind
from participation.surveys.middles import middle_of
from participation.surveys.tables import ALL, tables_of
from tests.participation.surveys.test_results import TEXT, asked, cells, counted_of, shown_of


@given(st.lists(st.integers(0, 60), min_size=5, max_size=60))
def test_mean_median_and_quartiles_are_those_of_the_numbers(numbers):
    question = asked("a", Kind.NUMBER)
    definition = SurveyDefinition(TEXT, (question,))
    found = counted_of(definition, [{"a": Given({"number": str(number)})} for number in numbers])
    middle = middle_of(question, tables_of(question, definition, found)[0], found, ALL)
    lower, median, upper = statistics.quantiles(numbers, n=4, method="inclusive")
    assert middle.mean == pytest.approx(statistics.mean(numbers), abs=0.051)
    assert middle.median == pytest.approx(median, abs=0.051)
    assert middle.quartiles == pytest.approx((lower, upper), abs=0.051)


def ranked(*orders: str) -> list[dict[str, Given]]:
    return [{"a": Given({"ranking": [f"a{sign}" for sign in order]})} for order in orders]


def test_average_ranks_are_told_where_every_choice_has_every_rank_five_times():
    definition = SurveyDefinition(TEXT, (asked("a", Kind.RANKING),))
    orders = ["012", "120", "201"] * 5 + ["021"] * 5
    column = shown_of(definition, ranked(*orders)).questions[0].tables[0].columns[ALL]
    assert column.middle.ranks == {"a0": 1.8, "a1": 2.2, "a2": 2.0}


def test_average_ranks_do_not_tell_of_the_few_who_put_a_choice_last():
    """30 put a0 first and 3 last: from its average and the first places, the 3 could be worked out."""
    definition = SurveyDefinition(TEXT, (asked("a", Kind.RANKING),))
    orders = ["012"] * 15 + ["021"] * 15 + ["120"] * 3 + ["102"] * 10 + ["201"] * 10
    results = shown_of(definition, ranked(*orders))
    assert cells(results, 0) == {"first:a0": 30, "first:a1": 13, "first:a2": 10}
    assert results.questions[0].tables[0].columns[ALL].middle.ranks == {}


def test_places_are_counted_by_squares_and_those_with_few_are_shown_as_one():
    definition = SurveyDefinition(TEXT, (asked("a", Kind.PLACE),))
    numbers = random.Random(1)  # noqa: S311 - places, no secrets
    people = [
        {"a": Given({"place": [4.6 + numbers.random() / 1000, 50.7 + numbers.random() / 1000]})} for _n in range(30)
    ]
    people += [{"a": Given({"place": [4.7, 50.8]})}] * 3 + [{"a": Given({"place": [4.75, 50.8]})}] * 6
    told = cells(shown_of(definition, people), 0)
    assert sorted(told.values()) == [9, 30]
    assert told["near:together"] == 9


def test_numbers_stand_in_ranges_of_five_people_at_least():
    definition = SurveyDefinition(TEXT, (asked("a", Kind.NUMBER),))
    people = [{"a": Given({"number": str(each)})} for each in (*[0] * 9, 1, 2, 30, *[31] * 6, 80)]
    told = cells(shown_of(definition, people), 0)
    assert list(told.values()) == [11, 8]


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_a_place_lies_in_its_square(longitude, latitude):
    near = next(cell for cell in cells_of_answer(Given({"place": [longitude, latitude]})) if cell.startswith("near:"))
    middle = [float(part) for part in near.split(":")[1:]]
    for given_to, kept, width in zip((longitude, latitude), middle, SQUARE, strict=True):
        assert abs(given_to - kept) <= float(width) * 0.501
