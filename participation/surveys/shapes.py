"""The form of an answer, by the kind of its question: what comes from a file or an old device may have any."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from participation.surveys.definitions import QuestionDefinition
from participation.surveys.kinds import WRITTEN, Kind

LARGEST_AREA = 2_147_483_647  # number of a neighbourhood


def plain_number(number: Decimal) -> str:
    """Return a number as it is kept: without an exponent and without zeros at its end."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def fits(question: QuestionDefinition, value: Mapping[str, Any]) -> bool:
    """Whether a value has the form of its kind; what comes from a file or an old device may have any."""
    if question.kind == Kind.PLACE:
        return any(name in value and is_right(value[name]) for name, is_right in SHAPES_OF_PLACES)
    name, is_right = SHAPES[question.kind]
    return name in value and is_right(value[name])


def _is_list_of_ids(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and bool(value) and all(isinstance(each, str) for each in value)


def _is_point(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_rows(value: Any) -> bool:
    return isinstance(value, Mapping) and bool(value) and all(_is_point(point) for point in value.values())


def _is_number(value: Any) -> bool:
    try:
        return isinstance(value, str) and plain_number(Decimal(value)) == value and Decimal(value).is_finite()
    except InvalidOperation:
        return False


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_place(value: Any) -> bool:
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        return False
    return all(isinstance(each, (int, float)) and not isinstance(each, bool) for each in value)


SHAPES: dict[Kind, tuple[str, Callable[[Any], bool]]] = {
    **dict.fromkeys((Kind.ONE, Kind.YES_NO, Kind.PICTURE, Kind.SEVERAL), ("marks", _is_list_of_ids)),
    **dict.fromkeys(WRITTEN, ("written", lambda value: value is True)),
    Kind.SCALE: ("point", _is_point),
    Kind.NUMBER: ("number", _is_number),
    Kind.DATE: ("date", _is_day),
    Kind.RANKING: ("ranking", _is_list_of_ids),
    Kind.MATRIX: ("rows", _is_rows),
}
SHAPES_OF_PLACES: tuple[tuple[str, Callable[[Any], bool]], ...] = (
    ("place", _is_place),
    ("area", lambda value: _is_point(value) and 0 < value <= LARGEST_AREA),
    ("written", lambda value: value is True),
)
