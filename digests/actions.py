"""What is done with subscriptions: one function per verb. Making the digests is `digests.making`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from digests.editions import latest
from digests.links import link, token_of
from digests.models import Digest, Frequency, SentItem, Subscription
from digests.notices import tell_account, tell_known, tell_to_confirm
from digests.recipients import account_of, is_confirmed
from home.models import Neighbourhood
from mailing.actions import withdraw
from mailing.models import OutgoingMail
from residents.models import Follow, Residency

ITEMS_KEPT, DIGESTS_KEPT = timedelta(days=180), timedelta(days=365)
PRUNED_AT_ONCE, PRUNING_TURNS = 5000, 40


@dataclass(frozen=True)
class Wishes:
    """What somebody asks for who subscribes without an account."""

    email: str
    language: str
    neighbourhoods: tuple[Neighbourhood, ...]
    frequency: str = Frequency.WEEKLY
    wants_alerts: bool = True


def ask_to_subscribe(*, wishes: Wishes, now: datetime) -> None:
    """Write to an address what it takes to subscribe; nothing else happens before somebody answers from there.

    The caller can't tell what was written: to an account that it has one, to a subscriber that they are one, to
    everybody else the link that confirms.
    """
    user = account_of(wishes.email)
    if user is not None:
        tell_account(user=user, now=now)
        return
    subscription, is_settled = _note(wishes, now=now)
    if is_settled:
        tell_known(subscription=subscription, now=now)
    else:
        tell_to_confirm(subscription=subscription, now=now)


@transaction.atomic
def _note(wishes: Wishes, *, now: datetime) -> tuple[Subscription, bool]:
    """Keep the wishes until they are confirmed; those of a subscriber stay as they are, and True is returned.

    A subscriber whose mails came back confirms anew: that shows that the address works again.
    """
    subscription = _at(wishes, now)
    if subscription.confirmed_at and not subscription.suspended_at:
        return subscription, True
    if subscription.confirmed_at is None:
        for name in ("language", "frequency", "wants_alerts"):
            setattr(subscription, name, getattr(wishes, name))
        subscription.created_at = now
        subscription.save()
        subscription.neighbourhoods.set(wishes.neighbourhoods)
    return subscription, False


def _at(wishes: Wishes, now: datetime) -> Subscription:
    """Return the locked row of the address; of two who ask for a new one at once, both get the same."""
    rows = Subscription.objects.select_for_update().filter(email__iexact=wishes.email)
    found = rows.first()
    if found is None:
        try:
            with transaction.atomic():
                return Subscription.objects.create(email=wishes.email, language=wishes.language, created_at=now)
        except IntegrityError:
            found = rows.get()
    return found


@transaction.atomic
def confirm(*, subscription: Subscription, now: datetime) -> Subscription:
    """Let it begin, with the next edition; once it has, it is left as it is. The mails that came back are forgotten."""
    subscription = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if subscription.confirmed_at is None:
        subscription.confirmed_at = now
        subscription.served_on = latest(subscription.frequency, now=now).day
    subscription.suspended_at = None
    subscription.save()
    return subscription


@transaction.atomic
def subscribe_account(user: Any, *, now: datetime | None = None) -> Subscription | None:
    """Return the subscription of an account, made when there is none: every week, with alerts. May be called at any time.

    None while its address isn't confirmed. What the address had subscribed to without an account becomes the account's:
    its frequency, the items that it had, and its neighbourhoods, which are followed from now on.
    """
    if not is_confirmed(user):
        return None
    now = now or timezone.now()
    bare = Subscription.objects.select_for_update().filter(email__iexact=user.email).first()
    subscription = Subscription.objects.filter(user=user).first()
    if bare is not None:
        return _hand_over(bare, to=user, instead_of=subscription, now=now)
    if subscription is None:
        day = latest(Frequency.WEEKLY, now=now).day
        subscription, _is_new = Subscription.objects.get_or_create(
            user=user, defaults={"confirmed_at": now, "served_on": day}
        )
    return subscription


def _hand_over(bare: Subscription, *, to: Any, instead_of: Subscription | None, now: datetime) -> Subscription:
    """Make the subscription of an address the account's. One that nobody confirmed is thrown away."""
    if bare.confirmed_at is None:
        bare.delete()
        return instead_of or subscribe_account(to, now=now)  # type: ignore[return-value]
    home = Residency.objects.filter(user=to).values_list("neighbourhood", flat=True).first()
    places = [place for place in bare.neighbourhoods.all() if place.pk != home]
    Follow.objects.bulk_create([Follow(user=to, neighbourhood=place) for place in places], ignore_conflicts=True)
    if instead_of is not None:
        had = SentItem.objects.filter(subscription=instead_of).values_list("item", "day")
        items = [SentItem(subscription=bare, item=item, day=day) for item, day in had]
        SentItem.objects.bulk_create(items, ignore_conflicts=True)
        bare.frequency, bare.wants_alerts = instead_of.frequency, instead_of.wants_alerts
        instead_of.delete()
    bare.user, bare.email, bare.language, bare.suspended_at = to, "", "", None
    bare.served_on = max(bare.served_on, latest(bare.frequency, now=now).day)
    bare.save()
    bare.neighbourhoods.clear()
    return bare


