"""What was sent from a form, as answers. Nothing that is sent raises anything but our own errors, by field.

The names of the fields, the same on the screen, on paper's screen and in the tests; `<key>` is the question's:

- `q-<key>`: id of the choice ("other", "no_opinion"; "yes", "no"), several times for several choices; a scale's point;
  the text; the number; the date, as 2026-05-31 or 31/05/2026
- `q-<key>-other`: the text of "other"
- `q-<key>-<id of the choice>`: its rank, from 1; `q-<key>-<id of the row>`: the point of a matrix's line
- `q-<key>-lon`, `q-<key>-lat`: the place, in degrees (WGS 84); where they are empty `q-<key>-near`: the number of a
  neighbourhood; `q-<key>-words`: street and number, or what stands there, beside them or alone (`surveys.places`)
- `q-<key>-none`: anything for "no opinion", where it doesn't stand among the choices
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from participation.surveys.answers import CONTROL, DEGREES, Given, check, field_of
from participation.surveys.conditions import shown
from participation.surveys.definitions import QuestionDefinition, SurveyDefinition
from participation.surveys.kinds import (
    EXCLUSIVE,
    LONG_TEXT_SIGNS,
    NO_OPINION,
    NO_OPINION_AMONG_CHOICES,
    OTHER,
    WRITTEN,
    Kind,
)
from participation.surveys.shapes import plain_number

MARKS_READ = 200
NO_ANSWER = Given({"no_opinion": True})


@dataclass
class Reading:
    """The answers that could be read, and what is wrong, by the name of the field."""

    answers: dict[str, Given] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)

    def raise_for_errors(self) -> None:
        if self.errors:
            raise ValidationError(self.errors)


class UnreadableError(Exception):
    """A value that isn't of its kind; `part` tells the field."""

    def __init__(self, message: str, part: str = "") -> None:
        super().__init__(message)
        self.message, self.part = message, part


def read(definition: SurveyDefinition, data: QueryDict, *, keys: Iterable[str] | None = None) -> Reading:
    """Read the answers to the questions that show; with `keys` (a step's), only those are checked.

    What cannot be read, and what may not be answered so, is in `errors`; hidden questions are dropped, unchecked.
    """
    reading, unreadable = Reading(), {}
    for question in definition.asked:
        try:
            given = read_one(question, data)
        except UnreadableError as problem:
            unreadable[question.key] = {field_of(question.key, problem.part): [problem.message]}
        else:
            if given is not None:
                reading.answers[question.key] = given
    visible = shown(definition, reading.answers)
    checked = set(visible if keys is None else keys)
    for key in visible:
        if key in checked:
            found = unreadable.get(key) or check(definition.by_key[key], reading.answers.get(key))
            reading.errors |= found
    reading.answers = {key: reading.answers[key] for key in visible if key in reading.answers}
    return reading


def read_one(question: QuestionDefinition, data: QueryDict) -> Given | None:
    """Return the answer to one question, None where nothing was sent. Raises UnreadableError."""
    if question.kind not in NO_OPINION_AMONG_CHOICES and _typed(data, field_of(question.key, "none")):
        return NO_ANSWER
    return READERS[question.kind](question, data)


