"""What may change once a survey has answers.

Texts may be corrected, questions added at the end or retired, choices and lines added or retired, "other" and "no
opinion" switched on. Kinds, identities, conditions, bounds, the order of the questions and the terms on which people
answered, of which the neighbourhoods are one where they decide who may, stay: the answers that are there would mean
something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from home.languages import active_language
from participation.surveys.building import TERMS
from participation.surveys.conditions import conditions_of
from participation.surveys.definitions import QuestionDefinition, SurveyDefinition, Terms
from participation.surveys.kinds import Kind
from participation.surveys.terms import Access

if TYPE_CHECKING:
    from participation.models import SurveyPage

FROZEN_ON_THE_PAGE = frozenset({*TERMS, "is_quiz", "opens_at"})
FROZEN_IN_A_QUESTION = frozenset(
    {"key", "kind", "is_required", "least", "most", "scale_points", "shows_when", "section_shows_when", "right_answer"}
)
# Of a question that was answered, the attribute of its definition and the field of the form where it is set.
FIXED = {"kind": "kind", "is_required": "is_required", "least": "least", "most": "most", "scale_points": "scale_points"}
SWITCHED_ON_ONLY = ("has_other", "has_no_opinion")


@dataclass(frozen=True)
class Refusal:
    """A change that can't be made: of which question ("" for the page), in which field, and why in a sentence."""

    question: str
    field: str
    message: str


@dataclass(frozen=True)
class Frozen:
    """What the form shows and doesn't let one change: fields of the page, and of its questions by key.

    The questions of `questions` can be neither moved nor deleted, nor can another come before one of them; the
    options of `options`, by the ids of their blocks, can't be deleted. What `switched_on` names of a question was
    offered to people, and stays so.
    """

    page: frozenset[str] = frozenset()
    questions: frozenset[str] = frozenset()
    options: frozenset[str] = frozenset()
    fields: frozenset[str] = FROZEN_IN_A_QUESTION
    switched_on: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def fields_of(self, key: str) -> frozenset[str]:
        """Return which fields of an answered question are shown, and can't be changed."""
        return self.fields | self.switched_on.get(key, frozenset())


def frozen_fields(page: SurveyPage) -> Frozen:
    """Return what has been fixed by the answers that are there; nothing before the first one."""
    kept = page.kept_definition()
    if kept is None:
        return Frozen()
    there = {"neighbourhoods"} if kept.terms.access == Access.VERIFIED_THERE else set()
    return Frozen(
        page=FROZEN_ON_THE_PAGE | there,
        questions=frozenset(kept.by_key),
        options=frozenset(option.id for question in kept.questions for option in (*question.choices, *question.rows)),
        switched_on={
            each.key: frozenset(name for name in SWITCHED_ON_ONLY if getattr(each, name)) for each in kept.questions
        },
    )


def breaks(draft: SurveyPage, new: SurveyDefinition) -> list[str]:
    """Return, in sentences, what of a draft, and its definition `new`, would break answers; nothing while there are none."""
    kept = draft.kept_definition()
    if kept is None:
        return []
    found = []
    for each in refusals(kept, new):
        question = kept.by_key.get(each.question) if each.field != "questions" else None
        text = question.text.in_language(active_language()) if question else ""
        found.append(
            _("“%(question)s” – %(message)s") % {"question": text, "message": each.message} if text else each.message
        )
    if draft.opens_at != type(draft).objects.values_list("opens_at", flat=True).get(pk=draft.pk):
        found.append(_("It has opened, and people have answered: when it opens can't be changed any more."))
    return list(dict.fromkeys(found))


def refusals(kept: SurveyDefinition, new: SurveyDefinition) -> list[Refusal]:
    """Return the changes from `kept`, under which answers were given, to `new` that would break them."""
    return [*_of_terms(kept, new), *_of_order(kept, new), *_of_questions(kept, new)]


def _of_terms(kept: SurveyDefinition, new: SurveyDefinition) -> Iterator[Refusal]:
    message = _("People have answered on these terms; they can't be changed any more.")
    for name in Terms.__dataclass_fields__:
        if getattr(kept.terms, name) != getattr(new.terms, name):
            yield Refusal("", name, message)
    if kept.is_quiz != new.is_quiz:
        yield Refusal("", "is_quiz", message)


def _of_order(kept: SurveyDefinition, new: SurveyDefinition) -> Iterator[Refusal]:
    before = [question.key for question in kept.questions]
    after = [question.key for question in new.questions]
    for key in before:
        if key not in after:
            text = kept.by_key[key].text.in_language(active_language())
            message = _("“%(question)s” has answers and can't be deleted. Retire it instead.") % {"question": text}
            yield Refusal(key, "questions", message)
    if [key for key in after if key in before] != [key for key in before if key in after]:
        yield Refusal("", "questions", _("Questions that have answers stay in their order."))
    elif set(after[: len(before)]) - set(before) and set(before) <= set(after):
        yield Refusal("", "questions", _("Add new questions at the end: the others have answers already."))


def _of_questions(kept: SurveyDefinition, new: SurveyDefinition) -> Iterator[Refusal]:
    for before in kept.questions:
        after = new.by_key.get(before.key)
        if after is None:
            continue
        for name, form_field in FIXED.items():
            if getattr(before, name) != getattr(after, name):
                message = _(
                    "This question has answers: this setting can't be changed any more. Retire it and ask anew."
                )
                yield Refusal(before.key, form_field, message)
        if conditions_of(kept, before) != conditions_of(new, after):
            message = _("This question has answers: when it shows can't be changed any more.")
            yield Refusal(before.key, "shows_when", message)
        yield from _of_switches(before, after)
        yield from _of_options(before, after)
        if kept.is_quiz:
            yield from _of_right_answers(before, after)


def _of_switches(before: QuestionDefinition, after: QuestionDefinition) -> Iterator[Refusal]:
    for name in SWITCHED_ON_ONLY:
        if getattr(before, name) and not getattr(after, name):
            message = _("People could choose this: it can be offered from now on, but not taken away any more.")
            yield Refusal(before.key, name, message)


def _of_options(before: QuestionDefinition, after: QuestionDefinition) -> Iterator[Refusal]:
    now = {option.id: option for option in after.options}
    for option in before.options:
        same = now.get(option.id)
        if same is None:
            message = _("A choice that people could see can't be deleted. Tick “no longer offered” instead.")
            yield Refusal(before.key, "options", message)
        elif same.picture != option.picture:
            message = _("People have chosen by this picture; it can't be exchanged. Retire the choice and add another.")
            yield Refusal(before.key, "options", message)


def _of_right_answers(before: QuestionDefinition, after: QuestionDefinition) -> Iterator[Refusal]:
    """In a quiz what is right stays: no choice becomes right or wrong, and none that is right comes."""
    if {each.id for each in before.options if each.is_right} != {each.id for each in after.options if each.is_right}:
        form_field = "right_answer" if before.kind == Kind.YES_NO else "options"
        yield Refusal(before.key, form_field, _("People have answered this quiz: what is right can't be changed."))
