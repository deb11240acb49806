"""Things exist once and carry their names in two columns, `<field>_fr` and `<field>_nl`."""

from typing import Any

from django.utils.translation import get_language

LANGUAGE_CODES = ("fr", "nl")


def active_language() -> str:
    """Return the code of the reader's language, "fr" or "nl"."""
    code = (get_language() or "fr")[:2]
    return code if code in LANGUAGE_CODES else "fr"


def other_language(code: str) -> str:
    return "nl" if code == "fr" else "fr"


def in_active_language(thing: Any, field: str) -> str:
    """Return the reader's one of `field_fr` and `field_nl`; the other one where it is empty."""
    code = active_language()
    text: str = getattr(thing, f"{field}_{code}")
    return text or getattr(thing, f"{field}_{other_language(code)}")
