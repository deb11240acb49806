"""To follow, and to stop following. Both may be asked twice: the database keeps one row, or none."""

from __future__ import annotations

from django.db import transaction

from residents.follows.targets import Target
from residents.models import Follow, User


@transaction.atomic
def follow(*, user: User, target: Target) -> Follow:
    """Let `user` follow `target`; two clicks at once meet at the constraint, and find the same row."""
    return Follow.objects.get_or_create(user=user, **target.fields)[0]


@transaction.atomic
def stop_following(*, user: User, target: Target) -> None:
    Follow.objects.filter(target.followed_q, user=user).delete()
