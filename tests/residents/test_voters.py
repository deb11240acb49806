"""One person, one voter: through changes of address, closed accounts and those who come back."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from residents import voters
from residents.models import User, Verification, Voter
from residents.verifying.permissions import is_verified
from residents.voters import detach_voter, follow_address, forget_voters, voter_of
from tests.factories import UserFactory
from tests.residents.verifying.people import verify

pytestmark = pytest.mark.django_db
UNTIL = date(2031, 1, 31)


@pytest.fixture
def merges(monkeypatch: pytest.MonkeyPatch) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """What a feature that counts votes is told."""
    told: list[tuple[uuid.UUID, uuid.UUID]] = []
    monkeypatch.setattr(voters, "_merges", [])
    voters.register_merge(lambda old, new: told.append((old, new)))
    return told


def closed(user: User, until: date | None = UNTIL) -> None:
    detach_voter(user, until)
    User.objects.filter(pk=user.pk).delete()


def moved(user: User, email: str) -> User:
    user.email = email
    user.save()
    follow_address(user)
    return user


def test_an_account_has_one_voter_however_often_it_is_asked_for(resident: User):
    assert voter_of(resident) == voter_of(resident)
    assert Voter.objects.count() == 1


def test_whoever_comes_back_with_the_address_of_a_closed_account_is_the_same_voter():
    first = UserFactory(email="noor@auneval.example")
    key = voter_of(first).key
    closed(first)
    again = voter_of(UserFactory(email="Noor@auneval.example"))
    assert (again.key, again.kept_until) == (key, None)


def test_whoever_comes_back_is_not_verified_until_they_show_their_card_again():
    """Providers give an address that was left to somebody else."""
    first = UserFactory(email="noor@auneval.example")
    verify(first)
    closed(first)
    again = UserFactory(email="noor@auneval.example")
    voter_of(again)
    assert not is_verified(again, on=timezone.localdate())
    verify(again)
    assert is_verified(again, on=timezone.localdate())
    assert Verification.objects.count() == 1


def test_a_closed_account_leaves_no_trace_when_nothing_runs_that_could_be_done_twice(resident: User):
    verify(resident)
    closed(resident, None)
    assert not Voter.objects.exists()
    assert not Verification.objects.exists()


def test_closing_an_account_that_never_counted_leaves_nothing(resident: User):
    closed(resident)
    assert not Voter.objects.exists()


def test_what_closing_leaves_does_not_name_the_clerk(clerk: User, resident: User):
    verify(resident, by=clerk)
    detach_voter(resident, UNTIL)
    assert Verification.objects.get().verified_by is None


def test_a_trace_goes_by_itself_after_its_last_day(resident: User):
    verify(resident)
    closed(resident)
    assert forget_voters(on=UNTIL) == 0
    assert forget_voters(on=UNTIL + timedelta(days=1)) == 1
    assert not Voter.objects.exists()
    assert not Verification.objects.exists()


def test_the_voter_of_a_living_account_is_never_forgotten(resident: User):
    voter_of(resident)
    assert forget_voters(on=date(2099, 1, 1)) == 0


def test_an_account_that_was_removed_without_closing_leaves_a_trace_with_an_end(resident: User, settings: Any):
    voter_of(resident)
    resident.delete()
    assert forget_voters(on=UNTIL) == 0
    assert Voter.objects.get().kept_until == UNTIL + timedelta(days=settings.VOTERS_KEPT_DAYS)


def test_the_voter_follows_a_change_of_address(resident: User):
    key = voter_of(resident).key
    closed(moved(resident, "later@auneval.example"))
    assert voter_of(UserFactory(email="later@auneval.example")).key == key


def test_the_earlier_address_is_nobodys_after_a_change(resident: User):
    before, key = resident.email, voter_of(resident).key
    moved(resident, "later@auneval.example")
    assert voter_of(UserFactory(email=before)).key != key


def test_a_change_to_the_address_of_a_closed_account_makes_both_one_voter(merges: list[Any]):
    old = UserFactory(email="old@auneval.example")
    old_key = voter_of(old).key
    closed(old)
    user = UserFactory()
    own_key = voter_of(user).key
    moved(user, "old@auneval.example")
    assert voter_of(user).key == old_key
    assert merges == [(own_key, old_key)]
    assert Voter.objects.count() == 1


def test_a_verification_goes_along_when_two_voters_become_one(merges: list[Any]):
    old = UserFactory(email="old@auneval.example")
    voter_of(old)
    closed(old)
    user = UserFactory()
    verify(user)
    moved(user, "old@auneval.example")
    assert is_verified(user, on=timezone.localdate())


def test_two_verified_people_stay_two_when_one_takes_the_others_address(merges: list[Any]):
    """A family's mailbox: each has shown their own card."""
    old = UserFactory(email="family@auneval.example")
    verify(old)
    closed(old)
    user = UserFactory()
    verify(user, given_name="Bram")
    own = voter_of(user).key
    moved(user, "family@auneval.example")
    assert voter_of(user).key == own
    assert merges == []
    assert is_verified(user, on=timezone.localdate())


def test_a_person_without_an_address_counts_too_and_two_of_them_are_two():
    people = [User.objects.create_without_address() for _number in range(2)]
    assert voter_of(people[0]).key != voter_of(people[1]).key


def test_addresses_that_are_alike_in_one_way_only_are_two_voters():
    """Case folding makes "ß" and "ss" the same; the accounts' own constraint does not."""
    keys = {voter_of(UserFactory(email=email)).key for email in ("grass@auneval.example", "graß@auneval.example")}
    assert len(keys) == 2


def test_a_merge_is_registered_once():
    def merge(old: uuid.UUID, new: uuid.UUID) -> None: ...

    voters.register_merge(merge)
    voters.register_merge(merge)
    assert voters._merges.count(merge) == 1
    voters._merges.remove(merge)
