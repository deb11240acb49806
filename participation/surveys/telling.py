"""Results while a survey runs: told in steps, so that two readings of them don't show what one person answered.

A tally has two counts: what it is (`count`) and what was last told (`told`). A question moves from the one to the other
once 5 more people have seen it; so with each language and each way that is shown, and with what rests on it, together.
Until then it stands still. Neighbourhoods are told once the survey is closed: with so many columns, nothing would move
before hundreds had answered. After closing all is told. Decision 12 says what this costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import F

from participation.models import Survey
from participation.surveys.cells import BALLOTS, SEEN, WHOLE
from participation.surveys.conditions import conditions_of
from participation.surveys.counting import locked
from participation.surveys.definitions import SurveyDefinition
from participation.surveys.disclosure import SMALLEST
from participation.surveys.tables import ALL, Counted, counted_and_told

Unit = frozenset[str]  # keys of questions that move together


def told(survey: Survey, definition: SurveyDefinition) -> Counted:
    """Return the counts as they may be told now of a survey that runs, after moving what has moved enough."""
    found, before = counted_and_told(survey)
    if not _ready(definition, found, before):
        return before
    with transaction.atomic():
        locked(survey.pk)
        ready = _ready(definition, *counted_and_told(survey))
        survey.tallies.filter(question__in=ready).update(told=F("count"))
        return counted_and_told(survey)[1]


def units_of(definition: SurveyDefinition) -> list[Unit]:
    """Return the questions in groups: each with what it rests on, and all that rests on the same."""
    units: list[set[str]] = []
    for question in definition.questions:
        mine = {question.key, *(each.question for each in conditions_of(definition, question))}
        units = [unit for unit in units if not unit & mine] + [mine.union(*(unit for unit in units if unit & mine))]
    return [frozenset(unit) for unit in units]


def _ready(definition: SurveyDefinition, found: Counted, before: Counted) -> list[str]:
    """Return the questions that may be told anew, WHOLE for how many answered."""
    units = [frozenset({WHOLE}), *units_of(definition)]
    checks = (_is_large_enough, _has_moved, _moves_together)
    return sorted(key for unit in units if all(check(unit, found, before) for check in checks) for key in unit)


def _is_large_enough(unit: Unit, found: Counted, before: Counted) -> bool:
    return any(_base(found, key).get(ALL, 0) >= SMALLEST for key in unit)


def _base(found: Counted, key: str) -> Mapping[str, int]:
    """How many people stand behind what is told of a question, by column."""
    return found.of(key, BALLOTS if key == WHOLE else SEEN)


def _has_moved(unit: Unit, found: Counted, before: Counted) -> bool:
    return any(found.cells.get(key, {}) != before.cells.get(key, {}) for key in unit)


def _moves_together(unit: Unit, found: Counted, before: Counted) -> bool:
    """Whether in each column 5 more people or nobody at all stands behind what changed, of each question."""
    return all(_is_a_step(found, before, key) for key in unit)


def _is_a_step(found: Counted, before: Counted, key: str) -> bool:
    now, then = _base(found, key), _base(before, key)
    if not any(then.values()):
        return True  # never told yet: what is small is hidden
    changed = _changed_columns(found.cells.get(key, {}), before.cells.get(key, {}))
    return all(now.get(group, 0) - then.get(group, 0) >= SMALLEST for group in changed)


def _changed_columns(now: Mapping[str, Mapping[str, int]], then: Mapping[str, Mapping[str, int]]) -> Iterable[str]:
    cells = now.keys() | then.keys()
    groups = {group for cells_of in (now, then) for counts in cells_of.values() for group in counts}
    return [
        group
        for group in groups
        if any(now.get(cell, {}).get(group, 0) != then.get(cell, {}).get(group, 0) for cell in cells)
    ]
