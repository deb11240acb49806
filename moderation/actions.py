"""What the desk does: one function per verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, TaskState

from moderation.models.looks import Look
from moderation.translations import prepare_translation, save_translated_draft

if TYPE_CHECKING:
    from residents.models import User

__all__ = ["prepare_translation", "publish_in_both_languages", "record_look"]


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
def publish_in_both_languages(*, page: Page, user: User | None) -> None:
    """Publish the latest version of `page` and its translation: both, or none.

    Raises MissingTranslationError when a string has no translation. Permissions are the caller's: nobody holds
    "publish" by themselves (home.permissions).
    """
    page = Page.objects.get(pk=page.pk).specific
    revision = page.get_latest_revision()
    translated = save_translated_draft(page, user=user)
    for each in (revision, translated):
        PublishPageRevisionAction(each, user=user).execute(skip_permission_checks=True)
