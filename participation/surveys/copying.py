"""Questions that are taken over from another survey, or from a ready-made one: in both languages, under fresh keys."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from participation.models import SurveyQuestion
from participation.surveys.definitions import (
    TEXTS,
    Condition,
    OptionDefinition,
    QuestionDefinition,
    Section,
    SurveyDefinition,
    Words,
)
from participation.surveys.kinds import Kind

Naming = Callable[[str], str]
COPIED = ("is_required", "has_other", "has_no_opinion", "is_shuffled", "least", "most", "scale_points")


def fresh_key(_name: str) -> str:
    return str(uuid.uuid4())


def renewed(definition: SurveyDefinition, *, naming: Naming = fresh_key) -> SurveyDefinition:
    """Return the same questions under other keys, and their choices under other ids; conditions follow them.

    Retired questions and choices stay behind, and with them the conditions that rest on them: nothing that is asked
    may depend on what isn't.
    """
    asked = definition.asked
    keys = {each.key: naming(each.key) for each in asked}
    ids = {each.key: {option.id: naming(f"{each.key}/{option.id}") for option in _own(each)} for each in asked}

    def pointed(condition: Condition | None) -> Condition | None:
        if condition is None or condition.question not in keys:
            return None
        known, source = ids[condition.question], definition.by_key[condition.question]
        left_behind = {option.id for option in (*source.choices, *source.rows)} - known.keys()
        values = tuple(known.get(value, value) for value in condition.values if value not in left_behind)
        if condition.values and not values:
            return None
        return replace(condition, question=keys[condition.question], values=values)

    questions = tuple(
        replace(
            each,
            key=keys[each.key],
            choices=_renamed(each.choices, ids[each.key]),
            rows=_renamed(each.rows, ids[each.key]),
            shows_when=pointed(each.shows_when),
        )
        for each in asked
    )
    sections = tuple(
        Section(tuple(keys[key] for key in each.keys if key in keys), each.title, pointed(each.shows_when))
        for each in definition.sections
    )
    return replace(definition, questions=questions, sections=tuple(each for each in sections if each.keys))


def _own(question: QuestionDefinition) -> Iterable[OptionDefinition]:
    """The options that have an id of their own; yes and no are the same everywhere."""
    if question.kind == Kind.YES_NO:
        return ()
    return (option for option in (*question.choices, *question.rows) if not option.is_retired)


def _renamed(options: Iterable[OptionDefinition], ids: dict[str, str]) -> tuple[OptionDefinition, ...]:
    return tuple(replace(option, id=ids.get(option.id, option.id)) for option in options if not option.is_retired)


def questions_in(definition: SurveyDefinition, code: str, *, only_own: bool = False) -> list[SurveyQuestion]:
    """Return the questions as those of a page in a language, not saved; those in the other language pair with them.

    Where a text is missing in that language it is taken from the other one, for the editor to translate; with
    `only_own` it is left out.
    """
    begins = {section.keys[0]: section for section in definition.sections}

    def say(words: Words) -> str:
        return (getattr(words, code) or "") if only_own else words.in_language(code)

    made = [_question(each, begins.get(each.key), say) for each in definition.questions]
    # Their place is told: a form numbers the questions that it changed, and those without a number would go before.
    for position, question in enumerate(made):
        question.sort_order = position
    return made


def _question(question: QuestionDefinition, section: Section | None, say: Callable[[Words], str]) -> SurveyQuestion:
    titled = section if section and section.title else None
    options = [_block("choice", each, say) for each in question.choices if question.kind != Kind.YES_NO]
    options += [_block("row", each, say) for each in question.rows]
    right = [each.id for each in question.choices if each.is_right] if question.kind == Kind.YES_NO else []
    return SurveyQuestion(
        key=uuid.UUID(question.key),
        translation_key=uuid.UUID(question.key),
        kind=question.kind,
        options=options,
        starts_section=say(titled.title) if titled else "",
        section_shows_when=titled.shows_when.to_json() if titled and titled.shows_when else None,
        shows_when=question.shows_when.to_json() if question.shows_when else None,
        right_answer=right[0] if right else "",
        **{name: say(getattr(question, name)) for name in TEXTS},
        **{name: getattr(question, name) for name in COPIED},
    )


def _block(kind: str, option: OptionDefinition, say: Callable[[Words], str]) -> dict[str, Any]:
    value: dict[str, Any] = {"text": say(option.words), "is_retired": False}
    if kind == "choice":
        value |= {"picture": option.picture, "is_right": option.is_right}
    return {"type": kind, "id": option.id, "value": value}
