"""What a person finds on the first screen of the admin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component
from wagtail.models import Page, TaskState, WorkflowState
from wagtail_localize.models import Translation

from home.models import DepartmentPage
from home.permissions import department_ids_of
from moderation.models import Diversion
from moderation.permissions import is_of_the_desk
from moderation.queue import Queue, completed
from neighbourhood_news.models import NewsIndexPage
from participation.models import ConsultationIndexPage

SHOWN = 8
WAITING_SHOWN = 10
BEGUN = {
    "message": ("neighbourhood_news", "newspage"),
    "consultation": ("participation", "consultationpage"),
    "survey": ("participation", "surveypage"),
}
BEGUN_BELOW = (
    (NewsIndexPage, "message"),
    (ConsultationIndexPage, "consultation"),
    (ConsultationIndexPage, "survey"),
)
REPLACED = {"user_objects_in_workflow_moderation", "workflow_objects_to_moderate"}
WORDS = {
    WorkflowState.STATUS_IN_PROGRESS: gettext_lazy("being reviewed"),
    WorkflowState.STATUS_NEEDS_CHANGES: gettext_lazy("changes asked for"),
    WorkflowState.STATUS_APPROVED: gettext_lazy("published"),
    WorkflowState.STATUS_CANCELLED: gettext_lazy("withdrawn"),
}


class ToReviewPanel(Component):
    """What waits longest, on the desk's first screen."""

    name = "to_review"
    template_name = "moderation/to_review_panel.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        if not is_of_the_desk((parent_context or {})["request"].user):
            return {}
        items = Queue(now=timezone.now()).items
        return {"is_shown": True, "total": len(items), "items": completed(items[:WAITING_SHOWN])}


class ProposalsPanel(Component):
    """What became of the texts that the person proposed, with the desk's word: never to wonder where it stands."""

    name = "proposals"
    template_name = "moderation/proposals_panel.html"
    order = 230

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = (parent_context or {})["request"].user
        states = (
            WorkflowState.objects.filter(requested_by=user, base_content_type=ContentType.objects.get_for_model(Page))
            .select_related("current_task_state__finished_by", "current_task_state__diversion__channel")
            .prefetch_related("content_object__latest_revision")
            .order_by("-created_at")[:SHOWN]
        )
        return {"starts": _starts(user), "proposals": [_proposal(state) for state in states if state.content_object]}


def _starts(user: Any) -> list[dict[str, str]]:
    """Return where the person may begin a message, a consultation or a survey, in either language."""
    starts = []
    for index_model, kind in BEGUN_BELOW:
        for index in index_model.objects.select_related("locale").order_by("locale__language_code"):
            if index.permissions_for_user(user).can_add_subpage():
                url = reverse("wagtailadmin_pages:add", args=[*BEGUN[kind], index.pk])
                starts.append({"kind": kind, "language": index.locale.language_code, "url": url})
    return starts


def _proposal(state: WorkflowState) -> dict[str, Any]:
    page, decision = state.content_object, state.current_task_state
    diversion: Diversion | None = getattr(decision, "diversion", None)
    if diversion:
        return _diverted(page, diversion)
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


def _diverted(page: Page, diversion: Diversion) -> dict[str, Any]:
    """No refusal: where the text is better off, and the desk's word."""
    return {
        "page": page,
        "title": page.get_admin_display_title(),
        "status": "other_channel",
        "words": _("other channel"),
        "when": diversion.decided_at,
        "by": diversion.decided_by,
        "comment": diversion.word,
        "channel": diversion.channel,
    }


class DepartmentDraftsPanel(Component):
    """What colleagues of the person's departments are writing, so that nothing waits for somebody on leave."""

    name = "department_drafts"
    template_name = "moderation/department_drafts_panel.html"
    order = 240

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        request = (parent_context or {})["request"]
        return {"csrf_token": get_token(request), "drafts": drafts_of_colleagues(request.user)[:SHOWN]}


def drafts_of_colleagues(user: Any) -> list[DepartmentPage]:
    """Return the open drafts of the departments of `user` that somebody else looks after, the latest first.

    One for each document: what localize translates stands under its original.
    """
    departments = department_ids_of(user)
    if not departments:
        return []
    translated = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"), target_locale=OuterRef("locale"), enabled=True
    )
    drafts: list[DepartmentPage] = []
    for model in [model for model in apps.get_models() if issubclass(model, DepartmentPage)]:
        drafts += (
            model.objects.filter(Q(live=False) | Q(has_unpublished_changes=True), department__in=departments)
            .exclude(owner=user)
            .exclude(Exists(translated))
            .exclude(Exists(_reviews()))
            .select_related("owner", "department")
            .order_by("-latest_revision_created_at")[:SHOWN]
        )
    return sorted(drafts, key=lambda page: page.latest_revision_created_at, reverse=True)


def _reviews() -> Any:
    return WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=Cast(OuterRef("pk"), CharField()),
        status=WorkflowState.STATUS_IN_PROGRESS,
    )


def arrange_panels(request: Any, panels: list[Component]) -> None:
    """Put the queue and the person's own proposals in the place of Wagtail's panels, which forget what was decided."""
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in REPLACED]
    panels.extend([ToReviewPanel(), ProposalsPanel(), DepartmentDraftsPanel()])


def arrange_reports(request: Any, items: list[Any]) -> None:
    """Leave out localize's report: it knows the live texts only, not the drafts that the desk reviews.

    It goes by its address: its name is its label in the language of whoever came first after the start.
    """
    left_out = reverse("wagtail_localize:translations_report")
    items[:] = [item for item in items if item.url != left_out]
