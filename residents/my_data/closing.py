"""Closing an account: the person is gone when the request ends, and no second vote is free (docs/decisions/0010).

What features hold goes by their `Holding`s; what may stand in the way of people who work for the commune, by the small
registry here.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mailing.actions import queue_mail
from residents.languages import language_of
from residents.models import User
from residents.my_data.running import kept_until
from residents.personal_data import registered
from residents.voters import detach_voter

Obstacle = Callable[[User], "str | Promise"]
_obstacles: dict[str, Obstacle] = {}


class Reason(models.TextChoices):
    """Why an account is closed, as its owner is told."""

    OWN_WISH = "own_wish", _("you asked for it")
    ADMINISTRATOR = "administrator", _("the commune closed it")
    UNUSED = "unused", _("it was not used for two years")
    UNCONFIRMED = "unconfirmed", _("its address was never confirmed")


def register_obstacle(name: str, find: Obstacle) -> None:
    """Let `find(user)` say, in the reader's language, what keeps them from closing their own account; "" for nothing."""
    _obstacles[name] = find


def obstacles_of(user: User) -> list[str]:
    return [str(words) for find in _obstacles.values() if (words := find(user))]


@transaction.atomic
def close_account(*, user: User, keep: bool, reason: Reason, now: datetime) -> None:
    """Remove the person; `keep` leaves what they wrote for others, without their name.

    Raises ValidationError when they ask for it themselves and something of their work stands in the way. An
    administrator may, and answers for what is left behind.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if reason == Reason.OWN_WISH and (obstacles := obstacles_of(user)):
        raise ValidationError(obstacles)
    address, language = user.email, language_of(user)
    remove_from_tables(user, keep=keep)
    voter = getattr(user, "voter", None)
    detach_voter(user, kept_until(voter.key) if voter else None)
    user.delete()
    if address and reason != Reason.UNCONFIRMED:
        _say_goodbye(address, language, keep=keep, reason=reason, now=now)


def remove_from_tables(user: User, *, keep: bool) -> None:
    """Let each table take its part of `user` out, before the account's row goes."""
    for holding in registered():
        if holding.close is not None:
            holding.close(user, keep)


def _say_goodbye(address: str, language: str, *, keep: bool, reason: Reason, now: datetime) -> None:
    queue_mail(
        key=f"account_closed:{uuid.uuid4()}",
        kind="account_closed",
        to=address,
        language=language,
        template="residents/my_data/mails/account_closed",
        context={"reason": reason.value, "keep": keep},
        due_at=now,
        forgets_recipient=True,
    )
