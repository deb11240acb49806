"""What residents are told by mail. None of these names the person: the mails outlive the details."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from home.addresses import absolute
from mailing.actions import queue_mail
from mailing.kinds import register_kind
from residents.languages import language_of
from residents.models import User, Verification


def register_kinds() -> None:
    register_kind("verified", _("Verified resident"))
    register_kind("letter_refused", _("Letter not sent"))


def tell_verified(*, user: User, verification: Verification) -> None:
    """Tell the person that they are verified, how, and until when: a verification they know nothing of is an alarm."""
    moment = f"{verification.verified_at:%Y%m%d%H%M%S}"
    _tell(user, kind="verified", about=f"{verification.voter_id}:{moment}", context={"verification": verification})


def tell_letter_refused(*, user: User, about: str) -> None:
    """Tell the person that no letter comes, and to come to the counter."""
    _tell(user, kind="letter_refused", about=about, context={})


def _tell(user: User, *, kind: str, about: str, context: dict[str, Any]) -> None:
    if not user.email:
        return
    language = language_of(user)
    with override(language):
        address = absolute(reverse("my_verification"))
    queue_mail(
        key=f"{kind}:{about}",
        kind=kind,
        to=user.email,
        language=language,
        template=f"residents/mails/{kind}",
        context={"address": address, **context},
        user=user,
    )
