"""What stands beside figures, in words: rows, columns, and when a question shows. Each in the language that is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from home.languages import LANGUAGE_CODES, active_language
from home.models import Neighbourhood
from participation.surveys.cells import ANSWERED, NO_OPINION_CELL, WORDS
from participation.surveys.definitions import Condition, Operator, QuestionDefinition, SurveyDefinition
from participation.surveys.disclosure import POOL
from participation.surveys.kinds import NO_OPINION, OTHER, Kind
from participation.surveys.tables import ALL, FINEST

PLACE = "place:"


def row_words(question: QuestionDefinition, row: str, names: Columns) -> str:
    """Return what a row of a question's table stands for, in the active language; `names` knows the neighbourhoods."""
    fixed = {
        ANSWERED: _("Answered in their own words"),
        WORDS: _("Told in words, not drawn"),
        NO_OPINION_CELL: _("No opinion"),
        f"near:{POOL}": _("Other places together"),
        f"period:{POOL}": _("Other dates together"),
    }
    if row in fixed:
        return fixed[row]
    kind, value = row.split(":", 1)
    if kind == "area":
        return _("In the neighbourhood: %(place)s") % {"place": names.words(f"{PLACE}{value}")}
    if kind == "range":
        return _range(*value.split(":"), unit=question.unit.in_language(active_language()))
    if kind == "period":
        return value if len(value) == 4 else date_format(date.fromisoformat(f"{value}-01"), "F Y")
    return near_words(value) if kind == "near" else value_words(question, value)


def value_words(question: QuestionDefinition, value: str) -> str:
    """Return what somebody chose: a choice, "other", "no opinion", a point with its words, or a number as it is."""
    code = active_language()
    if value == OTHER:
        return _("Other")
    if value == NO_OPINION:
        return _("No opinion")
    for option in question.options:
        if option.id == value:
            words = option.words.in_language(code)
            return _("%(choice)s (no longer offered)") % {"choice": words} if option.is_retired else words
    if question.kind in {Kind.SCALE, Kind.MATRIX}:
        return _point(question, value)
    return value


def _point(question: QuestionDefinition, value: str) -> str:
    ends = {"1": question.low_words, str(question.scale_points): question.high_words}
    words = ends[value].in_language(active_language()) if value in ends else ""
    return f"{value} – {words}" if words else value


def plain(number: Decimal) -> str:
    """Write a number as readers of the active language do, without zeros at its end."""
    text = format(number, "f")
    places = len(text.partition(".")[2].rstrip("0"))
    return number_format(number, places, force_grouping=True)


def _range(low: str, high: str, *, unit: str) -> str:
    """A bound that "at most" made (10.0001) is told as the number itself."""
    words = {"unit": f" {unit}" if unit else ""}
    below = Decimal(high) if high else None
    if below is not None and below % 1 == FINEST:
        upper = plain(below - FINEST)
        if not low:
            return _("%(most)s%(unit)s or less") % {**words, "most": upper}
        return _("more than %(low)s, up to %(most)s%(unit)s") % {**words, "low": _lower(low), "most": upper}
    if below is None:
        return _lowest(low, words)
    if not low:
        return _("less than %(high)s%(unit)s") % {**words, "high": plain(below)}
    return _("from %(low)s to less than %(high)s%(unit)s") % {**words, "low": _lower(low), "high": plain(below)}


def _lowest(low: str, words: Mapping[str, str]) -> str:
    if not low:
        return _("all numbers")
    if Decimal(low) % 1 == FINEST:
        return _("more than %(low)s%(unit)s") % {**words, "low": _lower(low)}
    return _("%(low)s%(unit)s or more") % {**words, "low": _lower(low)}


def _lower(low: str) -> str:
    number = Decimal(low)
    return plain(number - FINEST if number % 1 == FINEST else number)


def near_words(middle: str) -> str:
    """Say where the middle of a square lies: "50,7103° N, 4,6025° E"."""
    longitude, latitude = (Decimal(part) for part in middle.split(":"))
    words = {"latitude": number_format(latitude, 4), "longitude": number_format(longitude, 4)}
    return _("around %(latitude)s° N, %(longitude)s° E") % words


class Columns:
    """Names the columns. Neighbourhoods are asked for once; one that is gone is told by its number."""

    def __init__(self, places: Iterable[Neighbourhood]) -> None:
        self.places = {f"{PLACE}{place.pk}": place for place in places}

    def words(self, column: str) -> str:
        if column.startswith(PLACE):
            return self._place(column)
        return {
            ALL: _("Total"),
            "fr": _("In French"),
            "nl": _("In Dutch"),
            "screen": _("Online"),
            "paper": _("On paper"),
            POOL: _("Other neighbourhoods together"),
        }[column]

    def _place(self, column: str) -> str:
        place = self.places.get(column)
        if place:
            return place.name
        return _("Neighbourhood not told") if column == f"{PLACE}0" else _("A neighbourhood that is gone")


def both(function: object, *arguments: object) -> dict[str, str]:
    """Return what a function of this module says, in each language."""
    found = {}
    for code in LANGUAGE_CODES:
        with override(code):
            found[code] = str(function(*arguments))  # type: ignore[operator]
    return found


def condition_words(definition: SurveyDefinition, condition: Condition) -> str:
    """Say in a sentence when a question shows, for paper: "If you answered “yes” to question 3"."""
    keys = [question.key for question in definition.questions]
    source = definition.by_key.get(condition.question)
    if source is None:
        return ""
    values = " / ".join(f"“{value_words(source, value)}”" for value in condition.values)
    number = {"number": keys.index(source.key) + 1, "values": values}
    return {
        Operator.IS: _("Only if you answered %(values)s to question %(number)d"),
        Operator.IS_NOT: _("Only if you answered question %(number)d, and not with %(values)s"),
        Operator.AT_LEAST: _("Only if you answered %(values)s or more to question %(number)d"),
        Operator.AT_MOST: _("Only if you answered %(values)s or less to question %(number)d"),
        Operator.ANSWERED: _("Only if you answered question %(number)d"),
    }[condition.operator] % number
