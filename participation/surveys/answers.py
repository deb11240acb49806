"""One answer to one question: how it is kept, and whether it may be given.

As JSON, by kind: {"marks": [ids of choices, "other"]} for choices and yes/no; {"point": 3} for a scale;
{"number": "12.5"}; {"date": "2026-05-31"}; {"ranking": [ids, the first one first]}; {"rows": {id of a row: point}} for a
matrix; {"place": [longitude, latitude]}, {"area": number of a neighbourhood} or {"written": true} for a place, with or
without words; {"written": true} for a text, whose words stand apart; {"no_opinion": true} for any kind that has it. A
question without an answer is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participation.surveys.definitions import QuestionDefinition
from participation.surveys.kinds import (
    EXCLUSIVE,
    LONG_TEXT_SIGNS,
    NO_OPINION,
    OTHER,
    OTHER_SIGNS,
    PLACE_SIGNS,
    SHORT_TEXT_SIGNS,
    WITH_WORDS,
    WRITTEN,
    Kind,
)
from participation.surveys.shapes import fits, plain_number

Problems = Iterator[tuple[str, str]]
PLACES, DIGITS = 4, 12  # of a number: behind the point, and before it
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
DEGREES = 5  # behind the point: about a metre
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")  # what no database keeps


@dataclass(frozen=True)
class Given:
    """An answer as it is kept, and the words that were written with it, which are kept apart from it."""

    value: Mapping[str, Any]
    text: str = ""

    @property
    def is_no_opinion(self) -> bool:
        return bool(self.value.get("no_opinion"))


def field_of(key: str, part: str = "") -> str:
    """Return the name of a question's field: `q-<key>`, or `q-<key>-<part>` for one of several."""
    return f"q-{key}-{part}" if part else f"q-{key}"


def values_of(question: QuestionDefinition, given: Given) -> frozenset[str]:
    """Return what conditions look at: ids of choices, "other", "no_opinion", a point or a number."""
    if given.is_no_opinion:
        return frozenset({NO_OPINION})
    if question.kind == Kind.SCALE:
        return frozenset({str(given.value["point"])})
    if question.kind == Kind.NUMBER:
        return frozenset({given.value["number"]})
    return frozenset(given.value.get("marks", ()))


def check(question: QuestionDefinition, given: Given | None) -> dict[str, list[str]]:
    """Return what is wrong with an answer, by the name of the field; nothing where it may be given."""
    found: dict[str, list[str]] = {}
    for part, message in _problems(question, given):
        found.setdefault(field_of(question.key, part), []).append(message)
    return found


def validate(questions: Mapping[str, QuestionDefinition], keys: list[str], answers: Mapping[str, Given]) -> None:
    """Raise ValidationError, by field, unless the questions of `keys`, all of them shown, are answered as they may be."""
    errors: dict[str, list[str]] = {}
    for key in keys:
        errors |= check(questions[key], answers.get(key))
    if errors:
        raise ValidationError(errors)


def _problems(question: QuestionDefinition, given: Given | None) -> Problems:
    if given is None:
        if question.is_required:
            yield "", _missing(question)
        return
    if CONTROL.search(given.text) or (given.text and question.kind not in WITH_WORDS):
        yield "", _("This answer does not belong to this question. Answer it again.")
        return
    if given.is_no_opinion:
        if not question.has_no_opinion or given.text or dict(given.value) != {"no_opinion": True}:
            yield "", _("“No opinion” can't be chosen here, or not together with an answer.")
        return
    if len(given.value) != 1 or not fits(question, given.value):
        yield "", _("This answer does not belong to this question. Answer it again.")
        return
    yield from CHECKS[question.kind](question, given)


def _missing(question: QuestionDefinition) -> str:
    return {
        Kind.SEVERAL: _("Mark at least one choice: this question needs an answer."),
        Kind.SHORT_TEXT: _("Write something: this question needs an answer."),
        Kind.LONG_TEXT: _("Write something: this question needs an answer."),
        Kind.NUMBER: _("Write a number: this question needs an answer."),
        Kind.DATE: _("Fill in a date: this question needs an answer."),
        Kind.RANKING: _("Put the choices in your order: this question needs an answer."),
        Kind.MATRIX: _("Choose a point on each line: this question needs an answer."),
        Kind.PLACE: _("Point out a place: this question needs an answer."),
    }.get(question.kind, _("Choose one: this question needs an answer."))


def _check_marks(question: QuestionDefinition, given: Given) -> Problems:
    marks = given.value["marks"]
    known = {option.id for option in question.offered} | ({OTHER} if question.has_other else set())
    if len(set(marks)) != len(marks) or not set(marks) <= known:
        yield "", _("A choice that you marked isn't offered any more. Choose among those shown.")
    elif question.kind in EXCLUSIVE and len(marks) > 1:
        yield "", _("Choose one only.")
    elif question.kind == Kind.SEVERAL:
        yield from _check_count(question, len(marks))
    if not question.has_other:
        return
    if OTHER in marks and not given.text:
        yield OTHER, _("Say what “other” is, or choose something else.")
    if given.text and OTHER not in marks:
        yield OTHER, _("You wrote something beside “other” without choosing it. Choose it, or remove the text.")
    yield from _check_length(given.text, OTHER_SIGNS, part=OTHER)


