"""Where a resident lives, and the neighbourhoods that they follow: kept once, and nobody else's affair."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from wagtail.models import ReferenceIndex

from residents.models import Follow, Residency
from residents.querysets import neighbourhoods_of, staff
from tests.factories import NeighbourhoodFactory, UserFactory, resident_of

pytestmark = pytest.mark.django_db


def test_a_resident_has_the_neighbourhood_where_they_live_and_those_that_they_follow():
    home, followed, other = NeighbourhoodFactory.create_batch(3)
    assert set(neighbourhoods_of(resident_of(home, following=[followed]))) == {home, followed}
    assert set(neighbourhoods_of(resident_of(other, following=[other]))) == {other}


def test_who_told_no_neighbourhood_has_none():
    NeighbourhoodFactory()
    for user in (AnonymousUser(), UserFactory(), resident_of(None)):
        assert not neighbourhoods_of(user).exists()


def test_a_closed_account_has_none():
    user = resident_of(NeighbourhoodFactory())
    user.is_active = False
    assert not neighbourhoods_of(user).exists()


def test_a_neighbourhood_is_followed_once():
    place = NeighbourhoodFactory()
    user = resident_of(None, following=[place])
    with pytest.raises(IntegrityError), transaction.atomic():
        Follow.objects.create(user=user, neighbourhood=place)


def test_nobody_lives_in_two_places():
    user = resident_of(NeighbourhoodFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        Residency.objects.create(user=user, neighbourhood=NeighbourhoodFactory())


def test_a_neighbourhood_that_goes_leaves_its_residents_to_choose_again():
    place = NeighbourhoodFactory()
    user, follower = resident_of(place), resident_of(None, following=[place])
    place.delete()
    assert Residency.objects.get(user=user).neighbourhood is None
    assert not Follow.objects.filter(user=follower).exists()


def test_an_account_that_goes_takes_along_where_it_lived_and_what_it_followed():
    place = NeighbourhoodFactory()
    resident_of(place, following=[place]).delete()
    assert not Residency.objects.exists()
    assert not Follow.objects.exists()


def test_the_usage_of_a_neighbourhood_in_the_admin_names_no_resident():
    place = NeighbourhoodFactory()
    resident_of(place, following=[place])
    for model in (Residency, Follow):
        assert not ReferenceIndex.model_is_indexable(model)
    assert not ReferenceIndex.get_references_to(place).exists()


def test_staff_is_whoever_may_enter_the_admin(editor, desk, clerk, participation_officer, administrator, resident):
    superuser = UserFactory(is_superuser=True)
    assert set(staff()) == {editor, desk, clerk, participation_officer, administrator, superuser}
    assert all(person.has_perm("wagtailadmin.access_admin") for person in staff())
    desk.is_active = False
    desk.save()
    assert desk not in staff()
