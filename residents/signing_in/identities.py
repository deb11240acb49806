"""Electronic identities (itsme, CSAM), by OpenID Connect: what is heard of a person, who is told, and what is kept.

Who wants to know (the verification of residents) registers in `ready()`; the person's name and date of birth are
handed on at that moment, and kept nowhere. Of the identity itself a keyed trace stays, to know it again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from residents.models import User

CLAIMS = ("family_name", "given_name", "birthdate")


def identity_name() -> str:
    """Return what the commune calls its provider of electronic identities; "" where it has none."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return str(apps[0]["name"]) if apps else ""


@dataclass(frozen=True)
class Identity:
    """A person as their electronic identity says; `born_on` is None where the provider does not tell the whole date.

    `subject` is the keyed trace of what the provider calls them by.
    """

    subject: str
    family_name: str
    given_name: str
    born_on: date | None

    @classmethod
    def of(cls, subject: str, claims: dict[str, Any]) -> Identity:
        family_name, given_name, born = (str(claims.get(name) or "").strip() for name in CLAIMS)
        try:
            born_on = date.fromisoformat(born)
        except ValueError:
            born_on = None
        return cls(subject, family_name, given_name, born_on)


Listener = Callable[[HttpRequest, User, Identity], None]
_listeners: list[Listener] = []


def register(listener: Listener) -> None:
    """Have `listener(request, user, identity)` called when somebody has shown who they are, and is signed in."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(request: HttpRequest, user: User, identity: Identity) -> None:
    for listener in _listeners:
        listener(request, user, identity)
