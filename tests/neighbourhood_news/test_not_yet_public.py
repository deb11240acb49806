"""What stands at the address of a message before its hour, for those who may not read it yet, and what is told of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from neighbourhood_news.models import NewsPage
from tests.factories import readable_news, resident_of
from tests.neighbourhood_news.reading import titles
from tests.neighbourhood_news.reserving import ADDRESS, WORDS, in_hours, reserved_message
from tests.reading import seen, words

pytestmark = pytest.mark.django_db

HOUR = datetime(2099, 5, 4, 6, 30, tzinfo=UTC)  # a Monday; in Brussels half past eight
SAID = {
    "fr": [
        "Encore un peu de patience",
        "Ce message est d’abord pour le quartier Le Moulin. Tout le monde pourra le lire ici à partir du "
        "lundi 4 mai 2099 à 8 h 30.",
    ],
    "nl": [
        "Nog even geduld",
        "Dit bericht is eerst voor de wijk De Molen. Vanaf maandag 4 mei 2099 om 8.30 uur kan iedereen het hier lezen.",
    ],
}
each_language = pytest.mark.parametrize("code", ["fr", "nl"])


@pytest.fixture
def message(mill: Any) -> NewsPage:
    return reserved_message([mill], HOUR)


def closed(client: Client, address: str) -> tuple[Any, BeautifulSoup]:
    response = client.get(address)
    assert response.status_code == 403
    return response, BeautifulSoup(response.content.decode(), "html.parser")


@each_language
def test_it_says_for_whom_it_is_and_from_when_it_is_for_everybody(client, message, code):
    _response, page = closed(client, ADDRESS[code])
    assert [words(page.select_one(part)) for part in ("h1", ".lead")] == SAID[code]
    assert page.html["lang"] == code


@each_language
def test_it_says_so_of_several_neighbourhoods(client, mill, station, code):
    reserved_message([station, mill], HOUR)
    said = words(closed(client, ADDRESS[code])[1].select_one(".lead"))
    names = {"fr": "les quartiers Le Moulin et La Gare.", "nl": "de wijken De Molen en Het Station."}
    assert names[code] in said


@each_language
def test_it_gives_nothing_of_the_message_away_nor_of_its_other_language(client, message, code):
    content = closed(client, ADDRESS[code])[0].content.decode().lower()
    assert [word for word in WORDS if word in content] == []


@each_language
def test_its_other_language_is_that_of_the_list(client, message, code):
    page = closed(client, ADDRESS[code])[1]
    other = {"fr": "/nl/nieuws/", "nl": "/fr/actualites/"}
    assert page.select_one(".language-switch a")["href"] == other[code]
    assert page.select("link[rel=alternate][hreflang], link[rel=canonical], meta[property], .language-note") == []


@each_language
def test_nobody_keeps_it_and_no_search_engine_lists_it(client, message, code):
    response, page = closed(client, ADDRESS[code])
    assert {"no-store", "private"} <= {part.strip() for part in response["Cache-Control"].split(",")}
    assert not response.has_header("Last-Modified")
    assert not response.has_header("ETag")
    assert response["X-Robots-Tag"] == page.select_one("meta[name=robots]")["content"] == "noindex"


@each_language
def test_a_visitor_is_told_who_reads_it_earlier_and_a_resident_from_elsewhere_why_not(
    message, station, signed_in, code
):
    visitor = words(closed(Client(), ADDRESS[code])[1].select_one(".notice"))
    elsewhere = words(closed(signed_in(resident_of(station)), ADDRESS[code])[1].select_one(".notice"))
    assert {"fr": "connectées à leur compte", "nl": "met een account aangemeld"}[code] in visitor
    assert {"fr": "n’est pas lié au quartier Le Moulin", "nl": "hoort niet bij de wijk De Molen"}[code] in elsewhere


def test_a_head_request_tells_no_more(client, message):
    response = client.head(ADDRESS["fr"])
    assert (response.status_code, response.content) == (403, b"")


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_no_other_way_of_asking_opens_it(client, message, method):
    response = getattr(client, method)(ADDRESS["fr"])
    assert response.status_code != 500
    assert "zinnia" not in response.content.decode().lower()


def test_a_message_in_a_private_part_still_asks_to_sign_in_first(client, message):
    PageViewRestriction.objects.create(page=message, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(ADDRESS["fr"]).status_code == 302


@each_language
def test_its_residents_see_for_whom_and_until_when_on_the_card_and_on_the_page(message, mill, signed_in, code):
    client = signed_in(resident_of(mill))
    label = {
        "fr": "En primeur pour le quartier Le Moulin, jusqu’au lundi 4 mai 2099 à 8 h 30",
        "nl": "Eerst voor de wijk De Molen, tot maandag 4 mei 2099 om 8.30 uur",
    }
    lists = {"fr": "/fr/actualites/", "nl": "/nl/nieuws/"}
    for address in (ADDRESS[code], lists[code], f"/{code}/"):
        assert words(seen(client.get(address)).select_one(".reserved")) == label[code]


def test_once_everybody_may_read_it_nothing_says_that_it_was_kept(client, mill):
    reserved_message([mill], in_hours(-2))
    for address in (ADDRESS["fr"], "/fr/actualites/", "/fr/"):
        assert not seen(client.get(address)).select(".reserved")


def test_its_residents_find_its_other_language_and_its_picture_when_shared(message, mill, signed_in):
    page = seen(signed_in(resident_of(mill)).get(ADDRESS["fr"]))
    assert page.select_one(".language-switch a")["href"] == ADDRESS["nl"]
    assert page.select_one("meta[property='og:image']")


@pytest.mark.parametrize(
    "address", ["/fr/actualites/", "/fr/", "/fr/quartiers/moulin-molen/", "/fr/recherche/?q=pavots"]
)
def test_no_shared_cache_keeps_what_was_shown_to_a_person(message, mill, signed_in, address):
    personal = signed_in(resident_of(mill)).get(address)
    assert "private" in personal["Cache-Control"]
    for response in (personal, Client().get(address)):
        assert "Cookie" in response["Vary"]
    assert not Client().get(address).has_header("Cache-Control")


def test_the_message_itself_is_kept_by_no_shared_cache_either(message, mill, signed_in):
    response = signed_in(resident_of(mill)).get(ADDRESS["fr"])
    assert "private" in response["Cache-Control"]
    assert "Cookie" in response["Vary"]


def test_an_editor_previews_it_and_opens_it_live(message, desk, signed_in):
    client, _revision = signed_in(desk), message.save_revision()
    view = reverse("wagtailadmin_pages:revisions_view", args=[message.pk, message.latest_revision_id])
    assert "Des bleuets." in client.get(view).content.decode()
    assert "Des bleuets." in client.get(ADDRESS["fr"]).content.decode()


def test_a_message_is_sorted_and_dated_by_when_everybody_could_read_it_first(client, mill):
    opened = reserved_message([mill], in_hours(-1))
    published = readable_news(title="Depuis hier", slug="hier", dutch={"title": "Gisteren"})
    day = timezone.now() - timedelta(days=1)
    NewsPage.objects.filter(pk=opened.pk).update(first_published_at=day - timedelta(days=4))
    NewsPage.objects.filter(pk=published.pk).update(first_published_at=day)
    response = client.get("/fr/actualites/")
    assert titles(response) == ["Zinnias", "Depuis hier"]
    assert seen(response).select_one(".card time")["datetime"] == timezone.localdate(opened.reserved_until).isoformat()
    assert opened.reserved_until.isoformat() in client.get("/fr/actualites/atom/").content.decode()


def test_a_moment_before_its_publication_changes_neither_order_nor_date(client, mill):
    first = readable_news(title="Premier", slug="premier", neighbourhoods=[mill], reserved_until=in_hours(-50))
    readable_news(title="Second", slug="second", dutch={"title": "Tweede"})
    assert titles(client.get("/fr/actualites/")) == ["Second", "Premier"]
    first.refresh_from_db()
    assert first.appeared_at == first.first_published_at
