"""What is sent becomes answers, or says what is wrong and where; nothing that is sent breaks anything."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.surveys.answers import Given, check, field_of, validate
from participation.surveys.conditions import shown
from participation.surveys.definitions import OptionDefinition, QuestionDefinition, SurveyDefinition, Words
from participation.surveys.kinds import Kind
from participation.surveys.reading import read
from participation.surveys.typed import as_form
from tests.participation.surveys.random_surveys import answers_to, definitions, options

KEY = "11111111-1111-4111-8111-111111111111"


def question(kind: Kind, **fields: Any) -> QuestionDefinition:
    return QuestionDefinition(KEY, kind, Words("Où ?", "Waar?"), **fields)


def read_of(asked: QuestionDefinition, query: str) -> Any:
    data = QueryDict(query.replace("q", f"q-{KEY}"))
    return read(SurveyDefinition(Words("Enquête"), (asked,)), data)


CHOICES = options("c", 3)


@pytest.mark.parametrize(
    ("asked", "query", "value", "text"),
    [
        (question(Kind.ONE, choices=CHOICES), "q=c1", {"marks": ["c1"]}, ""),
        (question(Kind.ONE, choices=CHOICES, has_other=True), "q-other=Ici", {"marks": ["other"]}, "Ici"),
        (question(Kind.ONE, choices=CHOICES, has_no_opinion=True), "q=no_opinion", {"no_opinion": True}, ""),
        (question(Kind.SEVERAL, choices=CHOICES), "q=c2&q=c0&q=c2", {"marks": ["c0", "c2"]}, ""),
        (question(Kind.YES_NO), "q=no", {"marks": ["no"]}, ""),
        (question(Kind.SCALE), "q=4", {"point": 4}, ""),
        (question(Kind.SHORT_TEXT), "q=+a%0Db+", {"written": True}, "a b"),
        (question(Kind.LONG_TEXT), "q=a%0D%0Ab%00", {"written": True}, "a\nb"),
        (question(Kind.NUMBER), "q=1+012,50", {"number": "1012.5"}, ""),
        (question(Kind.DATE), "q=31/05/2026", {"date": "2026-05-31"}, ""),
        (question(Kind.RANKING, choices=CHOICES), "q-c0=3&q-c1=1&q-c2=2", {"ranking": ["c1", "c2", "c0"]}, ""),
        (question(Kind.MATRIX, rows=options("r", 2)), "q-r0=5&q-r1=1", {"rows": {"r0": 5, "r1": 1}}, ""),
        (question(Kind.PLACE), "q-lon=4.4000001&q-lat=50,7", {"place": [4.4, 50.7]}, ""),
        (question(Kind.PLACE, has_no_opinion=True), "q-none=1&q-lon=4", {"no_opinion": True}, ""),
    ],
    ids=str,
)
def test_each_kind_is_read_from_its_fields(asked, query, value, text):
    reading = read_of(asked, query)
    assert reading.errors == {}
    assert reading.answers == {KEY: Given(value, text)}


@pytest.mark.parametrize(
    ("asked", "query", "part", "said"),
    [
        (question(Kind.ONE, choices=CHOICES, is_required=True), "", "", "Choose one"),
        (question(Kind.ONE, choices=CHOICES), "q=c7", "", "isn't offered"),
        (question(Kind.ONE, choices=CHOICES), "q=c1&q=c2", "", "one only"),
        (question(Kind.ONE, choices=CHOICES), "q=other", "", "isn't offered"),
        (question(Kind.ONE, choices=CHOICES, has_other=True), "q=other", "other", "Say what"),
        (question(Kind.ONE, choices=CHOICES, has_other=True), "q=c1&q-other=x", "other", "without choosing it"),
        (question(Kind.ONE, choices=CHOICES, has_other=True), f"q-other={'x' * 201}", "other", "201 signs"),
        (question(Kind.ONE, choices=CHOICES), "q=no_opinion", "", "can't be chosen here"),
        (question(Kind.SEVERAL, choices=CHOICES, has_no_opinion=True), "q=no_opinion&q=c1", "", "not both"),
        (question(Kind.SEVERAL, choices=CHOICES, least=Decimal(2)), "q=c1", "", "at least 2"),
        (question(Kind.SEVERAL, choices=CHOICES, most=Decimal(1)), "q=c1&q=c2", "", "1 choice at most"),
        (question(Kind.SCALE), "q=6", "", "from 1 to 5"),
        (question(Kind.SCALE), "q=x", "", "from 1 to 5"),
        (question(Kind.SHORT_TEXT), f"q={'x' * 201}", "", "Shorten"),
        (question(Kind.LONG_TEXT), f"q={'x' * 4001}", "", "Shorten"),
        (question(Kind.NUMBER), "q=dix", "", "in figures"),
        (question(Kind.NUMBER), "q=1e9999999", "", "in figures"),
        (question(Kind.NUMBER), "q=1.23456", "", "fewer digits"),
        (question(Kind.NUMBER, least=Decimal(1)), "q=0", "", "1 or more"),
        (question(Kind.NUMBER, most=Decimal("1.50")), "q=2", "", "1.5 or less"),
        (question(Kind.DATE), "q=30/02/2026", "", "exists"),
        (question(Kind.DATE), "q=1066-10-14", "", "1900"),
        (question(Kind.RANKING, choices=CHOICES), "q-c0=1&q-c1=1", "c1", "Two choices"),
        (question(Kind.RANKING, choices=CHOICES), "q-c0=2", "", "Begin with rank 1"),
        (question(Kind.RANKING, choices=CHOICES), "q-c0=1", "", "at least 3"),
        (question(Kind.RANKING, choices=CHOICES), "q-c0=9", "c0", "from 1 to 3"),
        (question(Kind.MATRIX, rows=options("r", 2), is_required=True), "q-r0=1", "r1", "on this line"),
        (question(Kind.MATRIX, rows=options("r", 2)), "q-r0=9", "r0", "from 1 to 5"),
        (question(Kind.PLACE), "q-lon=4", "", "not on the map"),
        (question(Kind.PLACE), "q-lon=nan&q-lat=1", "", "not on the map"),
        (question(Kind.PLACE), "q-lon=4&q-lat=120", "", "not on the map"),
    ],
    ids=str,
)
def test_an_answer_that_is_refused_names_its_field_and_what_to_do(asked, query, part, said):
    with override("en"):
        errors = read_of(asked, query).errors
    assert list(errors) == [field_of(KEY, part)]
    assert said in errors[field_of(KEY, part)][0]


def test_a_choice_that_is_retired_can_not_be_marked_any_more():
    retired = (*CHOICES, OptionDefinition("c9", Words("x"), is_retired=True))
    assert read_of(question(Kind.ONE, choices=retired), "q=c9").errors


@settings(deadline=None)
@given(st.data())
def test_what_may_be_answered_is_read_from_the_form_as_it_is(data):
    """Through the form's fields and back, for any survey and any answers to it."""
    definition = data.draw(definitions())
    answers = data.draw(answers_to(definition))
    reading = read(definition, as_form(definition, answers))
    assert reading.errors == {}
    assert reading.answers == answers
    validate(definition.by_key, shown(definition, answers), answers)


