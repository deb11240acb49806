"""The one step of the one workflow: the communications desk reads a text, and decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState, WorkflowState

from moderation import actions, permissions

if TYPE_CHECKING:
    from residents.models import User

Choice = tuple[str, Any, bool]


class DeskReviewTask(AbstractGroupApprovalTask):
    """What `get_actions` offers is what Wagtail shows, and what it enforces."""

    class Meta:
        verbose_name = _("review by the communications desk")
        verbose_name_plural = _("reviews by the communications desk")

    @classmethod
    def get_description(cls) -> str:
        return str(_("The desk adjusts, completes the other language, and approves or asks for changes."))

    def get_actions(self, obj: Page, user: User) -> list[Choice]:
        if not super().get_actions(obj, user):
            return []
        task_state = obj.current_workflow_task_state
        choices: list[Choice] = [
            ("reject", _("Ask for changes"), True),
            ("translate", _("Translate into the other language"), False),
        ]
        if task_state and not permissions.obstacle_to_approval(task_state, user, obj):
            choices.append(("approve", _("Approve in both languages"), False))
        return choices

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> str | None:
        """Carry out a choice; return the address to go on at, where it isn't the one the person came from.

        The page's row is locked first: of two people who decide at once, the second finds it decided.
        """
        page = Page.objects.select_for_update().get(pk=task_state.workflow_state.object_id).specific
        task_state.refresh_from_db(fields=["status"])
        if action_name == "translate":
            translation = actions.prepare_translation(page, user=user)
            return reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])
        if action_name == "approve" and permissions.obstacle_to_approval(task_state, user, page):
            return reverse("wagtailadmin_pages:edit", args=[page.pk])
        super().on_action(task_state, user, action_name, **kwargs)
        return None

    def publish(self, workflow_state: WorkflowState, *, user: User | None = None) -> None:
        """Publish what was approved, in both languages at once (called when the workflow ends)."""
        actions.publish_in_both_languages(page=workflow_state.content_object, user=user)
