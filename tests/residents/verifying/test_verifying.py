"""The one act in which every way ends."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from mailing.models import OutgoingMail
from residents import voters
from residents.fingerprints import folded, person_fingerprint
from residents.models import Method, Residency, User, Verification, Voter
from residents.verifying.actions import years_after
from residents.verifying.errors import HeldByAnotherError, OtherPersonError, OwnAccountError, StillValidError
from residents.verifying.permissions import is_verified, is_verified_in
from residents.voters import detach_voter, voter_of
from tests.factories import NeighbourhoodFactory, UserFactory
from tests.residents.verifying.people import days, verify

TODAY = timezone.localdate
WAYS = list(Method)
pytestmark = pytest.mark.django_db


def test_a_verified_resident_is_one_until_the_last_day_and_no_longer(resident: User, settings: Any):
    settings.VERIFICATION_YEARS = 4
    until = verify(resident).valid_until
    assert until == years_after(TODAY(), 4)
    assert is_verified(resident, on=until)
    assert not is_verified(resident, on=until + timedelta(days=1))


def test_the_day_that_most_years_lack_becomes_the_next():
    assert years_after(date(2028, 2, 29), 3) == date(2031, 3, 1)
    assert years_after(date(2028, 2, 29), 4) == date(2032, 2, 29)


def test_neither_a_visitor_nor_a_blocked_account_is_verified(resident: User):
    verify(resident)
    resident.is_active = False
    resident.save()
    assert not is_verified(resident, on=TODAY())
    assert not is_verified(AnonymousUser(), on=TODAY())


def test_a_blocked_account_is_not_verified_anew():
    with pytest.raises(PermissionDenied):
        verify(UserFactory(is_active=False))


def test_a_resident_is_verified_in_the_neighbourhood_where_they_live_only(resident: User):
    here, there = NeighbourhoodFactory(), NeighbourhoodFactory()
    Residency.objects.create(user=resident, neighbourhood=here)
    assert not is_verified_in(resident, [here], on=TODAY())
    verify(resident)
    assert is_verified_in(resident, [here, there], on=TODAY())
    assert not is_verified_in(resident, [there], on=TODAY())


@pytest.mark.parametrize("first", WAYS)
@pytest.mark.parametrize("second", WAYS)
def test_a_person_is_verified_in_one_account_whatever_the_ways(first: Method, second: Method, clerk: User):
    verify(UserFactory(), method=first)
    late = UserFactory()
    with pytest.raises(HeldByAnotherError):
        verify(late, method=second, by=clerk if second == Method.COUNTER else None)
    assert not is_verified(late, on=TODAY())
    assert Verification.objects.count() == 1


@pytest.mark.parametrize(
    ("family_name", "given_name"),
    [
        ("ZWARTEVELD OURTHE", "zenobie"),
        ("Zwarteveld-Ourthe", "Zénobie, Marie, Louise"),
        (" zwarteveld-ourthe ", "Zénobie"),
    ],
)
def test_case_accents_hyphens_and_further_names_make_no_other_person(family_name: str, given_name: str):
    verify(UserFactory())
    with pytest.raises(HeldByAnotherError):
        verify(UserFactory(), family_name=family_name, given_name=given_name)


def test_a_namesake_is_verified_beside_the_other(clerk: User):
    first, second = UserFactory(), UserFactory()
    verify(first)
    verify(second, method=Method.COUNTER, by=clerk, namesake=1)
    assert is_verified(first, on=TODAY())
    assert is_verified(second, on=TODAY())
    assert voter_of(first).key != voter_of(second).key


def test_a_namesake_renews_by_another_way_without_being_told_apart_again(clerk: User):
    verify(UserFactory())
    second = UserFactory()
    trace = verify(second, method=Method.COUNTER, by=clerk, namesake=1, now=days(-4 * 365)).fingerprint
    assert verify(second, method=Method.OPENID).fingerprint == trace


def test_a_verification_that_lasts_is_not_done_twice(resident: User, clerk: User):
    verify(resident)
    with pytest.raises(StillValidError):
        verify(resident, method=Method.COUNTER, by=clerk)
    assert Verification.objects.get().method == Method.OPENID


@pytest.mark.parametrize("years_ago", [4 * 365 - 100, 4 * 365 + 40])
def test_one_that_ends_soon_or_has_ended_is_renewed_from_today(resident: User, clerk: User, years_ago: int):
    key = voter_of(resident).key
    verify(resident, now=days(-years_ago))
    renewed = verify(resident, method=Method.COUNTER, by=clerk)
    assert renewed.valid_until == years_after(TODAY(), 4)
    assert (renewed.method, renewed.verified_by) == (Method.COUNTER, clerk)
    assert voter_of(resident).key == key


def test_an_account_is_not_passed_on_to_another_person(resident: User):
    verify(resident)
    with pytest.raises(OtherPersonError):
        verify(resident, given_name="Bram")


def test_a_clerk_corrects_details_that_were_wrong_and_the_wrong_ones_are_free_again(resident: User, clerk: User):
    wrong = verify(resident, family_name="Zwarteveldt").fingerprint
    right = verify(resident, method=Method.COUNTER, by=clerk, is_correction=True).fingerprint
    assert right != wrong
    verify(UserFactory(), family_name="Zwarteveldt")


def test_nobody_verifies_their_own_account(clerk: User):
    with pytest.raises(OwnAccountError):
        verify(clerk, method=Method.COUNTER, by=clerk)
    assert not Voter.objects.exists()


def test_closing_and_starting_anew_with_another_address_frees_no_second_vote(monkeypatch: pytest.MonkeyPatch):
    """The new account's voter is merged into the old one, and features are told, so that both votes are one."""
    told: list[Any] = []
    monkeypatch.setattr(voters, "_merges", [lambda old, new: told.append((old, new))])
    first = UserFactory()
    verify(first)
    key = voter_of(first).key
    detach_voter(first, TODAY() + timedelta(days=30))
    first.delete()
    second = UserFactory(email="somewhere-else@auneval.example")
    other = voter_of(second).key
    verify(second)
    assert voter_of(second).key == key
    assert told == [(other, key)]
    assert is_verified(second, on=TODAY())
    assert Voter.objects.count() == 1


