"""Atom (RFC 4287) feeds of the whole commune and of each neighbourhood, in both languages."""

from __future__ import annotations

import html
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client

from home.models import CommuneSettings
from neighbourhood_news.feeds import LENGTH
from neighbourhood_news.kinds import Kind
from neighbourhood_news.models import NewsPage
from tests.factories import live_news, readable_news
from tests.neighbourhood_news.messages import live_message

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HOST = "https://www.auneval.example"
FEED = {"fr": "/fr/actualites/atom/", "nl": "/nl/nieuws/atom/"}


@pytest.fixture(autouse=True)
def _own_host(settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = HOST


def feed(client: Client, address: str) -> Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = fromstring(response.content)
    assert root.tag == f"{ATOM}feed"
    return root


def text(element: Element, *path: str) -> str:
    return element.findtext("/".join(f"{ATOM}{step}" for step in path)) or ""


def entries(root: Element) -> list[Element]:
    return root.findall(f"{ATOM}entry")


def links(element: Element) -> dict[str, str]:
    return {link.attrib["rel"]: link.attrib["href"] for link in element.findall(f"{ATOM}link")}


@pytest.mark.parametrize(
    ("code", "title", "introduction", "department", "kind", "address"),
    [
        (
            "fr",
            "Rue du Moulin",
            "De nouveaux trottoirs.",
            "Travaux publics",
            "Politique de quartier",
            "/fr/actualites/rue-du-moulin/",
        ),
        ("nl", "Molenstraat", "Nieuwe voetpaden.", "Openbare werken", "Wijkbeleid", "/nl/nieuws/molenstraat/"),
    ],
)
def test_an_entry_says_what_the_message_says_and_which_department_speaks(
    client, roads, mill, code, title, introduction, department, kind, address
):
    readable_news(department=roads, neighbourhoods=[mill], kind=Kind.POLICY)
    for feed_address in (FEED[code], f"{FEED[code]}moulin-molen/"):
        root = feed(client, feed_address)
        (entry,) = entries(root)
        assert root.attrib[LANG] == code
        assert text(entry, "title") == title
        assert text(entry, "summary") == introduction
        assert text(entry, "author", "name") == department
        assert entry.find(f"{ATOM}category").attrib["term"] == kind
        assert links(entry) == {"alternate": f"{HOST}{address}"}


@pytest.mark.parametrize(
    ("code", "title", "page", "place"),
    [("fr", "Actualités de quartier", "/fr/actualites/", "Le Moulin"), ("nl", "Wijknieuws", "/nl/nieuws/", "De Molen")],
)
def test_a_feed_names_itself_its_page_and_its_place_on_the_communes_own_host(client, mill, code, title, page, place):
    commune = CommuneSettings.load()
    whole = feed(client, FEED[code])
    assert text(whole, "title") == f"{title} – {commune.name_fr if code == 'fr' else commune.name_nl}"
    assert text(whole, "author", "name") == commune.both_names
    assert links(whole) == {"self": f"{HOST}{FEED[code]}", "alternate": f"{HOST}{page}"}
    of_place = feed(client, f"{FEED[code]}moulin-molen/")
    assert text(of_place, "title") == f"{title} – {place}"
    assert links(of_place) == {
        "self": f"{HOST}{FEED[code]}moulin-molen/",
        "alternate": f"{HOST}{page}?neighbourhood=moulin-molen",
    }


def test_every_address_in_a_feed_is_absolute_and_on_the_communes_own_host(client, mill):
    live_message("Ici", neighbourhoods=[mill])
    for address in (FEED["fr"], f"{FEED['fr']}moulin-molen/"):
        root = feed(client, address)
        found = [link.attrib["href"] for link in root.iter(f"{ATOM}link")]
        assert len(found) == 3
        assert all(link.startswith(f"{HOST}/fr/") for link in found)


def test_the_feed_of_a_neighbourhood_is_its_news_and_that_of_the_whole_commune(client, mill, station):
    live_message("Moulin", neighbourhoods=[mill])
    live_message("Gare", neighbourhoods=[station])
    live_message("Les deux", neighbourhoods=[mill, station])
    live_message("Partout")
    read = [text(entry, "title") for entry in entries(feed(client, f"{FEED['fr']}moulin-molen/"))]
    assert read == ["Partout", "Les deux", "Moulin"]


@pytest.mark.parametrize(
    "address", ["/fr/actualites/atom/ailleurs/", "/nl/nieuws/atom/ailleurs/", "/fr/actualites/atom/a b/"]
)
def test_a_neighbourhood_that_is_not_there_has_no_feed(client, mill, address):
    assert client.get(address).status_code == 404


def test_an_entry_keeps_its_identity_whatever_becomes_of_its_words_and_address(client):
    page = live_message("Ici")
    before = text(entries(feed(client, FEED["fr"]))[0], "id")
    page.title, page.slug = "Là", "ailleurs"
    page.save_revision().publish()
    entry = entries(feed(client, FEED["fr"]))[0]
    assert text(entry, "title") == "Là"
    assert text(entry, "id") == before == f"urn:uuid:{page.translation_key}:fr"


def test_no_two_entries_and_no_two_feeds_have_one_identity(client, mill, station):
    readable_news()
    live_message("Autre")
    roots = [
        feed(client, f"{address}{place}")
        for address in FEED.values()
        for place in ("", "moulin-molen/", "gare-station/")
    ]
    assert len({text(root, "id") for root in roots}) == 6
    french, dutch = entries(roots[0]), entries(roots[3])
    assert len({text(entry, "id") for entry in [*french, *dutch]}) == 3


def test_an_entry_tells_when_it_was_first_published_and_last_changed(client):
    page = live_message("Ici")
    NewsPage.objects.filter(pk=page.pk).update(
        first_published_at=datetime(2026, 3, 1, 8, tzinfo=UTC), last_published_at=datetime(2026, 3, 2, 9, tzinfo=UTC)
    )
    (entry,) = entries(feed(client, FEED["fr"]))
    assert datetime.fromisoformat(text(entry, "published")) == datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert datetime.fromisoformat(text(entry, "updated")) == datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_a_feed_holds_the_newest_only(client):
    live_news(LENGTH + 2)
    read = [text(entry, "title") for entry in entries(feed(client, FEED["fr"]))]
    assert read == [f"Message {number}" for number in range(LENGTH + 1, 1, -1)]


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_a_feed_without_messages_is_a_feed(client, mill, code):
    assert entries(feed(client, FEED[code])) == []
    assert entries(feed(client, f"{FEED[code]}moulin-molen/")) == []


def test_signs_of_markup_in_a_text_are_read_as_they_were_written(client):
    live_message("Moins de 5 < 6 & plus", introduction="Pour les <12 ans> & leurs parents")
    (entry,) = entries(feed(client, FEED["fr"]))
    assert text(entry, "title") == "Moins de 5 < 6 & plus"
    assert entry.find(f"{ATOM}summary").attrib["type"] == "html"
    assert html.unescape(text(entry, "summary")) == "Pour les <12 ans> & leurs parents"
    assert "<" not in text(entry, "summary")


def test_a_control_sign_that_was_pasted_in_does_not_take_the_feed_away(client):
    live_message("Vertical\x0btab", introduction="Page\x0cend \x1f")
    live_message("Autre")
    assert [text(entry, "title") for entry in entries(feed(client, FEED["fr"]))] == ["Autre", "Verticaltab"]


@pytest.mark.parametrize(("code", "page"), [("fr", "/fr/quartiers/moulin-molen/"), ("nl", "/nl/wijken/moulin-molen/")])
def test_a_feed_is_announced_where_its_news_is_read(client, mill, code, page):
    head = '<link rel="alternate" type="application/atom+xml" title="{}" href="{}">'
    index = {"fr": ("Actualités de quartier", "/fr/actualites/"), "nl": ("Wijknieuws", "/nl/nieuws/")}[code]
    assert head.format(index[0], FEED[code]) in client.get(index[1]).content.decode()
    place = {"fr": "Le Moulin", "nl": "De Molen"}[code]
    assert head.format(place, f"{FEED[code]}moulin-molen/") in client.get(page).content.decode()
