"""A question shows for the answers that it rests on, and the editor is told of one that nobody would see."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.surveys.answers import Given
from participation.surveys.conditions import can_show, problems, shown, without_hidden
from participation.surveys.definitions import (
    Condition,
    Operator,
    QuestionDefinition,
    Section,
    SurveyDefinition,
    Words,
)
from participation.surveys.kinds import Kind
from tests.participation.surveys.random_surveys import answers_to, definitions, options

TEXT = Words("Pourquoi ?", "Waarom?")
ONE = QuestionDefinition("one", Kind.ONE, TEXT, choices=options("c", 3), has_no_opinion=True)
MANY = QuestionDefinition("many", Kind.SEVERAL, TEXT, choices=options("m", 3))
NUMBER = QuestionDefinition("number", Kind.NUMBER, TEXT)


def last(condition: Condition | None, **fields: Any) -> QuestionDefinition:
    return QuestionDefinition("last", Kind.SHORT_TEXT, TEXT, shows_when=condition, **fields)


def survey(*questions: QuestionDefinition, sections: tuple[Section, ...] = ()) -> SurveyDefinition:
    return SurveyDefinition(Words("Enquête"), questions, sections)


@pytest.mark.parametrize(
    ("condition", "answers", "expected"),
    [
        (Condition("one", Operator.IS, ("c0", "c1")), {"one": {"marks": ["c1"]}}, True),
        (Condition("one", Operator.IS, ("c0",)), {"one": {"marks": ["c1"]}}, False),
        (Condition("one", Operator.IS_NOT, ("c0",)), {"one": {"marks": ["c1"]}}, True),
        (Condition("one", Operator.IS_NOT, ("c0",)), {}, False),
        (Condition("one", Operator.IS, ("no_opinion",)), {"one": {"no_opinion": True}}, True),
        (Condition("one", Operator.ANSWERED), {"one": {"no_opinion": True}}, False),
        (Condition("many", Operator.IS, ("m2",)), {"many": {"marks": ["m0", "m2"]}}, True),
        (Condition("many", Operator.IS_NOT, ("m2",)), {"many": {"marks": ["m0", "m2"]}}, False),
        (Condition("number", Operator.AT_LEAST, ("10",)), {"number": {"number": "9.5"}}, False),
        (Condition("number", Operator.AT_LEAST, ("10",)), {"number": {"number": "10"}}, True),
        (Condition("number", Operator.AT_MOST, ("10",)), {"number": {"number": "10.5"}}, False),
    ],
    ids=str,
)
def test_a_question_shows_when_its_condition_holds(condition, answers, expected):
    definition = survey(ONE, MANY, NUMBER, last(condition))
    found = shown(definition, {key: Given(value) for key, value in answers.items()})
    assert ("last" in found) is expected


def test_an_answer_to_a_hidden_question_counts_for_nothing():
    hidden = QuestionDefinition("hidden", Kind.YES_NO, TEXT, shows_when=Condition("one", Operator.IS, ("c0",)))
    definition = survey(ONE, hidden, last(Condition("hidden", Operator.IS, ("yes",))))
    answers = {
        "one": Given({"marks": ["c1"]}),
        "hidden": Given({"marks": ["yes"]}),
        "last": Given({"written": True}, "x"),
    }
    assert shown(definition, answers) == ["one"]
    assert list(without_hidden(definition, answers)) == ["one"]


def test_a_section_hides_all_its_questions():
    sections = (Section(("one",)), Section(("number", "last"), TEXT, Condition("one", Operator.IS, ("c0",))))
    definition = survey(ONE, NUMBER, last(None), sections=sections)
    assert shown(definition, {"one": Given({"marks": ["c1"]})}) == ["one"]
    assert shown(definition, {"one": Given({"marks": ["c0"]})}) == ["one", "number", "last"]


@pytest.mark.parametrize(
    "definition",
    [
        survey(last(Condition("one", Operator.IS, ("c0",))), ONE),
        survey(ONE, last(Condition("nowhere", Operator.ANSWERED))),
        survey(ONE, last(Condition("one", Operator.IS, ("c9",)))),
        survey(ONE, last(Condition("one", Operator.AT_LEAST, ("1",)))),
        survey(NUMBER, last(Condition("number", Operator.AT_LEAST, ("ten",)))),
        survey(NUMBER, last(Condition("number", Operator.IS, ("1",)))),
        survey(QuestionDefinition("one", Kind.LONG_TEXT, TEXT), last(Condition("one", Operator.ANSWERED))),
        survey(
            QuestionDefinition("one", Kind.YES_NO, TEXT, is_retired=True), last(Condition("one", Operator.ANSWERED))
        ),
        survey(
            ONE,
            last(Condition("one", Operator.IS, ("c0",))),
            sections=(Section(("one",)), Section(("last",), TEXT, Condition("one", Operator.IS, ("c1",)))),
        ),
        survey(ONE, last(None), sections=(Section(("one", "last"), TEXT, Condition("one", Operator.ANSWERED)),)),
    ],
)
def test_the_editor_is_told_of_a_condition_that_can_never_hold(definition):
    assert list(problems(definition))


def test_a_sound_condition_is_no_problem():
    assert list(problems(survey(ONE, NUMBER, last(Condition("number", Operator.AT_LEAST, ("3",)))))) == []


@settings(deadline=None)
@given(st.data())
def test_a_question_that_shows_for_somebody_is_never_called_hidden_from_all(data):
    definition = data.draw(definitions())
    answers = data.draw(answers_to(definition))
    assert all(can_show(definition, definition.by_key[key]) for key in shown(definition, answers))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([Operator.IS, Operator.IS_NOT]), st.sets(st.sampled_from(["c0", "c1", "c2"]), min_size=1)
        ),
        min_size=2,
        max_size=2,
    )
)
def test_two_conditions_on_one_choice_are_judged_as_trying_every_answer_does(pair):
    first, second = (Condition("one", operator, tuple(sorted(values))) for operator, values in pair)
    sections = (Section(("one",)), Section(("last",), TEXT, first))
    definition = survey(ONE, last(second), sections=sections)
    tried = itertools.chain([{"marks": [f"c{number}"]} for number in range(3)], [{"no_opinion": True}])
    expected = any("last" in shown(definition, {"one": Given(value)}) for value in tried)
    assert can_show(definition, definition.by_key["last"]) is expected
