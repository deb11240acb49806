"""The questions that a board asks of every idea, as fields of its form and as words on its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from participation.ideas.answers import as_kept, given_to
from participation.surveys.answers import Given, field_of
from participation.surveys.definitions import QuestionDefinition
from participation.surveys.kinds import OTHER, Kind
from participation.surveys.reading import UnreadableError, read_one

CHOICES = frozenset({Kind.ONE, Kind.SEVERAL, Kind.YES_NO, Kind.SCALE})
INPUT_TYPES = {Kind.DATE: "date"}


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class QuestionField:
    """One question as its form shows it, with what was typed and what is wrong with it."""

    name: str
    text: str
    help_text: str
    is_required: bool
    kind: str
    choices: Sequence[Choice]
    typed: str
    error: str

    @property
    def is_several(self) -> bool:
        return self.kind == Kind.SEVERAL

    @property
    def is_long(self) -> bool:
        return self.kind == Kind.LONG_TEXT

    @property
    def input_type(self) -> str:
        return INPUT_TYPES.get(Kind(self.kind), "text")


def read_answers(
    questions: Sequence[QuestionDefinition], data: QueryDict
) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """Return what was answered, as ideas keep it, and what could not be read, both by the question's key."""
    answers, errors = {}, {}
    for question in questions:
        try:
            given = read_one(question, data)
        except UnreadableError as error:
            errors[question.key] = error.message
        else:
            if given is not None:
                answers[question.key] = as_kept(given)
    return answers, errors


def fields_of(
    questions: Sequence[QuestionDefinition],
    kept: Mapping[str, Any],
    language: str,
    *,
    data: QueryDict | None = None,
    errors: Mapping[str, str] | None = None,
) -> list[QuestionField]:
    """Return the fields, filled with what was just sent (`data`), else with what is kept."""
    return [_field(question, kept, language, data, (errors or {}).get(question.key, "")) for question in questions]


def _field(
    question: QuestionDefinition, kept: Mapping[str, Any], language: str, data: QueryDict | None, error: str
) -> QuestionField:
    name = field_of(question.key)
    typed = data.getlist(name) if data is not None else _typed(given_to(kept.get(question.key)))
    if question.kind == Kind.SCALE:
        offered = [(str(point), str(point)) for point in range(1, question.scale_points + 1)]
    else:
        offered = [(option.id, option.words.in_language(language)) for option in question.offered]
    choices = [Choice(value, label, value in typed) for value, label in offered] if question.kind in CHOICES else []
    return QuestionField(
        name=name,
        text=question.text.in_language(language),
        help_text=question.help_text.in_language(language),
        is_required=question.is_required,
        kind=question.kind.value,
        choices=choices,
        typed=typed[0] if typed and question.kind not in CHOICES else "",
        error=error,
    )


def _typed(given: Given | None) -> list[str]:
    """Return a kept answer as it was typed."""
    if given is None:
        return []
    value = given.value
    if "marks" in value:
        return [str(mark) for mark in value["marks"]]
    found = next((value[name] for name in ("point", "number", "date") if name in value), None)
    return [str(found)] if found is not None else [given.text]


def in_words(questions: Sequence[QuestionDefinition], kept: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """Return question and answer in words, for those that are still asked. What was written freely stays as it is."""
    found = []
    for question in questions:
        given = given_to(kept.get(question.key))
        words = _words(question, given, language) if given else ""
        if words:
            found.append((question.text.in_language(language), words))
    return found


def _words(question: QuestionDefinition, given: Given, language: str) -> str:
    labels = {option.id: option.words.in_language(language) for option in question.options}
    if question.kind == Kind.SCALE:
        return _("%(point)s of %(most)d") % {"point": given.value.get("point"), "most": question.scale_points}
    if question.kind == Kind.DATE:
        return date_format(date.fromisoformat(given.value["date"]), "j F Y")
    if "marks" in given.value:
        marks = [labels.get(mark, given.text if mark == OTHER else "") for mark in given.value["marks"]]
        return ", ".join(filter(None, marks))
    return str(given.value.get("number", "")) or given.text
