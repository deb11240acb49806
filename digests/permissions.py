"""Who may see how the digests fare."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser, AnonymousUser


def can_see_digests(user: AbstractUser | AnonymousUser) -> bool:
    return user.has_perm("digests.view_digest")
