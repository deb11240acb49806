"""A person as their identity card has them, and how tests verify them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from residents.models import Letter, Method, User, Verification
from residents.verifying.actions import verify_resident
from residents.verifying.counter import Card
from residents.verifying.letters import Addressee, ask_letter, print_letters

# Words that stand nowhere else in the tests, so that they can be looked for in every table.
PERSON: dict[str, Any] = {
    "family_name": "Zwarteveld-Ourthe",
    "given_name": "Zénobie Marie",
    "born_on": date(1957, 3, 29),
}
CARD = Card(**PERSON)
HOME = {"street": "Rue des Xylophones 73", "postcode": "1499", "town": "Auneval"}
TYPED = {**PERSON, "born_on": "29/03/1957"}


def verify(user: User, *, method: Method = Method.OPENID, **changes: Any) -> Verification:
    options = {name: changes.pop(name) for name in ("by", "namesake", "is_correction", "now") if name in changes}
    return verify_resident(user=user, method=method, **{**PERSON, **changes}, **options)


def ask(user: User, *, now: datetime | None = None, **changes: Any) -> Letter:
    return ask_letter(user=user, addressee=Addressee(**{**PERSON, **HOME, **changes}), now=now or timezone.now())


def printed(user: User, *, by: User, now: datetime | None = None, **changes: Any) -> str:
    """Ask for a letter, print it, and return its code: the paper is in the letterbox."""
    letter = ask(user, now=now, **changes)
    _batch, letters = print_letters(letters=[letter.pk], by=by, now=now or timezone.now())
    return letters[0].code


def days(count: int) -> datetime:
    return timezone.now() + timedelta(days=count)


def wrong(code: str) -> str:
    """Return a code that isn't `code`."""
    return code[:-1] + ("B" if code[-1] != "B" else "C")
