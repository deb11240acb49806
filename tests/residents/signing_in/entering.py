"""Going through the doors as a person does: by the pages, the outbox and an app for one-time codes."""

from __future__ import annotations

import re
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from mailing.models import OutgoingMail
from residents.models import User
from tests.factories import PASSWORD

CODE = re.compile(r"\b\d{4}-\d{4}\b")


def address(name: str, code: str = "fr", **kwargs: Any) -> str:
    with override(code):
        return reverse(name, kwargs=kwargs or None)


def ask_for_code(client: Client, email: str, code: str = "fr", **data: Any) -> Any:
    return client.post(address("account_login", code), {"email": email, **data})


def last_mail(email: str) -> OutgoingMail:
    return OutgoingMail.objects.filter(to=email).order_by("pk").last()  # type: ignore[return-value]


def code_in(mail: OutgoingMail) -> str:
    """Return the code of a mail; "" where it holds none."""
    found = CODE.search(mail.text)
    return found.group() if found else ""


def type_code(client: Client, code: str, language: str = "fr", **data: Any) -> Any:
    return client.post(address("account_confirm_login_code", language), {"code": code, **data})


def sign_in_by_code(client: Client, user: User, language: str = "fr", **data: Any) -> Any:
    ask_for_code(client, user.email, language)
    return type_code(client, code_in(last_mail(user.email)), language, **data)


def sign_in_by_password(client: Client, user: User, password: str = PASSWORD, **data: Any) -> Any:
    return client.post(address("account_login_password"), {"login": user.email, "password": password, **data})


def is_in(client: Client, user: User) -> bool:
    """Whether `user` is signed in, and their account still opens something."""
    return client.session.get(SESSION_KEY) == str(user.pk) and client.get(address("my_security")).status_code == 200


def set_up_app(user: User) -> Authenticator:
    return TOTP.activate(user, generate_totp_secret()).instance


def code_of_app(user: User, *, steps: int = 0) -> str:
    """Return what the app shows now, or `steps` of 30 seconds later."""
    app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    return format_hotp_value(hotp_value(decrypt(app.data["secret"]), int(time.time()) // 30 + steps))


def second_step(client: Client, code: str) -> Any:
    return client.post(address("mfa_authenticate"), {"code": code})


def let_time_pass() -> None:
    """Forget what was counted, as ten minutes do."""
    cache.clear()
