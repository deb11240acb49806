"""The step of the workflow in which ideas and comments wait for the desk."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask


class IdeaReviewTask(AbstractGroupApprovalTask):
    """The desk reads a contribution. It decides on the screen of its own (`participation.ideas.reviewing.decide`)."""

    class Meta:
        verbose_name = _("review of ideas and comments")
        verbose_name_plural = _("reviews of ideas and comments")

    @classmethod
    def get_description(cls) -> str:
        return str(_("The desk approves, asks for changes, declines with a reason, or names the right channel."))

    def get_actions(self, obj: Any, user: Any) -> list[Any]:
        """Wagtail's own screens offer nothing: a decision asks for a reason, and reaches its author."""
        return []

    def publish(self, workflow_state: Any, *, user: Any = None) -> None:
        """The decision itself has moved the contribution (called when the workflow ends)."""
