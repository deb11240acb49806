"""The questions that a board asks of every idea, judged as a survey judges its answers.

An idea keeps them as {question key: {"value": …, "text": "…"}}, each value as `participation.surveys.answers` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from home.languages import active_language
from participation.models import Idea, IdeaBoardPage
from participation.surveys.answers import Given, check
from participation.surveys.building import TERMS, definition_from
from participation.surveys.definitions import QuestionDefinition, Terms
from participation.surveys.kinds import YES_NO_WORDS


def questions_of(page: IdeaBoardPage, *, with_retired: bool = False) -> tuple[QuestionDefinition, ...]:
    """Return what the board asks today, in both languages."""
    pages = IdeaBoardPage.objects.filter(translation_key=page.board_key).select_related("locale")
    by_language = {each.locale.language_code: each for each in pages.prefetch_related("questions")}
    codes = sorted(by_language, key=lambda code: by_language[code].pk != page.pk)
    sheets = {code: (_sheet(by_language[code]), list(by_language[code].questions.all())) for code in codes}
    definition = definition_from(sheets)
    return definition.questions if with_retired else definition.asked


def _sheet(page: IdeaBoardPage) -> SimpleNamespace:
    terms = Terms()
    return SimpleNamespace(title=page.title, is_quiz=False, **{name: getattr(terms, name) for name in TERMS})


def clean_answers(page: IdeaBoardPage, answers: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with the answers, by question key; nothing where they are as the board asks."""
    found: dict[str, str] = {}
    for question in questions_of(page):
        messages = check(question, given_to(answers.get(question.key)))
        if messages:
            found[question.key] = " ".join(message for each in messages.values() for message in each)
    return found


def given_to(kept: Any) -> Given | None:
    """Return an answer that an idea keeps, as surveys read it."""
    if not isinstance(kept, Mapping) or not isinstance(kept.get("value"), Mapping):
        return None
    return Given(kept["value"], str(kept.get("text", "")))


def as_kept(given: Given) -> dict[str, Any]:
    return {"value": dict(given.value), "text": given.text}


@dataclass(frozen=True)
class Told:
    """What an idea answers to one question, in words."""

    question: str
    words: str


def told_answers(page: IdeaBoardPage, idea: Idea) -> list[Told]:
    """Return the answers of an idea to the board's questions, retired ones too, in the reader's language."""
    code, found = active_language(), []
    for question in questions_of(page, with_retired=True):
        given = given_to(idea.answers.get(question.key))
        if given:
            found.append(Told(question.text.in_language(code), _words(question, given)))
    return found


def _words(question: QuestionDefinition, given: Given) -> str:
    if given.text:
        return given.text
    code = active_language()
    named = {option.id: option.words.in_language(code) for option in question.choices}
    named |= {key: words[code == "nl"] for key, words in YES_NO_WORDS.items()}
    value = next(iter(given.value.values()), "")
    return ", ".join(named.get(each, str(each)) for each in value) if isinstance(value, list) else str(value)
