"""What a clerk types, or a spreadsheet holds, for each answer on paper: short codes that stand on the printed form.

One column for each box of the form. Its name is the number of the question, and behind a point that of a choice or line:

- one choice, several choices, yes or no: the numbers of the choices ("2", "1 3"; up to nine choices also "13"); "a" for
  "other" (autre, ander), whose words stand in the column `<question>.a`; in a spreadsheet the words of a choice, too
- scale: the point; number, date, text: as it stands there
- ranking and matrix: the rank, or the point, in the column `<question>.<number of the choice or line>`
- place: an address, or what stands there, in the question's own column; in a spreadsheet also `<question>.near`, the code
  of a neighbourhood, or `<question>.lon` and `<question>.lat`, in degrees
- "0" for "no opinion", wherever a question has it

Numbers are those of all questions and choices, retired ones too: they never change, so that a form that was printed
long ago is typed in as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from home.languages import LANGUAGE_CODES, active_language
from participation.results.words import value_words
from participation.surveys.answers import field_of
from participation.surveys.definitions import OptionDefinition, QuestionDefinition, SurveyDefinition
from participation.surveys.kinds import EXCLUSIVE, NO_OPINION, NO_OPINION_AMONG_CHOICES, OTHER, WRITTEN, Kind
from participation.surveys.reading import Reading, read

NONE, OTHER_CODE = "0", "a"
MARKED = EXCLUSIVE | {Kind.SEVERAL}
ONE_DIGIT = 9  # choices up to which "13" is the first and the third


@dataclass(frozen=True)
class Box:
    """One column: of which question, and where its value goes (`surveys.reading`). `label` says what it holds."""

    name: str
    question: QuestionDefinition
    part: str = ""
    label: str = ""

    @property
    def field(self) -> str:
        return field_of(self.question.key, self.part)

    @cached_property
    def codes(self) -> dict[str, str]:
        """The code of each choice, by its id."""
        return {option.id: str(at) for at, option in enumerate(self.question.options, 1)} | {OTHER: OTHER_CODE}

    @property
    def is_long(self) -> bool:
        return self.question.kind == Kind.LONG_TEXT

    @property
    def is_text(self) -> bool:
        return self.question.kind in WRITTEN or self.part in {OTHER, "words"}


@dataclass
class Typed:
    """What was read of some boxes: the answers, and what is wrong, by the name of the box."""

    reading: Reading
    errors: dict[str, list[str]] = field(default_factory=dict)


def numbered(options: tuple[OptionDefinition, ...]) -> list[tuple[int, OptionDefinition]]:
    """Return what is offered, with the numbers that stay."""
    return [(number, option) for number, option in enumerate(options, 1) if not option.is_retired]


def boxes_of(definition: SurveyDefinition) -> list[Box]:
    """Return the boxes of a survey's form, in its order."""
    found: list[Box] = []
    for number, question in enumerate(definition.questions, 1):
        if not question.is_retired:
            found += _boxes(str(number), question)
    return found


def _boxes(number: str, question: QuestionDefinition) -> Iterator[Box]:
    code = active_language()
    if question.kind in {Kind.RANKING, Kind.MATRIX}:
        for at, option in numbered(question.options):
            yield Box(f"{number}.{at}", question, option.id, option.words.in_language(code))
    elif question.kind == Kind.PLACE:
        yield Box(number, question, "words", _("Address, or what stands there"))
        yield Box(f"{number}.near", question, "near", _("Neighbourhood"))
        yield Box(f"{number}.lon", question, "lon", _("Longitude"))
        yield Box(f"{number}.lat", question, "lat", _("Latitude"))
    else:
        yield Box(number, question)
    if question.has_other:
        yield Box(f"{number}.{OTHER_CODE}", question, OTHER, _("Other"))
    if question.has_no_opinion and question.kind not in NO_OPINION_AMONG_CHOICES:
        yield Box(f"{number}.{NONE}", question, "none", _("No opinion"))


def legend(question: QuestionDefinition) -> list[tuple[str, str]]:
    """Return the codes of a question with their words, for the screen and for the printed form."""
    found: list[tuple[str, str]] = []
    if question.kind in MARKED:
        code = active_language()
        found = [(str(at), option.words.in_language(code)) for at, option in numbered(question.options)]
    elif question.kind in {Kind.SCALE, Kind.MATRIX}:
        ends = {1: question.low_words, question.scale_points: question.high_words}
        found = [
            (str(at), ends[at].in_language(active_language()) if at in ends else "")
            for at in range(1, question.scale_points + 1)
        ]
    if question.has_other:
        found.append((OTHER_CODE, value_words(question, OTHER)))
    if question.has_no_opinion and question.kind in NO_OPINION_AMONG_CHOICES:
        found.append((NONE, value_words(question, NO_OPINION)))
    return found


