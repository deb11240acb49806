"""What the commune does with written answers: it reads each one, lets it be shown or not, and sorts it by tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from participation.models import AnswerTag, Survey, SurveyPage, WrittenAnswer
from participation.results.permissions import can_screen_answers


@dataclass(frozen=True)
class Decision:
    """What becomes of one text: its state, a `WrittenAnswer.State`, and its tags, by key."""

    state: str
    tags: frozenset[int] = frozenset()


@transaction.atomic
def decide_texts(*, page: SurveyPage, decisions: Mapping[UUID, Decision], by: Any, now: datetime) -> int:
    """Let texts of one survey be shown, hidden, or wait; return how many changed. Tags of other surveys are left out.

    A text that is gone meanwhile (a batch of paper was undone) is passed over. Raises PermissionDenied.
    """
    if not can_screen_answers(page, by, now=now):
        raise PermissionDenied
    known = set(AnswerTag.objects.filter(survey=page.survey_key).values_list("pk", flat=True))
    texts = WrittenAnswer.objects.filter(survey=page.survey_key, pk__in=decisions).select_for_update()
    changed = 0
    for text in texts.order_by("pk"):
        decision = decisions[text.pk]
        before = set(text.tags.values_list("pk", flat=True))
        wanted = known & decision.tags
        if text.state == decision.state and before == wanted:
            continue
        if text.state != decision.state:
            text.state = decision.state
            text.decided_by = None if decision.state == WrittenAnswer.State.WAITING else by
            text.save(update_fields=["state", "decided_by"])
        text.tags.set(wanted)
        changed += 1
    return changed


def make_tag(*, page: SurveyPage, name_fr: str, name_nl: str, by: Any, now: datetime) -> AnswerTag:
    """Add a tag in both languages. Raises PermissionDenied, and IntegrityError where the survey has one of that name."""
    if not can_screen_answers(page, by, now=now):
        raise PermissionDenied
    survey = Survey.objects.get_or_create(pk=page.survey_key)[0]
    return AnswerTag.objects.create(survey=survey, name_fr=name_fr, name_nl=name_nl)


def remove_tags(*, page: SurveyPage, tags: Iterable[int], by: Any, now: datetime) -> int:
    """Take tags away from a survey and from its texts, which stay; return how many."""
    if not can_screen_answers(page, by, now=now):
        raise PermissionDenied
    found = AnswerTag.objects.filter(survey=page.survey_key, pk__in=list(tags))
    count = found.count()
    found.delete()
    return count
