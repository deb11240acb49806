"""What a person finds on the first screen of the admin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState, WorkflowState

from neighbourhood_news.models import NewsIndexPage

SHOWN = 8
WORDS = {
    WorkflowState.STATUS_IN_PROGRESS: gettext_lazy("being reviewed"),
    WorkflowState.STATUS_NEEDS_CHANGES: gettext_lazy("changes asked for"),
    WorkflowState.STATUS_APPROVED: gettext_lazy("published"),
    WorkflowState.STATUS_CANCELLED: gettext_lazy("withdrawn"),
}


class ProposalsPanel(Component):
    """What became of the texts that the person proposed, with the desk's word: never to wonder where it stands."""

    name = "proposals"
    template_name = "moderation/proposals_panel.html"
    order = 230

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = (parent_context or {})["request"].user
        states = (
            WorkflowState.objects.filter(requested_by=user)
            .select_related("current_task_state__finished_by")
            .prefetch_related("content_object__latest_revision")
            .order_by("-created_at")[:SHOWN]
        )
        return {"starts": _starts(user), "proposals": [_proposal(state) for state in states if state.content_object]}


def _starts(user: Any) -> list[dict[str, str]]:
    """Return where the person may begin a message, in either language."""
    starts = []
    for index in NewsIndexPage.objects.select_related("locale").order_by("locale__language_code"):
        if index.permissions_for_user(user).can_add_subpage():
            address = reverse("wagtailadmin_pages:add", args=["neighbourhood_news", "newspage", index.pk])
            starts.append({"language": index.locale.language_code, "url": address})
    return starts


def _proposal(state: WorkflowState) -> dict[str, Any]:
    page, decision = state.content_object, state.current_task_state
    decided = decision and decision.status in (TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED)
    return {
        "page": page,
        "title": page.get_admin_display_title(),
        "status": state.status,
        "words": WORDS[state.status],
        "when": decision.finished_at if decided else state.created_at,
        "by": decision.finished_by if decided else None,
        "comment": decision.comment if decided else "",
    }


def arrange_panels(request: Any, panels: list[Component]) -> None:
    """Put the person's own proposals in the place of Wagtail's panel, which forgets what was decided."""
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") != "user_objects_in_workflow_moderation"]
    panels.append(ProposalsPanel())


def arrange_reports(request: Any, items: list[Any]) -> None:
    """Leave out localize's report: it knows the live texts only, not the drafts that the desk reviews."""
    items[:] = [item for item in items if item.name != "translations"]