GARBAGE = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["no_opinion", "other", "NaN", "1e400", "-0", "２", "0" * 40, "\x00", "99999999999999999999", "2026-W01"]
    ),
)


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_whatever_is_sent_is_an_answer_or_an_error_of_ours(data):
    definition = data.draw(definitions())
    parts = [field_of(q.key, part) for q in definition.questions for part in ("", "other", "none", "lon", "lat")]
    parts += [field_of(q.key, option.id) for q in definition.questions for option in q.options]
    sent = QueryDict(mutable=True)
    for name in data.draw(st.lists(st.sampled_from(parts), max_size=12)):
        known = [option.id for q in definition.questions for option in q.options]
        sent.setlist(name, data.draw(st.lists(st.one_of(GARBAGE, st.sampled_from([*known, "1"])), max_size=3)))
    reading = read(definition, sent)
    if not reading.errors:
        validate(definition.by_key, shown(definition, reading.answers), reading.answers)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_whatever_stands_in_a_file_is_an_answer_or_an_error_of_ours(data):
    definition = data.draw(definitions())
    names = st.sampled_from(["marks", "point", "number", "date", "ranking", "rows", "place", "written", "no_opinion"])
    for asked in definition.questions:
        value = data.draw(st.dictionaries(names, JSON, max_size=2))
        errors = check(asked, Given(value, data.draw(st.text(max_size=5))))
        assert all(name.startswith(field_of(asked.key)) for name in errors)


@pytest.mark.parametrize(
    "answer",
    [
        Given({"point": 1}, "words"),
        Given({"point": True}),
        Given({"point": 1, "no_opinion": True}),
        Given({"no_opinion": "yes"}),
        Given({"no_opinion": True}, "words"),
        Given({}),
    ],
    ids=str,
)
def test_a_file_can_not_bring_in_what_no_form_would_send(answer):
    assert check(question(Kind.SCALE, has_no_opinion=True), answer)
    assert check(question(Kind.SHORT_TEXT), Given({"written": True}, "a\x00b"))


def test_errors_are_raised_by_field():
    asked = replace(question(Kind.YES_NO), is_required=True)
    with pytest.raises(ValidationError) as raised:
        validate({KEY: asked}, [KEY], {})
    assert list(raised.value.message_dict) == [field_of(KEY)]