def read_typed(definition: SurveyDefinition, cells: Mapping[str, str]) -> Typed:
    """Read what stands in the boxes, by their names; boxes that are missing are empty."""
    data, errors = QueryDict(mutable=True), {}
    boxes = boxes_of(definition)
    for box in boxes:
        text = cells.get(box.name, "").strip()
        try:
            values = _values(box, text) if text else []
        except ValueError as problem:
            errors[box.name] = [str(problem)]
        else:
            data.setlist(box.field, values)
    reading = read(definition, data)
    for name, messages in _by_box(boxes, reading.errors).items():
        errors.setdefault(name, messages)
    return Typed(reading, errors)


def _values(box: Box, text: str) -> list[str]:
    """Return what a form on the screen would have sent. Raises ValueError with what is wrong."""
    question = box.question
    if box.part == "none":
        return ["on"]
    if question.kind in MARKED and not box.part:
        return _marks(question, text)
    if question.kind == Kind.SCALE and text == NONE and question.has_no_opinion:
        return [NO_OPINION]
    return [text]


def _marks(question: QuestionDefinition, text: str) -> list[str]:
    by_code = {str(at): option.id for at, option in enumerate(question.options, 1)}
    by_words = {
        words.casefold(): option.id
        for option in question.options
        for words in (option.words.in_language(code) for code in LANGUAGE_CODES)
    }
    if question.has_other:
        by_code[OTHER_CODE] = OTHER
    if question.has_no_opinion:
        by_code[NONE] = NO_OPINION
    if text.casefold() in by_words:
        return [by_words[text.casefold()]]
    codes = re.split(r"[\s,;+]+", text.casefold())
    if len(codes) == 1 and codes[0] not in by_code and len(question.options) <= ONE_DIGIT:
        codes = list(codes[0])
    unknown = [code for code in codes if code not in by_code]
    if unknown:
        words = {"typed": text[:40], "codes": ", ".join(code for code, _words in legend(question))}
        raise ValueError(_("“%(typed)s” is no answer to this question. Possible are: %(codes)s.") % words)
    return [by_code[code] for code in codes]


def _by_box(boxes: list[Box], errors: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """What is wrong with a question as a whole stands at its first box."""
    names: dict[str, str] = {}
    for box in boxes:
        names.setdefault(field_of(box.question.key), box.name)
        names[box.field] = box.name
    found: dict[str, list[str]] = {}
    for at, messages in errors.items():
        found.setdefault(names.get(at, at), []).extend(messages)
    return found


Cell = Callable[[Mapping[str, Any]], str]


def cell_reader(box: Box) -> Cell | None:
    """Return what would have to be typed into `box` for an answer as a ballot keeps it: the reverse of `read_typed`.

    None for a box of words, which stand apart from the ballot. Made once for each column, called for each answer.
    """
    if box.part == "none":
        return lambda value: NONE if "no_opinion" in value else ""
    if box.is_text:
        return None
    among = NONE if box.question.kind in NO_OPINION_AMONG_CHOICES else ""
    read = CELLS[box.question.kind](box)
    return lambda value: among if "no_opinion" in value else read(value)


def _marks_cell(box: Box) -> Cell:
    codes = box.codes
    return lambda value: " ".join([codes[mark] for mark in value["marks"]])


def _rank_cell(box: Box) -> Cell:
    part = box.part
    return lambda value: str(value["ranking"].index(part) + 1) if part in value["ranking"] else ""


def _line_cell(box: Box) -> Cell:
    part = box.part
    return lambda value: str(value["rows"].get(part, ""))


def _place_cell(box: Box) -> Cell:
    at = 0 if box.part == "lon" else 1
    return lambda value: str(value["place"][at]) if "place" in value else ""


CELLS: dict[Kind, Callable[[Box], Cell]] = {
    **dict.fromkeys(MARKED, _marks_cell),
    Kind.SCALE: lambda _box: lambda value: str(value["point"]),
    Kind.NUMBER: lambda _box: lambda value: str(value["number"]),
    Kind.DATE: lambda _box: lambda value: str(value["date"]),
    Kind.RANKING: _rank_cell,
    Kind.MATRIX: _line_cell,
    Kind.PLACE: _place_cell,
}
