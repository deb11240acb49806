"""What a reader finds at the address of a message that is not for them yet."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

if TYPE_CHECKING:
    from neighbourhood_news.models import NewsPage


def not_yet_public(request: HttpRequest, message: NewsPage) -> HttpResponse:
    """Say for whom `message` is, and from when it is for everybody; nothing of what it says.

    403, and not 200: a search engine or a messaging service that asked too early would otherwise keep these words
    as those of the message. Nobody stores the answer, so that the first one after the hour is the message. In the
    layout the index stands for the page: its menu entry, its breadcrumb and its other language give nothing away.
    """
    response = render(
        request,
        "neighbourhood_news/not_yet_public.html",
        {"page": message.get_parent().specific, "message": message, "places": message.neighbourhoods.all()},
        status=HTTPStatus.FORBIDDEN,
    )
    add_never_cache_headers(response)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
