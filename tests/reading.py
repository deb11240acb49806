"""What a reader sees of an answer."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse


def seen(response: HttpResponse) -> BeautifulSoup:
    """Return the page of an answer that must be one."""
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


def parsed(response: HttpResponse) -> BeautifulSoup:
    """Return the page of an answer, whatever its status."""
    return BeautifulSoup(response.content.decode(), "html.parser")


def words(element: Tag) -> str:
    """Return the text of an element, with plain spaces."""
    return " ".join(element.get_text(" ").split())
