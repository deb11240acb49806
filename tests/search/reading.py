"""What a reader sees of the results."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.reading import seen, words

SEARCH = {"fr": "/fr/recherche/", "nl": "/nl/zoeken/"}


def titles(response: HttpResponse) -> list[str]:
    return [words(title) for title in seen(response).select("ol.found h2")]


def found(client: Client, query: str, *, code: str = "fr", **options: Any) -> list[str]:
    """Return the titles that a search finds."""
    return titles(client.get(SEARCH[code], {"q": query}, **options))
