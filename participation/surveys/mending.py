"""A draft that was begun before the first answer, and would break what has been answered since: put right in one step.

What answers have fixed is taken from the page as it stands; words that were corrected stay as the draft has them, and
questions of its own come at the end.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from participation.models import SurveyPage, SurveyQuestion
from participation.surveys.building import TERMS
from participation.surveys.changes import FROZEN_IN_A_QUESTION, SWITCHED_ON_ONLY
from participation.surveys.terms import Access

SETTINGS = tuple(sorted(FROZEN_IN_A_QUESTION - {"key"}))


@transaction.atomic
def mend_draft(*, page: SurveyPage, user: Any) -> SurveyPage:
    """Save another version of the latest draft of `page`, in which what answers have fixed is as it was; return it."""
    draft: SurveyPage = page.get_latest_revision_as_object()
    stands = SurveyPage.objects.get(pk=page.pk)
    for name in (*TERMS, "is_quiz", "opens_at"):
        setattr(draft, name, getattr(stands, name))
    if stands.access == Access.VERIFIED_THERE:
        draft.neighbourhoods = list(stands.neighbourhoods.all())
    draft.questions = _mended(list(stands.questions.all()), list(draft.questions.all()))
    draft.save_revision(user=user, log_action=True, changed=True)
    return draft


def _mended(standing: list[SurveyQuestion], drafted: list[SurveyQuestion]) -> list[SurveyQuestion]:
    by_key = {each.key: each for each in drafted}
    found = []
    for question in standing:
        of_draft = by_key.pop(question.key, None)
        if of_draft is not None:
            _restore(of_draft, question)
        found.append(of_draft or question)
    found += by_key.values()
    for position, question in enumerate(found):
        question.sort_order = position
    return found


def _restore(drafted: SurveyQuestion, standing: SurveyQuestion) -> None:
    for name in SETTINGS:
        setattr(drafted, name, getattr(standing, name))
    for name in SWITCHED_ON_ONLY:
        setattr(drafted, name, getattr(drafted, name) or getattr(standing, name))
    if bool(drafted.starts_section) != bool(standing.starts_section):
        drafted.starts_section = standing.starts_section
    drafted.options = _options(standing, drafted)


def _options(standing: SurveyQuestion, drafted: SurveyQuestion) -> list[dict[str, Any]]:
    """The draft's choices in its order, those that stand with their picture and what is right, then those it dropped."""
    known = {block["id"]: block for block in standing.options.get_prep_value()}
    found = []
    for block in drafted.options.get_prep_value():
        before = known.pop(block["id"], None)
        fixed = {name: before["value"].get(name) for name in ("picture", "is_right")} if before else {"is_right": False}
        if before and before["type"] != block["type"]:
            found.append(before)
        else:
            kept = {name: value for name, value in fixed.items() if name in block["value"]}
            found.append({**block, "value": {**block["value"], **kept}})
    return [*found, *known.values()]
