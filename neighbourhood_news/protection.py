"""What messages name is not deleted.

Without its neighbourhood a message would be for the whole commune, and without its department its draft could not be
opened any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.admin import messages

from home.models import Department, Neighbourhood
from neighbourhood_news.models import NewsPage

if TYPE_CHECKING:
    from neighbourhood_news.querysets import NewsPageQuerySet

SHOWN = 3  # messages that the refusal leads to


def refuse_to_delete(thing: Department | Neighbourhood) -> None:
    """Raise ProtectedError while a message names `thing`, in either language, live or not."""
    pages = NewsPage.objects.all().naming(thing)
    if pages:
        raise ProtectedError(_refusal(thing, pages), set(pages))


def before_delete(request: HttpRequest, things: list[Any]) -> HttpResponse | None:
    """Say in the admin which of `things` messages still name, and go back to their list; nothing is deleted then."""
    refused = False
    for thing in things:
        pages = NewsPage.objects.all().naming(thing) if isinstance(thing, (Department, Neighbourhood)) else None
        if pages:
            refused = True
            messages.error(request, _refusal(thing, pages), buttons=[_button(page) for page in pages[:SHOWN]])
    return redirect(things[0].snippet_viewset.get_url_name("list")) if refused else None


def _refusal(thing: Department | Neighbourhood, pages: NewsPageQuerySet) -> str:
    """A message in two languages is one message."""
    count = len({page.translation_key for page in pages})
    return ngettext(
        "“%(name)s” can't be deleted: %(count)d message names it. Change or delete that message first.",
        "“%(name)s” can't be deleted: %(count)d messages name it. Change or delete those messages first.",
        count,
    ) % {"name": thing, "count": count}


def _button(page: NewsPage) -> Any:
    return messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), page.get_admin_display_title())
