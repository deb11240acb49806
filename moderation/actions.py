"""What the desk does: one function per verb. Going live stands in `publishing`, the clock in `schedules`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, TaskState, WorkflowState

from moderation import log_words, notices
from moderation.models.channels import Channel, Diversion
from moderation.models.fast_tracks import FastTrack
from moderation.models.looks import Look
from moderation.permissions import can_take_over
from moderation.publishing import (
    locked,
    publish_in_both_languages,
    publish_one_language,
    publish_owed_language,
)
from moderation.schedules import publish_scheduled, unschedule
from moderation.translations import confirm_machine_words, latest_draft, prepare_translation, save_translated_draft

if TYPE_CHECKING:
    from residents.models import User

__all__ = [
    "check_fast_track",
    "confirm_machine_words",
    "divert",
    "prepare_translation",
    "publish_in_both_languages",
    "publish_one_language",
    "publish_owed_language",
    "publish_scheduled",
    "record_look",
    "reopen",
    "save_translated_draft",
    "take_over",
    "unschedule",
    "use_fast_track",
]


def record_look(*, task_state: TaskState, user: User, page: Page) -> Look | None:
    """Note that `user` has the latest version of `page` before them."""
    revision = page.get_latest_revision()
    if revision is None:
        return None
    look, _created = Look.objects.update_or_create(
        task_state=task_state, user=user, defaults={"revision": revision, "seen": revision.created_at}
    )
    return look


@transaction.atomic
def use_fast_track(*, page: Page, user: User, reason: str, alone_because: str = "") -> FastTrack:
    """Publish the latest version of `page` at once; it stands in the queue until somebody else has looked.

    Both languages go out, unless `alone_because` says why one goes first. Raises ValueError without a reason,
    MissingTranslationError when a string has no translation, ValidationError when readers have that version already: a
    second click is no second use.
    """
    if not reason.strip():
        raise ValueError("The fast track is used with a reason only.")
    page = locked(page)
    if page.live and not page.has_unpublished_changes:
        raise ValidationError(_("Readers have this version already."))
    in_review = page.workflow_in_progress
    if in_review:
        page.current_workflow_state.cancel(user=user)
    if alone_because:
        release = publish_one_language(page=page, user=user, reason=alone_because)
    else:
        release = publish_in_both_languages(page=page, user=user)
    use = FastTrack.objects.create(
        translation_key=release.translation_key,
        title=release.title,
        department=release.department,
        used_by=user,
        used_at=release.decided_at,
        reason=reason.strip(),
    )
    data = {"comment": use.reason, "said_anew": in_review}
    log(instance=page, action=log_words.FAST_TRACK, user=user, data=data)
    notices.tell_fast_track(use=use, page=page)
    return use


@transaction.atomic
def divert(*, task_state: TaskState, channel: Channel, word: str, user: User) -> Diversion:
    """Close a text under review with "not this channel". Raises PermissionDenied when it is no longer under review."""
    page = locked(task_state.workflow_state.content_object)
    task_state.refresh_from_db(fields=["status"])
    if task_state.status != TaskState.STATUS_IN_PROGRESS:
        raise PermissionDenied
    diversion = Diversion.objects.create(
        task_state=task_state, channel=channel, word=word.strip(), decided_by=user, decided_at=timezone.now()
    )
    task_state.workflow_state.cancel(user=user)
    data = {"comment": diversion.word, "said_anew": True}
    log(instance=page, action=log_words.DIVERT, user=user, data=data)
    notices.tell_other_channel(diversion=diversion)
    return diversion


@transaction.atomic
def reopen(*, diversion: Diversion, user: User) -> TaskState | None:
    """Put a text that was sent elsewhere back into the queue, in its proposer's name; None when somebody did already.

    Raises PermissionDenied when the text has a review again (changes that were asked for included), or is gone.
    """
    diversion = Diversion.objects.select_for_update().get(pk=diversion.pk)
    state = diversion.task_state.workflow_state
    page = state.content_object
    if diversion.reopened_at:
        return None
    if page is None or page.current_workflow_state:
        raise PermissionDenied
    diversion.reopened_by, diversion.reopened_at = user, timezone.now()
    diversion.save(update_fields=["reopened_by", "reopened_at"])
    started = state.workflow.start(page.specific, state.requested_by)
    log(instance=page.specific, action=log_words.REOPEN, user=user, data={"said_anew": True})
    return started.current_task_state


@transaction.atomic
def check_fast_track(*, use: FastTrack, user: User, word: str, now: datetime | None = None) -> FastTrack:
    """Note that a second person looked at what was published at once. Raises PermissionDenied to who published it."""
    use = FastTrack.objects.select_for_update().get(pk=use.pk)
    if use.used_by_id == user.pk:
        raise PermissionDenied
    if use.checked_at is None:
        use.checked_by, use.checked_at, use.word = user, now or timezone.now(), word.strip()
        use.save(update_fields=["checked_by", "checked_at", "word"])
        page = Page.objects.filter(translation_key=use.translation_key).order_by("pk").first()
        if page:
            log(instance=page.specific, action=log_words.CHECK, user=user, data={"comment": use.word})
    return use


@transaction.atomic
def take_over(*, page: Page, user: User, owner_id: int | None) -> Page:
    """Let `user` look after `page` in the place of `owner_id`: in both languages, with what the desk asked about it.

    From then on it is among their proposals, and the desk's answers go to them. Raises PermissionDenied for those who
    may not, and ValidationError when somebody else took it over in the meantime.
    """
    page = Page.objects.select_for_update().get(pk=page.pk)
    if page.owner_id != owner_id:
        raise ValidationError(_("Somebody else took over this text a moment ago."))
    draft = latest_draft(page)
    if not can_take_over(user, draft):
        raise PermissionDenied
    pages = Page.objects.filter(translation_key=page.translation_key)
    for each in pages.filter(locked=True, locked_by=owner_id):
        log(instance=each, action="wagtail.unlock", user=user)
    pages.filter(locked=True, locked_by=owner_id).update(locked=False, locked_by=None, locked_at=None)
    pages.update(owner=user)
    WorkflowState.objects.filter(
        base_content_type=page.get_base_content_type(),
        object_id__in=[str(pk) for pk in pages.values_list("pk", flat=True)],
        status=WorkflowState.STATUS_NEEDS_CHANGES,
    ).update(requested_by=user)
    log(instance=draft, action=log_words.TAKE_OVER, user=user, data={"from": owner_id})
    return draft
