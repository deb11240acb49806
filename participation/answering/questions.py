"""A question as the form shows it: in the reader's language, with what was typed and what is wrong with it."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from participation.surveys.answers import field_of
from participation.surveys.definitions import Condition, OptionDefinition, QuestionDefinition
from participation.surveys.kinds import (
    EXCLUSIVE,
    LONG_TEXT_SIGNS,
    NO_OPINION,
    NO_OPINION_AMONG_CHOICES,
    OTHER,
    OTHER_SIGNS,
    SHORT_TEXT_SIGNS,
    Kind,
)

TEMPLATES = {
    **dict.fromkeys((Kind.ONE, Kind.SEVERAL, Kind.YES_NO, Kind.PICTURE), "choices"),
    Kind.SCALE: "scale",
    Kind.SHORT_TEXT: "text",
    Kind.LONG_TEXT: "text",
    Kind.NUMBER: "number",
    Kind.DATE: "date",
    Kind.RANKING: "ranking",
    Kind.MATRIX: "matrix",
    Kind.PLACE: "place",
}
ONE_FIELD = frozenset({Kind.SHORT_TEXT, Kind.LONG_TEXT, Kind.NUMBER, Kind.DATE})
FIELDSETS = frozenset(Kind) - ONE_FIELD
WIDE_COLUMNS = 5


@dataclass(frozen=True)
class Choice:
    """A box, a point, or a line of a ranking or a matrix; `value` is what it sends, or what was typed into it."""

    id: str
    name: str
    value: str
    words: str
    is_checked: bool = False
    picture: Any = None
    points: tuple[Choice, ...] = ()
    errors: tuple[str, ...] = ()
    short: str = ""


@dataclass(frozen=True)
class Asked:
    """One question of a step. `data` is what was typed, `errors` what is wrong, by the name of the field.

    `heading` is its section's title, where several sections stand below each other; `is_alone` it is in a poll.
    """

    question: QuestionDefinition
    code: str
    data: QueryDict
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    is_shown: bool = True
    pictures: Mapping[int, Any] = field(default_factory=dict)
    seed: str = ""
    conditions: Sequence[Condition] = ()
    heading: str = ""
    is_alone: bool = False

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def name(self) -> str:
        return field_of(self.key)

    @property
    def id(self) -> str:
        return f"id_{self.name}"

    @property
    def template(self) -> str:
        return f"participation/questions/_{TEMPLATES[self.question.kind]}.html"

    @property
    def is_fieldset(self) -> bool:
        return self.question.kind in FIELDSETS

    def _in(self, name: str) -> str:
        words: str = getattr(self.question, name).in_language(self.code)
        return words

    text = property(lambda self: self._in("text"))
    help_text = property(lambda self: self._in("help_text"))
    unit = property(lambda self: self._in("unit"))
    low_words = property(lambda self: self._in("low_words"))
    high_words = property(lambda self: self._in("high_words"))

    @property
    def hint(self) -> str:
        """What may be answered, where the question alone doesn't say it."""
        least, most = self.question.least, self.question.most
        bounds = {"least": _plain(least), "most": _plain(most)}
        if self.question.kind == Kind.SEVERAL:
            return _marks_hint(least, most, bounds)
        if self.question.kind == Kind.NUMBER and least is not None and most is not None:
            return _("A number from %(least)s to %(most)s.") % bounds
        if self.question.kind == Kind.RANKING:
            return _("1 stands for what comes first for you. Give each rank once.")
        return _("For example 31/05/2026.") if self.question.kind == Kind.DATE else ""

    @property
    def shows_when(self) -> str:
        """Its conditions, for the script that follows those that rest on the same step; the server decides in any case."""
        return json.dumps([each.to_json() for each in self.conditions]) if self.conditions else ""

    @property
    def value(self) -> str:
        return self.data.get(self.name) or ""

    @property
    def most_signs(self) -> int:
        return LONG_TEXT_SIGNS if self.question.kind == Kind.LONG_TEXT else SHORT_TEXT_SIGNS

    @property
    def is_long(self) -> bool:
        return self.question.kind == Kind.LONG_TEXT

    @cached_property
    def own_errors(self) -> list[str]:
        """What is wrong with the question as a whole; that of one of its lines stands at the line."""
        parts = {field_of(self.key, option.id) for option in self.question.options}
        return [
            message
            for name, messages in self.errors.items()
            if name.startswith(self.name) and name not in parts
            for message in messages
        ]

    @property
    def is_wrong(self) -> bool:
        return any(name.startswith(self.name) for name in self.errors)

    @property
    def described_by(self) -> str:
        ids = [f"{self.id}_help"] if self.help_text or self.hint else []
        return " ".join(ids + ([f"{self.id}_error"] if self.own_errors else []))

    @property
    def input_type(self) -> str:
        return "radio" if self.question.kind in EXCLUSIVE | {Kind.SCALE} else "checkbox"

    @cached_property
    def offered(self) -> list[OptionDefinition]:
        """In the order of this reader: shuffled the same way at each step of theirs."""
        options = list(self.question.offered)
        if self.question.is_shuffled and self.question.kind != Kind.YES_NO:
            random.Random(f"{self.seed}{self.key}").shuffle(options)  # noqa: S311 - an order, not a secret
        return options

    @cached_property
    def choices(self) -> list[Choice]:
        marked = set(self.data.getlist(self.name))
        found = [(option.id, option.words.in_language(self.code), option.picture) for option in self.offered]
        if self.question.has_other:
            found.append((OTHER, _("Other:"), None))
        if self.question.has_no_opinion:
            found.append((NO_OPINION, _("No opinion"), None))
        return [
            Choice(
                self.id if number == 0 else f"{self.id}_{number}",
                self.name,
                value,
                words,
                value in marked,
                self.pictures.get(picture or 0),
            )
            for number, (value, words, picture) in enumerate(found)
        ]

    @property
    def points(self) -> list[Choice]:
        return list(self._points(self.name, self.id))

    def _points(self, name: str, first: str) -> tuple[Choice, ...]:
        typed, last = self.data.get(name), self.question.scale_points
        meanings = {1: self.low_words, last: self.high_words}
        return tuple(
            Choice(
                first if point == 1 else f"{first}_{point}",
                name,
                str(point),
                f"{point}, {meanings[point]}" if meanings.get(point) else str(point),
                typed == str(point),
                short=str(point),
            )
            for point in range(1, last + 1)
        )

    @cached_property
    def lines(self) -> list[Choice]:
        """The lines of a matrix, or what is put in order."""
        found = []
        for number, option in enumerate(self.offered):
            name = field_of(self.key, option.id)
            first = self.id if number == 0 else f"id_{name}"
            found.append(
                Choice(
                    first,
                    name,
                    self.data.get(name) or "",
                    option.words.in_language(self.code),
                    points=self._points(name, first) if self.question.kind == Kind.MATRIX else (),
                    errors=tuple(self.errors.get(name, ())),
                )
            )
        return found

    @property
    def heads(self) -> list[Choice]:
        """The columns of a matrix: its points, with what the first and the last one mean."""
        meanings = {1: self.low_words, self.question.scale_points: self.high_words}
        return [
            Choice(f"{self.id}_point_{point}", "", str(point), meanings.get(point, ""))
            for point in range(1, self.question.scale_points + 1)
        ]

    @property
    def has_room_for_words(self) -> bool:
        """Whether the columns of a matrix are wide enough for what they mean; else it stands above them."""
        return self.question.scale_points <= WIDE_COLUMNS

    @property
    def ranks(self) -> list[str]:
        return [str(rank) for rank in range(1, len(self.offered) + 1)]

    @property
    def other(self) -> Choice | None:
        """The text beside "other"."""
        if not self.question.has_other:
            return None
        name = field_of(self.key, OTHER)
        return Choice(f"id_{name}", name, self.data.get(name) or "", str(OTHER_SIGNS))

    @property
    def none(self) -> Choice | None:
        """The box for "no opinion", where it doesn't stand among the choices."""
        if not self.question.has_no_opinion or self.question.kind in NO_OPINION_AMONG_CHOICES:
            return None
        name = field_of(self.key, "none")
        return Choice(f"id_{name}", name, "on", _("No opinion"), bool(self.data.get(name)))

    @property
    def scale_none(self) -> Choice | None:
        if not self.question.has_no_opinion or self.question.kind != Kind.SCALE:
            return None
        return Choice(f"{self.id}_none", self.name, NO_OPINION, _("No opinion"), self.value == NO_OPINION)

    def part(self, name: str) -> Choice:
        full = field_of(self.key, name)
        return Choice(self.id if name == "words" else f"id_{full}", full, self.data.get(full) or "", "")

    @property
    def place(self) -> dict[str, Choice]:
        return {name: self.part(name) for name in ("near", "words", "lon", "lat")}


def _plain(number: Any) -> str:
    return "" if number is None else format(number.normalize(), "f")


def _marks_hint(least: Any, most: Any, bounds: dict[str, str]) -> str:
    if least and most and least == most:
        return _("Mark exactly %(most)s.") % bounds
    if least and most:
        return _("Mark %(least)s to %(most)s.") % bounds
    if most:
        return _("Mark up to %(most)s.") % bounds
    return _("Mark %(least)s or more.") % bounds if least and least > 1 else _("Several answers are possible.")
