"""`setup_portal` may run after every update: it adds what is missing, and takes away what opens a door."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Page, Site, Task, Workflow, WorkflowPage

from moderation.models import DeskReviewTask
from moderation.roles import DESK, ROLES
from moderation.setup import setup_workflow
from participation.models import IdeaReviewTask
from tests.factories import DepartmentFactory, UserFactory, news_index
from tests.participation.factories import consultation_index

pytestmark = pytest.mark.django_db


def snapshot() -> dict[str, int]:
    models = (Group, GroupPagePermission, Page, Site, Task, Workflow, WorkflowPage)
    return {model.__name__: model.objects.count() for model in models}


def test_a_second_run_changes_nothing(capsys):
    DepartmentFactory()
    call_command("setup_portal")
    before = snapshot()
    call_command("setup_portal")
    assert snapshot() == before


def test_each_role_is_a_group_with_exactly_its_permissions():
    extra = Permission.objects.get(codename="add_page")
    Group.objects.get(name=DESK.group).permissions.add(extra)
    call_command("setup_portal")
    for role in ROLES:
        held = {
            f"{permission.content_type.app_label}.{permission.codename}"
            for permission in Group.objects.get(name=role.group).permissions.select_related("content_type")
        }
        assert held == set(role.permissions)


def test_wagtails_own_groups_and_workflow_are_gone():
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()
    assert [workflow.tasks.count() for workflow in Workflow.objects.all()] == [1, 1]
    assert {type(task) for task in Task.objects.specific()} == {DeskReviewTask, IdeaReviewTask}


def test_a_group_of_wagtails_that_has_members_is_left_to_the_administrator():
    group = Group.objects.create(name="Moderators")
    UserFactory().groups.add(group)
    call_command("setup_portal")
    assert Group.objects.filter(name="Moderators").exists()


def test_one_workflow_covers_both_trees():
    assert news_index("fr").get_workflow() == news_index("nl").get_workflow()
    assert WorkflowPage.objects.get().page.depth == 1


def test_a_department_proposes_in_both_trees():
    department = DepartmentFactory()
    pages = {permission.page_id for permission in department.group.page_permissions.all()}
    indexes = [find(code) for find in (news_index, consultation_index) for code in ("fr", "nl")]
    assert pages == {index.pk for index in indexes}
    assert {p.permission.codename for p in department.group.page_permissions.all()} == {"add_page"}


def test_running_the_workflow_set_up_twice_keeps_one_task():
    groups = {role.key: Group.objects.get(name=role.group) for role in ROLES}
    setup_workflow(groups)
    setup_workflow(groups)
    assert DeskReviewTask.objects.count() == 1


def test_the_welcome_page_of_wagtail_is_gone():
    assert not Page.objects.filter(content_type__app_label="wagtailcore", depth__gt=1).exists()
    assert Site.objects.get().root_page.locale.language_code == "fr"
