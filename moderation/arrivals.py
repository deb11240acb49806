"""Where drafts came from, told to those who review them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail.admin import messages
from wagtail.models import Page

from moderation.models.arrivals import Arrival


def arrivals_of(pages: Iterable[Page]) -> dict[UUID, Arrival]:
    """Return the arrivals of those of `pages` that came by a link or by mail, by translation key, in one query."""
    return {arrival.page_key: arrival for arrival in Arrival.objects.about(pages).select_related("sender")}


def arrival_of(page: Page) -> Arrival | None:
    return arrivals_of([page]).get(page.translation_key)


def tell_where_from(request: HttpRequest, page: Page) -> None:
    """Say above the editor who sent the text, how, when, and their word to the desk (hook `before_edit_page`)."""
    if request.method != "GET":
        return
    arrival = arrival_of(page)
    if arrival is not None:
        messages.info(request, render_to_string("moderation/_arrival.html", {"arrival": arrival}))
