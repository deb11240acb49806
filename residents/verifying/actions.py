"""The one act in which every way ends: a person becomes a verified resident."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log

from residents.fingerprints import person_fingerprint
from residents.models import Method, User, Verification, Voter
from residents.verifying.errors import HeldByAnotherError, OtherPersonError, OwnAccountError, StillValidError
from residents.verifying.joining import join_accounts
from residents.verifying.notices import tell_verified
from residents.voters import merge_voters, voter_of

MAX_NAMESAKES = 9


def traces_of(*, family_name: str, given_name: str, born_on: date) -> list[str]:
    """Return the fingerprints that a person may have: the first, and those of namesakes born on the same day."""
    return [
        person_fingerprint(family_name=family_name, given_name=given_name, born_on=born_on, namesake=number)
        for number in range(MAX_NAMESAKES + 1)
    ]


@transaction.atomic
def verify_resident(
    *,
    user: User,
    method: Method,
    family_name: str,
    given_name: str,
    born_on: date,
    by: User | None = None,
    namesake: int = 0,
    is_correction: bool = False,
    now: datetime | None = None,
) -> Verification:
    """Make `user` a verified resident; of name and date of birth nothing is kept but their keyed trace.

    Raises a VerificationError that says why not. `by` is the clerk who saw the card; `namesake` tells apart people who
    share name and date of birth; `is_correction` says that the account was verified with details that were wrong. Whoever
    was verified in an account that is closed now, or registered by a clerk without one, is the same voter again.
    """
    now = now or timezone.now()
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise PermissionDenied
    if by == user:
        raise OwnAccountError
    traces = traces_of(family_name=family_name, given_name=given_name, born_on=born_on)
    own = _lock(voter_of(user), traces)
    known = Verification.objects.filter(voter=own).first()
    if known and known.fingerprint in traces:
        if not known.is_renewable(on=timezone.localdate(now)):
            raise StillValidError(known.valid_until)
        trace = known.fingerprint
    elif known and not is_correction:
        raise OtherPersonError
    else:
        trace = traces[namesake]
        own = _as_one_person(user, own, trace, at_counter=by is not None and method == Method.COUNTER)
    verification = _write(own, trace, method=method, by=by, now=now)
    _note(user, by=by, data={"method": method.value, "namesake": namesake > 0, "correction": is_correction})
    tell_verified(user=user, verification=verification)
    return verification


def _lock(own: Voter, traces: list[str]) -> Voter:
    """Lock the voters concerned, in the order of their keys, so that two of these never wait for each other."""
    holders = Verification.objects.filter(fingerprint__in=traces).values("voter")
    rows = Voter.objects.select_for_update().filter(Q(pk=own.pk) | Q(pk__in=holders)).order_by("pk")
    return next(row for row in rows if row.pk == own.pk)


def _as_one_person(user: User, own: Voter, trace: str, *, at_counter: bool) -> Voter:
    """Return the voter that the person is: an earlier one where they have left one behind."""
    held = Voter.objects.filter(verification__fingerprint=trace).exclude(pk=own.pk).select_related("user").first()
    if held is None:
        return own
    if held.user is None:
        Verification.objects.filter(voter=own).delete()
        return merge_voters(own, into=held, address=own.address_fingerprint)
    if at_counter and held.user.email is None and user.email is not None:
        return join_accounts(held.user, into=user)
    raise HeldByAnotherError


def _write(own: Voter, trace: str, *, method: Method, by: User | None, now: datetime) -> Verification:
    fields = {
        "method": method,
        "verified_at": now,
        "valid_until": years_after(timezone.localdate(now), settings.VERIFICATION_YEARS),
        "verified_by": by,
        "fingerprint": trace,
    }
    try:
        with transaction.atomic():
            return Verification.objects.update_or_create(voter=own, defaults=fields)[0]
    except IntegrityError as error:  # the same person, in another account, at the same moment
        raise HeldByAnotherError from error


def years_after(day: date, years: int) -> date:
    """Return the same day of a later year; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _note(user: User, *, by: User | None, data: dict[str, Any]) -> None:
    """Log who, when and how; the title is a number, as the account's own may be a name."""
    log(instance=user, action="residents.verify", user=by or user, title=f"#{user.pk}", data=data)
