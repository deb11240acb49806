"""Pages of the commune, and what a reader sees of them."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client
from wagtail.models import Page

from home.models import BasePage, ContentPage, HomePage
from moderation.setup import publish_pair


def home_page(code: str = "fr") -> HomePage:
    return HomePage.objects.get(locale__language_code=code)


def in_one_language(parent: Page, model: type[BasePage] = ContentPage, **fields: Any) -> BasePage:
    """Add a live page below `parent`, in its language alone."""
    page = model(locale=parent.locale, **{"title": "Marché du jeudi", "slug": "marche", **fields})
    parent.add_child(instance=page)
    return page


def in_both_languages(parent: Page, model: type[BasePage] = ContentPage, **fields: Any) -> BasePage:
    """Publish a page below the French `parent`, with its Dutch; return the French one."""
    dutch = {"title": "Zwembad", "slug": "zwembad", **fields.pop("dutch", {})}
    page = model(locale=parent.locale, **{"title": "Piscine", "slug": "piscine", **fields})
    parent.refresh_from_db()
    return publish_pair(page, parent, dutch)


def seen(client: Client, address: str, status: int = 200, **headers: Any) -> BeautifulSoup:
    """Return what `client` gets at `address`, parsed."""
    response = client.get(address, **headers)
    assert response.status_code == status, f"{address}: {response.status_code}"
    return BeautifulSoup(response.content.decode(), "html.parser")


def one(page: BeautifulSoup | Tag, selector: str) -> Tag:
    """Return the only element that `selector` finds."""
    found = page.select(selector)
    assert len(found) == 1, f"{len(found)} elements for {selector}"
    return found[0]


def words(tag: Tag) -> str:
    """Return the text of `tag`, on one line."""
    return " ".join(tag.get_text(" ").split())
