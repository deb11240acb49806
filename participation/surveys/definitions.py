"""A survey as plain data: what was asked, in both languages, at one moment.

It is made from the two pages (`surveys.building`), kept as JSON with the answers that were given under it, and read
again from there, so that every answer keeps the words that the person saw whatever becomes of the pages.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from home.languages import other_language
from participation.surveys.kinds import YES_NO_WORDS, Kind


@dataclass(frozen=True)
class Words:
    """A text in both languages; None where it is missing in one."""

    fr: str | None = None
    nl: str | None = None

    def in_language(self, code: str) -> str:
        """Return the text in a language, else in the other one, else ""."""
        return getattr(self, code) or getattr(self, other_language(code)) or ""

    def __bool__(self) -> bool:
        return bool(self.fr or self.nl)

    def to_json(self) -> dict[str, str | None]:
        return {"fr": self.fr, "nl": self.nl}

    @classmethod
    def from_json(cls, data: dict[str, str | None]) -> Words:
        return cls(data["fr"], data["nl"])


NOTHING = Words()


class Operator(StrEnum):
    """How an answer decides. None of them holds while the earlier question has no answer, or was not shown."""

    IS = "is"
    IS_NOT = "is_not"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Condition:
    """What must be true of an earlier answer. `values` are ids of choices, "other", "no_opinion", points or one number.

    Of several values one is enough for IS, and none may be there for IS_NOT.
    """

    question: str
    operator: Operator
    values: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"question": self.question, "operator": self.operator.value, "values": list(self.values)}

    @classmethod
    def from_json(cls, data: Any) -> Condition | None:
        """Read a condition; None for none. Raises ValueError for what isn't one."""
        if not data:
            return None
        try:
            return cls(str(data["question"]), Operator(data["operator"]), tuple(map(str, data.get("values", ()))))
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("not a condition") from error


@dataclass(frozen=True)
class OptionDefinition:
    """A choice, or a row of a matrix. `id` is its identity: that of its block, the same in both languages."""

    id: str
    words: Words
    picture: int | None = None
    is_right: bool = False
    is_retired: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "words": self.words.to_json(),
            "picture": self.picture,
            "is_right": self.is_right,
            "is_retired": self.is_retired,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> OptionDefinition:
        return cls(**{**data, "words": Words.from_json(data["words"])})


TEXTS = ("text", "help_text", "unit", "low_words", "high_words", "explanation")
SWITCHES = ("is_required", "has_other", "has_no_opinion", "is_shuffled", "is_retired")


@dataclass(frozen=True)
class QuestionDefinition:
    """One question. `least` and `most` count marks, or bound a number; `scale_points` are counted from 1."""

    key: str
    kind: Kind
    text: Words
    help_text: Words = NOTHING
    is_required: bool = False
    has_other: bool = False
    has_no_opinion: bool = False
    is_shuffled: bool = False
    is_retired: bool = False
    least: Decimal | None = None
    most: Decimal | None = None
    unit: Words = NOTHING
    low_words: Words = NOTHING
    high_words: Words = NOTHING
    scale_points: int = 5
    choices: tuple[OptionDefinition, ...] = ()
    rows: tuple[OptionDefinition, ...] = ()
    explanation: Words = NOTHING
    shows_when: Condition | None = None

    @cached_property
    def options(self) -> tuple[OptionDefinition, ...]:
        """Everything with an identity: the choices (those of yes/no too) and the rows, retired ones too."""
        if self.kind == Kind.YES_NO:
            right = {choice.id for choice in self.choices if choice.is_right}
            return tuple(
                OptionDefinition(key, Words(*words), None, key in right) for key, words in YES_NO_WORDS.items()
            )
        return self.choices + self.rows

    @property
    def offered(self) -> tuple[OptionDefinition, ...]:
        """What can be marked today."""
        return tuple(option for option in self.options if not option.is_retired)

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "kind": self.kind.value,
            **{name: getattr(self, name).to_json() for name in TEXTS},
            **{name: getattr(self, name) for name in SWITCHES},
            "least": None if self.least is None else format(self.least, "f"),
            "most": None if self.most is None else format(self.most, "f"),
            "scale_points": self.scale_points,
            "choices": [choice.to_json() for choice in self.choices],
            "rows": [row.to_json() for row in self.rows],
            "shows_when": self.shows_when.to_json() if self.shows_when else None,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> QuestionDefinition:
        named: dict[str, Any] = {name: data[name] for name in SWITCHES}
        named |= {name: Words.from_json(data[name]) for name in TEXTS}
        return cls(
            key=data["key"],
            kind=Kind(data["kind"]),
            **named,
            least=None if data["least"] is None else Decimal(data["least"]),
            most=None if data["most"] is None else Decimal(data["most"]),
            scale_points=data["scale_points"],
            choices=tuple(OptionDefinition.from_json(choice) for choice in data["choices"]),
            rows=tuple(OptionDefinition.from_json(row) for row in data["rows"]),
            shows_when=Condition.from_json(data["shows_when"]),
        )


