"""Two tabs at the same moment, with real threads."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from residents.models import Follow, Profile, Residency
from residents.my_home.actions import note_welcome, settle
from tests.conftest import set_up_commune
from tests.factories import DepartmentFactory, NeighbourhoodFactory, resident_of
from tests.moderation.test_races import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after the other by itself"),
]


@pytest.mark.parametrize("value", ["neighbourhood:canal", "department:roads", "news_kind:caring"])
def test_eight_presses_at_once_keep_one_row_and_none_fails(value):
    """Red without the constraints of `Follow`: it then keeps seven or eight rows, and some presses fail."""
    set_up_commune()
    NeighbourhoodFactory(slug="canal")
    DepartmentFactory(slug="roads")
    user = resident_of(None)
    clients = [Client() for _number in range(8)]
    for client in clients:
        client.force_login(user)
    answers: list[int] = []
    jobs = [lambda c=client: answers.append(c.post("/fr/suivre/", {"follow": value}).status_code) for client in clients]
    assert at_once(jobs) == []
    assert set(answers) == {302}
    assert Follow.objects.filter(user=user).count() == 1


def test_moving_in_two_tabs_at_once_leaves_one_home():
    set_up_commune()
    places = NeighbourhoodFactory.create_batch(8)
    user = resident_of(None)
    Residency.objects.all().delete()
    assert at_once([lambda p=place: settle(user=user, neighbourhood=p) for place in places]) == []
    assert Residency.objects.get(user=user).neighbourhood in places


def test_who_is_welcomed_in_two_tabs_at_once_has_one_profile():
    set_up_commune()
    user = resident_of(None)
    assert at_once([lambda: note_welcome(user=user, now=timezone.now())] * 8) == []
    assert Profile.objects.get(user=user).welcomed_at
