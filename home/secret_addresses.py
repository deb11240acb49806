"""Pages whose address is a key: whoever has it may do what it is for."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def kept_to_itself(view: View) -> View:
    """The secret stands in the address: no other site and no search engine is to learn it.

    No cookie says who asks, so there is nothing that another site could use, and such a view is `csrf_exempt`. A page
    with "no-referrer" also sends its forms with "Origin: null", which Django's check would refuse.
    """

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return wrapped
