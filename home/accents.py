"""Words looked for in what people wrote, whatever their accents and case: "ecole" finds "École", on both databases.

A pattern says it, so that neither an extension nor a column beside the text is needed. PostgreSQL's own `~*` and Python's
`re`, by which Django searches on SQLite, read it alike.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from django.db.models import Q

LIGATURES = {"œ": "oe", "æ": "ae", "ĳ": "ij"}
MOST_WORDS, LONGEST = 8, 60  # of a search; signs of a word
MARKS = "[\u0300-\u036f]*"  # accents that stand apart from their letter, as some computers write them
LETTERS = [chr(code) for code in (*range(0xC0, 0x180), *range(0x1E00, 0x1F00))]


@cache
def _variants() -> dict[str, str]:
    """Return each plain letter with the accented ones of both cases."""
    found: dict[str, str] = {}
    for letter in LETTERS:
        plain = unicodedata.normalize("NFD", letter)[0].lower()
        if plain.isascii() and plain.isalpha():
            found[plain] = found.get(plain, plain + plain.upper()) + letter
    return found


def plain(text: str) -> str:
    """Return a text in small letters without accents and ligatures."""
    lowered = "".join(LIGATURES.get(sign, sign) for sign in text.lower())
    return "".join(sign for sign in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(sign))


def pattern(word: str) -> str:
    """Return a regular expression that finds `word` within a text; other signs stand for themselves."""
    signs, found, at = plain(word)[:LONGEST], [], 0
    while at < len(signs):
        pair = signs[at : at + 2]
        ligature = next((sign for sign, letters in LIGATURES.items() if letters == pair), "")
        if ligature:
            found.append(f"(?:{_one(pair[0])}{_one(pair[1])}|[{ligature}{ligature.upper()}])")
            at += 2
        else:
            found.append(_one(signs[at]))
            at += 1
    return "".join(found)


def _one(sign: str) -> str:
    if sign in _variants():
        return f"[{_variants()[sign]}]{MARKS}"
    return sign if sign.isalnum() or sign == "_" else f"\\{sign}"


def written_in(field: str, typed: str) -> Q:
    """Return the condition that every word of `typed` stands somewhere in `field`."""
    found = Q()
    for word in filter(None, map(pattern, typed.replace("\x00", " ").split()[:MOST_WORDS])):
        found &= Q(**{f"{field}__iregex": word})
    return found
