"""Whether a survey can be answered at all, as its editor is told before it is published."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from participation.surveys.conditions import problems as problems_of_conditions
from participation.surveys.definitions import QuestionDefinition, SurveyDefinition
from participation.surveys.kinds import WITH_BOUNDS, WITH_CHOICES, WITH_OTHER, WITH_ROWS, Kind


def problems(definition: SurveyDefinition) -> Iterator[tuple[str, str]]:
    """Yield what has to be put right: the key of the question ("" for the survey), and a sentence that says how."""
    if not definition.asked:
        yield "", _("A survey needs at least one question.")
    for question in definition.asked:
        yield from ((question.key, problem) for problem in _problems(question))
    yield from problems_of_conditions(definition)


def _problems(question: QuestionDefinition) -> Iterator[str]:
    offered = len(question.offered)
    if question.kind in WITH_CHOICES and offered + question.has_other < 2:
        yield _("Give at least two choices: with fewer there is nothing to choose.")
    if question.kind in WITH_ROWS and not offered:
        yield _("Give at least one line: a matrix without lines asks nothing.")
    if question.kind == Kind.PICTURE and any(choice.picture is None for choice in question.offered):
        yield _("Each choice of this question needs its picture.")
    if question.kind in WITH_BOUNDS and question.kind != Kind.NUMBER:
        yield from _problems_of_bounds(question, offered + (question.has_other and question.kind in WITH_OTHER))


def _problems_of_bounds(question: QuestionDefinition, offered: int) -> Iterator[str]:
    for bound in (question.least, question.most):
        if bound is not None and (bound != int(bound) or bound < 0):
            yield _("“Least” and “most” count choices: write whole numbers.")
            return
    if question.least is not None and question.least > offered:
        yield _("“Least” is higher than the number of choices: nobody could answer.")
    if question.most is not None and question.most < 1:
        yield _("“Most” is below one: nobody could answer.")
