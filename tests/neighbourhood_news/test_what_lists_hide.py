"""What is expired, private or not published stands in no list and no feed; what has expired keeps its address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction

from neighbourhood_news.kinds import Kind
from neighbourhood_news.models import NewsPage
from tests.factories import draft_news, news_index, readable_news
from tests.neighbourhood_news.messages import live_message
from tests.neighbourhood_news.reading import LIST
from tests.reading import seen, words

pytestmark = pytest.mark.django_db

LISTS = {
    "index": "/fr/actualites/",
    "filtered": "/fr/actualites/?neighbourhood=moulin-molen&kind=participation",
    "feed": "/fr/actualites/atom/",
    "neighbourhood feed": "/fr/actualites/atom/moulin-molen/",
    "neighbourhood": "/fr/quartiers/moulin-molen/",
    "home": "/fr/",
}


@pytest.fixture(params=LISTS.values(), ids=LISTS)
def shown(request: Any, client: Client) -> Callable[[str], bool]:
    """Whether a title stands in one of the lists."""

    def is_shown(title: str) -> bool:
        response = client.get(request.param)
        assert response.status_code == 200
        return title in response.content.decode()

    return is_shown


@pytest.fixture
def message(mill: Any) -> NewsPage:
    """A message that every list shows."""
    return live_message("Fête des voisins", neighbourhoods=[mill], kind=Kind.PARTICIPATION)


def test_a_live_message_is_shown(message, shown):
    assert shown("Fête des voisins")


def test_an_expired_message_is_not_shown(message, shown):
    NewsPage.objects.filter(pk=message.pk).update(expires_on=timezone.localdate() - timedelta(days=1))
    assert not shown("Fête des voisins")


def test_on_its_last_day_a_message_is_still_shown(message, shown):
    NewsPage.objects.filter(pk=message.pk).update(expires_on=timezone.localdate())
    assert shown("Fête des voisins")


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD, PageViewRestriction.GROUPS])
def test_a_private_message_is_not_shown(message, shown, kind):
    PageViewRestriction.objects.create(page=message, restriction_type=kind, password="secret")
    assert not shown("Fête des voisins")


def test_a_private_message_is_not_shown_even_to_those_who_may_read_it(message, restricted, signed_in, desk):
    restricted(message)
    for address in LISTS.values():
        assert "Fête des voisins" not in signed_in(desk).get(address).content.decode()


def test_a_draft_is_not_shown(mill, shown):
    draft_news(title="Brouillon", neighbourhoods=[mill], kind=Kind.PARTICIPATION)
    assert not shown("Brouillon")


def test_an_unpublished_message_is_not_shown(message, shown):
    message.unpublish()
    assert not shown("Fête des voisins")


def test_a_change_that_is_not_published_is_not_shown(message, shown):
    message.title = "Fête annulée"
    message.save_revision()
    assert shown("Fête des voisins")
    assert not shown("Fête annulée")


def test_a_message_in_the_other_language_is_not_shown(mill, shown):
    live_message("Buurtfeest", code="nl", neighbourhoods=[mill], kind=Kind.PARTICIPATION)
    assert not shown("Buurtfeest")


def test_when_the_whole_index_is_private_nothing_of_it_is_shown_elsewhere(client, message, restricted):
    restricted(news_index())
    assert client.get(LIST["fr"]).status_code == 302
    assert client.get("/fr/actualites/atom/").status_code == 302
    assert client.get("/fr/actualites/atom/moulin-molen/").status_code == 302
    for address in ("/fr/", "/fr/quartiers/moulin-molen/"):
        assert "Fête des voisins" not in client.get(address).content.decode()


def test_another_neighbourhoods_news_is_not_shown_on_the_page_of_this_one(client, station, message):
    live_message("Partout")
    page = client.get("/fr/quartiers/gare-station/").content.decode()
    assert "Fête des voisins" not in page
    assert "Partout" in page


@pytest.mark.parametrize(
    ("code", "address", "notice"),
    [
        ("fr", "/fr/actualites/rue-du-moulin/", "Ce message était valable jusqu’au 1 mars 2026."),
        ("nl", "/nl/nieuws/molenstraat/", "Dit bericht gold tot en met 1 maart 2026."),
    ],
)
def test_an_expired_message_keeps_its_address_and_says_that_it_is_over(client, code, address, notice):
    readable_news(expires_on=date(2026, 3, 1))
    assert words(seen(client.get(address)).select_one(".notice")) == notice


def test_on_its_last_day_a_message_does_not_say_that_it_is_over(client):
    readable_news(expires_on=timezone.localdate())
    assert not seen(client.get("/fr/actualites/rue-du-moulin/")).select(".notice")


def test_both_languages_of_a_message_expire_on_the_same_day(client):
    page = readable_news(expires_on=timezone.localdate() - timedelta(days=1))
    assert page.get_translation(Locale.objects.get(language_code="nl")).has_expired
    assert "Molenstraat" not in client.get(LIST["nl"]).content.decode()
