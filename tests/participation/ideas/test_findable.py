"""The columns by which ideas are found follow from their words and their place."""

from __future__ import annotations

import pytest

from participation.ideas.cells import DEEPEST, Squares, degrees_at, square_of
from participation.models import Idea
from tests.participation.ideas.making import public_idea

pytestmark = pytest.mark.django_db


def found(typed: str) -> list[str]:
    return [idea.title for idea in Idea.objects.with_words(typed).newest_first()]


def test_words_are_found_without_accents_and_capitals_and_in_the_middle_of_a_word() -> None:
    public_idea(title="L’École du Plateau", text="Un fietspad.")
    for typed in ("ecole", "ÉCOLE", "l'école", "plateau ecole", "pad", "École !"):
        assert found(typed) == ["L’École du Plateau"], typed
    assert found("lycée") == []


def test_signs_that_no_word_has_find_nothing() -> None:
    public_idea()
    assert found("%") == found("_ !") == []
    assert len(found("  ")) == 1


def test_what_is_changed_is_found_by_its_new_words_alone() -> None:
    idea = public_idea(title="Une fontaine")
    idea.title = "Un banc"
    idea.save(update_fields=["title"])
    assert found("fontaine") == []
    assert found("banc") == ["Un banc"]


def test_a_place_that_is_taken_back_leaves_the_map() -> None:
    idea = public_idea(longitude=4.5, latitude=50.5)
    assert list(Idea.objects.on_the_map()) == [idea]
    idea.longitude = idea.latitude = None
    idea.save(update_fields=["longitude", "latitude"])
    assert not Idea.objects.on_the_map().exists()


@pytest.mark.parametrize("place", [(4.5, 50.5), (0.0, 0.0), (-179.9999, 84.9), (179.9999, -84.9), (5.99999, 49.49999)])
def test_a_square_and_its_degrees_name_the_same_place(place: tuple[float, float]) -> None:
    square = square_of(*place)
    longitude, latitude = degrees_at(square.column + 0.5, square.row + 0.5)
    assert longitude == pytest.approx(place[0], abs=1e-4)
    assert latitude == pytest.approx(place[1], abs=1e-4)
    west, south, east, north = (round(degrees, 5) for degrees in Squares(*square, *square).box())
    assert Squares.within((west, south, east, north)) == (*square, *square)


@pytest.mark.parametrize("place", [(180.0, 90.0), (-180.0, -90.0)])
def test_the_ends_of_the_world_are_squares_too(place: tuple[float, float]) -> None:
    square = square_of(*place)
    assert all(0 <= number < 1 << DEEPEST for number in square)
