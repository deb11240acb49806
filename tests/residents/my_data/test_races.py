"""Two requests at the same moment, with real threads; SQLite writes one after the other by itself."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.utils import timezone

from mailing.models import OutgoingMail
from residents.models import AddressChange, Profile, User
from residents.models.addresses import hash_of
from residents.my_data.addresses import ASKED_PER_DAY, ask_for_change, confirm
from residents.my_data.closing import Reason, close_account
from tests.factories import UserFactory
from tests.moderation.test_races import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="rows are locked on PostgreSQL only"),
]
NEW = "new@auneval.example"


def half_confirmed(user: User, secret: str) -> None:
    now = timezone.now()
    AddressChange.objects.create(
        user=user, email=NEW, old_hash=hash_of(f"old{secret}"), new_hash=hash_of(secret), old_confirmed_at=now
    )


def test_of_eight_people_who_confirm_the_same_address_at_once_one_has_it():
    """Red without the constraint on accounts: eight accounts then have the address."""
    users = [UserFactory() for _number in range(8)]
    for number, user in enumerate(users):
        half_confirmed(user, f"secret{number}")
    raised = at_once([lambda n=number: confirm(secret=f"secret{n}", now=timezone.now()) for number in range(8)])
    assert len(raised) == 7
    assert User.objects.filter(email=NEW).count() == 1


def test_both_ends_that_confirm_at_once_change_the_address():
    """Red without the lock on the wish: each end then sees the other one missing, and nothing changes."""
    for _turn in range(10):
        user, ready = UserFactory(), threading.Barrier(2)
        AddressChange.objects.create(user=user, email=NEW, old_hash=hash_of("old"), new_hash=hash_of("new"))

        def agree(secret: str, ready: threading.Barrier = ready) -> None:
            connection.ensure_connection()
            ready.wait()
            confirm(secret=secret, now=timezone.now())

        assert at_once([lambda: agree("old"), lambda: agree("new")]) == []
        user.refresh_from_db()
        assert user.email == NEW
        user.delete()


def test_asking_at_once_passes_no_limit():
    """Red without the lock on the account: more than five wishes of a day are written to."""
    user = UserFactory()
    at_once(
        [lambda n=n: ask_for_change(user=user, email=f"new{n}@auneval.example", now=timezone.now()) for n in range(10)]
    )
    assert AddressChange.objects.filter(user=user).count() == ASKED_PER_DAY
    assert AddressChange.objects.filter(user=user, is_open=True).count() == 1


def test_an_account_that_is_closed_twice_at_once_says_goodbye_once():
    user = UserFactory()
    Profile.objects.create(user=user)
    raised = at_once(
        [lambda: close_account(user=user, keep=True, reason=Reason.OWN_WISH, now=timezone.now()) for _n in range(4)]
    )
    assert {type(error) for error in raised} == {User.DoesNotExist}
    assert len(raised) == 3
    assert OutgoingMail.objects.filter(kind="account_closed").count() == 1
