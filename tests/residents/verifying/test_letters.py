"""A code by letter: asking, printing, typing in, locking, expiring, forgetting."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from mailing.models import OutgoingMail
from residents.models import Letter, LetterBatch, Method, User, Verification
from residents.verifying import codes
from residents.verifying.errors import HeldByAnotherError
from residents.verifying.letters import (
    TooSoonError,
    cancel_batch,
    enter_code,
    forget_letters,
    print_letters,
    refuse_letter,
    withdraw_letter,
)
from residents.verifying.permissions import is_verified
from tests.factories import UserFactory
from tests.residents.verifying.people import ask, days, printed, verify, wrong

pytestmark = pytest.mark.django_db
NOW = timezone.now


def type_in(user: User, code: str, *, now: Any = None) -> Verification | None:
    return enter_code(user=user, code=code, now=now or NOW())


def test_the_code_of_the_letter_verifies_and_the_letter_is_gone(resident: User, clerk: User):
    code = printed(resident, by=clerk)
    assert type_in(resident, codes.grouped(code).lower()) is not None
    assert is_verified(resident, on=timezone.localdate())
    assert Verification.objects.get().method == Method.LETTER
    assert not Letter.objects.exists()
    assert type_in(resident, code) is None


def test_a_code_is_for_the_account_that_asked_for_it(resident: User, clerk: User):
    code = printed(resident, by=clerk)
    other = UserFactory()
    printed(other, by=clerk, given_name="Bram")
    assert type_in(other, code) is None
    assert type_in(UserFactory(), code) is None


def test_the_fifth_wrong_try_locks_the_code_and_removes_the_words(resident: User, clerk: User):
    code = printed(resident, by=clerk)
    for _try in range(4):
        assert type_in(resident, wrong(code)) is None
    assert Letter.objects.get().family_name
    assert type_in(resident, wrong(code)) is None
    letter = Letter.objects.get()
    assert letter.is_locked
    assert (letter.family_name, letter.born_on, letter.street, letter.code_hash) == ("", None, "", "")
    assert type_in(resident, code) is None
    assert not Verification.objects.exists()


def test_four_wrong_tries_leave_the_code_as_it_is(resident: User, clerk: User):
    code = printed(resident, by=clerk)
    for _try in range(4):
        type_in(resident, wrong(code))
    assert type_in(resident, code)


def test_a_code_works_for_sixty_days(resident: User, clerk: User):
    code = printed(resident, by=clerk)
    assert type_in(resident, code, now=days(60)) is None
    assert type_in(resident, code, now=days(59))


def test_a_right_code_of_somebody_who_is_verified_elsewhere_is_refused_and_costs_no_try(resident: User, clerk: User):
    verify(UserFactory())
    code = printed(resident, by=clerk)
    with pytest.raises(HeldByAnotherError):
        type_in(resident, code)
    assert Letter.objects.get().wrong_tries == 0


def test_one_letter_at_a_time_and_another_after_seven_days(resident: User, clerk: User):
    first = printed(resident, by=clerk)
    for day in (0, 6):
        with pytest.raises(TooSoonError):
            ask(resident, now=days(day))
    ask(resident, now=days(8))
    assert Letter.objects.count() == 1
    assert type_in(resident, first, now=days(8)) is None


def test_a_locked_letter_waits_seven_days_too(resident: User, clerk: User):
    code = printed(resident, by=clerk)
    for _try in range(5):
        type_in(resident, wrong(code))
    with pytest.raises(TooSoonError):
        ask(resident, now=days(6))
    assert ask(resident, now=days(8)).wrong_tries == 0


def test_once_a_code_has_expired_another_letter_may_be_asked_for_at_once(resident: User, clerk: User):
    printed(resident, by=clerk, now=days(-61))
    forget_letters()
    assert ask(resident).is_waiting


def test_a_request_is_taken_back_until_it_is_printed(resident: User, clerk: User):
    ask(resident)
    withdraw_letter(user=resident)
    assert not Letter.objects.exists()
    printed(resident, by=clerk)
    withdraw_letter(user=resident)
    assert Letter.objects.exists()


def test_codes_exist_on_paper_only(resident: User, clerk: User):
    code = printed(resident, by=clerk)
    letter = Letter.objects.get()
    assert code not in str(vars(letter))
    assert len(letter.code_hash) == 64


def test_every_code_is_of_clear_signs_and_no_two_are_alike():
    made = {codes.new_code() for _number in range(500)}
    assert len(made) == 500
    assert set("".join(made)) <= set(codes.ALPHABET)
    assert not set(codes.ALPHABET) & set("AEIOUL01258")
    assert all(len(code) == codes.LENGTH == 10 for code in made)


def test_a_batch_has_the_letters_that_wait_and_is_printed_once(resident: User, clerk: User):
    letter = ask(resident)
    print_letters(letters=[letter.pk], by=clerk, now=NOW())
    with pytest.raises(ValueError, match="waits"):
        print_letters(letters=[letter.pk], by=clerk, now=NOW())
    assert LetterBatch.objects.get().size == 1


def test_a_lost_batch_is_cancelled_and_its_letters_get_new_codes(resident: User, clerk: User):
    lost = printed(resident, by=clerk)
    type_in(resident, wrong(lost))
    assert cancel_batch(batch=LetterBatch.objects.get(), by=clerk, now=NOW()) == 1
    assert type_in(resident, lost) is None
    _batch, letters = print_letters(letters=[Letter.objects.get().pk], by=clerk, now=NOW())
    assert letters[0].code != lost
    assert type_in(resident, lost) is None
    assert type_in(resident, letters[0].code)


def test_cancelling_brings_no_used_or_locked_letter_back(resident: User, clerk: User):
    other = UserFactory()
    used = ask(resident)
    locked = ask(other, given_name="Bram")
    batch, letters = print_letters(letters=[used.pk, locked.pk], by=clerk, now=NOW())
    by_user = {item.letter.user_id: item.code for item in letters}
    type_in(resident, by_user[resident.pk])
    for _try in range(5):
        type_in(other, wrong(by_user[other.pk]))
    assert cancel_batch(batch=batch, by=clerk, now=NOW()) == 0
    assert Letter.objects.get().is_locked


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_who_is_not_in_the_register_gets_no_letter_and_a_word(language: str, clerk: User):
    user = UserFactory(language=language)
    letter = ask(user)
    assert refuse_letter(letter=letter.pk, by=clerk)
    assert not Letter.objects.exists()
    assert OutgoingMail.objects.get().to == user.email
    assert not refuse_letter(letter=letter.pk, by=clerk)


def test_only_who_verifies_prints_cancels_and_refuses(resident: User, clerk: User):
    printed(resident, by=clerk)
    waiting = ask(UserFactory())
    batch = LetterBatch.objects.get()
    for attempt in (
        lambda: print_letters(letters=[waiting.pk], by=resident, now=NOW()),
        lambda: cancel_batch(batch=batch, by=resident, now=NOW()),
        lambda: refuse_letter(letter=waiting.pk, by=resident),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_the_words_of_a_letter_go_by_themselves(clerk: User):
    people = [UserFactory() for _number in range(3)]
    printed(people[0], by=clerk, now=days(-61))  # its code has expired
    ask(people[1], now=days(-61))  # nobody printed it
    printed(people[2], by=clerk, now=days(-10))
    assert forget_letters() == 2
    assert Letter.objects.get(user=people[0]).family_name == ""
    assert not Letter.objects.filter(user=people[1]).exists()
    assert Letter.objects.get(user=people[2]).family_name
    forget_letters(now=days(60))
    assert not Letter.objects.filter(user=people[0]).exists()


def test_a_letter_goes_with_its_account(resident: User, clerk: User):
    printed(resident, by=clerk)
    resident.delete()
    assert not Letter.objects.exists()
