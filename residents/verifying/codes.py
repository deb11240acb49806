"""The codes in letters: made when they are printed, typed in by the resident, kept by nobody.

Ten signs of twenty-five: 9.5 × 10^13 codes, of which five may be tried. There are no vowels, so that no code makes a
word, and no 0, 1, 2, 5 and 8, which are read as O, I, Z, S and B.
"""

from __future__ import annotations

import hmac
import secrets

from residents.fingerprints import code_fingerprint
from residents.models import Letter

ALPHABET = "BCDFGHJKMNPQRSTVWXYZ34679"
GROUPS = (3, 3, 4)
LENGTH = sum(GROUPS)


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _sign in range(LENGTH))


def grouped(code: str) -> str:
    """Return a code as it is printed: "BCD FGH JKMN"."""
    first, second, _third = GROUPS
    return " ".join((code[:first], code[first : first + second], code[first + second :]))


def cleaned(typed: str) -> str:
    """Return what was typed in capitals, without spaces, hyphens and points."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def matches(letter: Letter, typed: str) -> bool:
    """Whether this is the letter's code, in a time that tells nothing about it."""
    return hmac.compare_digest(letter.code_hash, code_fingerprint(cleaned(typed), letter=letter.pk))
