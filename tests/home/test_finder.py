"""Anybody finds their neighbourhood: the public page, in both languages, with and without streets."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from home.models import NeighbourhoodIndexPage
from tests.factories import NeighbourhoodFactory, street_in
from tests.home.pages import one, seen, words

pytestmark = pytest.mark.django_db

PAGE = {"fr": "/fr/trouver-mon-quartier/", "nl": "/nl/mijn-wijk-vinden/"}
FINDER = 16


@pytest.fixture
def streets(db: None) -> Any:
    canal = NeighbourhoodFactory(slug="canal", name_fr="Canal", name_nl="Kanaal")
    gare = NeighbourhoodFactory(slug="gare", name_fr="Gare", name_nl="Station")
    street_in((gare, 1, 57), (canal, 58, 140))
    street_in((canal, 1, 90), name_fr="quai des Bateliers", name_nl="Schipperskaai")
    street_in(name_fr="rue Neuve", name_nl="Nieuwstraat")
    return canal, gare


def found(page: Any) -> list[str]:
    return [words(item) for item in page.select(".found-street")]


@pytest.mark.parametrize(("code", "street", "place"), [("fr", "moulin", "Canal"), ("nl", "molen", "Kanaal")])
def test_a_street_and_a_number_lead_to_the_page_of_the_neighbourhood(client, streets, code, street, place):
    page = seen(client, f"{PAGE[code]}?street={street}&number=60 bte 2")
    (item,) = page.select(".found-street")
    assert place in words(item)
    link = one(item, "a")["href"]
    assert words(one(seen(client, link), "h1")) == place


def test_what_was_typed_is_kept_and_the_other_name_is_in_its_language(client, streets):
    page = seen(client, f"{PAGE['nl']}?street=Molen&number=60")
    assert (one(page, "#id_street")["value"], one(page, "#id_number")["value"]) == ("Molen", "60")
    other = one(page, ".found-street__other")
    assert (other["lang"], words(other)) == ("fr", "rue du Moulin")


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("street=moulin", "ajoutez votre numéro"),
        ("street=moulin&number=200", "numéro 200"),
        ("street=neuve&number=3", "pas encore dans quel quartier"),
        ("street=moullin", "Vouliez-vous dire"),
        ("street=xyzzy", "Nous ne connaissons pas de rue"),
        ("street=", "Tapez le nom"),
        ("street=moulin&number=A", "Commencez par le numéro"),
        (f"street={'x' * 121}", "120"),
    ],
)
def test_what_is_not_found_is_said_in_words(client, streets, query, word):
    assert word in words(one(seen(client, f"{PAGE['fr']}?{query}"), "main"))


def test_an_error_leads_to_its_field(client, streets):
    page = seen(client, f"{PAGE['fr']}?street=&number=x")
    assert [link["href"] for link in page.select(".error-summary a")] == ["#id_street", "#id_number"]
    assert one(page, "#id_street")["aria-invalid"] == "true"
    assert words(one(page, "title")).startswith("Erreur")


@pytest.mark.parametrize("code", PAGE)
def test_where_no_streets_are_loaded_only_map_and_list_show(client, code):
    NeighbourhoodFactory(slug="canal")
    page = seen(client, f"{PAGE[code]}?street=moulin")
    assert not page.select("#id_street, .found-street")
    assert len(page.select("main .chip")) == len(page.select("main svg.map a")) == 1


def test_a_commune_without_neighbourhoods_says_so(client):
    assert words(one(seen(client, PAGE["fr"]), "main .empty"))


def test_the_page_works_while_the_page_of_the_neighbourhoods_is_off_line(client, streets):
    NeighbourhoodIndexPage.objects.get(slug="quartiers").unpublish()
    page = seen(client, f"{PAGE['fr']}?street=bateliers")
    assert "Canal" in found(page)[0]
    assert not page.select(".found-street a")


def test_javascript_gets_the_streets_alone(client, streets):
    response = client.get(f"{PAGE['fr']}?street=moulin", headers={"HX-Request": "true"})
    content = response.content.decode()
    assert "found-street" in content
    assert "<html" not in content
    assert "HX-Request" in response["Vary"]


def test_the_page_keeps_no_cookie_and_a_search_is_for_no_search_engine(client, streets):
    response = client.get(f"{PAGE['fr']}?street=moulin")
    assert not response.cookies
    assert b'content="noindex"' in response.content
    assert b"noindex" not in client.get(PAGE["fr"]).content


def test_the_home_page_and_the_page_of_the_neighbourhoods_lead_to_it(client, streets):
    for address in ("/fr/", "/fr/quartiers/"):
        assert seen(client, address).select(f'main a[href="{PAGE["fr"]}"]')


def test_a_search_asks_little_however_many_streets_there_are(client, streets):
    address = f"{PAGE['fr']}?street=moulin&number=3"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(30):
        street_in((streets[0],), name_fr=f"rue du Moulin {number}")
    with CaptureQueriesContext(connection) as many:
        assert len(found(seen(client, address))) == 8
    assert len(many) == len(few) <= FINDER


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(street=st.text(max_size=140), number=st.text(max_size=24), place=st.text(max_size=70))
def test_nothing_that_is_typed_breaks_the_page(street, number, place, streets):
    query = urlencode({"street": street, "number": number, "neighbourhood": place}, errors="replace")
    assert Client().get(f"{PAGE['nl']}?{query}").status_code == 200
