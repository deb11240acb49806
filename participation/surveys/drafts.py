"""A long survey that is continued later on the same device: what was typed, as the form sent it, for 30 days.

It is known by a random key in a cookie that the reader asked for by continuing later; nothing says whose it is.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone

from participation.models import Draft
from participation.surveys.answers import CONTROL
from participation.surveys.definitions import SurveyDefinition
from participation.surveys.kinds import LONG_TEXT_SIGNS
from participation.surveys.reading import MARKS_READ

KEPT = timedelta(days=30)
BESIDE = ("place", "seed", "version")  # what a form holds beside its questions: see participation.answering


def save_draft(
    *,
    survey_key: UUID,
    definition: SurveyDefinition,
    data: QueryDict,
    language: str,
    step: int,
    now: datetime,
    key: UUID | None = None,
) -> Draft:
    """Keep what is typed in the place of what was there, and return the draft; one that isn't known is new.

    Fields that are none of the survey's are left out, and texts longer than any answer are cut.
    """
    draft = load_draft(survey_key=survey_key, key=key, now=now) or Draft(survey_key=survey_key)
    draft.typed = _typed(definition, data)
    draft.language, draft.step, draft.updated_on = language, max(0, min(step, 999)), timezone.localdate(now)
    draft.save()
    return draft


def load_draft(*, survey_key: UUID, key: UUID | None, now: datetime) -> Draft | None:
    """Return a draft of this survey, None for one that isn't known or is forgotten."""
    if key is None:
        return None
    oldest = timezone.localdate(now) - KEPT
    return Draft.objects.filter(pk=key, survey_key=survey_key, updated_on__gte=oldest).first()


def typed_in(draft: Draft) -> QueryDict:
    """Return what was typed, as a form would send it."""
    data = QueryDict(mutable=True)
    for name, values in draft.typed.items():
        data.setlist(name, values)
    return data


def has_typed(data: QueryDict) -> bool:
    """Whether a form that was sent holds anything that somebody typed or chose."""
    return any(name.startswith("q-") and value for name, value in data.items())


def remove_draft(*, survey_key: UUID, key: UUID | None) -> None:
    """Once the answer is in."""
    if key is not None:
        Draft.objects.filter(pk=key, survey_key=survey_key).delete()


def forget_drafts(*, on: date | None = None) -> int:
    """Remove the drafts that nobody touched for 30 days; return how many."""
    removed, _by_model = Draft.objects.filter(updated_on__lt=(on or timezone.localdate()) - KEPT).delete()
    return removed


def _typed(definition: SurveyDefinition, data: QueryDict) -> dict[str, list[str]]:
    prefixes = (*(f"q-{key}" for key in definition.by_key), *BESIDE)
    return {
        name[:200]: [CONTROL.sub("", value)[: LONG_TEXT_SIGNS * 2] for value in data.getlist(name)[:MARKS_READ]]
        for name in data
        if name.startswith(prefixes) and not CONTROL.search(name)
    }
