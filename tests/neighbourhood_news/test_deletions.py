"""A neighbourhood or a department that messages name is not deleted: they would be read by others, or not open again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.utils import quote
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from home.models import Department, Neighbourhood, Theme
from tests.factories import UserFactory, draft_news, published_news
from tests.moderation.editor import told
from tests.neighbourhood_news.messages import live_message

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["fr", "nl"])
@pytest.mark.parametrize("make", [lambda **fields: live_message("Ici", **fields), draft_news], ids=["live", "draft"])
def test_a_neighbourhood_that_has_news_in_one_language_stays(mill, station, make, code):
    page = make(neighbourhoods=[mill, station], code=code)
    with pytest.raises(ProtectedError, match="Le Moulin") as refusal, transaction.atomic():
        mill.delete()
    assert refusal.value.protected_objects == {page}
    page.refresh_from_db()
    assert set(page.neighbourhoods.all()) == {mill, station}


def test_deleting_many_at_once_deletes_none_when_one_has_news(mill, station):
    draft_news(neighbourhoods=[station])
    with pytest.raises(ProtectedError), transaction.atomic():
        Neighbourhood.objects.all().delete()
    assert Neighbourhood.objects.count() == 2


def test_a_neighbourhood_that_only_a_draft_of_a_live_message_names_stays(mill):
    page = live_message("Partout")
    page.neighbourhoods = [mill]
    page.save_revision()
    with pytest.raises(ProtectedError), transaction.atomic():
        mill.delete()


def test_a_department_that_only_a_draft_of_a_live_message_names_stays(roads, social):
    page = live_message("Travaux", department=roads)
    page.department = social
    page.save_revision()
    with pytest.raises(ProtectedError), transaction.atomic():
        social.delete()
    assert Page.objects.get(pk=page.pk).get_latest_revision_as_object().department == social


def test_a_neighbourhood_without_news_may_go_and_one_whose_news_is_gone_too(mill, station):
    page = draft_news(neighbourhoods=[mill])
    station.delete()
    page.delete()
    mill.delete()
    assert not Neighbourhood.objects.exists()


Delete = Callable[..., Any]


@pytest.fixture
def client(administrator: Any, signed_in: Any) -> Client:
    return signed_in(administrator)


def single(client: Client, *things: Any, method: str = "post") -> Any:
    (thing,) = things
    return getattr(client, method)(
        reverse(thing.snippet_viewset.get_url_name("delete"), args=[quote(thing.pk)]), follow=True
    )


def bulk(client: Client, *things: Any, method: str = "post") -> Any:
    opts = things[0]._meta
    url = reverse("wagtail_bulk_action", args=[opts.app_label, opts.model_name, "delete"])
    query = "&".join(f"id={thing.pk}" for thing in things)
    target = reverse(things[0].snippet_viewset.get_url_name("list"))
    return getattr(client, method)(f"{url}?{query}&next={target}", follow=True)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("delete", [single, bulk])
class TestInTheAdmin:
    def test_a_neighbourhood_with_news_is_kept_and_the_administrator_told_why(self, client, mill, delete, method):
        page = published_news(neighbourhoods=[mill])
        response = delete(client, mill, method=method)
        assert response.redirect_chain[-1] == (reverse(mill.snippet_viewset.get_url_name("list")), 302)
        assert response.status_code == 200
        assert "Le Moulin" in told(response)
        assert "1 message" in told(response)
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in told(response)
        assert Neighbourhood.objects.filter(pk=mill.pk).exists()

    def test_a_department_with_messages_is_kept_and_the_administrator_told_why(self, client, roads, delete, method):
        draft_news(department=roads)
        draft_news(department=roads, title="Autre")
        response = delete(client, roads, method=method)
        assert response.redirect_chain[-1] == (reverse(roads.snippet_viewset.get_url_name("list")), 302)
        assert "Travaux publics" in told(response)
        assert "2 messages" in told(response)
        assert Department.objects.filter(pk=roads.pk).exists()

    @pytest.mark.parametrize("thing", ["mill", "social", "bikes"])
    def test_what_no_message_names_is_deleted_once_confirmed(
        self, request, client, station, roads, thing, delete, method
    ):
        draft_news(neighbourhoods=[station], department=roads)
        named = request.getfixturevalue(thing)
        assert delete(client, named, method=method).status_code == 200
        assert type(named).objects.filter(pk=named.pk).exists() is (method == "get")


def test_in_bulk_nothing_is_deleted_when_one_of_them_has_news(client, mill, station):
    draft_news(neighbourhoods=[station])
    response = bulk(client, mill, station)
    assert "La Gare" in told(response)
    assert "Le Moulin" not in told(response)
    assert Neighbourhood.objects.count() == 2


def test_the_refusal_is_read_in_the_language_of_the_administrator(administrator, signed_in, mill):
    published_news(neighbourhoods=[mill])
    administrator.wagtail_userprofile.preferred_language = "nl"
    administrator.wagtail_userprofile.save()
    words = told(single(signed_in(administrator), mill))
    assert "De Molen" in words
    assert "Le Moulin" not in words


def test_the_refusal_leads_to_no_more_than_three_messages(client, mill):
    pages = [draft_news(title=f"Message {number}", neighbourhoods=[mill]) for number in range(5)]
    words = told(single(client, mill))
    assert "5 messages" in words
    assert sum(reverse("wagtailadmin_pages:edit", args=[page.pk]) in words for page in pages) == 3


def test_a_name_is_never_markup_in_the_refusal(client, mill):
    mill.name_fr = "<b>Moulin</b>"
    mill.save()
    draft_news(title="<i>Titre</i>", neighbourhoods=[mill])
    page = single(client, mill).content.decode()
    assert "<b>Moulin</b>" not in page
    assert "<i>Titre</i>" not in page


def test_who_may_not_delete_is_not_told_about_messages(signed_in, desk, mill):
    draft_news(neighbourhoods=[mill], title="Secret")
    for delete in (single, bulk):
        response = delete(signed_in(desk), mill)
        assert "Secret" not in response.content.decode()
        assert Neighbourhood.objects.filter(pk=mill.pk).exists()


def test_a_superuser_is_refused_alike(signed_in, mill):
    draft_news(neighbourhoods=[mill])
    assert "Le Moulin" in told(single(signed_in(UserFactory(is_superuser=True)), mill))
    assert Theme.objects.count() == 0
