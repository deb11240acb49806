"""What pages, and what people contributed, name is not deleted.

Without its neighbourhood a text would be for the whole commune, and without its department its draft could not be
opened any more; an idea would lose what its author said that it is about. Each feature says in `ready()` what of it
names a thing, and how it refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.models import Page

from home.models import Department, Neighbourhood, Theme

Thing = Department | Neighbourhood | Theme
SHOWN = 3  # pages that the refusal leads to


@dataclass(frozen=True)
class Rule:
    """`naming(thing)` returns what names it; `refusal(thing, count)` says so of that many. `things` can be named by it."""

    naming: Callable[[Any], QuerySet[Any]]
    refusal: Callable[[Thing, int], str]
    things: tuple[type[Thing], ...] = (Department, Neighbourhood)


_rules: dict[str, Rule] = {}


def register(name: str, rule: Rule) -> None:
    """Protect what the pages of a feature name; a second rule under one name takes the place of the first."""
    _rules[name] = rule


def _refusals(thing: Any) -> Iterator[tuple[str, list[Any]]]:
    """Yield the refusal of each feature, with its pages. A text in two languages is one text."""
    for rule in _rules.values():
        if not isinstance(thing, rule.things):
            continue
        found = rule.naming(thing)
        pages = list(found) if issubclass(found.model, Page) else []
        count = len({page.translation_key for page in pages}) if pages else found.count()
        if count:
            yield rule.refusal(thing, count), pages


def refuse_to_delete(thing: Thing) -> None:
    """Raise ProtectedError while something names `thing`: a page in either language, live or not, or a contribution."""
    for words, pages in _refusals(thing):
        raise ProtectedError(words, set(pages))


def before_delete(request: HttpRequest, things: list[Any]) -> HttpResponse | None:
    """Say in the admin which of `things` are still named, and go back to their list; nothing is deleted then."""
    refused = False
    for words, pages in (refusal for thing in things for refusal in _refusals(thing)):
        refused = True
        messages.error(request, words, buttons=[_button(page) for page in pages[:SHOWN]])
    return redirect(things[0].snippet_viewset.get_url_name("list")) if refused else None


def _button(page: Any) -> Any:
    return messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), page.get_admin_display_title())
