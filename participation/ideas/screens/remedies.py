"""What somebody can do who may not take part yet: beside each refusal stands the way out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from participation.ideas import errors
from participation.surveys.errors import RefusedError


@dataclass(frozen=True)
class Refusal:
    """Why something is not for this reader now; `url` and `call` lead to what they can do about it."""

    message: str
    url: str = ""
    call: str = ""
    needs_sign_in: bool = False


def refusal_of(error: RefusedError | None, *, back: str) -> Refusal | None:
    """Return `error` with its remedy. `back` is where somebody comes back to who signs in first."""
    if error is None:
        return None
    if isinstance(error, errors.SignInNeededError):
        return Refusal(str(error), redirect_to_login(back).url, _("Sign in"), needs_sign_in=True)
    if isinstance(error, errors.VerificationNeededError):
        return Refusal(str(error), reverse("my_verification"), _("How to become a verified resident"))
    if isinstance(error, errors.OtherNeighbourhoodError):
        return Refusal(str(error), reverse("my_neighbourhood"), _("I moved"))
    return Refusal(str(error))


def back_to(request: HttpRequest, anchor: str = "") -> Any:
    return f"{request.path}{anchor}"
