"""The sitemap: every page that readers may see, in both languages, each facing the other."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from home.models import ContentPage, SectionPage
from tests.factories import NeighbourhoodFactory, draft_news, readable_news
from tests.home.pages import home_page, in_both_languages, in_one_language

pytestmark = pytest.mark.django_db

HOST = "https://www.auneval.example"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture
def entries(client: Any, settings: Any) -> Any:
    """Return a function that reads the sitemap: by address, the addresses it faces by language."""
    settings.WAGTAILADMIN_BASE_URL = HOST

    def read() -> dict[str, dict[str, str]]:
        root = ElementTree.fromstring(client.get("/sitemap-pages.xml").content)  # noqa: S314 - our own answer
        found = {}
        for entry in root.findall("s:url", NAMES):
            address = entry.findtext("s:loc", "", NAMES)
            assert address not in found, f"{address} stands there twice"
            found[address.removeprefix(HOST)] = {
                link.attrib["hreflang"]: link.attrib["href"].removeprefix(HOST)
                for link in entry.findall("x:link", NAMES)
            }
        return found

    return read


def test_both_languages_stand_in_the_sitemap_and_face_each_other(entries):
    found = entries()
    french = {"/fr/", "/fr/actualites/", "/fr/consultations/", "/fr/quartiers/"}
    assert set(found) == french | {"/nl/", "/nl/nieuws/", "/nl/raadplegingen/", "/nl/wijken/"}
    assert found["/fr/actualites/"] == found["/nl/nieuws/"] == {"fr": "/fr/actualites/", "nl": "/nl/nieuws/"}


def test_every_address_is_on_the_communes_own_host(client, settings):
    settings.WAGTAILADMIN_BASE_URL = HOST
    content = client.get("/sitemap-pages.xml", headers={"host": "localhost"}).content.decode()
    assert "localhost" not in content.replace("www.sitemaps.org", "")
    assert content.count(f"<loc>{HOST}/") == 8


def test_each_neighbourhood_has_its_page_in_both_languages(entries):
    NeighbourhoodFactory(slug="canal")
    NeighbourhoodFactory(slug="gare")
    found = entries()
    for slug in ("canal", "gare"):
        pair = {"fr": f"/fr/quartiers/{slug}/", "nl": f"/nl/wijken/{slug}/"}
        assert found[pair["fr"]] == found[pair["nl"]] == pair


def test_every_address_of_the_sitemap_answers(entries, client):
    NeighbourhoodFactory(slug="canal")
    readable_news()
    addresses = entries()
    assert "/nl/nieuws/molenstraat/" in addresses
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_a_page_in_one_language_stands_alone(entries):
    in_one_language(home_page())
    assert entries()["/fr/marche/"] == {}


def test_a_draft_is_not_in_the_sitemap(entries, editor, roads):
    draft_news(owner=editor, department=roads)
    in_one_language(home_page(), live=False)
    assert not [address for address in entries() if "rue-du-moulin" in address or "marche" in address]


def test_a_page_taken_off_line_leaves_the_sitemap_and_its_translation_faces_nothing(entries):
    in_both_languages(home_page())
    ContentPage.objects.filter(slug="zwembad").update(live=False)  # unpublished, it would take the French along
    found = entries()
    assert "/nl/zwembad/" not in found
    assert found["/fr/piscine/"] == {}


def test_a_private_page_and_what_is_below_it_are_not_in_the_sitemap(entries):
    section = in_one_language(home_page(), SectionPage, slug="interne")
    in_one_language(section)
    assert "/fr/interne/marche/" in entries()
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert not [address for address in entries() if "interne" in address]


def test_neighbourhoods_are_not_in_the_sitemap_while_their_page_is_off_line(entries):
    NeighbourhoodFactory(slug="canal")
    page = next(page for page in home_page("nl").get_children().specific() if page.slug == "wijken")
    type(page).objects.filter(pk=page.pk).update(live=False)
    found = entries()
    assert not [address for address in found if address.startswith("/nl/wijken/")]
    assert found["/fr/quartiers/canal/"] == {}


def test_the_sitemap_asks_no_more_of_the_database_for_more_messages(client):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/sitemap-pages.xml").status_code == 200
        return len(queries)

    readable_news()
    asked()
    few = asked()
    for number in range(4):
        readable_news(title=f"Message {number}", dutch={"title": f"Bericht {number}"})
    assert asked() == few
