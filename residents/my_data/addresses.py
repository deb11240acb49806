"""Changing the address of an account: both ends confirm, within a day, and the database keeps one account for each.

What is answered on the screen is the same whether or not somebody has the new address already; only its own mailbox
is told.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from allauth.account.signals import email_changed
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from home.addresses import absolute
from mailing.actions import queue_mail
from residents.languages import language_of
from residents.models import AddressChange, User
from residents.models.addresses import VALID_FOR, hash_of
from residents.signing_in.actions import confirm_address
from residents.voters import follow_address

ASKED_PER_DAY = 5
MAILS = "residents/my_data/mails"


class TakenAddressError(Exception):
    """Somebody made an account with the address while it was being confirmed."""


@transaction.atomic
def ask_for_change(*, user: User, email: str, now: datetime) -> AddressChange:
    """Write to both addresses; an earlier wish is void from now on. Raises ValidationError for the sixth of a day."""
    User.objects.select_for_update().get(pk=user.pk)
    mine = AddressChange.objects.filter(user=user)
    if mine.filter(asked_at__gt=now - VALID_FOR).count() >= ASKED_PER_DAY:
        raise ValidationError(_("You asked for a change five times in a day. Try again tomorrow, or call us."))
    mine.filter(is_open=True).update(is_open=False)
    email = User.objects.normalize_email(email).lower()
    is_taken = User.objects.filter(email__iexact=email).exists()
    old, new = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    change = AddressChange.objects.create(
        user=user,
        email=email,
        asked_at=now,
        old_hash=hash_of(old) if user.email else None,
        new_hash=None if is_taken else hash_of(new),
    )
    if user.email:
        _tell("address_old", change, to=user.email, secret=old, new=email)
    _tell("address_taken" if is_taken else "address_new", change, to=email, secret=new)
    return change


def _tell(name: str, change: AddressChange, *, to: str, secret: str, **context: Any) -> None:
    language = language_of(change.user)
    with override(language):
        url = absolute(reverse("my_address_confirm", args=[secret]))
    queue_mail(
        key=f"{name}:{change.pk}",
        kind="address_change",
        to=to,
        language=language,
        template=f"{MAILS}/{name}",
        user=change.user,
        context={"url": url, "ends_at": change.ends_at, **context, "user": None},  # the reader may be a stranger
        private=True,
    )


def cancel_change(*, user: User) -> None:
    AddressChange.objects.filter(user=user, is_open=True).update(is_open=False)


def confirm(*, secret: str, now: datetime) -> AddressChange | None:
    """Note that one end agrees; with the second one the address changes. None for a link that leads nowhere.

    Raises TakenAddressError when somebody else took the address in the meantime: the constraint on accounts decides.
    """
    with transaction.atomic():
        change = AddressChange.objects.open(now=now).holding(secret).select_for_update().first()
        if change is None:
            return None
        end = "new_confirmed_at" if change.is_of_the_new_end(secret) else "old_confirmed_at"
        setattr(change, end, getattr(change, end) or now)
        change.is_open = not change.is_confirmed_at_both_ends
        change.save(update_fields=[end, "is_open"])
        is_done = change.is_open or _move(change)
    if not is_done:
        raise TakenAddressError
    return change


def _move(change: AddressChange) -> bool:
    """Give the account its new address; whether it could be done."""
    user = User.objects.select_for_update().get(pk=change.user_id)
    former, user.email = user.email, change.email
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
            confirm_address(user=user)
            follow_address(user)
            email_changed.send(
                sender=User, request=None, user=user, from_email_address=former, to_email_address=user.email
            )
    except IntegrityError:
        return False
    return True
