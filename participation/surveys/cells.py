"""What is counted of an answer: the cells of the tallies.

`ballots` of the survey as a whole (question ""). Of each question: `seen` by how many it was shown to, `answered`,
`no_opinion`; who saw it and did neither left it open. Of the answers: `mark:<id>`, `point:<point>`, `number:<number>`,
`date:<day>`, `rank:<id>:<rank>`, `row:<id>:<point>`, `near:<longitude>:<latitude>` for a place: the middle of the
square that it lies in, some 500 m wide in our latitudes; `area:<neighbourhood>` where no more is known of it, `words`
where nothing but words are. Of texts only how many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from math import floor
from typing import Any

from participation.surveys.answers import Given

WHOLE = ""
BALLOTS, SEEN, ANSWERED, NO_OPINION_CELL, WORDS = "ballots", "seen", "answered", "no_opinion", "words"
Cell = tuple[str, str]
SQUARE = (Decimal("0.0070"), Decimal("0.0045"))  # degrees of longitude and of latitude


def cells_of(seen: Iterable[str], answers: Mapping[str, Mapping[str, Any]]) -> set[Cell]:
    """Return what one ballot adds one to: pairs of question and cell. `answers` are as a ballot keeps them."""
    found: set[Cell] = {(WHOLE, BALLOTS)}
    for key in seen:
        found.add((key, SEEN))
        if key in answers:
            found |= {(key, cell) for cell in cells_of_answer(Given(answers[key]))}
    return found


def cells_of_answer(given: Given) -> set[str]:
    if given.is_no_opinion:
        return {NO_OPINION_CELL}
    value = given.value
    found = {ANSWERED}
    found |= {WORDS} if value.get("written") else set()
    found |= {f"area:{value['area']}"} if "area" in value else set()
    found |= {f"mark:{mark}" for mark in value.get("marks", ())}
    found |= {f"{name}:{value[name]}" for name in ("point", "number", "date") if name in value}
    found |= {f"rank:{option}:{rank}" for rank, option in enumerate(value.get("ranking", ()), 1)}
    found |= {f"row:{row}:{point}" for row, point in value.get("rows", {}).items()}
    if "place" in value:
        found.add("near:" + ":".join(map(_middle, value["place"], SQUARE)))
    return found


def _middle(degrees: float, width: Decimal) -> str:
    return format((floor(Decimal(str(degrees)) / width) + Decimal("0.5")) * width, ".5f")
