"""Which accounts are over by themselves: filters over accounts, the clock as an argument.

Last used is when its person last signed in, else when it was made, and never before they were last verified (somebody
without an address comes to the counter instead). Staff is exempt: administrators close those accounts.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from residents.models import Profile, User, Verification
from residents.querysets import staff

CONFIRMED_WITHIN = timedelta(days=7)
UNUSED_FOR = timedelta(days=730)
WARNED_BEFORE = timedelta(days=30)


def unconfirmed() -> QuerySet[User]:
    """Return the accounts whose person never showed that the address is theirs.

    Where people make accounts themselves, allauth has a row for each address. An account without one was made by an
    administrator or a clerk, and waits for its person as long as it is kept.
    """
    addresses = EmailAddress.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(Exists(addresses)).exclude(Exists(addresses.filter(verified=True)))


def never_confirmed(*, now: datetime) -> QuerySet[User]:
    return _ours(unconfirmed().filter(date_joined__lte=now - CONFIRMED_WITHIN, last_login=None))


def to_warn(*, now: datetime) -> QuerySet[User]:
    """Return who is told that the account closes in a month. Who has no address, or may not sign in, is told nothing."""
    unused = _unused_since(now - UNUSED_FOR + WARNED_BEFORE)
    return unused.filter(email__isnull=False, is_active=True).exclude(_warned(until=now, now=now))


def to_close(*, now: datetime) -> QuerySet[User]:
    """Return the accounts whose two years are over, and whose warning, where there could be one, is a month old."""
    unreachable = Q(email=None) | Q(is_active=False)
    return _unused_since(now - UNUSED_FOR).filter(unreachable | _warned(until=now - WARNED_BEFORE, now=now))


def _warned(*, until: datetime, now: datetime) -> Q:
    """A warning counts for the time in which it was given; one of an earlier lapse of the account doesn't."""
    this_time = Profile.objects.filter(user=OuterRef("pk"), warned_at__gt=now - UNUSED_FOR + WARNED_BEFORE)
    return Q(Exists(this_time.filter(warned_at__lte=until)))


def _unused_since(limit: datetime) -> QuerySet[User]:
    """Return the accounts that were last used before; the expression is that of the index on accounts."""
    verified_later = Verification.objects.filter(voter__user=OuterRef("pk"), verified_at__gt=limit)
    unused = User.objects.alias(last_used=Coalesce("last_login", "date_joined")).filter(last_used__lte=limit)
    return _ours(unused.exclude(Exists(verified_later)))


def _ours(accounts: QuerySet[User]) -> QuerySet[User]:
    return accounts.exclude(pk__in=staff().values("pk")).exclude(Q(is_staff=True) | Q(is_superuser=True))