def _check_count(question: QuestionDefinition, count: int) -> Problems:
    least, most = question.least, question.most
    if least is not None and count < least:
        message = ngettext("Mark at least %(number)d choice.", "Mark at least %(number)d choices.", int(least))
        yield "", message % {"number": least}
    if most is not None and count > most:
        message = ngettext(
            "Mark %(number)d choice at most: take a mark away.",
            "Mark %(number)d choices at most: take some marks away.",
            int(most),
        )
        yield "", message % {"number": most}


def _check_length(text: str, most: int, *, part: str = "") -> Problems:
    if len(text) > most:
        words = {"count": len(text), "most": most}
        yield part, _("This text has %(count)d signs; %(most)d is the most. Shorten it.") % words


def _check_point(question: QuestionDefinition, given: Given) -> Problems:
    if not 1 <= given.value["point"] <= question.scale_points:
        yield "", _("Choose a point from 1 to %(most)d.") % {"most": question.scale_points}


def _check_text(question: QuestionDefinition, given: Given) -> Problems:
    most = SHORT_TEXT_SIGNS if question.kind == Kind.SHORT_TEXT else LONG_TEXT_SIGNS
    yield from _check_length(given.text, most)
    if not given.text.strip():
        yield "", _missing(question)


def _check_number(question: QuestionDefinition, given: Given) -> Problems:
    number = Decimal(given.value["number"])
    exponent = number.as_tuple().exponent
    if abs(number) >= 10**DIGITS or (isinstance(exponent, int) and exponent < -PLACES):
        yield "", _("Write a number with fewer digits.")
    elif question.least is not None and number < question.least:
        yield "", _("Write %(number)s or more.") % {"number": plain_number(question.least)}
    elif question.most is not None and number > question.most:
        yield "", _("Write %(number)s or less.") % {"number": plain_number(question.most)}


def _check_date(question: QuestionDefinition, given: Given) -> Problems:
    if not FIRST_DAY <= date.fromisoformat(given.value["date"]) <= LAST_DAY:
        yield "", _("Write a date between 1900 and 2199.")


def _check_ranking(question: QuestionDefinition, given: Given) -> Problems:
    ranking = given.value["ranking"]
    offered = {option.id for option in question.offered}
    if len(set(ranking)) != len(ranking) or not set(ranking) <= offered:
        yield "", _("Give each rank to one choice only, among those shown.")
    else:
        yield from _check_ranked(question, len(ranking), len(offered))


def _check_ranked(question: QuestionDefinition, count: int, offered: int) -> Problems:
    """Without a least, all that is offered is put in order."""
    least = min(offered, offered if question.least is None else int(question.least))
    if count < least:
        yield (
            "",
            ngettext("Rank at least %(number)d choice.", "Rank at least %(number)d choices.", least)
            % {"number": least},
        )
    if question.most is not None and count > question.most:
        most = int(question.most)
        yield (
            "",
            ngettext("Rank %(number)d choice at most.", "Rank %(number)d choices at most.", most) % {"number": most},
        )


def _check_matrix(question: QuestionDefinition, given: Given) -> Problems:
    rows, offered = given.value["rows"], [row.id for row in question.offered]
    if not set(rows) <= set(offered):
        yield "", _("A line that you answered isn't asked any more. Answer those shown.")
    for row, point in rows.items():
        if not 1 <= point <= question.scale_points:
            yield row, _("Choose a point from 1 to %(most)d.") % {"most": question.scale_points}
    if question.is_required:
        for row in offered:
            if row not in rows:
                yield row, _("Choose a point on this line: this question needs an answer.")


def _check_place(question: QuestionDefinition, given: Given) -> Problems:
    yield from _check_length(given.text, PLACE_SIGNS, part="words")
    if "written" in given.value and not given.text.strip():
        yield "", _missing(question)
    longitude, latitude = given.value.get("place", (0, 0))
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        yield "", _("This place is not on the map. Point it out again.")


CHECKS: dict[Kind, Callable[[QuestionDefinition, Given], Problems]] = {
    **dict.fromkeys((Kind.ONE, Kind.YES_NO, Kind.PICTURE, Kind.SEVERAL), _check_marks),
    **dict.fromkeys(WRITTEN, _check_text),
    Kind.SCALE: _check_point,
    Kind.NUMBER: _check_number,
    Kind.DATE: _check_date,
    Kind.RANKING: _check_ranking,
    Kind.MATRIX: _check_matrix,
    Kind.PLACE: _check_place,
}
