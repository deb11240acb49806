"""Who may see the outbox, and decide over what is in it."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser, AnonymousUser


def can_see_mails(user: AbstractUser | AnonymousUser) -> bool:
    return user.has_perm("mailing.view_outgoingmail")


def can_decide_over_mails(user: AbstractUser | AnonymousUser) -> bool:
    return user.has_perm("mailing.decide_outgoingmail")
