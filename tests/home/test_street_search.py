"""A street is found by what people type of its name, and a house by its number."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from home.streets.folding import folded
from home.streets.forms import HouseNumberField
from home.streets.search import located, streets_called
from tests.factories import NeighbourhoodFactory, street_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def streets(db: None) -> None:
    for name_fr, name_nl in (
        ("rue du Moulin", "Molenstraat"),
        ("rue du Moulin à Vent", "Windmolenstraat"),
        ("place de l’Œuvre", "Werkplein"),
        ("drève des Charmes-Noirs", "Zwarte-Haagbeukendreef"),
        ("rue de l’Église", "Kerkstraat"),
        ("avenue Reine Élisabeth", ""),
    ):
        street_in(name_fr=name_fr, name_nl=name_nl)


def found(typed: str) -> list[str]:
    return [street.name_fr for street in streets_called(typed)[0]]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("rue du Moulin", "rue du Moulin"),
        ("moulin", "rue du Moulin"),
        ("MOUL", "rue du Moulin"),
        ("r. du moulin", "rue du Moulin"),
        ("Molenstraat", "rue du Moulin"),
        ("molen straat", "rue du Moulin"),
        ("molenstr.", "rue du Moulin"),
        ("moulin a vent", "rue du Moulin à Vent"),
        ("windmolen", "rue du Moulin à Vent"),
        ("oeuvre", "place de l’Œuvre"),
        ("Place de l'œuvre", "place de l’Œuvre"),
        ("charmes noirs", "drève des Charmes-Noirs"),
        ("zwarte haagbeuken", "drève des Charmes-Noirs"),
        ("eglise", "rue de l’Église"),
        ("Av. Reine Elisabeth", "avenue Reine Élisabeth"),
        ("beuken", "drève des Charmes-Noirs"),
    ],
)
def test_a_street_is_found_whatever_its_accents_hyphens_case_and_small_words(streets, typed, first):
    assert found(typed)[0] == first
    assert streets_called(typed)[1] is False


def test_the_whole_name_comes_before_a_longer_one(streets):
    assert found("moulin") == ["rue du Moulin", "rue du Moulin à Vent"]
    assert found("straat")


@pytest.mark.parametrize(("typed", "meant"), [("mouiln", "rue du Moulin"), ("Kerkstaat", "rue de l’Église")])
def test_a_slip_of_the_pen_is_forgiven_and_said_to_be_a_guess(streets, typed, meant):
    guesses, is_a_guess = streets_called(typed)
    assert (guesses[0].name_fr, is_a_guess) == (meant, True)


@pytest.mark.parametrize("typed", ["", "   ", "---", "’", "xyzzy", "%", "_", "zz%in", "😀"])
def test_what_is_no_street_finds_none(streets, typed):
    assert found(typed) == []


@settings(max_examples=200)
@given(st.text())
def test_folding_a_folded_name_changes_nothing(name):
    assert folded(folded(name)) == folded(name)
    assert all(sign.isalnum() or sign == " " for sign in folded(name))


@pytest.mark.parametrize(
    ("typed", "number"),
    [("12", 12), (" 12A", 12), ("12 bte 3", 12), ("12/0003", 12), ("12-14", 12), ("0", 0), ("", None), (" ", None)],
)
def test_a_house_number_is_read_however_its_box_is_written(typed, number):
    assert HouseNumberField(required=False).clean(typed) == number


def test_a_house_is_led_to_the_neighbourhood_of_its_side_and_number():
    canal, gare = NeighbourhoodFactory(code="canal"), NeighbourhoodFactory(code="gare")
    street = street_in((canal, 1, 99, "odd"), (gare, 2, 98, "even"), (gare, 100, 140, "both"))
    places = {number: located([street], number)[0].place for number in (1, 99, 2, 98, 100, 101, 140)}
    assert places == {1: canal, 99: canal, 2: gare, 98: gare, 100: gare, 101: gare, 140: gare}


@pytest.mark.parametrize(
    ("number", "problem"), [(None, "number wanted"), (141, "number unknown"), (0, "number unknown"), (5, "")]
)
def test_what_is_not_known_of_a_house_has_a_name(number, problem):
    canal, gare = NeighbourhoodFactory(), NeighbourhoodFactory()
    (found_street,) = located([street_in((canal, 1, 57), (gare, 58, 140))], number)
    assert found_street.problem == problem
    assert (found_street.place is None) == bool(problem)
    assert set(found_street.places) == {canal, gare}


def test_a_street_within_one_neighbourhood_needs_no_number():
    canal = NeighbourhoodFactory()
    assert located([street_in((canal, 1, 57))], None)[0].place == canal


def test_a_street_without_sections_says_so():
    assert located([street_in()], 5)[0].has_no_sections


def test_many_streets_are_located_by_as_few_questions_as_one(django_assert_num_queries):
    streets = [street_in((NeighbourhoodFactory(),)) for _number in range(8)]
    with django_assert_num_queries(2):
        located(streets, 3)
