"""Wagtail saves drafts by itself, every half second: an unfinished one is kept, and can be looked at."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from neighbourhood_news.models import NewsPage
from tests.factories import draft_news, news_index
from tests.moderation.editor import news_form
from tests.neighbourhood_news.test_editor_form import add_url

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
EMPTY = {
    "introduction": "",
    "kind": "",
    "neighbourhoods": [],
    "slug": "idee",
    "body-count": "0",
}  # a script makes the slug


def unfinished(**fields: Any) -> dict[str, Any]:
    """Return the form of a message of which nothing but the title (and the department) was written yet."""
    form = {**news_form(title="Idée", **fields), **EMPTY}
    return {name: value for name, value in form.items() if not name.startswith("body-0")}


@pytest.fixture
def client(editor: Any, signed_in: Any) -> Client:
    return signed_in(editor)


def autosaved(client: Client, roads: Any, code: str = "fr") -> NewsPage:
    response = client.post(add_url(code), unfinished(department=roads.pk), headers=JSON)
    assert response.status_code == 200
    assert response.json()["success"] is True
    return NewsPage.objects.get(pk=response.json()["pk"])


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_a_draft_with_a_title_and_a_department_is_kept(client, editor, roads, code):
    page = autosaved(client, roads, code)
    assert (page.title, page.kind, page.live, page.owner, page.locale.language_code) == (
        "Idée",
        "",
        False,
        editor,
        code,
    )
    assert page.get_latest_revision_as_object().department == roads


def test_a_kept_draft_goes_on_being_saved_in_its_place(client, roads):
    page = autosaved(client, roads)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = {**unfinished(department=roads.pk), "introduction": "La suite", "slug": page.slug}
    form["overwrite_revision_id"] = form["loaded_revision_id"] = page.latest_revision_id
    response = client.post(url, form, headers=JSON)
    assert response.json()["success"] is True
    assert NewsPage.objects.get().get_latest_revision_as_object().introduction == "La suite"


def test_an_unfinished_draft_is_not_proposed_and_says_what_is_missing(client, roads):
    page = autosaved(client, roads)
    form = {**unfinished(department=roads.pk), "slug": page.slug, "action-submit": "true"}
    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
    assert "kind" in response.context["form"].errors
    assert not NewsPage.objects.get().workflow_in_progress


@pytest.mark.parametrize("missing", ["title", "department"])
def test_without_a_title_or_a_department_nothing_is_kept_and_nothing_breaks(client, roads, missing):
    form = {**unfinished(department=roads.pk), missing: ""}
    response = client.post(add_url(), form, headers=JSON)
    assert response.status_code < 500
    assert response.json()["success"] is False
    assert NewsPage.objects.count() == 0


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_a_kept_draft_can_be_looked_at(client, roads, code):
    page = autosaved(client, roads, code)
    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert response.status_code == 200
    assert "Idée" in response.content.decode()
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


@pytest.mark.parametrize("code", ["fr", "nl"])
@pytest.mark.parametrize("fields", [{}, {"title": ""}, {"department": ""}, {"title": "", "department": ""}], ids=str)
def test_what_is_being_written_for_the_first_time_can_be_looked_at(client, roads, code, fields):
    """The panel beside the editor either shows the page or says that it can't yet; it never breaks."""
    url = reverse("wagtailadmin_pages:preview_on_add", args=["neighbourhood_news", "newspage", news_index(code).pk])
    answer = client.post(url, {**unfinished(department=roads.pk), **fields}).json()
    response = client.get(f"{url}?in_preview_panel=true")
    assert response.status_code == 200
    shown = "page" in response.context and response.context["page"].title == "Idée"
    assert shown is (answer["is_available"] and "title" not in fields)


def test_a_title_and_a_department_are_enough_to_look_at_it(client, roads):
    url = reverse("wagtailadmin_pages:preview_on_add", args=["neighbourhood_news", "newspage", news_index().pk])
    assert client.post(url, unfinished(department=roads.pk)).json() == {"is_valid": True, "is_available": True}
    page = client.get(url).content.decode()
    assert "Idée" in page
    assert "Travaux publics" in page
    assert "Toute la commune" in page


def test_what_is_being_changed_can_be_looked_at(client, editor, roads):
    page = draft_news(owner=editor, department=roads)
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert client.post(url, unfinished(department=roads.pk)).json() == {"is_valid": True, "is_available": True}
    assert "Idée" in client.get(url).content.decode()


def test_a_draft_that_lost_its_department_can_still_be_looked_at(client, editor, roads):
    """An object that was never saved has none; its page says everything else."""
    page = NewsPage(title="Sans service", locale=news_index().locale)
    response = page.make_preview_request(original_request=None)
    assert response.status_code == 200
    assert "Sans service" in response.content.decode()


def test_an_unfinished_draft_stands_in_the_editors_list(client, roads):
    page = autosaved(client, roads)
    listing = client.get(reverse("wagtailadmin_explore", args=[news_index().pk]))
    assert listing.status_code == 200
    assert "Idée" in listing.content.decode()
    assert Page.objects.get(pk=page.pk).get_admin_display_title() == "Idée"
