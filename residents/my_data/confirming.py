"""The page behind the links that change an address: open to whoever holds one, on whichever device the mail is read."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from residents.models import AddressChange
from residents.my_data.addresses import TakenAddressError, confirm

PAGE = "residents/my_data/address_confirm.html"


# No cookie says who asks: the secret is the permission. A page with "no-referrer" also sends its forms with
# "Origin: null", which Django's check would refuse.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_address_confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask once more, for mail programs open links by themselves; then note that this end agrees."""
    now = timezone.now()
    change = AddressChange.objects.open(now=now).holding(secret).first()
    if change is None:
        return _answer(request, "gone", status=HTTPStatus.NOT_FOUND)
    if request.method != "POST":
        return _answer(request, "ask", change=change)
    try:
        confirmed = confirm(secret=secret, now=now)
    except TakenAddressError:
        return _answer(request, "impossible", status=HTTPStatus.CONFLICT)
    if confirmed is None:
        return _answer(request, "gone", status=HTTPStatus.NOT_FOUND)
    return _answer(request, "half" if confirmed.is_open else "done", change=confirmed)


def _answer(request: HttpRequest, state: str, *, status: int = HTTPStatus.OK, **context: Any) -> HttpResponse:
    response = render(request, PAGE, {"state": state, **context}, status=status)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
