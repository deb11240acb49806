"""One writes only in the name of one's own departments; the desk chooses among all."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from home.models import Theme
from neighbourhood_news.models import NewsPage
from residents.models import User
from tests.factories import DepartmentFactory, UserFactory, draft_news, editor_of, news_index
from tests.moderation.editor import edit, look, news_form

pytestmark = pytest.mark.django_db


def add_url(code: str = "fr") -> str:
    return reverse("wagtailadmin_pages:add", args=["neighbourhood_news", "newspage", news_index(code).pk])


def form(response: Any) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


def departments(response: Any) -> dict[str, str]:
    """Return what there is to choose from: names by key, "" for an open choice."""
    return {
        option["value"]: option.get_text(strip=True)
        for option in form(response).select("select[name=department] option")
    }


def preset(response: Any) -> str:
    option = form(response).select_one("select[name=department] option[selected]")
    return option["value"] if option else ""


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_who_writes_for_one_department_finds_it_chosen_and_no_other(signed_in, editor, roads, social, code):
    response = signed_in(editor).get(add_url(code))
    assert list(departments(response)) == [str(roads.pk)]
    assert preset(response) == str(roads.pk)


def test_who_writes_for_several_departments_chooses_among_them(signed_in, editor, roads, social):
    DepartmentFactory(slug="culture")
    editor.groups.add(social.group)
    response = signed_in(editor).get(add_url())
    assert set(departments(response)) == {"", str(roads.pk), str(social.pk)}
    assert preset(response) == ""


@pytest.mark.parametrize("role", ["desk", "administrator"])
def test_the_desk_chooses_among_all(request, signed_in, roads, social, role):
    response = signed_in(request.getfixturevalue(role)).get(add_url())
    assert set(departments(response)) == {"", str(roads.pk), str(social.pk)}
    assert preset(response) == ""


def test_whoever_is_of_the_desk_and_of_a_department_chooses_among_all(signed_in, desk, roads, social):
    desk.groups.add(roads.group)
    assert set(departments(signed_in(desk).get(add_url()))) == {"", str(roads.pk), str(social.pk)}


def test_departments_are_named_in_the_language_of_the_person(signed_in, roads):
    assert list(departments(signed_in(editor_of(roads, language="nl")).get(add_url())).values()) == ["Openbare werken"]


@pytest.mark.parametrize("action", [{}, {"action-submit": "true"}], ids=["save", "propose"])
def test_anothers_department_is_refused_and_what_was_typed_is_kept(signed_in, editor, roads, social, action):
    typed = news_form(title="Titre tapé", introduction="Introduction tapée", department=social.pk, **action)
    response = signed_in(editor).post(add_url(), typed)
    assert NewsPage.objects.count() == 0
    assert "Titre tapé" in str(form(response).select_one("[name=title]"))
    assert "Introduction tapée" in form(response).select_one("[name=introduction]").get_text()
    assert "department" in response.context["form"].errors
    assert list(departments(response)) == [str(roads.pk)]


@pytest.mark.parametrize("forged", ["999999", "abc", "\x00", "-1", ""])
def test_a_department_that_is_not_there_is_refused(signed_in, editor, social, forged):
    response = signed_in(editor).post(add_url(), news_form(department=forged))
    assert response.status_code == 200
    assert "department" in response.context["form"].errors
    assert NewsPage.objects.count() == 0


def test_a_message_is_not_handed_to_anothers_department(signed_in, editor, roads, social):
    page = draft_news(owner=editor, department=roads)
    response = edit(signed_in(editor), page, department=social.pk, title="Titre tapé")
    assert "department" in response.context["form"].errors
    assert response.context["form"]["title"].value() == "Titre tapé"
    assert NewsPage.objects.get().get_latest_revision_as_object().department == roads


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_ones_own_department_is_accepted(signed_in, editor, roads, code):
    response = signed_in(editor).post(add_url(code), news_form(department=roads.pk))
    page = NewsPage.objects.get()
    assert response.status_code == 302
    assert (page.department, page.owner, page.live, page.locale.language_code) == (roads, editor, False, code)


def test_the_desk_may_let_another_department_speak(signed_in, desk, roads, social):
    page = draft_news(department=roads)
    edit(signed_in(desk), page, department=social.pk)
    assert NewsPage.objects.get().get_latest_revision_as_object().department == social


def test_an_open_message_keeps_the_department_that_it_has(signed_in, editor, roads, social):
    editor.groups.add(social.group)
    page = draft_news(owner=editor, department=social)
    assert preset(look(signed_in(editor), page)) == str(social.pk)


def test_the_only_department_of_a_person_is_not_put_in_the_place_of_a_messages_own(signed_in, desk, roads):
    page = draft_news(department=roads)
    assert preset(look(signed_in(desk), page)) == str(roads.pk)


@pytest.mark.parametrize("department_less", ["resident", "clerk", "participation_officer"])
def test_who_writes_for_no_department_does_not_reach_the_form(request, signed_in, roads, department_less):
    user: User = request.getfixturevalue(department_less)
    response = Client.post(signed_in(user), add_url(), news_form(department=roads.pk))
    assert response.status_code in (302, 403)
    assert NewsPage.objects.count() == 0


def test_a_theme_is_chosen_from_the_list_and_not_made_by_typing(signed_in, editor, roads, bikes):
    signed_in(editor).post(add_url(), news_form(department=roads.pk, tags='"Vélo / Fiets", "Inventé"'))
    assert list(NewsPage.objects.get().get_latest_revision_as_object().tags.all()) == [bikes]
    assert Theme.objects.count() == 1


def test_a_superuser_chooses_among_all(signed_in, roads, social):
    user = UserFactory(is_superuser=True)
    assert set(departments(signed_in(user).get(add_url()))) == {"", str(roads.pk), str(social.pk)}
