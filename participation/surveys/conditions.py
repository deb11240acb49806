"""Which questions show for given answers, and whether what was set up can show at all.

A question shows when it isn't retired, its section shows, and its own condition holds. A condition holds only on an
answer that counts: one to a question that shows itself. So hiding a question hides what rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from participation.surveys.answers import Given, values_of
from participation.surveys.definitions import Condition, Operator, QuestionDefinition, SurveyDefinition
from participation.surveys.kinds import DECIDING, MEASURED, NO_OPINION, OTHER, Kind

Answers = Mapping[str, Given]
BOUNDS = frozenset({Operator.AT_LEAST, Operator.AT_MOST})


def shown(definition: SurveyDefinition, answers: Answers) -> list[str]:
    """Return the keys of the questions that show for these answers, in their order."""
    keys: list[str] = []
    counting: dict[str, frozenset[str]] = {}
    for question in definition.questions:
        if question.is_retired or not all(holds(each, counting) for each in conditions_of(definition, question)):
            continue
        keys.append(question.key)
        if question.key in answers:
            counting[question.key] = values_of(question, answers[question.key])
    return keys


def without_hidden(definition: SurveyDefinition, answers: Answers) -> dict[str, Given]:
    """Return the answers to the questions that show; the others are dropped."""
    return {key: answers[key] for key in shown(definition, answers) if key in answers}


def conditions_of(definition: SurveyDefinition, question: QuestionDefinition) -> list[Condition]:
    """Return what must hold for a question to show: its section's condition and its own."""
    section = definition.section_of.get(question.key)
    return [each for each in (section.shows_when if section else None, question.shows_when) if each]


def holds(condition: Condition, counting: Mapping[str, frozenset[str]]) -> bool:
    """Whether a condition holds, given the values of the answers that count, by question."""
    values = counting.get(condition.question)
    if not values:
        return False
    if condition.operator in BOUNDS:
        return _is_in_bounds(condition, values)
    return {
        Operator.IS: bool(values & set(condition.values)),
        Operator.IS_NOT: not values & set(condition.values),
        Operator.ANSWERED: NO_OPINION not in values,
    }[condition.operator]


def _is_in_bounds(condition: Condition, values: frozenset[str]) -> bool:
    bound, number = _number(condition.values[0] if condition.values else ""), _number(next(iter(values)))
    if bound is None or number is None:
        return False
    return number >= bound if condition.operator == Operator.AT_LEAST else number <= bound


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def problems(definition: SurveyDefinition) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the conditions: the key of the question, and a sentence for its editor."""
    earlier: dict[str, QuestionDefinition] = {}
    for question in definition.questions:
        if not question.is_retired:
            first_in_section = earlier
            section = definition.section_of.get(question.key)
            if section and section.keys[0] != question.key:
                first_in_section = {key: each for key, each in earlier.items() if key not in section.keys}
            found = [
                problem
                for condition, known in (
                    (section.shows_when if section else None, first_in_section),
                    (question.shows_when, earlier),
                )
                if condition and (problem := _problem(condition, known))
            ]
            yield from ((question.key, problem) for problem in found)
            if not found and not can_show(definition, question):
                yield question.key, _("Nobody would ever see this question: its conditions exclude each other.")
        earlier[question.key] = question


def _problem(condition: Condition, earlier: Mapping[str, QuestionDefinition]) -> str:
    source = earlier.get(condition.question)
    if source is None:
        return _("The condition rests on a question that does not come before this one. Choose an earlier question.")
    if source.is_retired:
        return _("The condition rests on a question that is no longer asked: nobody would see this one.")
    if source.kind not in DECIDING:
        return _("The answers to that question can't decide what is shown: choose a question with choices or numbers.")
    if condition.operator in BOUNDS:
        is_bound = source.kind in MEASURED and len(condition.values) == 1 and _number(condition.values[0]) is not None
        return "" if is_bound else _("“At least” and “at most” need a scale or a number, and one bound.")
    if condition.operator == Operator.ANSWERED:
        return ""
    if source.kind == Kind.NUMBER:
        return _("A number decides by “at least” or “at most”, or by being answered.")
    is_possible = set(condition.values) & set(possible_values(source) or ())
    return "" if is_possible else _("Choose at least one answer that can still be given.")


def possible_values(question: QuestionDefinition) -> frozenset[str] | None:
    """Return the values that an answer can have today; None for a number, which can have any."""
    if question.kind == Kind.NUMBER:
        return None
    values = {option.id for option in question.offered}
    if question.kind == Kind.SCALE:
        values = {str(point) for point in range(1, question.scale_points + 1)}
    values |= {OTHER} if question.has_other else set()
    return frozenset(values | ({NO_OPINION} if question.has_no_opinion else set()))


def can_show(definition: SurveyDefinition, question: QuestionDefinition) -> bool:
    """Whether some answers make a question show: all that it rests on, at every remove, can be true together."""
    demands: dict[str, list[Condition]] = {}
    waiting = [question]
    while waiting:
        for condition in conditions_of(definition, waiting.pop()):
            source = definition.by_key.get(condition.question)
            if source is None or source.is_retired:
                return False
            if source.key not in demands:
                waiting.append(source)
            demands.setdefault(source.key, []).append(condition)
    return all(_can_all_hold(definition.by_key[key], conditions) for key, conditions in demands.items())


def _can_all_hold(question: QuestionDefinition, conditions: list[Condition]) -> bool:
    if question.kind == Kind.SEVERAL:
        return _can_marks_hold(question, conditions)
    values = possible_values(question)
    if values is None:
        values = _numbers_to_try(question, conditions)
    return any(all(holds(each, {question.key: frozenset({value})}) for each in conditions) for value in values)


def _numbers_to_try(question: QuestionDefinition, conditions: list[Condition]) -> frozenset[str]:
    """Return numbers of which one satisfies the conditions, if any does: every bound, and a step beside each."""
    texts = [value for condition in conditions for value in condition.values]
    bounds = [number for number in map(_number, texts) if number is not None]
    bounds += [bound for bound in (question.least, question.most) if bound is not None] or [Decimal(0)]
    step = Decimal("0.0001")
    tried = {number + delta for number in bounds for delta in (-1, -step, 0, step, 1)}
    least, most = question.least, question.most
    allowed = {n for n in tried if (least is None or n >= least) and (most is None or n <= most)}
    return frozenset(map(str, allowed)) | ({NO_OPINION} if question.has_no_opinion else frozenset())


def _can_marks_hold(question: QuestionDefinition, conditions: list[Condition]) -> bool:
    """Of several choices: what may be marked is what no IS_NOT forbids, and each IS needs one of it."""
    forbidden = {value for each in conditions if each.operator == Operator.IS_NOT for value in each.values}
    free = (possible_values(question) or frozenset()) - forbidden
    marks = frozenset(free - {NO_OPINION})
    enough = len(marks) >= max(1, int(question.least or 0))
    sets = ([marks] if enough else []) + ([frozenset({NO_OPINION})] if NO_OPINION in free else [])
    return any(all(holds(each, {question.key: values}) for each in conditions) for values in sets)
