"""What holds at every address: a blocked account is signed out, and staff show a second factor before anything opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from residents.signing_in.sessions import needs_second_factor

# The same for everybody, whoever is signed in: style sheets, pictures, answers for machines.
FOR_ANYONE = {"theme", "media", "healthz", "robots", "sitemap", "calendar_feed", "choose_language"}
# What one needs to set a second factor up, or to leave.
ON_THE_WAY = {
    "my_second_factor",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_login",
    "account_logout",
}


class SigningInMiddleware:
    """Looks at who asks once it is known what is asked for, so that each address is guarded, those of Wagtail too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in FOR_ANYONE or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        if not request.user.is_authenticated:
            if SESSION_KEY in request.session:  # it was somebody's, whose account is blocked, or gone
                request.session.flush()
            return None
        if name not in ON_THE_WAY and needs_second_factor(request):
            return redirect("my_second_factor")
        return None
