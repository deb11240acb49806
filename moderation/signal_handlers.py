"""Reactions to Django's and Wagtail's own signals, each calling one action."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import (
    page_unpublished,
    post_page_move,
    pre_page_move,
    task_submitted,
    workflow_approved,
    workflow_rejected,
)

from home.models import Department
from moderation import carrying, notices
from moderation.models import DeskReviewTask
from moderation.setup import grant_department


def department_saved(sender: Any, instance: Department, raw: bool = False, **kwargs: Any) -> None:
    """A department made in the admin may propose messages at once."""
    if not raw:
        grant_department(instance)


def unpublished(sender: Any, instance: Page, **kwargs: Any) -> None:
    carrying.unpublish_together(page=instance)


def moving(sender: Any, instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """The backstop of the admin's own answer (moderation.reviews.before_move): nothing moves alone."""
    carrying.check_move(page=instance, parent=parent_page_after)


def moved(sender: Any, instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any) -> None:
    if parent_page_before.pk != parent_page_after.pk:
        carrying.move_together(page=instance, parent=parent_page_after)


def deleted(sender: Any, instance: Page, **kwargs: Any) -> None:
    carrying.delete_together(page=instance)


def text_submitted(sender: Any, instance: TaskState, **kwargs: Any) -> None:
    if isinstance(instance.task.specific, DeskReviewTask):
        notices.tell_submitted(task_state=instance)


def text_approved(sender: Any, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    if _is_of_page(instance):
        notices.tell_approved(workflow_state=instance, by=user)


def text_rejected(sender: Any, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    if _is_of_page(instance):
        notices.tell_changes_asked(workflow_state=instance, by=user)


def _is_of_page(workflow_state: WorkflowState) -> bool:
    """Whether it is a page's: of other things their features tell."""
    return bool(workflow_state.base_content_type.model_class() is Page)


def connect() -> None:
    """Stand in the place of Wagtail's own mailers (wagtail/admin/signal_handlers.py), which send past the outbox.

    They are connected after these, under the same names; of two receivers of one name, Django keeps the first.
    """
    post_save.connect(department_saved, sender=Department, dispatch_uid="moderation_department_saved")
    page_unpublished.connect(unpublished, dispatch_uid="moderation_page_unpublished")
    pre_page_move.connect(moving, dispatch_uid="moderation_page_moving")
    post_page_move.connect(moved, dispatch_uid="moderation_page_moved")
    post_delete.connect(deleted, sender=Page, dispatch_uid="moderation_page_deleted")
    task_submitted.connect(
        text_submitted, sender=TaskState, dispatch_uid="group_approval_task_submitted_email_notification"
    )
    workflow_approved.connect(
        text_approved, sender=WorkflowState, dispatch_uid="workflow_state_approved_email_notification"
    )
    workflow_rejected.connect(
        text_rejected, sender=WorkflowState, dispatch_uid="workflow_state_rejected_email_notification"
    )
