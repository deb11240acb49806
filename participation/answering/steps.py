"""The steps of a form: the sections that show for what was answered so far. Pure: no request, no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from participation.surveys.answers import Given
from participation.surveys.conditions import conditions_of, shown
from participation.surveys.definitions import NOTHING, Section, SurveyDefinition, Words

Answers = Mapping[str, Given]


@dataclass(frozen=True)
class Step:
    """One section as a step. `index` is that of the section; `number` of `count` counts those that show.

    `keys` are the questions on it: those of `shown`, and those that an answer on the same step may bring out.
    """

    index: int
    number: int
    count: int
    title: Words
    keys: tuple[str, ...]
    shown: frozenset[str]
    before: int | None
    after: int | None

    @property
    def is_last(self) -> bool:
        return self.after is None


def step_at(definition: SurveyDefinition, answers: Answers, wanted: int = 0) -> Step:
    """Return the step of the section `wanted`; where it doesn't show, the next one that does, else the last."""
    sections = definition.sections or (Section(tuple(definition.by_key)),)
    visible = frozenset(shown(definition, answers))
    showing = [index for index, section in enumerate(sections) if visible & set(section.keys)] or [0]
    index = next((each for each in showing if each >= wanted), showing[-1])
    at = showing.index(index)
    section = sections[index]
    return Step(
        index=index,
        number=at + 1,
        count=len(showing),
        title=section.title,
        keys=tuple(key for key in section.keys if key in visible or _may_show(definition, key, section)),
        shown=visible & set(section.keys),
        before=showing[at - 1] if at else None,
        after=showing[at + 1] if at + 1 < len(showing) else None,
    )


def whole(definition: SurveyDefinition, answers: Answers) -> Step:
    """Return all that is asked as one step."""
    keys = tuple(question.key for question in definition.asked)
    return Step(0, 1, 1, NOTHING, keys, frozenset(shown(definition, answers)), None, None)


def _may_show(definition: SurveyDefinition, key: str, section: Section) -> bool:
    """Whether an answer on the same step can bring the question out."""
    question = definition.by_key[key]
    if question.is_retired:
        return False
    return any(condition.question in section.keys for condition in conditions_of(definition, question))


def section_of_field(definition: SurveyDefinition, name: str) -> int:
    """Return in which section the question of a field stands, so that its error is shown there."""
    for index, section in enumerate(definition.sections):
        if any(name.startswith(f"q-{key}") for key in section.keys):
            return index
    return 0
