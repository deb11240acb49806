"""How allauth speaks and decides here. Each method answers a question that allauth asks of its adapter."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.addresses import is_own_path
from home.models import CommuneSettings
from residents.fingerprints import subject_fingerprint
from residents.signing_in import linking, mails
from residents.signing_in.identities import CLAIMS
from residents.signing_in.throttles import TOO_MANY, TOO_MANY_WORDS

WRONG_CODE = _("This code is not right. Look at the last mail, and type its code once more.")
SAID = {
    "account/messages/logged_out.txt": _("You are signed out."),
    "account/messages/password_set.txt": _("Your password is set."),
    "account/messages/password_changed.txt": _("Your password is changed."),
    "mfa/messages/totp_activated.txt": _("Codes of your app are now your second step."),
    "mfa/messages/totp_deactivated.txt": _("Codes of an app are no longer asked for."),
    "mfa/messages/webauthn_added.txt": _("Your passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("Your new recovery codes are ready."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts: mails by the outbox, words of ours, one way in."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "This address and this password do not belong together. Check both, or ask a code."
        ),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("This password is not right."),
        "rate_limited": TOO_MANY_WORDS,
        TOO_MANY: TOO_MANY_WORDS,
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        mails.queue_code(template_prefix.rpartition("/")[2], to=email, context=context)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        mails.queue_notice(template_prefix.rpartition("/")[2], user=user)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Say only what the page doesn't say by itself."""
        words = SAID.get(message_template or "")
        if words or kwargs.get("message"):
            messages.add_message(request, level, str(words or kwargs["message"]))

    def is_safe_url(self, url: str) -> bool:
        return is_own_path(context.request, url)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("my_home")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("welcome")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("my_security")

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Take up the electronic identity that somebody signed in or up with, once they are in."""
        sociallogin = (kwargs.get("signal_kwargs") or {}).get("sociallogin")
        if sociallogin is not None:
            linking.link(request, sociallogin)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """None: to show again who one is, one signs in again (residents.signing_in.decorators)."""
        return []

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return whose tries are counted together. A header with fewer addresses than proxies is not from them."""
        try:
            address: str = super().get_client_ip(request)
        except (ImproperlyConfigured, PermissionDenied):
            address = request.META.get("REMOTE_ADDR") or "unknown"
        return address


def _fernet() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    hashed = (hashlib.sha256(b"second factors " + force_bytes(key)).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in hashed])


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors: secrets are kept encrypted, so that a copy of the database alone makes no codes."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. An app shows another one every 30 seconds."),
    }

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret; one that nobody has, where the key is another than it was: never an empty one."""
        try:
            return _fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def get_totp_issuer(self) -> str:
        return CommuneSettings.load().name

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's name
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def _get_site_name(self) -> str:
        return CommuneSettings.load().both_names


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Electronic identities: they are linked to an account, never become one by themselves, and tell nothing that stays."""

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        """Keep of the identity a trace alone; what it tells of the person goes along until they are signed in."""
        account = sociallogin.account
        heard = account.extra_data.get("userinfo") or {}
        signed = account.extra_data.get("id_token") or {}
        sociallogin.claims = {name: heard.get(name) or signed.get(name) for name in CLAIMS}
        sociallogin.has_two_subjects = bool(heard) and heard.get("sub") != signed.get("sub")
        account.uid, account.extra_data = subject_fingerprint(account.uid), {}
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        sociallogin.token = None
        sociallogin.state["claims"] = sociallogin.claims
        if sociallogin.state.get("process") == "connect":
            raise ImmediateHttpResponse(linking.connect(request, sociallogin))

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
