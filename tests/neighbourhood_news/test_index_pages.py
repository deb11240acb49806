"""Twelve messages a page, links that keep the filters, and a fragment for those who have JavaScript."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.test import Client

from neighbourhood_news.kinds import Kind
from tests.factories import live_news
from tests.neighbourhood_news.messages import live_message
from tests.neighbourhood_news.reading import LIST, complaints, titles
from tests.reading import seen

pytestmark = pytest.mark.django_db


def link(response: Any, rel: str) -> str | None:
    """Return the address of the next or previous page, as a browser would follow it."""
    found = seen(response).select_one(f"nav.pagination a[rel={rel}]")
    return urljoin(response.request["PATH_INFO"], found["href"]) if found else None


def test_twelve_messages_stand_on_a_page(client: Client):
    live_news(13)
    first = client.get(LIST["fr"])
    assert len(titles(first)) == 12
    second = client.get(link(first, "next"))
    assert titles(second) == ["Message 0"]
    assert link(first, "prev") is None
    assert link(second, "next") is None
    assert titles(client.get(link(second, "prev"))) == titles(first)


def test_where_one_page_is_enough_there_is_no_pagination(client: Client):
    live_news(12)
    assert not seen(client.get(LIST["fr"])).select("nav.pagination")


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_pages_keep_every_filter(client: Client, mill, roads, bikes, code):
    for number in range(13):
        live_message(
            f"Voulu {number}", code=code, neighbourhoods=[mill], department=roads, kind=Kind.CARING, themes=[bikes]
        )
    live_message("Autre", code=code, department=roads, kind=Kind.POLICY)
    query = {"neighbourhood": "moulin-molen", "kind": "caring", "department": "roads", "tag": "velo-fiets"}
    first = client.get(LIST[code], query)
    assert parse_qs(urlsplit(link(first, "next")).query) == {**{k: [v] for k, v in query.items()}, "page": ["2"]}
    second = client.get(link(first, "next"))
    assert titles(second) == ["Voulu 0"]
    assert parse_qs(urlsplit(link(second, "prev")).query) == {**{k: [v] for k, v in query.items()}, "page": ["1"]}


def test_pages_drop_what_is_not_known(client: Client):
    live_news(13)
    response = client.get(LIST["fr"], {"tag": "ailleurs", "kind": "policy", "utm": "x", "page": "x"})
    assert parse_qs(urlsplit(link(response, "next")).query) == {"kind": ["policy"], "page": ["2"]}
    assert set(complaints(response)) == {"tag"}


def test_the_page_says_where_one_is(client: Client):
    live_news(13, code="nl")
    assert "Pagina 2 van 2" in seen(client.get(LIST["nl"], {"page": "2"})).select_one("nav.pagination").get_text()


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_htmx_gets_the_fragment_only(client: Client, code):
    live_message("Ici", code=code, kind=Kind.CARING)
    live_message("Autre", code=code, kind=Kind.POLICY)
    response = client.get(LIST[code], {"kind": "caring"}, headers={"HX-Request": "true"})
    assert titles(response) == ["Ici"]
    page = seen(response)
    assert not page.select("html, head, body, main, form, header, footer, nav.menu, script")
    assert page.select_one("[role=status]")


def test_the_fragment_is_what_stands_in_the_page(client: Client):
    live_news(13)
    whole = seen(client.get(LIST["fr"], {"page": 2})).select_one("#results")
    fragment = seen(client.get(LIST["fr"], {"page": 2}, headers={"HX-Request": "true"}))
    assert whole.decode_contents().strip() == fragment.decode_contents().strip()


def test_the_form_names_where_the_fragment_goes(client: Client):
    page = seen(client.get(LIST["fr"]))
    assert page.select_one(page.select_one("form.filters")["data-filters"])["id"] == "results"


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_caches_keep_the_page_and_the_fragment_apart(client: Client, headers):
    response = client.get(LIST["fr"], headers=headers)
    assert "HX-Request" in [part.strip() for part in response["Vary"].split(",")]


def test_the_other_language_keeps_the_filters(client: Client, mill):
    query = {"neighbourhood": "moulin-molen", "kind": "caring"}
    switch = seen(client.get(LIST["fr"], query)).select_one(".language-switch a[hreflang=nl]")
    assert urlsplit(switch["href"]).path == LIST["nl"]
    assert parse_qs(urlsplit(switch["href"]).query) == {name: [value] for name, value in query.items()}
