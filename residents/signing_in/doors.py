"""Wagtail's own doors, which stand in front of its addresses (portal.urls) and all lead to the one way in."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.account.internal.flows.logout import logout
from allauth.account.utils import get_next_redirect_url
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, re_path, reverse
from django.views.decorators.cache import never_cache


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to signing in, and on to where one was going; whoever is in already goes there at once."""
    going_to = get_next_redirect_url(request)
    if request.user.is_authenticated:
        return redirect(going_to or "wagtailadmin_home")
    going_to = going_to or reverse("wagtailadmin_home")
    return redirect(f"{reverse('account_login')}?{urlencode({'next': going_to})}")


@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("account_logout")
    logout(request)
    return redirect("account_login")


def forgotten_password(request: HttpRequest, rest: str = "") -> HttpResponse:
    return redirect("account_reset_password")


in_the_admin = [
    path("login/", sign_in, name="wagtailadmin_login"),
    path("logout/", sign_out, name="wagtailadmin_logout"),
    re_path(r"^password_reset/(?P<rest>.*)$", forgotten_password),
]
among_the_pages = [path("_util/login/", sign_in, name="wagtailcore_login")]
