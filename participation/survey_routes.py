"""The addresses at and below a survey's page. What answers there rests on the models, and so is registered in `ready()`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path

View = Callable[..., HttpResponse]
_views: dict[str, View] = {}
THANKS = {"fr": "merci/", "nl": "bedankt/"}
ResultsLink = Callable[[Any, Any, datetime], str]
_results: list[ResultsLink] = []
FindGone = Callable[[HttpRequest, Any], "Callable[[HttpRequest], HttpResponse] | None"]
_gone: list[FindGone] = []


def register_results(link: ResultsLink) -> None:
    """Let `link(page, respondent, now)` tell where results stand, "" for who may not see them yet."""
    _results[:] = [link]


def results_link(page: Any, respondent: Any, now: datetime) -> str:
    return _results[0](page, respondent, now) if _results else ""


def register_gone(find: FindGone) -> None:
    """Let `find(request, index)` return what answers at the address of a survey that is no longer there, else None."""
    _gone[:] = [find]


def find_gone(request: HttpRequest, index: Any) -> Callable[[HttpRequest], HttpResponse] | None:
    return _gone[0](request, index) if _gone else None


def register(**views: View) -> None:
    """Let `views`, by name, answer at the addresses below."""
    _views.update(views)


class AnsweringRoutes(RoutablePageMixin):
    """A survey is read, filled in and thanked for at its own address."""

    # A form that was open too long is shown again with what was typed (portal.views.csrf_failure).
    keeps_what_was_typed = True

    @path("")
    def answering(self, request: HttpRequest) -> HttpResponse:
        return _views["answering"](request, self)

    @re_path(r"^(?:merci|bedankt)/$", name="thanks")
    def thanked(self, request: HttpRequest) -> HttpResponse:
        return _views["thanks"](request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """The page as readers will have it: nothing is sent from a preview."""
        return _views["answering"](request, self)
