"""A department proposes; it publishes by no path. And nobody publishes one language alone by accident."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page, PageLogEntry
from wagtail_localize.models import Translation

from moderation.roles import DESK
from moderation.schedules import publish_scheduled
from moderation.setup import permissions_named
from neighbourhood_news.models import NewsPage
from residents.models import User
from tests.factories import UserFactory, draft_news, editor_of, news_index, published_news, submit, translate
from tests.moderation.editor import edit, news_form

pytestmark = pytest.mark.django_db
LOCALIZE = "wagtail_localize.submit_translation"


@pytest.fixture
def draft(editor: User, roads: Any) -> NewsPage:
    page = draft_news(owner=editor, department=roads)
    translate(page)
    return page


def live_pages() -> int:
    return NewsPage.objects.live().count()


@pytest.fixture(params=["editor", "desk", "administrator", "superuser"])
def somebody(request: Any, roads: Any) -> User:
    """Each role that can open the editor; what nobody may do, none of them may."""
    if request.param == "superuser":
        return UserFactory(is_superuser=True)
    if request.param == "editor":
        return editor_of(roads)
    user: User = request.getfixturevalue(request.param)
    return user


def test_nobody_publishes_from_the_editor(draft, somebody, signed_in):
    edit(signed_in(somebody), draft, **{"action-publish": "true"})
    assert live_pages() == 0


def test_nobody_publishes_while_creating(roads, somebody, signed_in):
    url = reverse("wagtailadmin_pages:add", args=["neighbourhood_news", "newspage", news_index().pk])
    signed_in(somebody).post(url, news_form(department=roads.pk, **{"action-publish": "true"}))
    assert live_pages() == 0
    assert NewsPage.objects.count() == 1


def test_nobody_publishes_in_bulk(draft, somebody, signed_in):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={draft.pk}"
    signed_in(somebody).post(url, {"include_descendants": "on"})
    assert live_pages() == 0


def test_nobody_publishes_a_translation_from_its_editor(draft, somebody, signed_in, django_capture_on_commit_callbacks):
    dutch = draft.get_translation(Locale.objects.get(language_code="nl"))
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(somebody).post(reverse("wagtailadmin_pages:edit", args=[dutch.pk]), {"action": "publish"})
    assert live_pages() == 0


def test_a_wished_time_is_no_schedule(draft, somebody, signed_in):
    edit(signed_in(somebody), draft, go_live_at="2020-01-01 08:00", **{"action-publish": "true"})
    publish_scheduled()
    assert live_pages() == 0
    assert not draft.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_nobody_publishes_by_copying_a_live_message(roads, somebody, signed_in):
    page = published_news(department=roads)
    form = {
        "new_title": "Copie",
        "new_slug": "copie",
        "new_parent_page": news_index().pk,
        "copy_subpages": "",
        "publish_copies": "on",
        "alias": "",
    }
    signed_in(somebody).post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)
    assert not NewsPage.objects.filter(slug="copie", live=True).exists()


def test_nobody_makes_an_alias_even_across_languages(roads, somebody, signed_in):
    page = published_news(department=roads)
    form = {"new_title": "Alias", "new_slug": "alias", "new_parent_page": news_index("nl").pk, "alias": "on"}
    signed_in(somebody).post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)
    assert not Page.objects.filter(alias_of__isnull=False).exists()


def test_nobody_turns_a_translation_into_an_alias(roads, somebody, signed_in):
    page = published_news(department=roads)
    dutch = page.get_translation(Locale.objects.get(language_code="nl"))
    response = signed_in(somebody).post(reverse("wagtail_localize:convert_to_alias", args=[dutch.pk]))
    assert response.status_code in (302, 403)
    dutch.refresh_from_db()
    assert dutch.alias_of_id is None
    assert dutch.title == "Molenstraat"


def test_nobody_sets_a_translation_loose(draft, somebody, signed_in):
    translation = Translation.objects.get(source__object_id=draft.translation_key)
    signed_in(somebody).post(reverse("wagtail_localize:stop_translation", args=[translation.pk]))
    translation.refresh_from_db()
    assert translation.enabled


def test_a_department_cannot_decide_over_its_own_submission(draft, editor, signed_in):
    task_state = submit(draft, editor)
    for action in ("approve", "translate", "reject"):
        url = reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, action, task_state.pk])
        assert signed_in(editor).post(url, {"comment": ""}).status_code in (302, 403)
    draft.refresh_from_db()
    assert not draft.live
    assert draft.workflow_in_progress


def test_a_department_cannot_take_a_live_message_off(editor, roads, signed_in):
    page = published_news(department=roads)
    client = signed_in(editor)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    client.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"]) + f"?id={page.pk}")
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    client.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={page.pk}")
    page.refresh_from_db()
    assert page.live


def test_a_department_changes_nothing_that_is_live_by_saving(editor, roads, signed_in, client):
    page = published_news(department=roads)
    edit(signed_in(editor), page, introduction="Changé sans relecture.")
    assert "Changé sans relecture" not in client.get(page.url).content.decode()
    assert page.get_latest_revision_as_object().introduction == "De nouveaux trottoirs."
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().introduction == "Changé sans relecture."


def test_a_department_cannot_revert_a_live_message_by_publishing_an_old_version(editor, roads, signed_in):
    page = published_news(department=roads)
    revision = page.get_latest_revision()
    form = news_form(page.get_latest_revision_as_object(), introduction="Ancien", **{"action-publish": "true"})
    signed_in(editor).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**form, "revision": revision.pk})
    page.refresh_from_db()
    assert page.introduction == "De nouveaux trottoirs."


def test_a_department_moves_nothing(draft, editor, signed_in):
    home = news_index().get_parent()
    url = reverse("wagtailadmin_pages:move_confirm", args=[draft.pk, home.pk])
    assert signed_in(editor).post(url).status_code in (302, 403)
    assert NewsPage.objects.get(pk=draft.pk).get_parent().pk == news_index().pk


@pytest.mark.parametrize("view", ["submit_page_translation", "update_translations"])
def test_localizes_permission_alone_opens_neither_of_its_views(view, draft, roads, signed_in):
    """Its holder could publish translations anywhere: edit on the source and a decision on the target are asked too."""
    holder = UserFactory()
    holder.user_permissions.add(
        *permissions_named(["wagtail_localize.submit_translation", "wagtailadmin.access_admin"])
    )
    translation = Translation.objects.get(source__object_id=draft.translation_key)
    target = draft.pk if view == "submit_page_translation" else translation.source_id
    url = reverse(f"wagtail_localize:{view}", args=[target])
    client: Client = signed_in(holder)
    assert client.get(url).status_code in (302, 403)
    assert client.post(url, {"publish_translations": "on"}).status_code in (302, 403)
    assert not PageLogEntry.objects.filter(user=holder).exists()


@pytest.mark.parametrize("view", ["submit_page_translation", "update_translations"])
def test_localizes_views_prepare_and_never_publish_for_the_desk(view, roads, desk, signed_in):
    page = published_news(department=roads)
    page.introduction = "Pas encore relu."
    page.save_revision(user=desk)
    translation = Translation.objects.get(source__object_id=page.translation_key)
    target = page.pk if view == "submit_page_translation" else translation.source_id
    signed_in(desk).post(reverse(f"wagtail_localize:{view}", args=[target]), {"publish_translations": "on"})
    dutch = page.get_translation(Locale.objects.get(language_code="nl"))
    assert dutch.introduction == "Nieuwe voetpaden."


def test_only_the_desk_and_administrators_hold_localizes_permission(editor, desk, clerk, participation_officer):
    holders = [user for user in (editor, clerk, participation_officer) if user.has_perm(LOCALIZE)]
    assert holders == []
    assert desk.has_perm(LOCALIZE)


def test_the_desk_takes_a_message_off_and_it_is_off(roads, desk, signed_in):
    page = published_news(department=roads)
    signed_in(desk).post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    page.refresh_from_db()
    assert not page.live


def test_the_publish_button_is_shown_to_nobody(draft, somebody, signed_in):
    screen = signed_in(somebody).get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    assert 'name="action-publish"' not in screen


def test_the_desks_group_is_the_only_door_in_the_workflow(draft, editor):
    task_state = submit(draft, editor)
    names = set(task_state.task.specific.groups.values_list("name", flat=True))
    assert DESK.group in names
    assert len(names) == 2


def test_the_portal_has_no_api_through_which_a_page_is_read_or_written(client):
    """The day one is built, it reads `open_to(AnonymousUser())` and publishes nothing: then this test is its list."""
    for address in ("/api/", "/api/v2/pages/", "/admin/api/", "/graphql", "/wagtail-api/v2/pages/"):
        assert client.get(address).status_code in (302, 404)
    assert not [app for app in settings.INSTALLED_APPS if app.startswith(("wagtail.api", "rest_framework", "grapple"))]


def test_copying_a_section_with_what_stands_below_it_publishes_nothing(roads, desk, signed_in):
    page = published_news(department=roads)
    before = set(Page.objects.live().values_list("pk", flat=True))
    form = {
        "new_title": "Copie",
        "new_slug": "copie",
        "new_parent_page": page.get_parent().get_parent().pk,
        "copy_subpages": "on",
        "publish_copies": "on",
        "alias": "",
    }
    signed_in(desk).post(reverse("wagtailadmin_pages:copy", args=[page.get_parent().pk]), form)
    assert set(Page.objects.live().values_list("pk", flat=True)) == before


def test_a_draft_that_is_moved_stays_a_draft_in_both_languages(draft, desk, signed_in):
    home = news_index().get_parent()
    signed_in(desk).post(reverse("wagtailadmin_pages:move_confirm", args=[draft.pk, home.pk]))
    assert live_pages() == 0
