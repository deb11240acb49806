"""Ready-made surveys: what other communes asked, in both languages, as files of `participation/survey_templates/`.

In a file the questions and choices have names of their own, by which its conditions refer to them; whoever takes one
over gives them keys (`surveys.copying.renewed`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from participation.surveys.definitions import (
    NOTHING,
    Condition,
    OptionDefinition,
    QuestionDefinition,
    Section,
    SurveyDefinition,
    Words,
)
from participation.surveys.kinds import NO, YES, Kind

FOLDER = Path(__file__).parents[1] / "survey_templates"
SWITCHES = ("is_required", "has_other", "has_no_opinion", "is_shuffled")
TEXTS = {"help": "help_text", "low": "low_words", "high": "high_words", "unit": "unit", "explanation": "explanation"}
YES_AND_NO: dict[str, None] = {YES: None, NO: None}

Data = dict[str, Any]


@dataclass(frozen=True)
class ReadyMade:
    """One survey to begin with; `introduction` and `thanks` are proposed for the page."""

    code: str
    introduction: Words
    thanks: Words
    definition: SurveyDefinition


@cache
def ready_made() -> dict[str, ReadyMade]:
    """Return the ready-made surveys by the names of their files, in the order that they give themselves."""
    files = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.yaml")}
    in_order = sorted(files.items(), key=lambda item: item[1]["order"])
    return {code: _survey(code, data) for code, data in in_order}


def _survey(code: str, data: Data) -> ReadyMade:
    definition = definition_from_data(data)
    return ReadyMade(code, _words(data.get("introduction")), _words(data.get("thanks")), definition)


def definition_from_data(data: Data) -> SurveyDefinition:
    """Return the survey that a file describes."""
    return SurveyDefinition(
        title=_words(data["title"]),
        questions=tuple(_question(row) for row in data["questions"]),
        sections=_sections(data["questions"]),
        is_quiz=data.get("is_quiz", False),
    )


def _words(pair: Data | None) -> Words:
    return Words(**pair) if pair else NOTHING


def _question(row: Data) -> QuestionDefinition:
    right = row.get("right", [])
    named: Data = {name: row.get(name, False) for name in SWITCHES}
    named |= {field: _words(row.get(name)) for name, field in TEXTS.items()}
    return QuestionDefinition(
        key=row["key"],
        kind=Kind(row["kind"]),
        text=_words(row["text"]),
        least=_number(row.get("least")),
        most=_number(row.get("most")),
        scale_points=row.get("points", 5),
        choices=_options(row.get("choices", YES_AND_NO if right and row["kind"] == Kind.YES_NO else {}), right),
        rows=_options(row.get("rows", {}), []),
        shows_when=Condition.from_json(row.get("shows_when")),
        **named,
    )


def _number(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _options(rows: Mapping[str, Any], right: list[str]) -> tuple[OptionDefinition, ...]:
    return tuple(OptionDefinition(name, _words(words), None, name in right) for name, words in rows.items())


def _sections(rows: list[Data]) -> tuple[Section, ...]:
    found: list[Section] = []
    for row in rows:
        if found and "section" not in row:
            found[-1] = Section((*found[-1].keys, row["key"]), found[-1].title, found[-1].shows_when)
        else:
            condition = Condition.from_json(row.get("section_shows_when"))
            found.append(Section((row["key"],), _words(row.get("section")), condition))
    return tuple(found)
