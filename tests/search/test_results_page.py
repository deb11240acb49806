"""What the page of results says, keeps and leads to."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.test import Client

from search.views import PER_PAGE
from tests.factories import readable_news
from tests.reading import seen, words
from tests.search.reading import SEARCH, titles

pytestmark = pytest.mark.django_db


def search(client: Client, query: str, code: str = "fr", **more: Any) -> Any:
    return client.get(SEARCH[code], {"q": query, **more})


@pytest.mark.parametrize(
    ("code", "query", "message", "page"),
    [("fr", "commun", "Message", "Page"), ("nl", "gemeenschappelijk", "Bericht", "Pagina")],
)
def test_a_result_says_which_type_of_page_it_is(client, written, code, query, message, page):
    readable_news(introduction="commun", dutch={"introduction": "gemeenschappelijk"})
    written("Texte", code=code, introduction=query)
    items = seen(search(client, query, code)).select("ol.found li")
    types = {words(item.h2): words(item.select_one(".found__where")) for item in items}
    assert types == {"Rue du Moulin" if code == "fr" else "Molenstraat": message, "Texte": page}


def test_a_result_shows_its_introduction(client):
    readable_news()
    assert "De nouveaux trottoirs." in words(seen(search(client, "moulin")).select_one("ol.found li"))


@pytest.mark.parametrize(
    ("code", "one", "none", "advice"),
    [
        (
            "fr",
            "1 page trouvée pour « moulin »",
            "Rien n’a été trouvé avec tous ces mots.",
            [
                "Essayez moins de mots, ou le début d’un mot.",
                "Ou consultez le menu : il mène à toutes les parties du site.",
            ],
        ),
        (
            "nl",
            "1 pagina gevonden voor ‘moulin’",
            "Er is niets gevonden met al deze woorden.",
            [
                "Probeer minder woorden, of het begin van een woord.",
                "Of kijk in het menu: dat leidt naar elk deel van de site.",
            ],
        ),
    ],
)
def test_the_number_of_results_is_announced_and_none_comes_with_advice(client, written, code, one, none, advice):
    written("Moulin", code=code)
    status = seen(search(client, "moulin", code)).select_one(".count")
    assert words(status) == one
    assert status["role"] == "status"
    empty = seen(search(client, "moulinette patinoire", code)).select_one(".empty")
    assert words(empty.p) == none
    assert [words(item) for item in empty.select("li")] == advice


@pytest.mark.parametrize("code", ["fr", "nl"])
@pytest.mark.parametrize("query", [{}, {"q": "moulin"}, {"q": "rien"}])
def test_results_are_for_readers_and_not_for_search_engines(client, code, query):
    assert seen(client.get(SEARCH[code], query)).select_one("meta[name=robots]")["content"] == "noindex"


@pytest.mark.parametrize(("code", "other"), [("fr", "nl"), ("nl", "fr")])
@pytest.mark.parametrize("query", ["moulin", "rue du moulin", "été & hiver", "l'eau", "a+b=c"])
def test_the_other_language_keeps_the_words(client, code, other, query):
    switch = seen(search(client, query, code)).select_one(f".language-switch a[hreflang={other}]")
    assert urlsplit(switch["href"]).path == SEARCH[other]
    assert parse_qs(urlsplit(switch["href"]).query) == {"q": [query]}
    kept = seen(client.get(switch["href"])).select_one("main input[name=q]")
    assert kept["value"] == query


@pytest.mark.parametrize("typed", ["rue du moulin", '"moulin"', "???", "é’à", "<b>x</b>", "x" * 300])
def test_what_was_typed_stays_in_the_box(client, typed):
    assert seen(search(client, typed)).select_one("main input[name=q]")["value"] == typed


def test_what_was_typed_is_never_markup(client):
    page = seen(search(client, '"><script>alert(1)</script>'))
    assert not [script for script in page.select("script") if "alert" in script.get_text()]


def link(response: Any, rel: str) -> str | None:
    found = seen(response).select_one(f"nav.pagination a[rel={rel}]")
    return urljoin(response.request["PATH_INFO"], found["href"]) if found else None


def test_pages_of_results_keep_the_words(client, written):
    made = {written(f"Écluse du canal {number}").title for number in range(PER_PAGE + 2)}
    first = search(client, "écluse & canal")
    second = client.get(link(first, "next"))
    assert len(titles(first)) == PER_PAGE
    assert len(titles(second)) == 2
    assert set(titles(first)) | set(titles(second)) == made
    assert titles(client.get(link(second, "prev"))) == titles(first)
    assert link(second, "next") is None
    assert seen(second).select_one("ol.found")["start"] == str(PER_PAGE + 1)
    assert seen(second).select_one("main input[name=q]")["value"]


@pytest.mark.parametrize(("code", "title"), [("fr", "Rechercher"), ("nl", "Zoeken")])
def test_the_page_has_a_title_and_a_labelled_box_in_the_language_of_the_reader(client, code, title):
    page = seen(client.get(SEARCH[code]))
    assert words(page.select_one("h1")) == title
    box = page.select_one("main form[role=search]")
    assert box["action"] == SEARCH[code]
    assert box["method"] == "get"
    assert box.select_one("label")["for"] == box.select_one("input[name=q]")["id"]


@pytest.mark.parametrize("address", ["/fr/", "/nl/", "/fr/nulle-part/"])
def test_a_box_elsewhere_is_empty_and_leads_to_the_search(client, address):
    page = client.get(address).content.decode()
    code = address[1:3]
    assert f'action="{SEARCH[code]}"' in page
    assert 'name="q" type="search" value=""' in page


@pytest.mark.parametrize(("code", "wrong"), [("fr", "/fr/zoeken/"), ("nl", "/nl/recherche/")])
def test_the_address_is_in_the_language_of_the_reader(client, code, wrong):
    assert client.get(SEARCH[code]).status_code == 200
    assert client.get(wrong).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_results(client, written, django_assert_max_num_queries):
    written("Écluse")
    search(client, "écluse")
    with django_assert_max_num_queries(40) as few:
        search(client, "écluse")
    for number in range(PER_PAGE):
        written(f"Écluse {number}")
    with django_assert_max_num_queries(len(few)):
        search(client, "écluse")