@dataclass(frozen=True)
class Section:
    """Questions that are one step. The first one has no title unless its first question begins one."""

    keys: tuple[str, ...]
    title: Words = NOTHING
    shows_when: Condition | None = None

    def to_json(self) -> dict[str, Any]:
        condition = self.shows_when.to_json() if self.shows_when else None
        return {"keys": list(self.keys), "title": self.title.to_json(), "shows_when": condition}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Section:
        return cls(tuple(data["keys"]), Words.from_json(data["title"]), Condition.from_json(data["shows_when"]))


@dataclass(frozen=True)
class Terms:
    """On what terms one answers, as the page says before one does: they are part of what is kept with each answer.

    `neighbourhoods` (their numbers, in order) are among them where they decide who may answer, else there are none.
    """

    access: str = "anyone"
    is_open_about_who_answered: bool = False
    results_when: str = "closing"
    results_for: str = "everybody"
    staff_see_running_results: bool = False
    asks_neighbourhood: bool = False
    neighbourhoods: tuple[int, ...] = ()

    @property
    def keeps_place(self) -> bool:
        """Whether an answer is kept with its neighbourhood: where it is asked, or decides who may answer."""
        return self.asks_neighbourhood or self.access == "verified_there"


@dataclass(frozen=True)
class SurveyDefinition:
    """All questions in their order, retired ones too, the sections that divide them, and the terms."""

    title: Words
    questions: tuple[QuestionDefinition, ...]
    sections: tuple[Section, ...] = field(default=())
    is_quiz: bool = False
    terms: Terms = field(default=Terms())

    @cached_property
    def by_key(self) -> dict[str, QuestionDefinition]:
        return {question.key: question for question in self.questions}

    @property
    def asked(self) -> tuple[QuestionDefinition, ...]:
        """The questions that are asked today."""
        return tuple(question for question in self.questions if not question.is_retired)

    @cached_property
    def section_of(self) -> dict[str, Section]:
        return {key: section for section in self.sections for key in section.keys}

    def to_json(self) -> dict[str, Any]:
        return {
            "title": self.title.to_json(),
            "questions": [question.to_json() for question in self.questions],
            "sections": [section.to_json() for section in self.sections],
            "is_quiz": self.is_quiz,
            "terms": asdict(self.terms),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> SurveyDefinition:
        return cls(
            title=Words.from_json(data["title"]),
            questions=tuple(QuestionDefinition.from_json(question) for question in data["questions"]),
            sections=tuple(Section.from_json(section) for section in data["sections"]),
            is_quiz=data["is_quiz"],
            terms=Terms(**{**data["terms"], "neighbourhoods": tuple(data["terms"].get("neighbourhoods", ()))}),
        )

    @cached_property
    def digest(self) -> str:
        """Return a fingerprint of every word and setting: two definitions that differ in anything have two."""
        text = json.dumps(self.to_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
