"""Places that are told in words: where the commune's streets are loaded, an address leads to its neighbourhood.

What isn't found stays words: it counts as an answer, is listed with the others, and stands on no map. The words are kept
in any case, apart from the ballot, as all words are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from home.models import Neighbourhood, Street
from home.streets.folding import LANGUAGES, folded, telling
from home.streets.search import located, streets_called
from participation.surveys.answers import Given
from participation.surveys.definitions import SurveyDefinition
from participation.surveys.kinds import Kind

# "rue du Moulin 12 b", "Molenstraat 12/3": the name, then the number of the house with its letter or box
ADDRESS = re.compile(r"^(?P<street>.*?)[\s,]+(?P<number>[0-9]{1,5})(?![0-9]).{0,20}$")


def placed(definition: SurveyDefinition, answers: Mapping[str, Given]) -> dict[str, Given]:
    """Return answers with the neighbourhood of each place whose address is known; neighbourhoods that are none are dropped.

    Asks the database only where a place was told in words, or by its neighbourhood.
    """
    found = dict(answers)
    for key in _places(definition, found):
        given = found[key]
        if "area" in given.value and not Neighbourhood.objects.filter(pk=given.value["area"]).exists():
            given = replace(given, value={"written": True})
        if "written" in given.value:
            area = area_of(given.text)
            given = replace(given, value={"area": area}) if area else given
        if "written" in given.value and not given.text:
            del found[key]
        else:
            found[key] = given
    return found


def _places(definition: SurveyDefinition, answers: Mapping[str, Given]) -> Iterable[str]:
    kinds = {question.key: question.kind for question in definition.questions}
    return [key for key in answers if kinds.get(key) == Kind.PLACE]


def area_of(words: str) -> int | None:
    """Return the number of the neighbourhood of an address, None where that isn't certain.

    A street counts by its whole name, or by what tells it from others beside a number: "the park" is no Park Avenue.
    """
    address = ADDRESS.match(words)
    street, number = (address["street"], int(address["number"])) if address else (words, None)
    said = folded(street).split()
    streets, is_a_guess = streets_called(street)
    if is_a_guess or not said:
        return None
    meant = [each for each in streets if _is_called(each, said, by_telling=number is not None)]
    places = {found.place for found in located(meant, number)}
    (place,) = places if len(places) == 1 else (None,)
    return place.pk if place else None


def _is_called(street: Street, said: list[str], *, by_telling: bool) -> bool:
    names = [name.split() for name in street.search_text.split(LANGUAGES)]
    return said in names or (by_telling and telling(said) in [telling(name) for name in names])
