"""Names of streets as they are compared: what people type is never quite what the register writes."""

from __future__ import annotations

import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
# Said by some and left out by others; they tell one street from another only where nothing else does.
FRENCH = """rue r avenue av boulevard boul bd bld place pl chaussee chemin ch allee impasse square sq quai sentier clos
    dreve cours esplanade de du des d la le les l au aux a"""
DUTCH = "straat str laan ln lei plein steenweg stwg weg kaai dreef gang pad hof van den der het ten ter t"
SMALL_WORDS = frozenset((*FRENCH.split(), *DUTCH.split()))
WORD, LANGUAGES = " ", " |"  # begins a word; stands between the two names


def folded(name: str) -> str:
    """Return the words of a name without accents, case, hyphens, apostrophes: "Drève de l'Œuvre" is "dreve de l oeuvre"."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = unicodedata.normalize("NFKD", plain.translate(LIGATURES))
    signs = (sign for sign in plain if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in signs).split())


def searchable(name_fr: str, name_nl: str) -> str:
    """Return both names folded, each word after a space, so that `" moulin"` finds the words that begin so."""
    names = dict.fromkeys(filter(None, (folded(name_fr), folded(name_nl))))
    return LANGUAGES.join(WORD + name for name in names)


def telling(words: list[str]) -> list[str]:
    """Return the words that tell a street from others; all of them where each is a small one ("rue de la")."""
    return [word for word in words if word not in SMALL_WORDS] or words