def _plain(text: str) -> str:
    """Without the signs that no database keeps; the ends of lines as one sign, so that lengths agree."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _typed(data: QueryDict, name: str) -> str:
    return _plain(data.get(name) or "")


def _read_marks(question: QuestionDefinition, data: QueryDict) -> Given | None:
    name = field_of(question.key)
    marks = list(dict.fromkeys(filter(None, (_plain(mark) for mark in data.getlist(name)[:MARKS_READ]))))
    text = _typed(data, field_of(question.key, OTHER)) if question.has_other else ""
    if NO_OPINION in marks:
        if len(marks) > 1 or text:
            raise UnreadableError(_("Choose “no opinion”, or an answer; not both."))
        return NO_ANSWER
    if not marks and not text:
        return None
    if text and not marks and question.kind in EXCLUSIVE:
        marks = [OTHER]  # who wrote beside it has chosen it
    elif text and OTHER not in marks and question.kind == Kind.SEVERAL:
        marks = [*marks, OTHER]
    order = [option.id for option in question.options] + [OTHER]
    return Given({"marks": sorted(marks, key=lambda mark: order.index(mark) if mark in order else len(order))}, text)


def _read_scale(question: QuestionDefinition, data: QueryDict) -> Given | None:
    typed = _typed(data, field_of(question.key))
    if typed == NO_OPINION:
        return NO_ANSWER
    return Given({"point": _point(typed, question)}) if typed else None


def _point(typed: str, question: QuestionDefinition, part: str = "") -> int:
    if not re.fullmatch(r"[0-9]{1,3}", typed):
        raise UnreadableError(_("Choose a point from 1 to %(most)d.") % {"most": question.scale_points}, part)
    return int(typed)


def _read_text(question: QuestionDefinition, data: QueryDict) -> Given | None:
    typed = _typed(data, field_of(question.key))
    if question.kind == Kind.SHORT_TEXT:
        typed = " ".join(typed.split())
    return Given({"written": True}, typed[: LONG_TEXT_SIGNS * 10]) if typed else None


def _read_number(question: QuestionDefinition, data: QueryDict) -> Given | None:
    typed = re.sub(r"\s", "", _typed(data, field_of(question.key)))
    if not typed:
        return None
    if not re.fullmatch(r"[+-]?[0-9]{1,20}([.,][0-9]{1,12})?", typed):
        raise UnreadableError(_("Write a number in figures, for example 12 or 12,5."))
    return Given({"number": plain_number(Decimal(typed.replace(",", ".")))})


def _read_date(question: QuestionDefinition, data: QueryDict) -> Given | None:
    typed = _typed(data, field_of(question.key))
    if not typed:
        return None
    belgian = re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", typed)
    try:
        day = date(int(belgian[3]), int(belgian[2]), int(belgian[1])) if belgian else date.fromisoformat(typed)
    except ValueError as error:
        raise UnreadableError(_("Write a date that exists as day/month/year, for example 31/05/2026.")) from error
    return Given({"date": day.isoformat()})


def _read_ranking(question: QuestionDefinition, data: QueryDict) -> Given | None:
    ranks: dict[int, str] = {}
    for option in question.offered:
        typed = _typed(data, field_of(question.key, option.id))
        if not typed:
            continue
        if not re.fullmatch(r"[0-9]{1,3}", typed) or not 1 <= int(typed) <= len(question.offered):
            most = {"most": len(question.offered)}
            raise UnreadableError(_("Write a rank from 1 to %(most)d, or leave it empty.") % most, option.id)
        if int(typed) in ranks:
            raise UnreadableError(_("Two choices have rank %(rank)s. Give each its own.") % {"rank": typed}, option.id)
        ranks[int(typed)] = option.id
    if sorted(ranks) != list(range(1, len(ranks) + 1)):
        raise UnreadableError(_("Begin with rank 1 and leave none out."))
    return Given({"ranking": [ranks[rank] for rank in sorted(ranks)]}) if ranks else None


def _read_matrix(question: QuestionDefinition, data: QueryDict) -> Given | None:
    rows = {}
    for row in question.offered:
        typed = _typed(data, field_of(question.key, row.id))
        if typed:
            rows[row.id] = _point(typed, question, row.id)
    return Given({"rows": rows}) if rows else None


def _read_place(question: QuestionDefinition, data: QueryDict) -> Given | None:
    words = " ".join(_typed(data, field_of(question.key, "words")).split())[: LONG_TEXT_SIGNS * 10]
    typed = [_typed(data, field_of(question.key, part)).replace(",", ".") for part in ("lon", "lat")]
    near = _typed(data, field_of(question.key, "near"))
    if any(typed):
        return Given({"place": _degrees(typed)}, words)
    if near:
        if not re.fullmatch(r"[0-9]{1,9}", near):
            raise UnreadableError(_("This place is not on the map. Point it out again."))
        return Given({"area": int(near)}, words)
    return Given({"written": True}, words) if words else None


def _degrees(typed: list[str]) -> list[float]:
    try:
        degrees = [Decimal(text[:30]) for text in typed]
    except InvalidOperation:
        degrees = []
    if len(degrees) != 2 or not all(number.is_finite() and abs(number) <= 180 for number in degrees):
        raise UnreadableError(_("This place is not on the map. Point it out again."))
    return [round(float(number), DEGREES) for number in degrees]


READERS: dict[Kind, Callable[[QuestionDefinition, QueryDict], Given | None]] = {
    **dict.fromkeys((Kind.ONE, Kind.YES_NO, Kind.PICTURE, Kind.SEVERAL), _read_marks),
    **dict.fromkeys(WRITTEN, _read_text),
    Kind.SCALE: _read_scale,
    Kind.NUMBER: _read_number,
    Kind.DATE: _read_date,
    Kind.RANKING: _read_ranking,
    Kind.MATRIX: _read_matrix,
    Kind.PLACE: _read_place,
}
