"""Who may decide over a text that was submitted, and what stands in the way; who sees and moves what is planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState
from wagtail.permissions import page_permission_policy

from home.models import DepartmentPage
from home.permissions import SPEAK_FOR_ANY
from moderation.drafts import told_as_open
from moderation.models.arrivals import Arrival
from moderation.models.fast_tracks import FastTrack
from moderation.models.looks import Look
from moderation.translation_states import translation_state
from moderation.translations import is_translated_since, target_locale

if TYPE_CHECKING:
    from residents.models import User

SEE_AGENDA = "moderation.see_agenda"


def is_own_text(task_state: TaskState, user: User) -> bool:
    """Whether `user` submitted the text, or wrote the version that was submitted: four eyes see each text.

    What the desk adjusts during its review doesn't make the text its own: the proposer's eyes were the first two.
    """
    return user.pk in (task_state.workflow_state.requested_by_id, task_state.revision.user_id)


def is_own_arrival(page: Page, user: User) -> bool:
    """Whether the text came from `user`'s own address, or by a link that they made and so know."""
    own = models.Q(from_email__iexact=user.email) | models.Q(link_made_by=user)
    return Arrival.objects.about([page]).filter(own).exists()


def has_seen_latest(task_state: TaskState, user: User, page: Page) -> bool:
    """Whether `user` opened the page's latest version, or wrote it, and nobody else changed its translation since."""
    latest = page.get_latest_revision()
    look = Look.objects.filter(task_state=task_state, user=user).first()
    if latest is None or look is None:
        return False
    if latest.user_id != user.pk and (look.revision_id, look.seen) != (latest.pk, latest.created_at):
        return False
    return not is_translated_since(page, look.looked_at, by_others_than=user)


def obstacle_to_reading(task_state: TaskState, user: User, page: Page) -> str:
    """Return why `user` can't say yes to `page` in any language, in theirs; "" when nothing stands in the way."""
    if is_own_text(task_state, user):
        return _("You proposed this text yourself; someone else has to approve it.")
    if is_own_arrival(page, user):
        return _("This text came from your own address, or by a link that you made; someone else has to approve it.")
    if not has_seen_latest(task_state, user, page):
        return _("The text or its translation changed since you opened it. Have another look, then decide.")
    return told_as_open(page.get_latest_revision_as_object())


def obstacle_of_language(draft: Page) -> str:
    """Return why `draft` can't be published in both languages, in the reader's; "" when it can."""
    state = translation_state(draft)
    if state.is_ready:
        return ""
    language = _("Dutch") if state.language == "nl" else _("French")
    return _("The other language is not complete yet. %(language)s: %(state)s.") % {
        "language": language,
        "state": state,
    }


def obstacle_to_approval(task_state: TaskState, user: User, page: Page) -> str:
    """Return why `user` can't approve `page` in both languages now, in theirs; "" when nothing stands in the way."""
    return obstacle_to_reading(task_state, user, page) or obstacle_of_language(page.get_latest_revision_as_object())


def is_of_the_desk(user: Any) -> bool:
    """Whether `user` decides over what others propose: the communications desk, and administrators."""
    return bool(user.is_active and user.has_perm(SPEAK_FOR_ANY))


def can_fast_track(user: Any, page: Page) -> bool:
    """Whether `user` may publish `page` before anybody else has looked: the desk, and trusted departments their own.

    What the desk has before it waits for the desk.
    """
    if not page.permissions_for_user(user).can_edit():
        return False
    if is_of_the_desk(user):
        return True
    department = getattr(page.get_latest_revision_as_object(), "department", None)
    return bool(department and department.is_trusted and not page.workflow_in_progress)


def can_check(user: Any, use: FastTrack) -> bool:
    """Whether `user` may be the second person who looks at what went live by the fast track."""
    return is_of_the_desk(user) and use.used_by_id != user.pk


def can_translate(user: User, page: Page) -> bool:
    """Whether `user` may prepare and complete the other language of `page`.

    They edit the source and, for the other language, either decide over pages where it stands or will stand and hold
    localize's permission (the desk), or may add pages there themselves (a department, until the desk has the text
    before it). A department never holds localize's permission: it would open localize's own doors (docs/roles.md).
    """
    if not page.permissions_for_user(user).can_edit():
        return False
    locale = target_locale(page)
    there = Page.objects.filter(translation_key=page.translation_key, locale=locale).first()
    parent = Page.objects.filter(translation_key=page.get_parent().translation_key, locale=locale).first()
    tester = (there or parent or page.get_parent()).specific.permissions_for_user(user)
    if user.is_superuser or "publish" in tester.permissions:
        return user.has_perm("wagtail_localize.submit_translation")
    if page.workflow_in_progress or parent is None or not isinstance(page.specific, DepartmentPage):
        return False
    return (there is None or tester.can_edit()) and parent.specific.permissions_for_user(user).can_add_subpage()


def can_see_agenda(user: User) -> bool:
    """Whether `user` reads the editorial calendar: whoever proposes, decides, or prepares consultations."""
    return user.is_active and user.has_perms(["wagtailadmin.access_admin", SEE_AGENDA])


def can_reschedule_some(user: User) -> bool:
    """Whether there are texts that `user` may move in time: the desk and administrators decide over pages."""
    return user.is_active and page_permission_policy.user_has_permission(user, "publish")


def can_reschedule(user: User, page: Page) -> bool:
    """Whether `user` may change the hour at which `page` goes live. What was approved is the desk's to move."""
    tester = page.permissions_for_user(user)
    return user.is_active and (user.is_superuser or "publish" in tester.permissions)


def can_take_over(user: User, draft: Page) -> bool:
    """Whether `user` may look after `draft` from now on, in its owner's place.

    They may edit it, and no review is under way. A lock of its owner's falls with it; anybody else's stands.
    """
    if not isinstance(draft, DepartmentPage) or draft.owner_id == user.pk or draft.workflow_in_progress:
        return False
    if draft.locked and draft.locked_by_id not in (draft.owner_id, user.pk):
        return False
    is_draft = not draft.live or draft.has_unpublished_changes
    return is_draft and draft.permissions_for_user(user).can_edit()
