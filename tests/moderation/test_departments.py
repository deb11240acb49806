"""Who writes for a department edits that department's pages, and no other's."""

from __future__ import annotations

import pytest
from django.urls import reverse

from home.models import Department
from neighbourhood_news.models import NewsPage
from tests.factories import DepartmentFactory, draft_news, editor_of, news_index
from tests.moderation.editor import edit, look, news_form

pytestmark = pytest.mark.django_db


def test_an_editor_edits_a_colleagues_draft_of_the_same_department(roads, signed_in):
    page = draft_news(owner=editor_of(roads), department=roads)
    client = signed_in(editor_of(roads))
    assert look(client, page).status_code == 200
    edit(client, page, introduction="Repris par un collègue.")
    assert NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object().introduction == "Repris par un collègue."


def test_an_editor_opens_no_page_of_another_department(roads, social, signed_in):
    page = draft_news(owner=editor_of(social), department=social)
    client = signed_in(editor_of(roads))
    assert look(client, page).status_code in (302, 403)
    edit(client, page, introduction="Changé par un autre service.")
    assert NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object().introduction == "De nouveaux trottoirs."


def test_an_editor_loses_a_page_that_the_desk_gave_to_another_department(roads, social, signed_in):
    owner = editor_of(roads)
    page = draft_news(owner=owner, department=roads)
    page.department = social
    page.save()
    page.save_revision()
    assert look(signed_in(owner), page).status_code in (302, 403)


def test_an_editor_cannot_speak_for_another_department(roads, social, signed_in):
    url = reverse("wagtailadmin_pages:add", args=["neighbourhood_news", "newspage", news_index().pk])
    response = signed_in(editor_of(roads)).post(url, news_form(department=social.pk, title="Ce que j'ai écrit"))
    assert response.status_code == 200
    assert "Ce que j&#x27;ai écrit" in response.content.decode()
    assert not NewsPage.objects.exists()


def test_an_editor_hands_no_page_over_to_another_department(roads, social, signed_in):
    owner = editor_of(roads)
    page = draft_news(owner=owner, department=roads)
    edit(signed_in(owner), page, department=social.pk)
    assert NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object().department == roads


def test_an_editor_of_two_departments_chooses_between_them(roads, social, signed_in):
    user = editor_of(roads)
    user.groups.add(social.group)
    third = DepartmentFactory()
    url = reverse("wagtailadmin_pages:add", args=["neighbourhood_news", "newspage", news_index().pk])
    choices = signed_in(user).get(url).context["form"].fields["department"].queryset
    assert set(choices) == {roads, social}
    assert third not in choices


def test_the_desk_speaks_for_every_department(roads, social, desk, signed_in):
    url = reverse("wagtailadmin_pages:add", args=["neighbourhood_news", "newspage", news_index().pk])
    assert set(signed_in(desk).get(url).context["form"].fields["department"].queryset) == {roads, social}


def test_an_editor_throws_away_a_draft_of_the_department_that_was_never_published(roads, signed_in):
    page = draft_news(owner=editor_of(roads), department=roads)
    signed_in(editor_of(roads)).post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not NewsPage.objects.filter(pk=page.pk).exists()


def test_an_editor_throws_away_nothing_of_another_department(roads, social, signed_in):
    page = draft_news(owner=editor_of(social), department=social)
    client = signed_in(editor_of(roads))
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    client.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={page.pk}")
    assert NewsPage.objects.filter(pk=page.pk).exists()


def test_an_editor_copies_nothing_of_another_department(roads, social, signed_in):
    page = draft_news(owner=editor_of(social), department=social)
    form = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": news_index().pk}
    signed_in(editor_of(roads)).post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)
    assert NewsPage.objects.count() == 1


def test_a_department_made_in_the_admin_may_propose_at_once(administrator, signed_in):
    url = reverse("wagtailsnippets_home_department:add")
    fields = {"name_fr": "Sports", "name_nl": "Sport", "slug": "sports", "email": "", "telephone": "", "group": ""}
    signed_in(administrator).post(url, {**fields, "description_fr": "", "description_nl": ""})
    department = Department.objects.get(slug="sports")
    add = reverse("wagtailadmin_pages:add", args=["neighbourhood_news", "newspage", news_index("nl").pk])
    assert signed_in(editor_of(department)).get(add).status_code == 200
