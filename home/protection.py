"""What pages name is not deleted.

Without its neighbourhood a text would be for the whole commune, and without its department its draft could not be
opened any more. Each feature says in `ready()` which of its pages name a thing, and how it refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.query import PageQuerySet

from home.models import Department, Neighbourhood

Thing = Department | Neighbourhood
SHOWN = 3  # pages that the refusal leads to


@dataclass(frozen=True)
class Rule:
    """`naming(thing)` returns the pages that name it; `refusal(thing, count)` says so of that many texts."""

    naming: Callable[[Thing], PageQuerySet]
    refusal: Callable[[Thing, int], str]


_rules: dict[str, Rule] = {}


def register(name: str, rule: Rule) -> None:
    """Protect what the pages of a feature name; a second rule under one name takes the place of the first."""
    _rules[name] = rule


def _refusals(thing: Any) -> Iterator[tuple[str, list[Any]]]:
    """Yield the refusal of each feature, with its pages. A text in two languages is one text."""
    if not isinstance(thing, (Department, Neighbourhood)):
        return
    for rule in _rules.values():
        pages = list(rule.naming(thing))
        if pages:
            yield rule.refusal(thing, len({page.translation_key for page in pages})), pages


def refuse_to_delete(thing: Thing) -> None:
    """Raise ProtectedError while a page names `thing`, in either language, live or not."""
    for words, pages in _refusals(thing):
        raise ProtectedError(words, set(pages))


def before_delete(request: HttpRequest, things: list[Any]) -> HttpResponse | None:
    """Say in the admin which of `things` pages still name, and go back to their list; nothing is deleted then."""
    refused = False
    for words, pages in (refusal for thing in things for refusal in _refusals(thing)):
        refused = True
        messages.error(request, words, buttons=[_button(page) for page in pages[:SHOWN]])
    return redirect(things[0].snippet_viewset.get_url_name("list")) if refused else None


def _button(page: Any) -> Any:
    return messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), page.get_admin_display_title())
