"""How a contribution comes before the desk, and how it becomes public or stops being so. Callers hold its row."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import F
from django.utils import timezone
from wagtail.models import WorkflowState

from participation.ideas.kinds import Because, State, StatusKind
from participation.models import Comment, Idea, IdeaBoardPage, IdeaStatus

KEPT = ("state", "live", "waits_because", "first_published_at", "last_published_at", "changed_at")


def put_before_desk(contribution: Idea | Comment, *, because: Because, user: Any) -> None:
    """Let it stand in the desk's queue. What the desk had sent back comes again under the same review."""
    contribution.waits_because = because
    contribution.save(update_fields=["waits_because"])
    state = contribution.current_workflow_state
    if state is None or state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        contribution.save_revision(clean=False)
    if state is None:
        workflow = contribution.get_workflow()
        if workflow is None:
            raise ImproperlyConfigured("There is no workflow for ideas and comments: run setup_portal.")
        workflow.start(contribution, user)
    elif state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)


def take_from_desk(contribution: Idea | Comment, *, user: Any) -> None:
    """End a review that has nothing to decide over any more."""
    state = contribution.current_workflow_state
    if state:
        state.cancel(user=user)
    contribution.waits_because = ""


def publish(contribution: Idea | Comment, *, page: IdeaBoardPage | None, now: datetime) -> None:
    """Let everybody read it. An idea's answer is promised from the first day on which it is public."""
    is_first = contribution.first_published_at is None
    contribution.waits_because = ""
    contribution.first_published_at = contribution.first_published_at or now
    contribution.last_published_at = now
    if isinstance(contribution, Idea) and is_first:
        if page and page.answer_within_days:
            contribution.answer_due_on = timezone.localdate(now) + timedelta(days=page.answer_within_days)
        contribution.status = (
            contribution.status or IdeaStatus.objects.filter(kind=StatusKind.RECEIVED, is_offered=True).first()
        )
        contribution.save(update_fields=["answer_due_on", "status"])
    change_state(contribution, State.PUBLIC)


def change_state(contribution: Idea | Comment, state: State) -> None:
    """Set the state and save it; a comment moves the counts that stand above it."""
    was_public = contribution.is_public
    contribution.move_to(state)
    contribution.save(update_fields=KEPT)
    if isinstance(contribution, Comment) and contribution.is_public != was_public:
        count_comment(contribution, 1 if contribution.is_public else -1)


def count_comment(comment: Comment, by: int) -> None:
    Idea.objects.filter(pk=comment.idea_id).update(comments_count=F("comments_count") + by)
    if comment.parent_id:
        Comment.objects.filter(pk=comment.parent_id).update(replies_count=F("replies_count") + by)
