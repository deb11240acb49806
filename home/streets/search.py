"""Which street somebody means, and in which neighbourhood their house stands."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import Prefetch, QuerySet

from home.models import Neighbourhood, Street, StreetSection
from home.streets.folding import LANGUAGES, WORD, folded, telling

SHOWN = 8  # streets that a reader chooses from
COMPARED = 400  # of the streets that match; who typed one letter gets the first of them
MOST_WORDS = 8
NEARLY = 0.8  # how alike a mistyped name is to the one that was meant, from 0 to 1
SHORTEST_WITHIN = 3  # letters of a word that is looked for within others
SHORTEST_GUESS = 4  # letters; of fewer, everything is a little like everything


@dataclass(frozen=True)
class Found:
    """A street that was meant, and where its house `number` stands: in `place`, or not known because of `problem`."""

    street: Street
    number: int | None
    place: Neighbourhood | None
    places: tuple[Neighbourhood, ...]
    problem: str = ""

    @property
    def has_no_sections(self) -> bool:
        return self.problem == "no sections"

    @property
    def needs_a_number(self) -> bool:
        return self.problem == "number wanted"

    @property
    def is_outside(self) -> bool:
        return self.problem == "number unknown"


def streets_called(typed: str) -> tuple[list[Street], bool]:
    """Return the streets that `typed` may mean, the likeliest first, and whether they are only nearly called so.

    Every word counts, by its beginning; then anywhere within the name ("molen" in "Windmolenstraat"); then a slip of
    the pen is forgiven.
    """
    words = folded(typed).split()[:MOST_WORDS]
    if not words:
        return [], False
    streets = Street.objects.order_by("name_fr", "code")
    wanted = telling(words)
    for before, shortest in ((WORD, 1), ("", SHORTEST_WITHIN)):
        if min(map(len, wanted)) < shortest:
            continue
        found = list(_with_all(streets, wanted, before)[:COMPARED])
        if found:
            return sorted(found, key=lambda street: _rank(street, words))[:SHOWN], False
    return _nearly(streets, "".join(wanted)), True


def _with_all(streets: QuerySet[Street], words: list[str], before: str) -> QuerySet[Street]:
    for word in words:
        streets = streets.filter(search_text__contains=before + word)
    return streets


def _names(street: Street) -> list[list[str]]:
    return [name.split() for name in street.search_text.split(LANGUAGES)]


def _rank(street: Street, words: list[str]) -> tuple[int, int, str]:
    """The same name first, then the same telling words, then what begins so; within each, the fewest words missing."""
    names, wanted = _names(street), telling(words)
    if words in names:
        order = 0
    elif any(telling(name) == wanted for name in names):
        order = 1
    else:
        order = 2 if any(telling(name)[0].startswith(wanted[0]) for name in names) else 3
    missing = min(len(set(words) - set(name)) for name in names)
    return order, missing, street.name_fr


def _nearly(streets: QuerySet[Street], wanted: str) -> list[Street]:
    if len(wanted) < SHORTEST_GUESS:
        return []
    matcher, likely = SequenceMatcher(b=wanted, autojunk=False), []
    for street in streets:
        alike = max(_likeness(matcher, "".join(telling(name))) for name in _names(street))
        if alike >= NEARLY:
            likely.append((-alike, street.name_fr, street.pk, street))
    return [street for *_order, street in sorted(likely)[:SHOWN]]


def _likeness(matcher: SequenceMatcher[str], name: str) -> float:
    matcher.set_seq1(name)
    if matcher.real_quick_ratio() < NEARLY or matcher.quick_ratio() < NEARLY:
        return 0
    return matcher.ratio()


def located(streets: list[Street], number: int | None) -> list[Found]:
    """Say of each street in which neighbourhood its house `number` stands, in one query for all."""
    sections: dict[int, list[StreetSection]] = {street.pk: [] for street in streets}
    places = Prefetch("neighbourhood", Neighbourhood.objects.drawn())
    for section in StreetSection.objects.filter(street__in=sections).prefetch_related(places):
        sections[section.street_id].append(section)
    return [_located(street, sections[street.pk], number) for street in streets]


def _located(street: Street, sections: list[StreetSection], number: int | None) -> Found:
    places = tuple(dict.fromkeys(section.neighbourhood for section in sections))
    here = next((section.neighbourhood for section in sections if number is not None and section.holds(number)), None)
    if not sections:
        problem = "no sections"
    elif here or (number is None and len(places) == 1):
        return Found(street, number, here or places[0], places)
    else:
        problem = "number wanted" if number is None else "number unknown"
    return Found(street, number, None, places, problem)
