"""What is done with letters: one function per verb."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from residents.fingerprints import code_fingerprint
from residents.languages import language_of
from residents.models import MAX_WRONG_TRIES, Letter, LetterBatch, Method, User, Verification
from residents.models.verifications import WORDS
from residents.verifying import codes
from residents.verifying.actions import verify_resident
from residents.verifying.notices import tell_letter_refused
from residents.verifying.permissions import can_verify

FORGOTTEN_AFTER = timedelta(days=120)  # a letter that is over: long enough to read on one's page what became of it


class TooSoonError(Exception):
    """A letter is open, and another may be asked for at `again_at` only."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__()
        self.again_at = again_at


@dataclass(frozen=True)
class Addressee:
    """What a resident writes of themselves, as their identity card has it."""

    family_name: str
    given_name: str
    born_on: date
    street: str
    postcode: str
    town: str


@dataclass(frozen=True)
class PrintedLetter:
    """A letter with its code, on its way to the paper: this object alone has both."""

    letter: Letter
    code: str


def may_ask_again_at(letter: Letter, *, now: datetime) -> datetime:
    """Return from when another letter may be asked for: at once when the time of this one has passed."""
    if letter.is_over(now=now):
        return now
    return letter.asked_at + timedelta(days=settings.LETTER_AGAIN_DAYS)


@transaction.atomic
def ask_letter(*, user: User, addressee: Addressee, now: datetime) -> Letter:
    """Ask for a letter with a code. It takes the place of an earlier one, whose code stops working.

    Raises TooSoonError while an earlier one is open or was locked, for seven days after it was asked for.
    """
    letter = Letter.objects.select_for_update().filter(user=user).first() or Letter(user=user)
    if letter.pk and may_ask_again_at(letter, now=now) > now:
        raise TooSoonError(may_ask_again_at(letter, now=now))
    for name, value in vars(addressee).items():
        setattr(letter, name, value)
    letter.language, letter.asked_at, letter.batch = language_of(user), now, None
    letter.code_hash, letter.expires_at, letter.wrong_tries = "", None, 0
    try:
        with transaction.atomic():
            letter.save()
    except IntegrityError as error:  # asked for twice at the same moment
        raise TooSoonError(now + timedelta(days=settings.LETTER_AGAIN_DAYS)) from error
    return letter


@transaction.atomic
def withdraw_letter(*, user: User) -> None:
    """Take back a request that is not printed yet; one that is on its way stays."""
    Letter.objects.filter(user=user, batch=None, code_hash="", born_on__isnull=False).delete()


@transaction.atomic
def print_letters(*, letters: Iterable[int], by: User, now: datetime) -> tuple[LetterBatch, list[PrintedLetter]]:
    """Give the letters that wait, among those named, their codes; return them for the paper.

    Of two clerks at once, the second gets those that the first did not take. Raises ValueError when none is left.
    """
    if not can_verify(by):
        raise PermissionDenied
    waiting = list(Letter.objects.select_for_update().filter(pk__in=letters, batch=None, born_on__isnull=False))
    if not waiting:
        raise ValueError("None of these letters waits any more.")
    batch = LetterBatch.objects.create(printed_at=now, printed_by=by, size=len(waiting))
    printed = [PrintedLetter(letter, codes.new_code()) for letter in waiting]
    for item in printed:
        item.letter.batch = batch
        item.letter.code_hash = code_fingerprint(item.code, letter=item.letter.pk)
        item.letter.expires_at = now + timedelta(days=settings.LETTER_CODE_DAYS)
    Letter.objects.bulk_update(waiting, ["batch", "code_hash", "expires_at"])
    log(instance=batch, action="residents.print_letters", user=by, title=f"#{batch.pk}", data={"size": batch.size})
    return batch, printed


@transaction.atomic
def cancel_batch(*, batch: LetterBatch, by: User, now: datetime) -> int:
    """Stop the codes of a batch that was lost; its letters wait to be printed again. Return how many.

    Letters whose code was used or locked are not among them.
    """
    if not can_verify(by):
        raise PermissionDenied
    batch = LetterBatch.objects.select_for_update().get(pk=batch.pk)
    back = Letter.objects.filter(batch=batch, born_on__isnull=False)
    count = back.update(batch=None, code_hash="", expires_at=None, wrong_tries=0)
    if batch.cancelled_at is None:
        batch.cancelled_at = now
        batch.save(update_fields=["cancelled_at"])
        log(instance=batch, action="residents.cancel_letters", user=by, title=f"#{batch.pk}", data={"size": count})
    return count


@transaction.atomic
def refuse_letter(*, letter: int, by: User) -> bool:
    """Don't print a letter whose details the population register doesn't have; the resident is told to come by.

    Return whether it still waited.
    """
    if not can_verify(by):
        raise PermissionDenied
    waiting = Letter.objects.select_for_update().filter(pk=letter, batch=None, born_on__isnull=False).first()
    if waiting is None:
        return False
    user = waiting.user
    log(instance=user, action="residents.refuse_letter", user=by, title=f"#{user.pk}")
    tell_letter_refused(user=user, about=f"{waiting.pk}:{waiting.asked_at:%Y%m%d%H%M%S}")
    waiting.delete()
    return True


@transaction.atomic
def enter_code(*, user: User, code: str, now: datetime) -> Verification | None:
    """Verify `user` by the code in their letter; None when it isn't the code, or no code is expected.

    The row is locked before a code is compared, so that of many guesses at once five count. Raises a VerificationError
    when the code is right and the person can't be verified by it; then the letter stays as it is.
    """
    letter = Letter.objects.select_for_update().filter(user=user).first()
    if letter is None or not letter.is_on_its_way(now=now):
        return None
    if not codes.matches(letter, code):
        _count_wrong_try(letter)
        return None
    assert letter.born_on is not None  # noqa: S101 - the table's own promise, for the type checker
    verification = verify_resident(
        user=user,
        method=Method.LETTER,
        family_name=letter.family_name,
        given_name=letter.given_name,
        born_on=letter.born_on,
        now=now,
    )
    letter.delete()
    return verification


def _count_wrong_try(letter: Letter) -> None:
    letter.wrong_tries += 1
    if letter.wrong_tries >= MAX_WRONG_TRIES:
        for name, value in _WITHOUT_WORDS.items():
            setattr(letter, name, value)
    letter.save()


_WITHOUT_WORDS = {**dict.fromkeys(WORDS, ""), "born_on": None, "code_hash": "", "expires_at": None}


def forget_letters(*, now: datetime | None = None) -> int:
    """Remove the personal words of letters that are over; return how many letters lost them.

    A request that nobody printed for 60 days goes altogether, and what is left of the others after 120.
    """
    now = now or timezone.now()
    waited = timedelta(days=settings.LETTER_CODE_DAYS)
    never_printed = Letter.objects.filter(batch=None, code_hash="", born_on__isnull=False, asked_at__lte=now - waited)
    count = never_printed.count()
    never_printed.delete()
    count += Letter.objects.filter(expires_at__lte=now).update(**_WITHOUT_WORDS)
    Letter.objects.filter(born_on=None, asked_at__lte=now - FORGOTTEN_AFTER).delete()
    return count
