"""The desk's first screen: the queue, and the review of one text with both languages side by side."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Media
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page, TaskState

from moderation import permissions
from moderation.actions import confirm_machine_words, record_look
from moderation.arrivals import arrival_of
from moderation.decision_forms import form_for
from moderation.models import DeskReviewTask
from moderation.notices import proposer_name
from moderation.queue import KINDS, Queue
from moderation.queue_forms import QueueFilterForm
from moderation.reviews import tell_published
from moderation.translation_states import TranslationState, translation_state
from moderation.translations import latest_draft, preview_translation, source_page

TOO_LATE = gettext_lazy("Somebody decided over this text while you had it open. This is how it stands now.")


def queue(request: HttpRequest) -> HttpResponse:
    """Show everything that waits, oldest first."""
    if not permissions.is_of_the_desk(request.user):
        raise PermissionDenied
    waiting = Queue(now=timezone.now())
    form = QueueFilterForm(request.GET)
    counts = {kind: sum(item.kind == kind for item in waiting.items) for kind in KINDS}
    context = {
        "form": form,
        "results": form.page_of(waiting.items),
        "total": len(waiting.items),
        "late": sum(item.is_late for item in waiting.items),
        "urgent": sum(bool(item.urgent_because) for item in waiting.items),
        "counts": [(KINDS[kind], count) for kind, count in counts.items() if count],
    }
    return render(request, "moderation/queue.html", context)


def _under_review(request: Any, task_state_id: int) -> tuple[TaskState, Page]:
    """Return what the person may decide over. Raises PermissionDenied, or Http404 when there is no such review."""
    if not permissions.is_of_the_desk(request.user):
        raise PermissionDenied
    task_state = get_object_or_404(TaskState.objects.select_related("workflow_state"), pk=task_state_id)
    page = task_state.workflow_state.content_object
    if not isinstance(page, Page):
        raise Http404
    return task_state, page.specific


def review(request: Any, task_state_id: int) -> HttpResponse:
    """Show one text in both languages with what can be decided; a POST decides."""
    task_state, page = _under_review(request, task_state_id)
    task = task_state.task.specific
    if task_state.status != TaskState.STATUS_IN_PROGRESS or not isinstance(task, DeskReviewTask):
        messages.info(request, _("Somebody decided over this text already."))
        return redirect("queue")
    if request.method == "POST":
        name = request.POST.get("decision", "")
        form = form_for(name)(request.POST, prefix=name)
        if form.is_valid():
            try:
                return _decide(request, task_state, page, name, form.cleaned_data)
            except ValidationError as error:  # what was typed stays
                messages.error(request, " ".join(error.messages))
    else:
        name, form = "", None
        record_look(task_state=task_state, user=request.user, page=page)
    return render(request, "moderation/review.html", _review_context(request, task_state, page, name, form))


def _decide(request: Any, task_state: TaskState, page: Page, name: str, data: dict[str, Any]) -> HttpResponse:
    """Raise ValidationError when the decision can't be carried out as it was made."""
    task = task_state.task.specific
    if name not in [each for each, _label, _modal in task.get_actions(page, request.user)]:
        messages.error(request, permissions.obstacle_to_approval(task_state, request.user, page) or str(TOO_LATE))
        return redirect("review", task_state.pk)
    values = {key: getattr(value, "pk", value) for key, value in data.items()}
    try:
        address = task.on_action(task_state, request.user, name, **values)
    except PermissionDenied:
        messages.error(request, str(TOO_LATE))
        return redirect("queue")
    if address:
        return redirect(address)
    _tell(request, name, page)
    return redirect("queue")


def _tell(request: HttpRequest, name: str, page: Page) -> None:
    title = page.get_admin_display_title()
    if name == "reject":
        messages.success(request, _("Changes asked for: “%(title)s”.") % {"title": title})
    elif name == "not_this_channel":
        messages.success(request, _("Closed for another channel: “%(title)s”.") % {"title": title})
    else:
        tell_published(request, page)


def _review_context(request: Any, task_state: TaskState, page: Page, chosen: str, form: Any) -> dict[str, Any]:
    draft = latest_draft(page)
    names = task_state.task.specific.get_actions(page, request.user)
    decisions = [
        {"name": name, "label": label, "form": form if name == chosen else form_for(name)(prefix=name)}
        for name, label, _modal in names
        if name != "translate"
    ]
    state = translation_state(draft)
    translated = page.get_translations().filter(locale__language_code=state.language).first()
    return {
        "task_state": task_state,
        "page": page,
        "draft": draft,
        "state": state,
        "sides": _sides(task_state, page, translated, state),
        "obstacle": permissions.obstacle_to_approval(task_state, request.user, page),
        "decisions": decisions[::-1],
        "chosen": chosen,
        "translated": translated,
        "media": sum((way["form"].media for way in decisions), Media()),
        "requested_by": proposer_name(page, task_state.workflow_state),
        "arrival": arrival_of(page),
    }


def _sides(task_state: TaskState, page: Page, translated: Page | None, state: TranslationState) -> list[dict[str, Any]]:
    """Return both languages to look at, the one in which the text was written first."""
    written = {"language": page.locale.language_code, "edit": page.pk, "edit_words": _("Adjust")}
    other = {
        "language": state.language,
        "edit": translated and translated.pk,
        "edit_words": _("Translate"),
        "note": str(state),
        "code": state.code,
    }
    for side in (written, other):
        side["url"] = reverse("review_preview", args=[task_state.pk, side["language"]])
        side["edit"] = side["edit"] and reverse("wagtailadmin_pages:edit", args=[side["edit"]])
    return [written, other]


@xframe_options_sameorigin
def review_preview(request: Any, task_state_id: int, language: str) -> HttpResponse:
    """Show the latest draft, or its other language as it stands, as readers would see it."""
    _state, page = _under_review(request, task_state_id)
    draft: Page | None = latest_draft(page)
    if language != page.locale.language_code:
        draft = preview_translation(page)
    if draft is None:
        return render(request, "moderation/preview_missing.html", {"language": language})
    response: HttpResponse = draft.make_preview_request(request, draft.default_preview_mode)
    return response


@require_POST
def confirm_words(request: Any, page_id: int) -> HttpResponse:
    """Take the machine's proposals for the other language as read and right."""
    page = get_object_or_404(Page, pk=page_id).specific
    page = (source_page(page) or page).specific
    if not permissions.can_translate(request.user, page):
        raise PermissionDenied
    count = confirm_machine_words(page=page, user=request.user)
    messages.success(request, _("Confirmed: %(count)d texts of the machine.") % {"count": count})
    state = page.current_workflow_task_state
    if state and permissions.is_of_the_desk(request.user):
        return redirect("review", state.pk)
    return redirect("wagtailadmin_pages:edit", page.pk)
