"""By electronic identity: what a provider says of a person, once they have shown it to the provider."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from residents.models import Method, User, Verification
from residents.signing_in.identities import Identity
from residents.verifying.actions import verify_resident
from residents.verifying.errors import MissingClaimsError, StillValidError, VerificationError


@dataclass(frozen=True)
class Provider:
    name: str
    url: str


def verify_by_openid(user: User, claims: Mapping[str, Any], *, now: datetime | None = None) -> Verification:
    """Make `user` a verified resident by the claims of OpenID Connect: `family_name`, `given_name`, `birthdate`.

    Raises MissingClaimsError when one of them is missing or isn't what the standard says (OpenID Connect Core 5.1:
    a birthdate may have no year), another VerificationError when the person can't be verified. Neither `sub` nor any
    other claim is looked at or kept here.
    """
    family_name, given_name = (_words(claims.get(name)) for name in ("family_name", "given_name"))
    born_on = _day(claims.get("birthdate"))
    if not (family_name and given_name and born_on):
        raise MissingClaimsError
    return verify_resident(
        user=user, method=Method.OPENID, family_name=family_name, given_name=given_name, born_on=born_on, now=now
    )


def take_identity(request: HttpRequest, user: User, identity: Identity) -> None:
    """Verify somebody who has just shown their electronic identity, and tell them how that went.

    Heard from `residents.signing_in.identities`. Who is verified already is told nothing: they came to sign in.
    """
    claims = {
        "family_name": identity.family_name,
        "given_name": identity.given_name,
        "birthdate": identity.born_on.isoformat() if identity.born_on else None,
    }
    try:
        verify_by_openid(user, claims)
    except StillValidError:
        return
    except VerificationError as trouble:
        messages.warning(request, " ".join(trouble.messages))
    else:
        messages.success(request, _("You are a verified resident now."))


def _words(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _day(value: Any) -> date | None:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return day if day.year > 1 else None


def providers() -> list[Provider]:
    """Return the electronic identities that the commune has set up, by allauth's own settings; none as it is delivered."""
    apps = getattr(settings, "SOCIALACCOUNT_PROVIDERS", {}).get("openid_connect", {}).get("APPS", [])
    found = []
    for app in apps:
        try:
            url = reverse("openid_connect_login", args=[app["provider_id"]])
        except (KeyError, NoReverseMatch):
            continue
        found.append(Provider(app.get("name") or app["provider_id"], url))
    return found
