"""A quiz: what was right, and why, once a step is answered; and the score at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from participation.surveys.answers import Given
from participation.surveys.definitions import QuestionDefinition, SurveyDefinition


@dataclass(frozen=True)
class Checked:
    """One question with what was answered; `is_right` is None where no answer is the right one."""

    text: str
    given: str
    right: str
    explanation: str
    is_right: bool | None


def checked(
    definition: SurveyDefinition, answers: Mapping[str, Given], keys: Iterable[str], code: str
) -> list[Checked]:
    """Return the questions of `keys` that have a right answer, or something to explain."""
    questions = [definition.by_key[key] for key in keys]
    found = [_checked(question, answers.get(question.key), code) for question in questions]
    return [each for each in found if each.is_right is not None or each.explanation]


def score_of(found: Iterable[Checked]) -> tuple[int, int]:
    """Return how many answers were right, of how many that can be."""
    judged = [each.is_right for each in found if each.is_right is not None]
    return sum(judged), len(judged)


def _checked(question: QuestionDefinition, given: Given | None, code: str) -> Checked:
    right = {option.id for option in question.options if option.is_right}
    marks = set(given.value.get("marks", ())) if given else set()
    words = {option.id: option.words.in_language(code) for option in question.options}
    return Checked(
        text=question.text.in_language(code),
        given=", ".join(words[each] for each in words if each in marks),
        right=", ".join(words[each] for each in words if each in right),
        explanation=question.explanation.in_language(code),
        is_right=marks == right if right else None,
    )
