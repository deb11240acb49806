"""allauth's mails, by the outbox, in our words: codes for the recipient's eyes alone, and notices of what has changed."""

from __future__ import annotations

import uuid
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from home.addresses import absolute
from home.languages import active_language
from mailing.actions import queue_mail
from mailing.kinds import register_kind
from residents.languages import language_of

CODE_KIND, NOTICE_KIND = "sign_in", "account_security"
FOLDER = "residents/signing_in/mails"
# By the last part of allauth's own template, what the notice says
NOTICES = {
    "password_set": _("A password was set for your account."),
    "password_changed": _("The password of your account was changed."),
    "password_removed": _("The password of your account was removed."),
    "totp_activated": _("One-time codes of an app were added as your second step."),
    "totp_deactivated": _("One-time codes of an app were removed from your account."),
    "webauthn_added": _("A passkey was added to your account."),
    "webauthn_removed": _("A passkey was removed from your account."),
    "recovery_codes_generated": _("New recovery codes were made for your account; the earlier ones no longer work."),
    "account_connected": _("An electronic identity was linked to your account."),
    "account_disconnected": _("The electronic identity was unlinked from your account."),
    "second_factor_removed": _("At your request, the commune removed the second step of your account."),
}


def register_kinds() -> None:
    register_kind(CODE_KIND, _("Code or link to sign in"))
    register_kind(NOTICE_KIND, _("Notice that the way of signing in has changed"))


def queue_code(name: str, *, to: str, context: dict[str, Any]) -> None:
    """Write to an address in the language of the page on which somebody typed it, whoever that was."""
    code = active_language()
    queue_mail(
        key=f"{CODE_KIND}:{uuid.uuid4()}",
        kind=CODE_KIND,
        to=to,
        language=code,
        template=f"{FOLDER}/{name}",
        context={
            **context,
            "sign_up_url": absolute(reverse("account_signup")),
            "sign_in_url": absolute(reverse("account_login")),
        },
        user=context.get("user"),
        private=True,
    )


def queue_notice(name: str, *, user: Any) -> None:
    """Tell a person, in their language, what has changed; nobody without an address is written to."""
    if not user.email:
        return
    code = language_of(user)
    with override(code):
        address = absolute(reverse("my_security"))
    queue_mail(
        key=f"{NOTICE_KIND}:{uuid.uuid4()}",
        kind=NOTICE_KIND,
        to=user.email,
        language=code,
        template=f"{FOLDER}/notice",
        context={"what": NOTICES[name], "security_url": address},
        user=user,
    )
