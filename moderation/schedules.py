"""What goes live, and off the site, by itself: both languages by one clock. Another hour: `rescheduling`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from moderation.drafts import told_as_open
from moderation.models.releases import Release
from moderation.models.troubles import ScheduleTrouble
from moderation.publishing import note_live, restore_clocks, set_clock, withdraw_schedule

if TYPE_CHECKING:
    from residents.models import User

logger = logging.getLogger(__name__)
LONGEST_WAIT = timedelta(hours=6)  # between two tries of a document that fails


class OneLanguageOnlyError(Exception):
    """One language of a document is scheduled, the other is not, and nobody gave a reason."""


ONE_LANGUAGE, UNREADY = "one_language", "unready"
KINDS: dict[str, type[Exception]] = {ONE_LANGUAGE: OneLanguageOnlyError, UNREADY: ValidationError}
REASONS = {
    ONE_LANGUAGE: _("Only one of its languages is scheduled, and nobody said why."),
    UNREADY: _("Something in it has to be put right first."),
}


class Outcome(NamedTuple):
    """How many documents one run put live, took off the site, and failed with."""

    published: int
    expired: int
    failed: int


def publish_scheduled(*, now: datetime | None = None) -> Outcome:
    """Do what the clock asks for, one document at a time: one that fails is kept as a trouble, the others go out."""
    now = now or timezone.now()
    waiting = set(ScheduleTrouble.objects.filter(next_try_at__gt=now).values_list("translation_key", flat=True))
    scheduled = _keys_due(now)
    due = [key for key in scheduled if key not in waiting]
    published = sum(_attempt(key, now, _publish_due) for key in due)
    # Asked after the first: a new version may have moved the end. What can't go out is no reason to stay on the site.
    over = [key for key in _keys_over(now) if key not in waiting or key in scheduled]
    expired = sum(_attempt(key, now, _expire) for key in over)
    return Outcome(published, expired, len(due) + len(over) - published - expired)


def _keys_due(now: datetime) -> list[Any]:
    revisions = Revision.objects.page_revisions().filter(approved_go_live_at__lte=now).order_by("approved_go_live_at")
    keys = dict(
        Page.objects.filter(pk__in=[int(each.object_id) for each in revisions]).values_list("pk", "translation_key")
    )
    return list(dict.fromkeys(keys[int(each.object_id)] for each in revisions if int(each.object_id) in keys))


def _keys_over(now: datetime) -> list[Any]:
    keys = (
        Page.objects.live().filter(expire_at__lte=now).order_by("expire_at").values_list("translation_key", flat=True)
    )
    return list(dict.fromkeys(keys))


def _attempt(key: Any, now: datetime, act: Callable[[Any, datetime], None]) -> bool:
    try:
        with transaction.atomic():
            act(key, now)
    except Exception as error:  # whatever is wrong with one document, the others go out
        logger.exception("A scheduled document failed: %s", key)
        _note_trouble(key, now, error)
        return False
    return True


def _note_trouble(key: Any, now: datetime, error: Exception) -> None:
    page = Page.objects.filter(translation_key=key).order_by("pk").first()
    trouble, created = ScheduleTrouble.objects.get_or_create(
        translation_key=key,
        defaults={"title": page.draft_title if page else str(key), "since": now, "next_try_at": now, "error": ""},
    )
    if not created:
        trouble.tries += 1
    trouble.next_try_at = now + min(timedelta(minutes=2 ** min(trouble.tries, 10)), LONGEST_WAIT)
    known = next((name for name, kind in KINDS.items() if isinstance(error, kind)), "")
    trouble.error = known or (str(error) or type(error).__name__)[:255]
    trouble.save()


def reason_of(trouble: ScheduleTrouble) -> str:
    """Return why a document could not go out, in the reader's language; what an unforeseen error said stays as it is."""
    if trouble.error == UNREADY:
        pages = {page.pk: page for page in Page.objects.filter(translation_key=trouble.translation_key)}
        for revision in scheduled_revisions(pages):
            reason = told_as_open(revision.as_object())
            if reason:
                return reason
    return str(REASONS.get(trouble.error, trouble.error))


def _pages(key: Any) -> dict[int, Page]:
    """Return the pages of a document, locked: of two workers, the second finds nothing left to do."""
    return {page.pk: page for page in Page.objects.select_for_update().filter(translation_key=key).order_by("pk")}


def scheduled_revisions(pages: dict[int, Page]) -> list[Revision]:
    revisions = Revision.objects.page_revisions().filter(object_id__in=[str(pk) for pk in pages])
    return list(revisions.filter(approved_go_live_at__isnull=False).order_by("pk"))


def _publish_due(key: Any, now: datetime) -> None:
    pages = _pages(key)
    revisions = [each for each in scheduled_revisions(pages) if each.approved_go_live_at <= now]
    if not revisions:
        return
    languages = [pages[int(each.object_id)].locale.language_code for each in revisions]
    reason = Release.objects.of(key).pending().values_list("reason", flat=True).first()
    if len(languages) == 1 and not reason:
        raise OneLanguageOnlyError
    for revision in revisions:
        set_clock(revision, None)
        revision.publish(log_action="wagtail.publish.scheduled")
    note_live(translation_key=key, languages=languages, now=now)
    ScheduleTrouble.objects.filter(translation_key=key).delete()


def _expire(key: Any, now: datetime) -> None:
    """Take a document off the site; a newer version that is scheduled comes back at its hour (Wagtail forgets it)."""
    pages = _pages(key)
    clocks = {each.pk: each.approved_go_live_at for each in scheduled_revisions(pages)}
    for page in pages.values():
        if page.live:
            page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    restore_clocks(clocks)
    if not clocks:
        ScheduleTrouble.objects.filter(translation_key=key).delete()


@transaction.atomic
def unschedule(*, page: Page, user: User) -> bool:
    """Take a document's schedule back, in every language; return whether there was one. Raises PermissionDenied."""
    if not page.specific.permissions_for_user(user).can_unschedule():
        raise PermissionDenied
    scheduled = scheduled_revisions(_pages(page.translation_key))
    for revision in scheduled:
        revision.approved_go_live_at = None
        revision.save(user=user, update_fields=["approved_go_live_at"])  # Wagtail's history tells who did it
    withdraw_schedule(page.translation_key)
    return bool(scheduled)


def count_due(*, now: datetime) -> tuple[int, int]:
    """Return how many documents are to go live, and how many have ended."""
    return len(_keys_due(now)), len(_keys_over(now))
