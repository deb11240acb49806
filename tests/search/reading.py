"""What a reader sees of the results."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse
from django.test import Client

SEARCH = {"fr": "/fr/recherche/", "nl": "/nl/zoeken/"}


def seen(response: HttpResponse) -> BeautifulSoup:
    """Return the page of an answer that must be one."""
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


def words(element: Tag) -> str:
    """Return the text of an element, with plain spaces."""
    return " ".join(element.get_text(" ").split())


def titles(response: HttpResponse) -> list[str]:
    return [words(title) for title in seen(response).select("ol.found h2")]


def found(client: Client, query: str, *, code: str = "fr", **options: Any) -> list[str]:
    """Return the titles that a search finds."""
    return titles(client.get(SEARCH[code], {"q": query}, **options))
