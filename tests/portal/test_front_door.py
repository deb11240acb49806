"""The front door: `/` leads on to a language, or asks for it in both."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

pytestmark = pytest.mark.django_db


def knock(client: Client, accept: str | None = None, address: str = "/") -> Any:
    return client.get(address, headers={} if accept is None else {"accept-language": accept})


@pytest.mark.parametrize(
    ("accept", "home"),
    [
        ("nl-BE,nl;q=0.9,fr;q=0.5", "/nl/"),
        ("fr-BE,fr;q=0.9,nl;q=0.8,en;q=0.7", "/fr/"),
        ("fr", "/fr/"),
        ("nl", "/nl/"),
        ("NL-be", "/nl/"),
        ("en-GB,en;q=0.9,nl;q=0.3", "/nl/"),
        ("de;q=0.9,fr;q=0.1", "/fr/"),
        ("fr;q=0.2,nl;q=0.8", "/nl/"),
        ("fr;q=0,nl;q=0.1", "/nl/"),
    ],
)
def test_a_clear_preference_is_followed_without_a_cookie(client, accept, home):
    response = knock(client, accept)
    assert (response.status_code, response.get("Location")) == (302, home)
    assert not response.cookies


@pytest.mark.parametrize(
    "accept",
    [None, "", "en", "de-DE,en;q=0.8", "*", "fr,nl", "nl-BE;q=0.7,fr-BE;q=0.7,en", "fr;q=0", "not a header;;q=x"],
)
def test_without_a_clear_preference_both_languages_are_offered_alike(client, accept):
    response = knock(client, accept)
    assert response.status_code == 200
    assert not response.cookies
    page = BeautifulSoup(response.content.decode(), "html.parser")
    offered = {item["lang"]: item.a["href"] for item in page.select(".door-page__choice li")}
    assert offered == {"fr": "/?language=fr", "nl": "/?language=nl"}
    for said in ("Continuer en français", "Verder in het Nederlands"):
        assert said in page.get_text()


def test_the_names_of_the_commune_stand_in_both_languages_on_the_choice(client):
    page = BeautifulSoup(knock(client).content.decode(), "html.parser")
    assert [name["lang"] for name in page.select("h1 [lang]")] == ["fr", "nl"]


def test_the_choice_names_its_other_languages_on_the_communes_own_host(client, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://www.auneval.example"
    page = BeautifulSoup(knock(client).content.decode(), "html.parser")
    links = {link["hreflang"]: link["href"] for link in page.select("link[rel=alternate]")}
    assert links == {
        "fr": "https://www.auneval.example/fr/",
        "nl": "https://www.auneval.example/nl/",
        "x-default": "https://www.auneval.example/",
    }


def test_a_choice_is_followed_and_remembered(client):
    response = knock(client, "fr", "/?language=nl")
    assert (response.status_code, response["Location"]) == (302, "/nl/")
    cookie = response.cookies["language"]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == ("nl", "Lax", True)
    assert 0 < int(cookie["max-age"]) <= 60 * 60 * 24 * 366
    again = knock(client, "fr")
    assert again["Location"] == "/nl/"
    assert not again.cookies


def test_a_choice_can_be_changed(client):
    knock(client, None, "/?language=nl")
    knock(client, None, "/?language=fr")
    assert knock(client, "nl")["Location"] == "/fr/"


@pytest.mark.parametrize("asked", ["de", "", "fr-BE", "fr/../nl", "//elsewhere.example", "FR"])
def test_a_language_that_the_commune_does_not_speak_is_ignored(client, asked):
    response = client.get("/", {"language": asked}, headers={"accept-language": "nl"})
    assert response["Location"] == "/nl/"
    assert not response.cookies
    assert client.get("/", {"language": asked}).status_code == 200


@pytest.mark.parametrize("remembered", ["de", "", "/nl/"])
def test_a_cookie_with_anything_else_is_ignored(client, remembered):
    client.cookies["language"] = remembered
    assert knock(client).status_code == 200
    assert knock(client, "nl")["Location"] == "/nl/"


@pytest.mark.parametrize("accept", [None, "nl"], ids=["choice", "led on"])
def test_a_cache_keeps_the_answer_apart_for_each_language_and_choice(client, accept):
    vary = {name.strip() for name in knock(client, accept)["Vary"].split(",")}
    assert vary >= {"Accept-Language", "Cookie"}


def test_an_address_with_a_language_is_in_that_language_whatever_the_browser_asks(client):
    for address, language in (("/fr/", "fr"), ("/nl/", "nl")):
        client.cookies["language"] = "nl" if language == "fr" else "fr"
        response = knock(client, "nl" if language == "fr" else "fr", address)
        assert response.status_code == 200
        assert f'<html lang="{language}">' in response.content.decode()
