"""What happens around Wagtail's page editor when a text is under review."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page, TaskState

from moderation.actions import record_look
from moderation.carrying import NoCounterpartError, check_move
from moderation.decision_forms import cleaned
from moderation.models import DeskReviewTask, Release
from moderation.models.tasks import APPROVALS
from moderation.permissions import obstacle_to_approval
from moderation.publishing import check_end
from moderation.translations import source_page, target_locale


def _review_of(page: Page, user: Any) -> TaskState | None:
    """Return the state of `page`'s review when `user` may decide over it."""
    task_state = page.current_workflow_task_state
    if task_state is None:
        return None
    task = task_state.task.specific
    if not isinstance(task, DeskReviewTask) or not task.get_actions(page, user):
        return None
    return task_state


def before_edit(request: Any, page: Page) -> HttpResponse | None:
    """Note which version the reviewer has before them, tell what stands in the way; stop an approval of a stale screen."""
    original = source_page(page)
    if original is not None:
        _before_translating(request, page, original)
        return None
    if request.method == "POST" and request.POST.get("action-workflow-action"):
        return _stop_if_decided(request, page) or _stop_if_stale(request, page) or _stop_if_unsaid(request, page)
    task_state = _review_of(page, request.user)
    if task_state is None or request.method != "GET":
        return None
    record_look(task_state=task_state, user=request.user, page=page)
    obstacle = obstacle_to_approval(task_state, request.user, page)
    if obstacle:
        messages.warning(request, obstacle, buttons=[_translation_button(page)])
    return None


def _stop_if_decided(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Of two people who decide at once, tell the second; Wagtail itself would answer with an error."""
    if page.workflow_in_progress:
        return None
    messages.error(request, _("Somebody decided over this text while you had it open. This is how it stands now."))
    return redirect("wagtailadmin_pages:edit", page.pk)


def _stop_if_stale(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to approve from a screen that was opened before somebody else's change; what was typed stays in the browser."""
    if request.POST.get("workflow-action-name") not in APPROVALS:
        return None
    loaded = request.POST.get("overwrite_revision_id") or request.POST.get("loaded_revision_id")
    latest = page.get_latest_revision()
    if not loaded or latest is None or loaded == str(latest.pk):
        return None
    messages.error(
        request, _("The text or its translation changed since you opened it. Have another look, then decide.")
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


def _stop_if_unsaid(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse a decision that lacks its reason, channel or hour: Wagtail hands over what the browser sends unchecked."""
    name = request.POST.get("workflow-action-name", "")
    try:
        data = json.loads(request.POST.get("workflow-action-extra-data") or "{}")
        decision = cleaned(name, data if isinstance(data, dict) else {})
        check_end(page.get_latest_revision(), decision.get("at"))
    except ValueError:
        messages.error(request, _("Your decision could not be read. Decide again."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


def _before_translating(request: HttpRequest, page: Page, original: Page) -> None:
    if request.method == "GET" and original.workflow_in_progress:
        messages.info(
            request,
            _("Once every text has its translation, approve the original: both languages go live together."),
            buttons=[messages.button(reverse("wagtailadmin_pages:edit", args=[original.pk]), _("To the original"))],
        )


def _translation_button(page: Page) -> Any:
    translated = Page.objects.filter(translation_key=page.translation_key, locale=target_locale(page)).first()
    if translated is None:
        url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    else:
        url = reverse("wagtailadmin_pages:edit", args=[translated.pk])
    return messages.button(url, _("To the translation"))


def after_edit(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Go on to the translation after "translate"; say why an approval was not carried out."""
    action = request.POST.get("workflow-action-name") if request.POST.get("action-workflow-action") else None
    if action == "translate":
        translated = Page.objects.filter(translation_key=page.translation_key, locale=target_locale(page)).first()
        return redirect("wagtailadmin_pages:edit", (translated or page).pk)
    if action in APPROVALS and page.workflow_in_progress:
        return redirect("wagtailadmin_pages:edit", page.pk)
    if action in APPROVALS:
        tell_published(request, page)
    return None


def tell_published(request: HttpRequest, page: Page) -> None:
    """Tell the reviewer what their approval did: live in which languages, or when."""
    release = Release.objects.of(page.translation_key).first()
    pages = Page.objects.filter(translation_key=page.translation_key, live=True).select_related("locale")
    buttons = [messages.button(each.url, each.locale.get_display_name()) for each in pages if each.url]
    if release and release.due_at:
        when = date_format(timezone.localtime(release.due_at), "j F Y, H:i")
        both, one = _("Scheduled for %(when)s."), _("Scheduled for %(when)s, in one language; the other one is owed.")
        messages.success(request, (one if release.reason else both) % {"when": when})
    elif release and release.missing_language:
        messages.warning(request, _("Published in one language; the other one is owed."), buttons=buttons)
    else:
        messages.success(request, _("Published in both languages."), buttons=buttons)


def before_copy(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse an alias: a live one would show a page in the wrong language, or one that nobody reviewed."""
    if request.method == "POST" and request.POST.get("alias"):
        messages.error(request, _("Pages are copied, not aliased, so that each one is reviewed."))
        return redirect("wagtailadmin_pages:copy", page.pk)
    return None


def arrange_action_menu(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Leave out what localize would do past the review: aliases, and translations that are no longer kept together.

    What Wagtail calls to cancel a workflow is, to whoever proposed the text, to withdraw it.
    """
    kept = [item for item in menu_items if not item.name.startswith("localize-")]
    for item in kept:
        if item.name == "action-cancel-workflow":
            item.label = _("Withdraw")
    menu_items[:] = kept


def before_move(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Say, before anything moves, why a page can't go where its other language has no place."""
    try:
        check_move(page=page, parent=destination)
    except NoCounterpartError:
        messages.error(request, _("This page moves in both languages: choose a place that exists in both."))
        return redirect("wagtailadmin_pages:move", page.pk)
    return None


def before_bulk_action(request: HttpRequest, action_type: str, objects: list[Any], view: Any) -> HttpResponse | None:
    """The same, for several pages at once."""
    if action_type != "move":
        return None
    try:
        for page in objects:
            check_move(page=page, parent=view.cleaned_form.cleaned_data["chooser"])
    except NoCounterpartError:
        messages.error(request, _("This page moves in both languages: choose a place that exists in both."))
        return redirect(view.next_url)
    return None
