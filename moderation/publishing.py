"""Going live: both languages at the same minute, or one with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from home.languages import other_language
from moderation.log_words import ONE_LANGUAGE
from moderation.models.releases import Release
from moderation.models.troubles import ScheduleTrouble
from moderation.translations import live_text, save_translated_draft

if TYPE_CHECKING:
    from residents.models import User


def locked(page: Page) -> Page:
    """Return `page` anew, with its row locked: of two decisions at once, the second waits for the first."""
    return Page.objects.select_for_update().get(pk=page.pk).specific


@transaction.atomic
def publish_in_both_languages(*, page: Page, user: User | None, at: datetime | None = None) -> Release:
    """Publish the latest version of `page` and its translation, now or `at` a time: both, or none.

    Raises MissingTranslationError when a string has no translation, ValidationError when `at` is past its end.
    Permissions are the caller's: nobody holds "publish" by themselves (home.permissions).
    """
    page = locked(page)
    revision = page.get_latest_revision()
    translated = save_translated_draft(page, user=user)
    return _release([revision, translated], page=page, user=user, at=at)


@transaction.atomic
def publish_one_language(*, page: Page, user: User | None, reason: str, at: datetime | None = None) -> Release:
    """Publish the latest version of `page` without its translation, which stays owed.

    Raises ValueError without a reason, ValidationError when `at` is past its end.
    """
    if not reason.strip():
        raise ValueError("One language is published first with a reason only.")
    page = locked(page)
    release = _release([page.get_latest_revision()], page=page, user=user, at=at, reason=reason.strip())
    log(instance=page, action=ONE_LANGUAGE, user=user, data={"comment": release.reason})
    return release


@transaction.atomic
def publish_owed_language(*, page: Page, user: User | None) -> Release | None:
    """Publish the translation of `page` as readers have it, the language that was owed; None when nothing is owed.

    Raises MissingTranslationError when a string has no translation.
    """
    page = locked(page)
    code = other_language(page.locale.language_code)
    owing = [
        each for each in Release.objects.of(page.translation_key).in_one_language() if each.missing_language == code
    ]
    if not owing or not page.live:
        return None
    revision = save_translated_draft(page, user=user, words=live_text(page))
    set_clock(revision, None)
    # Wagtail takes every schedule of a page back when a version of it goes live; a newer one of both languages stays.
    newer = revision.content_object.revisions.filter(approved_go_live_at__isnull=False)
    clocks = dict(newer.values_list("pk", "approved_go_live_at"))
    PublishPageRevisionAction(revision, user=user).execute(skip_permission_checks=True)
    restore_clocks(clocks)
    _settle(page.translation_key, [code], timezone.now())
    return owing[0]


def _release(
    revisions: list[Revision], *, page: Page, user: User | None, at: datetime | None, reason: str = ""
) -> Release:
    now = timezone.now()
    due_at = at if at and at > now else None
    check_end(revisions[0], due_at)
    withdraw_schedule(page.translation_key)
    for revision in revisions:
        set_clock(revision, due_at)
        PublishPageRevisionAction(revision, user=user).execute(skip_permission_checks=True)
    languages = [revision.content_object.locale.language_code for revision in revisions]
    if due_at is None:
        _settle(page.translation_key, languages, now)
    return Release.objects.create(
        translation_key=page.translation_key,
        title=revisions[0].content["title"],
        department_id=revisions[0].content.get("department"),
        decided_at=now,
        decided_by=user,
        due_at=due_at,
        reason=reason,
        **({} if due_at else {f"{code}_live_at": now for code in languages}),
    )


def check_end(revision: Revision, at: datetime | None) -> None:
    """Raise ValidationError when `revision` is to leave the site before it goes live `at` a time."""
    end = revision.as_object().expire_at if at else None
    if at and end and end <= at:
        raise ValidationError(_("It would go live after it is taken off the site."))


def withdraw_schedule(translation_key: UUID) -> int:
    """Take back what is scheduled of a document, in every language; return how many versions were."""
    keys = [str(pk) for pk in Page.objects.filter(translation_key=translation_key).values_list("pk", flat=True)]
    scheduled = Revision.objects.page_revisions().filter(object_id__in=keys, approved_go_live_at__isnull=False)
    Release.objects.of(translation_key).pending().delete()
    ScheduleTrouble.objects.filter(translation_key=translation_key).delete()
    return scheduled.update(approved_go_live_at=None)


def restore_clocks(clocks: dict[int, datetime]) -> None:
    """Schedule versions, by their keys, as they were before."""
    for pk, at in clocks.items():
        Revision.objects.filter(pk=pk).update(approved_go_live_at=at)


def set_clock(revision: Revision, at: datetime | None) -> None:
    """Let `revision` go live `at` a time (None: now), whatever its proposer wished; what made it urgent is then past."""
    revision.content = {**revision.content, "go_live_at": at.isoformat() if at else None}
    if "urgent_because" in revision.content:
        revision.content["urgent_because"] = ""
    revision.save(update_fields=["content"])


def _settle(translation_key: UUID, languages: Iterable[str], now: datetime) -> None:
    """Note for earlier decisions that the language which they owed is live now."""
    for release in Release.objects.of(translation_key).in_one_language():
        if release.missing_language in languages:
            setattr(release, f"{release.missing_language}_live_at", now)
            release.save()


def note_live(*, translation_key: UUID, languages: Iterable[str], now: datetime) -> None:
    """Note that what was scheduled under this key is live, in these languages."""
    _settle(translation_key, languages, now)
    Release.objects.of(translation_key).pending().update(**{f"{code}_live_at": now for code in languages})
