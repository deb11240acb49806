"""Keyed traces of a person: enough to know them again, not enough to know who they are.

HMAC-SHA256 under a key of its own (FINGERPRINT_KEY), so that a copy of the database alone can't be tried against lists
of names or addresses. Changing the key makes every fingerprint worthless: it is set once. Where none is set, it is
derived from SECRET_KEY.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from datetime import date

from django.conf import settings


def keyed(kind: str, *parts: str) -> str:
    """Return the trace of some words under the portal's key, in hexadecimal; the same words of another kind have another."""
    words = "\x1f".join((kind, *parts)).encode()
    key = settings.FINGERPRINT_KEY or f"fingerprints {settings.SECRET_KEY}"
    return hmac.new(key.encode(), words, hashlib.sha256).hexdigest()


def folded(name: str) -> str:
    """Return a name without case, accents, hyphens, apostrophes and spaces: "De l'Épine" is "delepine"."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def address_fingerprint(email: str) -> str:
    """Return the trace of an e-mail address, whatever its case."""
    return keyed("address", email.strip().casefold())


def subject_fingerprint(subject: str) -> str:
    """Return the trace of who somebody is to the provider of their electronic identity: it may be a national number."""
    return keyed("subject", subject)


def person_fingerprint(*, family_name: str, given_name: str, born_on: date, namesake: int = 0) -> str:
    """Return the trace of a person, the same by letter, at the counter and by electronic identity.

    Of several given names the first counts. `namesake` tells apart people who share all three; a clerk gives it.
    """
    first = given_name.replace(",", " ").split()
    return keyed("person", folded(family_name), folded(first[0] if first else ""), born_on.isoformat(), str(namesake))


def code_fingerprint(code: str, *, letter: int) -> str:
    """Return the trace of a letter's code: the same code in another letter has another one."""
    return keyed("letter", str(letter), code)


def counter_check(account: int) -> int:
    """Return six digits that go with an account's number at the counter, so that no other number can be made up."""
    return int(keyed("counter", str(account))[:12], 16) % 1_000_000
