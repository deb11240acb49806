"""Who counts once, through every change of account and address.

A voter begins when somebody first does what may be done once. It follows their address, outlives their account as far
as something still runs, and is found again by the address, or by the person where they were verified.

What features keep by a voter's key moves along when two voters turn out to be one person: each registers, in
`ready()`, a function that moves its rows. Where both keys hold what may be there once, it keeps one of them. To keep
their own writing apart from such a move, features take `voter_of(user, locked=True)` in the transaction that writes.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from residents.fingerprints import address_fingerprint
from residents.models import User, Verification, Voter

Merge = Callable[[uuid.UUID, uuid.UUID], None]
_merges: list[Merge] = []


def register_merge(merge: Merge) -> None:
    """Have `merge(from_key, to_key)` called, in a transaction, when two voters turn out to be one person."""
    if merge not in _merges:
        _merges.append(merge)


def voter_of(user: User, *, locked: bool = False) -> Voter:
    """Return the voter of an account, made at its first need; of many at once, all return the same one.

    Whoever comes back with the address of a closed account is the voter of then. `locked` holds the row until the
    transaction ends.
    """
    voters: QuerySet[Voter] = Voter.objects.select_for_update() if locked else Voter.objects.all()
    voter = voters.filter(user=user).first()
    while voter is None:
        _begin(user)
        voter = voters.filter(user=user).first()
    return voter


def _begin(user: User) -> None:
    trace = address_fingerprint(user.email) if user.email else None
    try:
        with transaction.atomic():
            if trace and _come_back(user, trace):
                return
            # An address that differs in more than case, and yet has the same trace, is another living person's.
            is_free = not Voter.objects.filter(address_fingerprint=trace).exists()
            Voter.objects.create(user=user, address_fingerprint=trace if is_free else None)
    except IntegrityError:
        return  # somebody else began at the same moment


def _come_back(user: User, trace: str) -> bool:
    """Give `user` the voter that a closed account with their address has left. It has to be verified anew."""
    found = Voter.objects.filter(user=None, address_fingerprint=trace)
    voter = found.first()
    if voter is None or not found.filter(pk=voter.pk).update(user=user, kept_until=None):
        return False
    _end_verification(voter, on=timezone.localdate())
    return True


def _end_verification(voter: Voter, *, on: date) -> None:
    """Keep of a verification what recognises the person: an address may have passed on to somebody else."""
    Verification.objects.filter(voter=voter).update(verified_by=None)
    Verification.objects.filter(voter=voter, valid_until__gte=on).update(valid_until=on - timedelta(days=1))


@transaction.atomic
def follow_address(user: User) -> None:
    """Let the voter follow a change of address; called once the account has the new one, in the same transaction.

    Where a closed account left a voter with the new address, both are one person from now on: the earlier one. Unless
    each was verified, as two people: then the address is the living one's, as a family's mailbox may be.
    """
    own = Voter.objects.select_for_update().filter(user=user).first()
    trace = address_fingerprint(user.email) if user.email else None
    if own is None or own.address_fingerprint == trace:
        return
    other = Voter.objects.select_for_update().filter(address_fingerprint=trace).first() if trace else None
    if other is None or other.user_id is not None:
        _set_address(own, None if other else trace)
    elif _is_verified_too(own) and _is_verified_too(other):
        _set_address(other, None)
        _set_address(own, trace)
    else:
        _end_verification(other, on=timezone.localdate())
        merge_voters(own, into=other, address=trace)


def _set_address(voter: Voter, trace: str | None) -> None:
    voter.address_fingerprint = trace
    voter.save(update_fields=["address_fingerprint"])


def _is_verified_too(voter: Voter) -> bool:
    return Verification.objects.filter(voter=voter).exists()


def merge_voters(present: Voter, *, into: Voter, address: str | None) -> Voter:
    """Make two voters one, the earlier, with the account of the present one; the caller has locked both rows.

    A verification goes along where the earlier voter has none.
    """
    for merge in _merges:
        merge(present.key, into.key)
    if not _is_verified_too(into):
        Verification.objects.filter(voter=present).update(voter=into)
    user = present.user
    present.delete()
    into.user, into.kept_until, into.address_fingerprint = user, None, address
    into.save(update_fields=["user", "kept_until", "address_fingerprint"])
    return into


@transaction.atomic
def detach_voter(user: User, kept_until: date | None) -> None:
    """Part the voter from an account that is being closed; called before the account's row goes.

    Until `kept_until` whoever comes back is known again; None removes all trace at once, for when nothing runs that
    they could do twice. What they did hangs on the voter's key, and stays.
    """
    voter = Voter.objects.select_for_update().filter(user=user).first()
    if voter is None:
        return
    if kept_until is None:
        voter.delete()
        return
    _end_verification(voter, on=timezone.localdate())
    voter.user, voter.kept_until = None, kept_until
    voter.save(update_fields=["user", "kept_until"])


def forget_voters(*, on: date | None = None) -> int:
    """Remove the voters of closed accounts whose time is over; return how many.

    An account that somebody removed without closing it leaves a voter without an end: it gets one here.
    """
    on = on or timezone.localdate()
    left = Voter.objects.filter(user=None)
    left.filter(kept_until=None).update(kept_until=on + timedelta(days=settings.VOTERS_KEPT_DAYS))
    over = left.filter(kept_until__lt=on)
    count = over.count()
    over.delete()
    return count
