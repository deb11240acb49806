"""The commune's answers: assigned, prepared quietly, published together; notes among colleagues; steps that follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from home.models import Department
from participation.ideas import errors
from participation.ideas.locks import locked_idea, locked_ideas
from participation.ideas.news import record
from participation.ideas.permissions import can_answer, can_answer_all, can_publish_answers, why_not_public
from participation.models import Idea, IdeaEvent, IdeaStatus, InternalNote, OfficialAnswer, RealisationStep
from residents.models import User

PREPARED = ("department", "text_fr", "text_nl", "status", "college_decision")


def _held_answer(idea: Idea) -> OfficialAnswer:
    """Return the idea's answer, made at its first need; the caller holds the idea."""
    answer: OfficialAnswer | None = OfficialAnswer.objects.filter(idea=idea).first()
    return answer or OfficialAnswer(idea=idea)


@transaction.atomic
def assign(*, idea: Idea, user: User, to: User | None, department: Department | None, now: datetime) -> OfficialAnswer:
    """Give the answer to a colleague, to a department, to both or to nobody. Raises NotAllowedError."""
    idea = locked_idea(idea)
    if not can_answer(idea, user):
        raise errors.NotAllowedError
    answer = _held_answer(idea)
    answer.assigned_to, answer.assigned_department, answer.changed_at = to, department, now
    answer.save()
    return answer


@transaction.atomic
def prepare_answer(
    *, idea: Idea, user: User, values: Mapping[str, Any], is_ready: bool, now: datetime
) -> OfficialAnswer:
    """Write the answer, complete or not; nobody outside reads it until it is published.

    A published one is put right at once, and stays whole. Raises NotAllowedError, AnswerIncompleteError, ValidationError.
    """
    idea = locked_idea(idea)
    if not can_answer(idea, user):
        raise errors.NotAllowedError
    answer = _held_answer(idea)
    if answer.is_published and not can_publish_answers(user):
        raise errors.NotAllowedError
    for name in PREPARED:
        if name in values:
            setattr(answer, name, values[name])
    answer.is_ready = is_ready or answer.is_published
    answer.written_by, answer.changed_at = user, now
    if answer.is_ready and not is_whole(answer):
        raise errors.AnswerIncompleteError
    answer.clean_fields()
    answer.save()
    if answer.is_published:
        Idea.objects.filter(pk=idea.pk).update(status=answer.status)
    return answer


def is_whole(answer: OfficialAnswer) -> bool:
    """Whether it says everything that readers of both languages are owed."""
    texts = answer.text_fr.strip() and answer.text_nl.strip()
    return bool(texts and answer.department_id and answer.status_id)


@transaction.atomic
def publish_answers(*, ideas: Iterable[Idea], user: User, now: datetime) -> list[OfficialAnswer]:
    """Publish the answers to several ideas together: all of them, or none. Those that are out already are left out.

    Raises NotAllowedError, AnswerIncompleteError, NotPublicError where an idea isn't public.
    """
    if not can_publish_answers(user):
        raise errors.NotAllowedError
    published = []
    for idea in locked_ideas(*ideas):
        refusal = why_not_public(idea)
        if refusal:
            raise refusal
        answer = _held_answer(idea)
        if answer.is_published:
            continue
        if not is_whole(answer):
            raise errors.AnswerIncompleteError
        answer.is_ready, answer.published_by, answer.published_at, answer.changed_at = True, user, now, now
        answer.save()
        Idea.objects.filter(pk=idea.pk).update(status=answer.status, answered_at=now)
        record(idea, IdeaEvent.Kind.ANSWERED, now=now, status=answer.status)
        published.append(answer)
    return published


@transaction.atomic
def change_status(*, idea: Idea, user: User, status: IdeaStatus, now: datetime) -> Idea:
    """Say where an idea stands now, beside or after its answer. Raises NotAllowedError."""
    idea = locked_idea(idea)
    if not can_answer(idea, user):
        raise errors.NotAllowedError
    idea.status = status
    idea.save(update_fields=["status"])
    record(idea, IdeaEvent.Kind.STATUS, now=now, status=status)
    return idea


@transaction.atomic
def add_note(*, idea: Idea, user: User, text: str, now: datetime) -> InternalNote:
    """Write something to colleagues. Raises NotAllowedError, ValidationError."""
    if not can_answer(idea, user):
        raise errors.NotAllowedError
    note = InternalNote(idea=idea, author=user, text=text.strip(), written_at=now)
    note.full_clean()
    note.save()
    return note


@transaction.atomic
def add_step(*, idea: Idea, user: User, day: date, values: Mapping[str, Any], now: datetime) -> RealisationStep:
    """Tell a step of the realisation, in both languages. Raises NotAllowedError, ValidationError by field."""
    if not can_answer(idea, user):
        raise errors.NotAllowedError
    step = RealisationStep(idea=idea, day=day, **values)
    step.full_clean()
    step.save()
    record(idea, IdeaEvent.Kind.STEP, now=now, step=step)
    return step


@transaction.atomic
def draft_from_college(
    *, idea: Idea, user: User, decision: str, text_fr: str, text_nl: str, now: datetime
) -> OfficialAnswer:
    """Let what the Collège decided be the draft of the answer; a text that stands there already is kept.

    Raises NotAllowedError, ValidationError by field.
    """
    if not can_answer_all(user):
        raise errors.NotAllowedError
    if not decision.strip():
        raise ValidationError({"decision": [_("Say which decision it is: its date or number.")]})
    before = _held_answer(locked_idea(idea))
    values = {
        "college_decision": decision.strip(),
        "text_fr": before.text_fr or text_fr,
        "text_nl": before.text_nl or text_nl,
    }
    return prepare_answer(idea=idea, user=user, values=values, is_ready=before.is_ready, now=now)
