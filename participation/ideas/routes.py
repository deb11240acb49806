"""The addresses below a board: the list of its ideas, and each idea under its number. They read alike in both languages.

The views need the models of ideas, which need the board's page, which has these addresses: so views register themselves
here when the portal starts (`participation.ideas.screens.start`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.routable_page.models import path, re_path

View = Callable[..., HttpResponse]
IDEA = r"^(?P<number>[0-9]{1,9})(?:-(?P<slug>[-\w]*))?/"
IDEA_PLACE = re.compile(r"#idee-([0-9]{1,9})")
_views: dict[str, View] = {}


def register(name: str, view: View) -> None:
    """Let `view(page, request, **parts of the address)` answer the route `name`."""
    _views[name] = view


class BoardRoutes:
    """What `IdeaBoardPage` answers."""

    def address_within(self, place: str) -> str:
        """#idee-3 is the page of idea 3."""
        page: Any = self
        idea = IDEA_PLACE.fullmatch(place)
        return f"{page.url}{idea[1]}/" if idea else f"{page.url}{place}"

    def _answer(self, name: str, request: HttpRequest, **parts: Any) -> HttpResponse:
        return _views[name](self, request, **parts)

    @path("")
    def board(self, request: HttpRequest) -> HttpResponse:
        return self._answer("board", request)

    @path("atom/")
    def feed(self, request: HttpRequest) -> HttpResponse:
        return self._answer("feed", request)

    @path("info/")
    def balance(self, request: HttpRequest) -> HttpResponse:
        return self._answer("balance", request)

    @path("idee/")
    def propose(self, request: HttpRequest) -> HttpResponse:
        return self._answer("propose", request)

    @path("idee/preview/")
    def preview_idea(self, request: HttpRequest) -> HttpResponse:
        return self._answer("preview", request)

    @path("idee/similar/")
    def similar(self, request: HttpRequest) -> HttpResponse:
        return self._answer("similar", request)

    @re_path(IDEA + r"$")
    def idea(self, request: HttpRequest, **parts: str) -> HttpResponse:
        return self._answer("idea", request, **parts)

    @re_path(IDEA + r"(?P<deed>support|report|edit|withdraw|second-look|comment)/$")
    def deed(self, request: HttpRequest, deed: str, **parts: str) -> HttpResponse:
        return self._answer(deed, request, **parts)

    @re_path(IDEA + r"comment/(?P<comment>[0-9]{1,12})/$")
    def change_comment(self, request: HttpRequest, **parts: str) -> HttpResponse:
        return self._answer("change_comment", request, **parts)

    @re_path(IDEA + r"comment/(?P<comment>[0-9]{1,12})/(?P<deed>report|second-look)/$")
    def deed_on_comment(self, request: HttpRequest, deed: str, **parts: str) -> HttpResponse:
        return self._answer(deed, request, **parts)
