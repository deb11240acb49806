"""Random surveys and random answers to them, for the tests of what must hold for all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from participation.surveys.answers import Given
from participation.surveys.conditions import possible_values, shown
from participation.surveys.definitions import (
    Condition,
    Operator,
    OptionDefinition,
    QuestionDefinition,
    Section,
    SurveyDefinition,
    Words,
)
from participation.surveys.kinds import DECIDING, OTHER, WITH_OTHER, Kind
from participation.surveys.shapes import plain_number
from participation.surveys.soundness import problems

LETTERS = st.text("abcdefghij éè", min_size=1, max_size=12).filter(str.strip)
words = st.builds(Words, LETTERS, st.one_of(st.none(), LETTERS))


def options(prefix: str, count: int) -> tuple[OptionDefinition, ...]:
    return tuple(
        OptionDefinition(f"{prefix}{number}", Words(f"fr {number}", f"nl {number}")) for number in range(count)
    )


@st.composite
def questions(draw: Any, number: int, earlier: list[QuestionDefinition]) -> QuestionDefinition:
    kind = draw(st.sampled_from(Kind))
    count = draw(st.integers(2, 5))
    with_choices = kind in {Kind.ONE, Kind.SEVERAL, Kind.PICTURE, Kind.RANKING}
    least, most = None, None
    if kind == Kind.NUMBER and draw(st.booleans()):
        least, most = Decimal(-3), Decimal("40.5")
    if kind == Kind.SEVERAL and draw(st.booleans()):
        least, most = Decimal(1), Decimal(2)
    return QuestionDefinition(
        key=f"00000000-0000-4000-8000-{number:012d}",
        kind=kind,
        text=draw(words),
        is_required=draw(st.booleans()),
        is_retired=draw(st.integers(0, 9)) == 0,
        has_other=kind in WITH_OTHER and draw(st.booleans()),
        has_no_opinion=draw(st.booleans()),
        least=least,
        most=most,
        scale_points=draw(st.integers(2, 11)),
        choices=options(f"c{number}-", count) if with_choices else (),
        rows=options(f"r{number}-", count) if kind == Kind.MATRIX else (),
        shows_when=draw(conditions(earlier)),
    )


@st.composite
def conditions(draw: Any, earlier: list[QuestionDefinition]) -> Condition | None:
    sources = [question for question in earlier if question.kind in DECIDING and not question.is_retired]
    if not sources or draw(st.integers(0, 2)):
        return None
    source = draw(st.sampled_from(sources))
    if source.kind == Kind.NUMBER:
        return Condition(source.key, draw(st.sampled_from([Operator.AT_LEAST, Operator.AT_MOST])), ("2",))
    values = tuple(sorted(draw(st.sets(st.sampled_from(sorted(possible_values(source) or [])), min_size=1))))
    return Condition(source.key, draw(st.sampled_from([Operator.IS, Operator.IS_NOT, Operator.ANSWERED])), values)


@st.composite
def definitions(draw: Any) -> SurveyDefinition:
    found: list[QuestionDefinition] = []
    for number in range(draw(st.integers(1, 6))):
        found.append(draw(questions(number, found)))
    cut = draw(st.integers(0, len(found)))
    keys = [question.key for question in found]
    parts = [(tuple(keys[:cut]), None), (tuple(keys[cut:]), draw(conditions(found[:cut])))]
    sections = tuple(Section(part, Words("Partie", "Deel"), condition) for part, condition in parts if part)
    return SurveyDefinition(draw(words), tuple(found), sections, draw(st.booleans()))


def without_pictures(definition: SurveyDefinition) -> SurveyDefinition:
    plain = [replace(each, kind=Kind.ONE) if each.kind == Kind.PICTURE else each for each in definition.questions]
    return replace(definition, questions=tuple(plain))


def sound_definitions() -> st.SearchStrategy[SurveyDefinition]:
    """Surveys that can be published."""
    return definitions().map(without_pictures).filter(lambda definition: not list(problems(definition)))


@st.composite
def given_to(draw: Any, question: QuestionDefinition) -> Given:
    """An answer that may be given to the question, if it shows."""
    if question.has_no_opinion and draw(st.integers(0, 4)) == 0:
        return Given({"no_opinion": True})
    return draw(ANSWERS[question.kind](question))


@st.composite
def marks(draw: Any, question: QuestionDefinition) -> Given:
    offered = [option.id for option in question.offered] + ([OTHER] if question.has_other else [])
    most = int(question.most or len(offered)) if question.kind == Kind.SEVERAL else 1
    chosen = draw(st.sets(st.sampled_from(offered), min_size=1, max_size=most))
    ordered = [mark for mark in offered if mark in chosen]
    return Given({"marks": ordered}, draw(LETTERS).strip() if OTHER in chosen else "")


@st.composite
def rows(draw: Any, question: QuestionDefinition) -> Given:
    points = st.integers(1, question.scale_points)
    answered = [row.id for row in question.offered]
    kept = answered if question.is_required else answered[: draw(st.integers(1, len(answered)))]
    return Given({"rows": {row: draw(points) for row in kept}})


def numbers(question: QuestionDefinition) -> st.SearchStrategy[Given]:
    least = question.least if question.least is not None else Decimal(-1000)
    most = question.most if question.most is not None else Decimal(1000)
    decimals = st.decimals(least, most, places=2, allow_nan=False, allow_infinity=False)
    return decimals.map(lambda number: Given({"number": plain_number(number)}))


def texts(question: QuestionDefinition) -> st.SearchStrategy[Given]:
    return LETTERS.map(lambda text: Given({"written": True}, " ".join(text.split())))


places = st.tuples(st.integers(-18000, 18000), st.integers(-9000, 9000))
ANSWERS: dict[Kind, Any] = {
    **dict.fromkeys((Kind.ONE, Kind.YES_NO, Kind.PICTURE, Kind.SEVERAL), marks),
    **dict.fromkeys((Kind.SHORT_TEXT, Kind.LONG_TEXT), texts),
    Kind.SCALE: lambda question: st.integers(1, question.scale_points).map(lambda point: Given({"point": point})),
    Kind.NUMBER: numbers,
    Kind.DATE: lambda question: st.dates(date(1950, 1, 1), date(2050, 1, 1)).map(
        lambda day: Given({"date": day.isoformat()})
    ),
    Kind.RANKING: lambda question: st.permutations([option.id for option in question.offered]).map(
        lambda order: Given({"ranking": list(order)})
    ),
    Kind.MATRIX: rows,
    Kind.PLACE: lambda question: places.map(lambda place: Given({"place": [place[0] / 100, place[1] / 100]})),
}


@st.composite
def answers_to(draw: Any, definition: SurveyDefinition) -> dict[str, Given]:
    """Answers that may be sent: of what shows, all that is required and some of the rest."""
    answers: dict[str, Given] = {}
    for question in definition.questions:
        if question.key in shown(definition, answers) and (question.is_required or draw(st.booleans())):
            answers[question.key] = draw(given_to(question))
    return answers