@transaction.atomic
def change(
    *,
    subscription: Subscription,
    frequency: str,
    wants_alerts: bool,
    now: datetime,
    neighbourhoods: Iterable[Neighbourhood] | None = None,
    language: str = "",
) -> None:
    """Note what its reader wants from now on. Another frequency begins with its next edition."""
    subscription = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if frequency != subscription.frequency:
        subscription.served_on = max(subscription.served_on, latest(frequency, now=now).day)
    subscription.frequency, subscription.wants_alerts = frequency, wants_alerts
    if subscription.user is None and language:
        subscription.language = language
    subscription.save()
    if subscription.user is None and neighbourhoods is not None:
        subscription.neighbourhoods.set(neighbourhoods)
    if subscription.is_silent:
        _withdraw_waiting(subscription)


@transaction.atomic
def end(*, subscription: Subscription) -> None:
    """End it at once: a bare address is removed with all that is kept of it, an account gets nothing any more."""
    _withdraw_waiting(subscription)
    if subscription.user is None:
        Subscription.objects.filter(pk=subscription.pk).delete()
    else:
        own = Subscription.objects.filter(pk=subscription.pk)
        own.update(frequency=Frequency.NEVER, wants_alerts=False)


def _withdraw_waiting(subscription: Subscription) -> None:
    """What is in the outbox and hasn't left doesn't leave any more."""
    for language, _name in settings.LANGUAGES:
        withdraw(unsubscribe_url=link("stop_digests", token_of(subscription.key), language=language))


def resume(*, subscription: Subscription, now: datetime) -> None:
    """Write again to an account whose mails came back: its person says that the address works."""
    day = latest(subscription.frequency, now=now).day
    Subscription.objects.filter(pk=subscription.pk).update(suspended_at=None, served_on=day)


def suspend_address(mail: OutgoingMail) -> None:
    """Write no more to where `mail` came back from, until its person says that it works again."""
    Subscription.objects.at(mail.to).filter(suspended_at=None).update(suspended_at=timezone.now())


def forget_unconfirmed(*, now: datetime) -> int:
    """Remove the addresses that nobody confirmed within a week; return how many."""
    never = Subscription.objects.never_confirmed(now=now)
    count = never.count()
    never.delete()
    return count


def forget_old_digests(*, now: datetime) -> int:
    """Remove what was in old digests, and then that they were, a part at a time; return how many rows."""
    today, removed = timezone.localdate(now), 0
    for model, kept in ((SentItem, ITEMS_KEPT), (Digest, DIGESTS_KEPT)):
        for _turn in range(PRUNING_TURNS):
            old = model.objects.filter(day__lt=today - kept).values_list("pk", flat=True)[:PRUNED_AT_ONCE]  # type: ignore[attr-defined]
            part, _by_model = model.objects.filter(pk__in=list(old)).delete()  # type: ignore[attr-defined]
            removed += part
            if part < PRUNED_AT_ONCE:
                break
    return removed
