"""The short address on postcards and posters: the neighbourhood's page, in the reader's language."""

from __future__ import annotations

import pytest

from home.models import NeighbourhoodIndexPage
from tests.factories import NeighbourhoodFactory

pytestmark = pytest.mark.django_db

PAGES = {"fr": "/fr/quartiers/canal/", "nl": "/nl/wijken/canal/"}


@pytest.fixture(autouse=True)
def _canal(db: None) -> None:
    NeighbourhoodFactory(slug="canal")


@pytest.mark.parametrize(("header", "code"), [("nl-BE,nl;q=0.9,en;q=0.5", "nl"), ("en,fr;q=0.8,nl;q=0.3", "fr")])
def test_a_browser_that_says_its_language_is_led_to_the_page_in_it(client, header, code):
    response = client.get("/q/canal/", headers={"Accept-Language": header})
    assert (response.status_code, response["Location"]) == (302, PAGES[code])
    assert client.get(response["Location"]).status_code == 200
    assert not response.cookies
    assert {"Accept-Language", "Cookie"} <= set(response["Vary"].split(", "))


def test_an_earlier_choice_comes_first(client):
    client.cookies["language"] = "nl"
    assert client.get("/q/canal/", headers={"Accept-Language": "fr"})["Location"] == PAGES["nl"]


@pytest.mark.parametrize("code", PAGES)
def test_whoever_is_asked_goes_on_to_the_neighbourhood(client, code):
    asked = client.get("/q/canal/", headers={"Accept-Language": "en"})
    assert f'href="/q/canal/?language={code}"' in asked.content.decode()
    response = client.get(f"/q/canal/?language={code}")
    assert response["Location"] == PAGES[code]
    assert response.cookies["language"].value == code


def test_what_is_printed_never_leads_to_nothing(client):
    assert client.get("/q/gone/", headers={"Accept-Language": "fr"})["Location"] == "/fr/quartiers/"
    NeighbourhoodIndexPage.objects.get(slug="wijken").unpublish()
    assert client.get("/q/canal/", headers={"Accept-Language": "nl"})["Location"] == "/nl/"
