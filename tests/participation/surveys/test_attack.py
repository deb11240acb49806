"""Small groups stay hidden from somebody who works out, from everything that is published together, what it hides."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from participation.surveys.conditions import problems
from participation.surveys.definitions import Condition, Operator, QuestionDefinition, Section, SurveyDefinition, Words
from participation.surveys.disclosure import SMALLEST, pooled
from participation.surveys.kinds import NO_OPINION, Kind
from participation.surveys.middles import NO_MIDDLE
from participation.surveys.results import shown_results
from participation.surveys.tables import ALL
from tests.participation.surveys.attacking import (
    TINY,
    Attack,
    Polytope,
    Somebody,
    counted_of,
    crossed_groups,
    possible_people,
    small_groups,
)
from tests.participation.surveys.random_surveys import options

TEXT = Words("Où ?", "Waar?")
FIRST = [Kind.ONE, Kind.SEVERAL, Kind.SEVERAL, Kind.SCALE, Kind.MATRIX]


@st.composite
def first_questions(draw: Any, key: str) -> QuestionDefinition:
    kind = draw(st.sampled_from(FIRST))
    least, most = None, None
    if kind == Kind.SEVERAL:
        least = draw(st.sampled_from([None, Decimal(1), Decimal(2)]))
        most = draw(st.sampled_from([None, Decimal(2)]))
    return QuestionDefinition(
        key,
        kind,
        TEXT,
        choices=options(key, 3) if kind in {Kind.ONE, Kind.SEVERAL} else (),
        rows=options(key, 2) if kind == Kind.MATRIX else (),
        scale_points=3 if kind == Kind.SCALE else 2,
        has_no_opinion=kind != Kind.MATRIX and draw(st.booleans()),
        is_required=draw(st.booleans()),
        least=least,
        most=most,
    )


@st.composite
def conditions(draw: Any, source: QuestionDefinition) -> Condition:
    values = [option.id for option in source.options] or ["1", "2", "3"]
    values += [NO_OPINION] if source.has_no_opinion else []
    operator = draw(st.sampled_from([Operator.IS, Operator.IS_NOT, Operator.ANSWERED, Operator.IS]))
    chosen = draw(st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True))
    return Condition(source.key, operator, tuple(chosen))


@st.composite
def surveys(draw: Any) -> SurveyDefinition:
    first = draw(first_questions("a"))
    questions = [first]
    if first.kind != Kind.MATRIX and draw(st.booleans()):
        condition = draw(conditions(first))
        questions.append(
            QuestionDefinition("b", Kind.YES_NO, TEXT, is_required=draw(st.booleans()), shows_when=condition)
        )
    return SurveyDefinition(TEXT, tuple(questions))


@st.composite
def crossings(draw: Any) -> SurveyDefinition:
    """A follow-up that rests on two questions: its section's condition, and its own."""
    no_opinion = draw(st.booleans())
    first = QuestionDefinition("a", Kind.ONE, TEXT, choices=options("a", 2), has_no_opinion=no_opinion)
    second = QuestionDefinition("c", Kind.YES_NO, TEXT, is_required=draw(st.booleans()))
    third = QuestionDefinition("b", Kind.YES_NO, TEXT, is_required=True, shows_when=draw(conditions(second)))
    sections = (Section(("a", "c")), Section(("b",), shows_when=draw(conditions(first))))
    return SurveyDefinition(TEXT, (first, second, third), sections)


@st.composite
def crowds(draw: Any, definition: SurveyDefinition) -> tuple[list[Somebody], list[Somebody]]:
    """Every kind of people there may be, and those who answered: some kinds are rare, as they are in life."""
    places = draw(st.sampled_from([(0,), (1, 2), (1, 2, 3)]))
    ways = draw(st.sampled_from([(False,), (False, True)]))
    languages = draw(st.sampled_from([("fr",), ("fr", "nl")]))
    answers = sorted(possible_people(definition), key=sorted)
    kinds = [Somebody(*about, each) for about in product(languages, ways, places) for each in answers]
    likely = draw(st.lists(st.sampled_from(answers), min_size=1, max_size=3))
    weights = st.sampled_from([0, 0, 0, 1, 2, 6, 9])
    people = []
    for kind in kinds:
        count = draw(weights) if kind.cells in likely else draw(st.sampled_from([0, 0, 0, 0, 1]))
        people += [kind] * count
    return kinds, people


@st.composite
def attacks(draw: Any) -> tuple[SurveyDefinition, list[Somebody], list[Somebody]]:
    definition = draw(st.one_of(surveys(), surveys(), crossings()).filter(lambda drawn: not list(problems(drawn))))
    kinds, people = draw(crowds(definition))
    return definition, kinds, people


def found_out(definition: SurveyDefinition, kinds: list[Somebody], people: list[Somebody]) -> list[Any]:
    """Return the small groups whose number is known for certain, or known to be small."""
    places = pooled(Counter(f"place:{each.place}" for each in people))
    counted = counted_of(people, places)
    results = shown_results(definition, counted)
    if results.is_withheld:
        return []
    attack = Attack(results, kinds, places)
    found = []
    for small in small_groups(definition, counted, SMALLEST):
        low, high = attack.bounds(*small)
        if high < SMALLEST - TINY or high - low < 1 - TINY:
            found.append((small, low, high))
    for pair in crossed_groups(definition, people, SMALLEST):
        low, high = attack.bounds_of(attack.vector(ALL, pair.issubset))
        if high < SMALLEST - TINY or high - low < 1 - TINY:
            found.append((pair, low, high))
    return found


@settings(deadline=None, max_examples=40)
@given(attacks())
def test_whoever_puts_everything_together_that_is_published_finds_no_small_group(drawn):
    assert found_out(*drawn) == []


@settings(deadline=None, max_examples=60)
@given(attacks())
def test_an_average_stands_only_where_each_of_its_rows_is_shown(drawn):
    """What is worked out of shown rows alone adds nothing to the equations above; a hidden row has no average to leave."""
    definition, _kinds, people = drawn
    places = pooled(Counter(f"place:{each.place}" for each in people))
    results = shown_results(definition, counted_of(people, places))
    columns = [column for each in results.questions for table in each.tables for column in table.columns.values()]
    told = [column for column in columns if column.middle != NO_MIDDLE]
    assert all(count.count is not None for column in told for count in column.cells.values())


def test_the_attack_finds_what_can_be_found():
    """Of 20 people 12 are in one row and 5 in another: the third has 3."""
    polytope = Polytope([[1, 1, 1], [1, 0, 0], [0, 1, 0]], [20, 12, 5])
    assert polytope.least([0, 0, 1]) == 3
    assert -polytope.least([0, 0, -1]) == 3
    free = Polytope([[1, 1, 1], [1, 0, 0]], [20, 12])
    assert (free.least([0, 0, 1]), -free.least([0, 0, -1])) == (0, 8)