def test_a_person_from_the_counter_goes_on_with_their_own_account(clerk: User):
    place = NeighbourhoodFactory()
    earlier = User.objects.create_without_address()
    Residency.objects.create(user=earlier, neighbourhood=place)
    verify(earlier, method=Method.COUNTER, by=clerk)
    key = voter_of(earlier).key
    own = UserFactory()
    with pytest.raises(HeldByAnotherError):  # a letter alone doesn't show that it is the same person
        verify(own, method=Method.LETTER)
    verify(own, method=Method.COUNTER, by=clerk)
    assert not User.objects.filter(pk=earlier.pk).exists()
    assert voter_of(own).key == key
    assert is_verified_in(own, [place], on=TODAY())


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_person_is_told_by_mail_in_their_language_and_a_refused_one_is_not(language: str):
    user, other = UserFactory(language=language), UserFactory(language=language)
    verify(user)
    with pytest.raises(HeldByAnotherError):
        verify(other)
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.language) == (user.email, language)
    assert {"fr": "mon-espace/verification", "nl": "mijn-omgeving/verificatie"}[language] in mail.text


@given(st.text(max_size=30))
def test_folding_a_name_is_stable(name: str):
    assert folded(folded(name)) == folded(name)


def test_a_fingerprint_depends_on_each_of_the_three_and_on_the_namesake():
    base = {"family_name": "Lambert", "given_name": "Noor", "born_on": date(1990, 1, 2)}
    others = [{"family_name": "Peeters"}, {"given_name": "Bram"}, {"born_on": date(1990, 2, 1)}, {"namesake": 1}]
    traces = {person_fingerprint(**{**base, **change}) for change in [{}, *others]}  # type: ignore[arg-type]
    assert len(traces) == 5
