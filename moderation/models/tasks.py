"""The one step of the one workflow: the communications desk reads a text, and decides."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState, WorkflowState

from moderation import actions, permissions
from moderation.decision_forms import cleaned, form_for
from moderation.models.channels import Channel

if TYPE_CHECKING:
    from residents.models import User

Choice = tuple[str, Any, bool]
APPROVALS = ("approve", "approve_now", "schedule", "approve_alone")


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
            ("not_this_channel", _("Not this channel"), True),
            ("translate", _("Translate into the other language"), False),
        ]
        return choices + (self._approvals(task_state, obj, user) if task_state else [])

    def _approvals(self, task_state: TaskState, page: Page, user: User) -> list[Choice]:
        """Return the ways to say yes; the usual one last, where Wagtail's menu puts it in front."""
        if permissions.obstacle_to_reading(task_state, user, page):
            return []
        draft = page.get_latest_revision_as_object()
        if permissions.obstacle_of_language(draft):
            return [("approve_alone", _("Publish this language first…"), True)]
        later: list[Choice] = [("schedule", _("Approve for a time…"), True)]
        wish = wished_time(draft)
        if wish is None:
            return [*later, ("approve", _("Approve in both languages"), False)]
        label = _("Approve for %(time)s, as wanted") % {"time": date_format(timezone.localtime(wish), "j F, H:i")}
        return [*later, ("approve_now", _("Approve, live now"), False), ("approve", label, False)]

    def get_form_for_action(self, action: str) -> Any:
        return form_for(action)

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> str | None:
        """Carry out a choice; return the address to go on at, where it isn't the one the person came from.

        The page's row is locked first: of two people who decide at once, the second finds it decided. Raises
        ValidationError when the choice lacks what it asks for, PermissionDenied when it isn't theirs.
        """
        page = Page.objects.select_for_update().get(pk=task_state.workflow_state.object_id).specific
        task_state.refresh_from_db(fields=["status"])
        offered = dict(self._names(page, user))
        is_decided = task_state.status != TaskState.STATUS_IN_PROGRESS
        if is_decided or (action_name not in offered and action_name not in APPROVALS):
            raise PermissionDenied
        if action_name == "translate":
            return self._translate(page, user)
        data = cleaned(action_name, kwargs) if action_name in offered else {}
        if action_name == "not_this_channel":
            channel = Channel.objects.get(pk=data["channel"])
            actions.divert(task_state=task_state, channel=channel, word=data["comment"], user=user)
        elif action_name in APPROVALS:
            return self._approve(task_state, page, user, action_name, data)
        else:
            super().on_action(task_state, user, action_name, comment=data.get("comment", ""))
        return None

    def _names(self, page: Page, user: User) -> list[tuple[str, Any]]:
        return [(name, label) for name, label, _modal in self.get_actions(page, user)]

    def _approve(
        self, task_state: TaskState, page: Page, user: User, action_name: str, data: dict[str, Any]
    ) -> str | None:
        if action_name not in dict(self._names(page, user)):
            return reverse("wagtailadmin_pages:edit", args=[page.pk])
        wish = wished_time(page.get_latest_revision_as_object())
        at = {"approve": wish, "approve_alone": wish, "schedule": data.get("at")}.get(action_name)
        task_state.workflow_state.publication = {"at": at, "reason": data.get("reason", "")}
        task_state.approve(user=user, comment=data.get("comment", ""))
        return None

    def _translate(self, page: Page, user: User) -> str:
        """Return where to go on: at the translation, or at the text while it lacks what localize asks for."""
        with suppress(ValidationError):  # the editor names what is missing (permissions.obstacle_to_approval)
            page = actions.prepare_translation(page, user=user).get_target_instance()
        return reverse("wagtailadmin_pages:edit", args=[page.pk])

    def publish(self, workflow_state: WorkflowState, *, user: User | None = None) -> None:
        """Publish what was approved, as the approval said (called when the workflow ends, with that same state)."""
        chosen = getattr(workflow_state, "publication", {"at": None, "reason": ""})
        page = workflow_state.content_object
        if chosen["reason"]:
            actions.publish_one_language(page=page, user=user, **chosen)
        else:
            actions.publish_in_both_languages(page=page, user=user, at=chosen["at"])


def wished_time(draft: Page) -> datetime | None:
    """Return when the proposer wants the text live, if that is still to come."""
    wish: datetime | None = draft.go_live_at
    return wish if wish and wish > timezone.now() else None
