"""What a clerk does at the counter, with the identity card before them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.users.models import UserProfile

from home.models import Neighbourhood
from residents.fingerprints import counter_check
from residents.models import Method, Residency, User, Verification
from residents.verifying.actions import MAX_NAMESAKES, traces_of, verify_resident
from residents.verifying.errors import HeldByAnotherError
from residents.verifying.permissions import can_verify

CHECK_DIGITS = 6


@dataclass(frozen=True)
class Card:
    """What is read from an identity card, for as long as it takes."""

    family_name: str
    given_name: str
    born_on: date


def counter_number(user: User) -> str:
    """Return the number that a resident shows at the counter, in groups of three: an account, and six digits to check it.

    Whoever knows one number can't make up another's, so a clerk finds those who came, and nobody else.
    """
    digits = f"{user.pk}{counter_check(user.pk):0{CHECK_DIGITS}d}"
    first = len(digits) % 3
    return " ".join(filter(None, [digits[:first], *(digits[at : at + 3] for at in range(first, len(digits), 3))]))


def account_by_number(number: str) -> User | None:
    """Return the account with this number at the counter, whatever its spaces; None when no account has it."""
    digits = "".join(number.split()).replace("-", "")
    account, check = digits[:-CHECK_DIGITS], digits[-CHECK_DIGITS:]
    if not (digits.isascii() and digits.isdecimal() and account) or len(account) > 15:
        return None
    if f"{counter_check(int(account)):0{CHECK_DIGITS}d}" != check:
        return None
    return User.objects.filter(pk=int(account), is_active=True).first()


def find_account(words: str) -> User | None:
    """Return the account with this e-mail address, letter for letter, or this number."""
    if "@" in words:
        return User.objects.filter(email__iexact=words.strip(), is_active=True).first()
    return account_by_number(words)


def find_by_card(card: Card) -> list[User]:
    """Return the accounts that were verified with these details: one, or as many as there are namesakes."""
    found = Verification.objects.filter(fingerprint__in=traces_of(**asdict(card)), voter__user__is_active=True)
    return [item.voter.user for item in found.select_related("voter__user").order_by("verified_at") if item.voter.user]


@transaction.atomic
def verify_at_counter(
    *, user: User, card: Card, by: User, is_namesake: bool = False, is_correction: bool = False, now: datetime
) -> Verification:
    """Verify the person whose card `by` has before them. `is_namesake`: somebody else has the same name and birthday."""
    if not can_verify(by):
        raise PermissionDenied
    return verify_resident(
        user=user,
        method=Method.COUNTER,
        **asdict(card),
        by=by,
        namesake=_free_namesake(card) if is_namesake else 0,
        is_correction=is_correction,
        now=now,
    )


def _free_namesake(card: Card) -> int:
    """Return the first number that no open account has; a closed one's may be this very person."""
    traces = traces_of(**asdict(card))
    held = set(
        Verification.objects.filter(fingerprint__in=traces, voter__user__isnull=False).values_list(
            "fingerprint", flat=True
        )
    )
    for number in range(1, MAX_NAMESAKES + 1):
        if traces[number] not in held:
            return number
    raise HeldByAnotherError


@transaction.atomic
def register_without_address(
    *,
    card: Card,
    neighbourhood: Neighbourhood | None,
    language: str,
    by: User,
    is_namesake: bool = False,
    now: datetime,
) -> User:
    """Make the account of a person who has no e-mail address, and verify them, in one go: both or neither."""
    user = User.objects.create_without_address()
    settle(user=user, neighbourhood=neighbourhood, language=language, by=by)
    verify_at_counter(user=user, card=card, by=by, is_namesake=is_namesake, now=now)
    return user


@transaction.atomic
def settle(*, user: User, neighbourhood: Neighbourhood | None, language: str, by: User) -> None:
    """Note where a person without an e-mail address lives, and their language. Who has an address does it themselves."""
    if not can_verify(by) or user.email is not None or user.pk == by.pk:
        raise PermissionDenied
    Residency.objects.update_or_create(user=user, defaults={"neighbourhood": neighbourhood})
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    profile.save(update_fields=["preferred_language"])


def is_verified_until(user: User) -> date | None:
    """Return the last day of a verification that is valid today."""
    found = Verification.objects.filter(voter__user=user, valid_until__gte=timezone.localdate()).first()
    return found.valid_until if found else None
