"""To the provider of electronic identities and back, in the reader's language, with an answer when it does not work."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import jwt
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from requests import RequestException

from home.languages import LANGUAGE_CODES
from residents.signing_in.sessions import is_fresh
from residents.signing_in.throttles import count

PROVIDER = "identity"
LANGUAGE_KEY = "identity_language"
SIGNED_WITH = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"}
UNREADABLE = (RequestException, OAuth2Error, ValueError, KeyError, TypeError)


class SignedIdentityAdapter(OpenIDConnectOAuth2Adapter):
    """allauth's trusts what it fetched over TLS; this one also looks at the signature, and at whose claims they are."""

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        if jwt.get_unverified_header(id_token).get("alg") not in SIGNED_WITH:
            raise OAuth2Error("The identity token is not signed with a key of the provider's own.")
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return claims

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> Any:
        if "id_token" not in kwargs["response"]:
            raise OAuth2Error("The provider gave no identity token.")
        login = super().complete_login(request, app, token, **kwargs)
        if login.has_two_subjects:
            raise OAuth2Error("Identity token and userinfo are of two people.")
        return login


def _in_readers_language(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The provider comes back to one address, without a language: the one in which the reader left is kept."""

    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        code = request.session.get(LANGUAGE_KEY)
        with override(code if code in LANGUAGE_CODES else get_language()):
            return view(request, *args, **kwargs)

    return answered


def _did_not_work(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    return render(request, "socialaccount/authentication_error.html", status=status)


@never_cache
@require_POST
def open_identity(request: HttpRequest) -> HttpResponseBase:
    """Send the reader to the provider: to sign in, or, with `process=connect`, to link the identity to their account."""
    process = "connect" if request.POST.get("process") == "connect" else "login"
    if process == "connect" and not is_fresh(request):
        return redirect("account_reauthenticate" if request.user.is_authenticated else "account_login")
    try:
        count(request, "open_identity")
    except ValidationError:
        return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    request.session[LANGUAGE_KEY] = get_language()
    try:
        provider = get_adapter().get_provider(request, PROVIDER)
        response: HttpResponseBase = provider.redirect(
            request, process=process, next_url=get_next_redirect_url(request)
        )
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except UNREADABLE:
        return _did_not_work(request, HTTPStatus.BAD_GATEWAY)
    return response


@never_cache
@_in_readers_language
def identity_callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    try:
        view = OAuth2CallbackView.adapter_view(SignedIdentityAdapter(request, provider_id))
        response: HttpResponseBase = view(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except UNREADABLE:
        return _did_not_work(request, HTTPStatus.BAD_GATEWAY)
    return response


def cancelled(request: HttpRequest) -> HttpResponse:
    return render(request, "socialaccount/login_cancelled.html")
