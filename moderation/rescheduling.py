"""A text goes out at an hour that was chosen, and at another one when it is moved: both languages together."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from home.agenda import day_of
from moderation.models.releases import Release
from moderation.models.troubles import ScheduleTrouble
from moderation.permissions import can_reschedule

if TYPE_CHECKING:
    from residents.models import User


@transaction.atomic
def reschedule(*, page: Page, at: datetime, user: User) -> None:
    """Let the scheduled version of `page`, and that of its other language, go live at `at`.

    Raises PermissionDenied, and ValidationError in the user's language where it can't be: it is no longer scheduled,
    `at` is over, or after the text's own end.
    """
    pages = list(Page.objects.select_for_update().filter(translation_key=page.translation_key).order_by("pk"))
    if not all(can_reschedule(user, each.specific) for each in pages):
        raise PermissionDenied
    scheduled = [(each, revision) for each in pages if (revision := _scheduled_revision(each))]
    if not scheduled:
        raise ValidationError(_("This text is no longer scheduled: it was published or withdrawn in the meantime."))
    if at <= timezone.now():
        raise ValidationError(_("This hour is over. Choose one that is still to come."))
    for each, revision in scheduled:
        _refuse_after_its_end(revision, at)
        _move(each, revision, at, user)
    Release.objects.of(page.translation_key).pending().update(due_at=at)
    ScheduleTrouble.objects.filter(translation_key=page.translation_key).delete()


def _scheduled_revision(page: Page) -> Revision | None:
    revisions = Revision.objects.select_for_update().for_instance(page)
    return revisions.filter(approved_go_live_at__isnull=False).first()


def _refuse_after_its_end(revision: Revision, at: datetime) -> None:
    draft = revision.as_object()
    if draft.expire_at and at >= draft.expire_at:
        end = date_format(timezone.localtime(draft.expire_at), "DATETIME_FORMAT")
        raise ValidationError(_("The text goes offline on %(end)s: it has to come out before.") % {"end": end})
    last_day = getattr(draft, "expires_on", None)
    if last_day and day_of(at) > last_day:
        end = date_format(last_day, "DATE_FORMAT")
        raise ValidationError(_("The last day of the text is %(end)s: it has to come out by then.") % {"end": end})


def _move(page: Page, revision: Revision, at: datetime, user: User) -> None:
    """Change the hour wherever Wagtail reads it: approved, in the version itself, on the page that is not live yet.

    A draft saved on top keeps the same hour as what it was written on.
    """
    before, at = revision.approved_go_live_at, at.astimezone(UTC)
    drafts = Revision.objects.select_for_update().for_instance(page).filter(pk__gte=revision.pk)
    for draft in drafts:
        if draft.pk == revision.pk or draft.as_object().go_live_at == before:
            draft.content["go_live_at"] = at
            draft.approved_go_live_at = at if draft.pk == revision.pk else None
            Revision.objects.filter(pk=draft.pk).update(
                content=draft.content, approved_go_live_at=draft.approved_go_live_at
            )
    Page.objects.filter(pk=page.pk, live=False).update(go_live_at=at)
    data = {"id": revision.pk, "created": revision.created_at, "go_live_at": at, "has_live_version": page.live}
    log(instance=page, action="wagtail.publish.schedule", user=user, revision=revision, data={"revision": data})
