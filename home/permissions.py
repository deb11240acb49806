"""Who may do what with a page, asked by Wagtail's views, lists and menus alike.

Two rules stand here and nowhere else:

- Nobody presses "publish". A page goes live because the desk approved it, in both languages (moderation.actions).
- Who writes for a department edits that department's pages, and no other's.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from wagtail.models import Page, PagePermissionTester, Revision, WorkflowState

from home.models.departments import Department

SPEAK_FOR_ANY = "home.speak_for_any_department"


def department_ids_of(user: Any) -> set[int]:
    """Return the keys of the departments in whose name `user` writes, asked of the database once a request."""
    if not hasattr(user, "_department_ids"):
        user._department_ids = set(Department.objects.of(user).values_list("pk", flat=True))
    return user._department_ids  # type: ignore[no-any-return]


def departments_open_to(user: AbstractUser) -> QuerySet[Department]:
    """Return the departments that `user` may let speak: their own; for the desk, every one."""
    if user.has_perm(SPEAK_FOR_ANY):
        return Department.objects.all()
    return Department.objects.of(user)


class ReviewedPagePermissionTester(PagePermissionTester):
    """Wagtail's rules, without the shortcut past the desk."""

    @property
    def is_of_the_desk(self) -> bool:
        """Whether the person decides over pages here: the desk, and administrators."""
        return self.user.is_active and (self.user.is_superuser or "publish" in self.permissions)

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unschedule(self) -> bool:
        return self.is_of_the_desk

    def can_set_view_restrictions(self) -> bool:
        return self.is_of_the_desk

    def can_submit_for_moderation(self) -> bool:
        return self.can_edit() and super().can_submit_for_moderation()


class DepartmentPagePermissionTester(ReviewedPagePermissionTester):
    """For pages by which a department speaks: its own people write them together."""

    @property
    def is_of_the_department(self) -> bool:
        page: Any = self.page
        return self.user.is_active and "add" in self.permissions and page.department_id in department_ids_of(self.user)

    def can_edit(self) -> bool:
        if self.is_of_the_desk:
            return super().can_edit()
        return not self.page_is_root and self.is_of_the_department and not _is_reviewed_elsewhere(self.page)

    def can_add_subpage(self) -> bool:
        """A part of what a department runs is its own people's to propose."""
        return super().can_add_subpage() and (self.is_of_the_desk or self.is_of_the_department)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """A department throws away what was never published or scheduled, and is not being reviewed, in both languages.

        One language takes the other along (moderation.carrying).
        """
        if self.is_of_the_desk:
            return super().can_delete(ignore_bulk)
        return (
            self.is_of_the_department
            and not self.page.live
            and self.page.first_published_at is None
            and not self.page.workflow_in_progress
            and not _is_reviewed_elsewhere(self.page)
            and not _was_live_elsewhere(self.page)
            and not _is_scheduled(self.page)
        )

    def can_move(self) -> bool:
        return self.is_of_the_desk and super().can_move()


def _is_reviewed_elsewhere(page: Page) -> bool:
    """Whether the desk has the page's other language before it; then both are the desk's until it decided."""
    others = [str(pk) for pk in page.get_translations().values_list("pk", flat=True)]
    return WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS,
        base_content_type=page.get_base_content_type(),
        object_id__in=others,
    ).exists()


def _was_live_elsewhere(page: Page) -> bool:
    return page.get_translations().filter(first_published_at__isnull=False).exists()


def _is_scheduled(page: Page) -> bool:
    keys = [str(pk) for pk in page.get_translations(inclusive=True).values_list("pk", flat=True)]
    return Revision.objects.page_revisions().filter(object_id__in=keys, approved_go_live_at__isnull=False).exists()
