"""Building on what others asked: questions of another survey added to a draft, in both languages."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from home import other_words
from home.languages import other_language
from participation.models import SurveyPage
from participation.surveys.building import definition_of
from participation.surveys.copying import questions_in, renewed
from participation.surveys.definitions import NOTHING, SurveyDefinition, Words
from participation.surveys.ready_made import ready_made


@dataclass(frozen=True)
class Source:
    """What is copied from; its introduction and thanks are proposed to a page that has none yet."""

    definition: SurveyDefinition
    introduction: Words = NOTHING
    thanks: Words = NOTHING


def source_ready_made(code: str) -> Source:
    found = ready_made()[code]
    return Source(found.definition, found.introduction, found.thanks)


def source_of(page: SurveyPage) -> Source:
    """Return the questions of a survey as its latest drafts in each language have them."""
    pages = [page, *page.get_translations()]
    return Source(definition_of(*(each.get_latest_revision_as_object() for each in pages)))


@transaction.atomic
def add_questions(*, page: SurveyPage, source: Source, keys: Collection[str], user: Any) -> int:
    """Add the questions with these keys at the end of the latest draft of `page`; return how many.

    They get keys of their own, and their texts in the other language wait for the translator there. Raises
    ValidationError where the page is answered or live and they can't be asked so.
    """
    draft: SurveyPage = page.get_latest_revision_as_object()
    chosen = tuple(replace(each, is_retired=each.key not in keys) for each in source.definition.asked)
    copy = renewed(replace(source.definition, questions=chosen))
    code = draft.locale.language_code
    present = list(draft.questions.all())
    added = questions_in(copy, code)
    for position, question in enumerate(added, len(present)):
        question.sort_order = position
    draft.questions = [*present, *added]
    other: dict[str, Any] = {"questions": questions_in(copy, other_language(code), only_own=True)}
    for name in ("introduction", "thanks"):
        words = getattr(source, name)
        if words and not getattr(draft, name):
            setattr(draft, name, words.in_language(code))
            other[name] = getattr(words, other_language(code)) or ""
    draft.save_revision(user=user, log_action=True, changed=True)
    other_words.keep(page=draft, values=other, user=user)
    return len(added)
