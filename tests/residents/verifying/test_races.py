"""Many at the same moment, with real threads; SQLite writes one after the other by itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry

from moderation.roles import CLERK
from residents.models import MAX_WRONG_TRIES, Letter, LetterBatch, Method, User, Verification, Voter
from residents.verifying import codes
from residents.verifying.errors import HeldByAnotherError, StillValidError
from residents.verifying.letters import TooSoonError, enter_code, print_letters
from residents.voters import detach_voter, voter_of
from tests.conftest import set_up_commune
from tests.factories import UserFactory
from tests.moderation.test_races import at_once
from tests.residents.verifying.people import ask, days, printed, verify, wrong

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="rows are locked on PostgreSQL only"),
]
NOW = timezone.now


@pytest.fixture
def clerks() -> list[User]:
    set_up_commune()
    return [UserFactory(groups=[CLERK.group]) for _number in range(8)]


def test_of_fifty_guesses_at_once_five_count(clerks: list[User], monkeypatch: pytest.MonkeyPatch):
    """Red without the lock on the letter: fifty codes are compared, and one or two tries are counted."""
    user = UserFactory()
    code = printed(user, by=clerks[0])
    compared: list[str] = []
    matches = codes.matches

    def counting(letter: Letter, typed: str) -> bool:
        compared.append(typed)
        return matches(letter, typed)

    monkeypatch.setattr(codes, "matches", counting)
    guesses = [lambda: enter_code(user=user, code=wrong(code), now=NOW())] * 50
    assert at_once(guesses) == []
    assert len(compared) == MAX_WRONG_TRIES
    assert Letter.objects.get().is_locked
    assert enter_code(user=user, code=code, now=NOW()) is None


def test_the_right_code_typed_twice_at_once_verifies_once(clerks: list[User]):
    user = UserFactory()
    code = printed(user, by=clerks[0])
    found: list[Any] = []
    assert at_once([lambda: found.append(enter_code(user=user, code=code, now=NOW()))] * 8) == []
    assert sum(item is not None for item in found) == 1
    assert ModelLogEntry.objects.filter(action="residents.verify").count() == 1


def test_of_two_accounts_that_verify_the_same_person_at_once_one_wins():
    """Red without the constraint on the fingerprint: both are verified."""
    set_up_commune()
    users = [UserFactory() for _number in range(8)]
    for user in users:
        voter_of(user)
    raised = at_once([lambda user=user: verify(user) for user in users])
    assert [type(error) for error in raised] == [HeldByAnotherError] * 7
    assert Verification.objects.count() == 1


def test_of_eight_clerks_who_verify_the_same_account_at_once_one_does(clerks: list[User]):
    """Red without the lock on the account: each of them renews what has ended, and the log tells of eight."""
    user = UserFactory()
    verify(user, now=days(-5 * 365))
    ModelLogEntry.objects.all().delete()
    raised = at_once([lambda clerk=clerk: verify(user, method=Method.COUNTER, by=clerk) for clerk in clerks])
    assert [type(error) for error in raised] == [StillValidError] * 7
    assert ModelLogEntry.objects.filter(action="residents.verify").count() == 1


def test_of_two_accounts_that_take_up_a_closed_ones_vote_at_once_one_does():
    set_up_commune()
    first = UserFactory()
    verify(first)
    key = voter_of(first).key
    detach_voter(first, days(30).date())
    first.delete()
    users = [UserFactory() for _number in range(8)]
    for user in users:
        voter_of(user)
    raised = at_once([lambda user=user: verify(user) for user in users])
    assert [type(error) for error in raised] == [HeldByAnotherError] * 7
    assert Voter.objects.filter(key=key, user__in=users).count() == 1
    assert Voter.objects.count() == 8


def test_an_account_gets_one_voter_from_many_requests_at_once():
    user, keys = UserFactory(), []
    assert at_once([lambda: keys.append(voter_of(user).key)] * 16) == []
    assert len(set(keys)) == Voter.objects.count() == 1


def test_a_closed_accounts_voter_comes_back_once_from_many_requests_at_once():
    first = UserFactory(email="noor@auneval.example")
    key = voter_of(first).key
    detach_voter(first, days(30).date())
    first.delete()
    user, keys = UserFactory(email="noor@auneval.example"), []
    assert at_once([lambda: keys.append(voter_of(user).key)] * 16) == []
    assert set(keys) == {key}


def test_of_two_clerks_who_print_at_once_each_letter_has_one_code(clerks: list[User]):
    """Red without the lock: the second code takes the place of the first, which is on paper already."""
    letters = [ask(UserFactory(), given_name=f"Noor{number}").pk for number in range(5)]
    papers: list[Any] = []

    def printing(clerk: User) -> Any:
        return lambda: papers.append(print_letters(letters=letters, by=clerk, now=NOW()))

    raised = at_once([printing(clerk) for clerk in clerks])
    assert [type(error) for error in raised] == [ValueError] * 7
    ((_batch, printed_letters),) = papers
    assert LetterBatch.objects.count() == 1
    for item in printed_letters:
        assert codes.matches(Letter.objects.get(pk=item.letter.pk), item.code)


def test_a_letter_asked_for_twice_at_once_is_one_letter():
    user = UserFactory()
    raised = at_once([lambda: ask(user)] * 8)
    assert {type(error) for error in raised} == {TooSoonError}
    assert Letter.objects.count() == 1
