"""What a session has shown of its person: when they signed in, and whether a second factor was asked and given."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

MFA = "mfa"
SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes only stand in for them


def has_shown_second_factor(request: HttpRequest) -> bool:
    return any(record["method"] == MFA for record in get_authentication_records(request, _person(request)))


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person signed in a short while ago, with their second factor where they have one."""
    records = get_authentication_records(request, _person(request))
    if not any(record["at"] > time.time() - settings.FRESH_SIGN_IN_SECONDS for record in records):
        return False
    return has_shown_second_factor(request) or not is_mfa_enabled(_person(request), SECOND_FACTORS)


def needs_second_factor(request: HttpRequest) -> bool:
    """Whether this is somebody of the staff whose session has not shown a second factor: nothing opens to them then."""
    if not settings.STAFF_SECOND_FACTOR or not request.user.is_authenticated or has_shown_second_factor(request):
        return False
    return bool(request.user.has_perm("wagtailadmin.access_admin"))


def note_second_factor(request: HttpRequest, authenticator: Authenticator) -> None:
    """Note that the person has just set it up, so has it in hand."""
    record_authentication(request, _person(request), MFA, id=authenticator.pk, type=authenticator.type)


def forget_second_factor(request: HttpRequest) -> None:
    """Take back what was shown with a factor that is no more."""
    records = [each for each in get_authentication_records(request, _person(request)) if each["method"] != MFA]
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = records


def _person(request: HttpRequest) -> Any:
    return request.user
