"""Who may decide over a text that was submitted, and what stands in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from moderation.models.looks import Look
from moderation.translations import is_translated_since, target_locale, translation_state

if TYPE_CHECKING:
    from residents.models import User


def is_own_text(task_state: TaskState, user: User) -> bool:
    """Whether `user` submitted the text, or wrote the version that was submitted: four eyes see each text.

    What the desk adjusts during its review doesn't make the text its own: the proposer's eyes were the first two.
    """
    return user.pk in (task_state.workflow_state.requested_by_id, task_state.revision.user_id)


def has_seen_latest(task_state: TaskState, user: User, page: Page) -> bool:
    """Whether `user` opened the page's latest version, or wrote it, and nobody else changed its translation since."""
    latest = page.get_latest_revision()
    look = Look.objects.filter(task_state=task_state, user=user).first()
    if latest is None or look is None:
        return False
    if latest.user_id != user.pk and (look.revision_id, look.seen) != (latest.pk, latest.created_at):
        return False
    return not is_translated_since(page, look.looked_at, by_others_than=user)


def obstacle_to_approval(task_state: TaskState, user: User, page: Page) -> str:
    """Return why `user` can't approve `page` now, in their language; "" when nothing stands in the way."""
    if is_own_text(task_state, user):
        return _("You proposed this text yourself; someone else has to approve it.")
    if not has_seen_latest(task_state, user, page):
        return _("The text or its translation changed since you opened it. Have another look, then decide.")
    state = translation_state(page.get_latest_revision_as_object())
    if not state.is_ready:
        language = _("Dutch") if state.language == "nl" else _("French")
        return _("The other language is not complete yet. %(language)s: %(state)s.") % {
            "language": language,
            "state": state,
        }
    return ""


def can_translate(user: User, page: Page) -> bool:
    """Whether `user` may prepare and complete the other language of `page`.

    They edit the source, hold localize's permission, and decide over pages where the translation stands or will stand.
    """
    if not user.has_perm("wagtail_localize.submit_translation") or not page.permissions_for_user(user).can_edit():
        return False
    locale = target_locale(page)
    there = Page.objects.filter(translation_key=page.translation_key, locale=locale).first()
    there = there or Page.objects.filter(translation_key=page.get_parent().translation_key, locale=locale).first()
    tester = (there or page.get_parent()).specific.permissions_for_user(user)
    return user.is_superuser or "publish" in tester.permissions
