"""How long things are kept: what the privacy page promises, carried out by a job and by `apply_retention`.

Each account in a transaction of its own, its row locked and the rule asked again: whoever signs in meanwhile stays.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.models import EditingSession, FormState

from home.addresses import absolute
from mailing.actions import queue_mail
from residents.languages import language_of
from residents.models import AddressChange, Profile, User
from residents.my_data import lapsing
from residents.my_data.closing import Reason, close_account
from residents.voters import forget_voters

BATCH = 500
TURN_SECONDS = 240.0  # a job's turn, well within its lease; the rest waits for the next one


@dataclass(frozen=True)
class Rule:
    """What is over, and what is then done to one of them; `find(now=…)` is asked again for each."""

    name: str
    label: str | Promise
    find: Callable[..., QuerySet[Any]]
    do: Callable[[User, datetime], None]


def warn(user: User, now: datetime) -> None:
    """Tell a person in their language that the account closes in a month unless they sign in."""
    Profile.objects.update_or_create(user=user, defaults={"warned_at": now})
    language = language_of(user)
    with override(language):
        try:
            url = absolute(reverse("account_login"))
        except NoReverseMatch:
            url = absolute(reverse("my_data"))
    queue_mail(
        key=f"unused_account:{user.pk}:{now:%Y%m%d}",
        kind="unused_account",
        to=str(user.email),
        user=user,
        language=language,
        template="residents/my_data/mails/unused_account",
        context={"url": url, "closes_on": timezone.localdate(now + lapsing.WARNED_BEFORE)},
    )


def _close(reason: Reason) -> Callable[[User, datetime], None]:
    return lambda user, now: close_account(user=user, keep=True, reason=reason, now=now)


RULES = [
    Rule("unconfirmed", _("never confirmed"), lapsing.never_confirmed, _close(Reason.UNCONFIRMED)),
    Rule("warned", _("warned"), lapsing.to_warn, warn),
    Rule("unused", _("closed after two years"), lapsing.to_close, _close(Reason.UNUSED)),
]


def accounts(rule: Rule, *, now: datetime) -> Iterator[int]:
    """Yield the keys of those for whom `rule` has something to do, a batch in memory at a time."""
    last = 0
    while True:
        found = rule.find(now=now).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)
        batch = list(found[:BATCH])
        yield from batch
        if len(batch) < BATCH:
            return
        last = batch[-1]


@transaction.atomic
def apply(rule: Rule, pk: int, *, now: datetime) -> bool:
    """Do what `rule` says to one account, if it still holds for it; whether it did."""
    user = User.objects.select_for_update().filter(pk=pk).first()
    if user is None or not rule.find(now=now).filter(pk=pk).exists():
        return False
    rule.do(user, now)
    return True


def remove_what_is_over(*, now: datetime) -> None:
    """Remove what needs no decision: what has ended, links that nobody can use, voters whom nothing counts any more."""
    Session.objects.filter(expire_date__lt=now).delete()
    AddressChange.objects.over(now=now).delete()
    EditingSession.objects.stale().delete()
    FormState.objects.stale().delete()
    forget_voters(on=timezone.localdate(now))


def take_turn(*, now: datetime | None = None, seconds: float = TURN_SECONDS) -> int:
    """Apply the rules for as long as a job may run; return to how many accounts something was done."""
    now, started, done = now or timezone.now(), time.monotonic(), 0
    remove_what_is_over(now=now)
    for rule in RULES:
        for pk in accounts(rule, now=now):
            if time.monotonic() - started > seconds:
                return done
            done += apply(rule, pk, now=now)
    return done


LEASE = timedelta(seconds=TURN_SECONDS * 2)
