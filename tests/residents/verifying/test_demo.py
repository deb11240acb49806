"""The demo's verified residents and letters, with as many residents as there are."""

from __future__ import annotations

import pytest

from portal.demo.verifications import load_verifications
from residents.models import Letter, LetterSettings, Method, User, Verification
from tests.factories import NeighbourhoodFactory, UserFactory, resident_of

pytestmark = pytest.mark.django_db


def test_a_share_of_the_residents_is_verified_by_every_way_and_four_letters_wait(clerk: User):
    place = NeighbourhoodFactory()
    for _number in range(40):
        resident_of(place)
    load_verifications(clerk)
    assert set(Verification.objects.values_list("method", flat=True)) == set(Method.values)
    assert Verification.objects.count() == 12
    assert [letter.is_waiting for letter in Letter.objects.all()] == [True] * 4
    assert set(Letter.objects.values_list("language", flat=True)) == {"fr", "nl"}
    assert LetterSettings.load().known_postcodes == ["1499"]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_few_residents_are_enough(count: int, clerk: User):
    place = NeighbourhoodFactory()
    for _number in range(count):
        resident_of(place)
    UserFactory()  # lives nowhere yet
    load_verifications(clerk)
    assert Letter.objects.count() == count
