"""What the editor of a survey should still look at, told beside the form and at the question."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from wagtail.models import Page

from home.advice import Advice
from participation.models import SurveyPage
from participation.surveys.building import definition_of
from participation.surveys.definitions import QuestionDefinition
from participation.surveys.kinds import WRITTEN
from participation.surveys.soundness import problems

LONG = 15  # questions: more are left half-way on a phone


def advise(draft: Page, now: datetime) -> Iterator[Advice]:
    if not isinstance(draft, SurveyPage):
        return
    definition = definition_of(draft)
    for key, message in problems(definition):
        yield Advice(f"questions.{key}" if key else "questions", message)
    if len(definition.asked) > LONG:
        words = _("%(count)d questions are many: people stop half-way. Which ones will change a decision?")
        yield Advice("questions", words % {"count": len(definition.asked)})
    for question in definition.asked:
        yield from _of_question(question)


def _of_question(question: QuestionDefinition) -> Iterator[Advice]:
    place = f"questions.{question.key}"
    if question.kind in WRITTEN and not question.help_text:
        yield Advice(place, _("Ask in the help to leave out names and addresses: what people write is shown later."))
    if question.kind in WRITTEN and question.is_required:
        yield Advice(place, _("Who has nothing to write can't go on: does this text need an answer?"))
