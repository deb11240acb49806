"""What the desk and proposers are told by mail: one function per notice, each through the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState, WorkflowState
from wagtail.users.models import UserProfile

from home.addresses import absolute
from home.languages import other_language
from mailing.actions import queue_mail
from mailing.kinds import register_kind
from moderation.arrivals import arrival_of
from moderation.models.channels import Diversion
from moderation.models.fast_tracks import FastTrack
from moderation.models.releases import Release
from moderation.sender_notices import tell_answered


def tell_submitted(*, task_state: TaskState) -> None:
    """Tell those who may review a text that it waits, except whoever submitted it."""
    page = task_state.workflow_state.content_object.specific
    submitter = task_state.workflow_state.requested_by
    groups = task_state.task.specific.groups.all()
    reviewers = get_user_model().objects.filter(groups__in=groups).exclude(pk=submitter and submitter.pk).distinct()
    department = getattr(page, "department", None)
    draft = page.get_latest_revision_as_object()
    context = {
        "page": page,
        "name": proposer_name(page, task_state.workflow_state),
        "department": department,
        "urgent_because": getattr(draft, "urgent_because", ""),
        "review_url": absolute(reverse("review", args=[task_state.pk])),
    }
    _tell("submitted", reviewers, about=task_state.pk, preference="submitted_notifications", context=context)


def tell_approved(*, workflow_state: WorkflowState, by: Any) -> None:
    """Tell the proposer that their text is published, and where; or when it will be, or which language follows."""
    page = workflow_state.content_object.specific
    release = Release.objects.of(page.translation_key).first()
    due_at = release.due_at if release else None
    missing = other_language(page.locale.language_code) if release and release.reason else ""
    addresses = [] if due_at else published_addresses(page)
    context = {"page": page, "addresses": addresses, "due_at": due_at, "missing": missing}
    proposer = _proposer(workflow_state, by)
    _tell("approved", proposer, about=workflow_state.pk, preference="approved_notifications", context=context)
    tell_answered(page=page, outcome="approved", about=workflow_state.pk, context=context)


def tell_changes_asked(*, workflow_state: WorkflowState, by: Any) -> None:
    """Tell the proposer who asks for changes, and why."""
    task_state = workflow_state.current_task_state.specific
    page = workflow_state.content_object.specific
    context = {"page": page, "name": task_state.finished_by or "–", "comment": task_state.get_comment()}
    proposer = _proposer(workflow_state, by)
    _tell("changes_asked", proposer, about=task_state.pk, preference="rejected_notifications", context=context)
    tell_answered(page=page, outcome="changes_asked", about=task_state.pk, context=context)


def tell_other_channel(*, diversion: Diversion) -> None:
    """Tell the proposer where their text is better off, in the channel's own words and the desk's."""
    workflow_state = diversion.task_state.workflow_state
    page = workflow_state.content_object.specific
    context = {"page": page, "channel": diversion.channel, "word": diversion.word}
    proposer = _proposer(workflow_state, diversion.decided_by)
    _tell("other_channel", proposer, about=diversion.pk, preference="rejected_notifications", context=context)
    tell_answered(page=page, outcome="other_channel", about=diversion.pk, context=context)


def tell_fast_track(*, use: FastTrack, page: Page) -> None:
    """Tell the desk, except whoever used it, that something went live before a second person looked."""
    desk = _reviewers().exclude(pk=use.used_by_id)
    url = absolute(reverse("check_fast_track", args=[use.pk]))
    context = {"page": page, "name": use.used_by or "–", "reason": use.reason, "check_url": url}
    _tell("fast_track", desk, about=use.pk, preference="submitted_notifications", context=context)


def proposer_name(page: Page, workflow_state: WorkflowState) -> str:
    """Return the name of who proposed a text: an account's, or that of a sender without one."""
    if workflow_state.requested_by:
        return str(workflow_state.requested_by)
    arrival = arrival_of(page)
    return arrival.from_name if arrival else "–"


def _reviewers() -> Any:
    """Everybody who may review, by the groups of the tasks in use."""
    groups = [group.pk for task in Task.objects.filter(active=True).specific() for group in task.groups.all()]
    return get_user_model().objects.filter(groups__in=groups).distinct()


def published_addresses(page: Page) -> list[str]:
    """Return the addresses of the page that are live, one for each language."""
    pages = Page.objects.filter(translation_key=page.translation_key, live=True).order_by("locale__language_code")
    return [absolute(each.url) for each in pages if each.url]


def _proposer(workflow_state: WorkflowState, decider: Any) -> list[Any]:
    """The proposer, unless they decided themselves."""
    proposer = workflow_state.requested_by
    return [proposer] if proposer is not None and proposer != decider else []


def _tell(kind: str, people: Iterable[Any], *, about: int, preference: str, context: dict[str, Any]) -> None:
    """Queue the notice `kind` for each of `people` who wants it, in their language.

    `about` is the number of what happened; with the kind and the person it makes the mail's own key. `preference` is
    the field of their Wagtail profile that asks for such mails.
    """
    page = context["page"]
    words = {
        "title": page.get_admin_display_title(),
        "edit_url": absolute(reverse("wagtailadmin_pages:edit", args=[page.pk])),
        "account_url": absolute(reverse("wagtailadmin_account")),
        **context,
    }
    for person in people:
        profile = UserProfile.get_for_user(person)
        if person.is_active and person.email and getattr(profile, preference):
            queue_mail(
                key=f"{kind}:{about}:{person.pk}",
                kind=kind,
                to=person.email,
                user=person,
                language=profile.get_preferred_language()[:2],
                template=f"moderation/mails/{kind}",
                context=words,
            )


def register_kinds() -> None:
    register_kind("submitted", _("Text to review"))
    register_kind("approved", _("Text published"))
    register_kind("changes_asked", _("Changes asked for"))
    register_kind("other_channel", _("Other channel"))
    register_kind("fast_track", _("Fast track to check"))
    register_kind("sender_received", _("Received from a sender"))
    register_kind("sender_answered", _("Answer to a sender"))
