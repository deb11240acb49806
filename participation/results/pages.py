"""The addresses of results, below a survey's page: the same below both languages, each in its own words.

The views stand in `results.views`, which needs the models that need this: they register themselves here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

View = Callable[..., HttpResponseBase]
WORDS = {"fr": "resultats", "nl": "resultaten"}

_views: dict[str, View] = {}


def register(name: str, view: View) -> None:
    _views[name] = view


class ResultsRoutes(RoutablePageMixin):
    """What a survey's page answers below its own address about what came of it."""

    @path("resultats/", name="results")
    @path("resultaten/", name="results_nl")
    def results(self, request: HttpRequest) -> HttpResponseBase:
        return _views["results"](request, self)

    @path("resultats/<slug:kind>/", name="results_file")
    @path("resultaten/<slug:kind>/", name="results_file_nl")
    def results_file(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        return _views["file"](request, self, kind)

    def address_within(self, place: str) -> str:
        """#question-3 is a place on the page of results."""
        page: Any = self
        return f"{self.results_url if place.startswith('#question-') else page.url}{place}"

    @property
    def results_url(self) -> str:
        """Where its results stand, in the page's language."""
        page: Any = self
        return f"{page.url or '/'}{WORDS[page.locale.language_code]}/"
