"""The frame: the upper pages of both languages, asked for once, from which every page finds its way."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from home.frame import Frame
from home.models import ContentPage, HomePage
from tests.factories import live_news

pytestmark = pytest.mark.django_db


def test_every_address_is_the_one_that_wagtail_gives():
    live_news(1)
    live_news(1, code="nl")
    frame, pages = Frame.of(None), list(Page.objects.filter(depth__gt=1))
    assert {page.depth for page in pages} == {2, 3, 4}
    assert {page.locale.language_code for page in pages} == {"fr", "nl"}
    assert [frame.address(page) for page in pages] == [page.url for page in pages]


def test_the_addresses_of_a_list_cost_what_one_does():
    live_news(5)
    frame, pages = Frame.of(None), list(Page.objects.filter(depth=4))
    frame.address(pages[0])
    with CaptureQueriesContext(connection) as asked:
        assert len({frame.address(page) for page in pages}) == 5
    assert len(asked) == 0


def test_below_a_home_page_that_is_not_live_wagtail_is_asked():
    home = HomePage.objects.get(locale__language_code="fr")
    page = live_news(1)[0]
    HomePage.objects.filter(pk=home.pk).update(live=False)
    assert Frame.of(None).address(page) == page.url == "/fr/actualites/message-0/"


def test_a_page_that_has_no_place_yet_has_no_address():
    page = ContentPage(title="Brouillon", locale=Locale.objects.get(language_code="fr"))
    assert Frame.of(None).address(page) == ""


@pytest.mark.parametrize(
    ("path", "status"), [("", 200), ("actualites/", 200), ("quartiers/", 200), ("nulle-part/", 404)]
)
def test_a_page_is_found_below_the_home_page_of_its_language_alone(client, path, status):
    assert client.get(f"/fr/{path}").status_code == status
    assert client.get(f"/nl/{path}").status_code == (200 if path == "" else 404)


def test_without_a_home_page_the_answer_is_that_there_is_none(client):
    HomePage.objects.all().update(live=False)
    assert client.get("/fr/").status_code == 404
