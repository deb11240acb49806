"""Who is who among the accounts, as a part of other queries: none of these asks the database by itself."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from home.models import Neighbourhood
from residents.models import Follow, Residency, User

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"  # where groups and permissions come from


def neighbourhoods_of(user: Any) -> QuerySet[Neighbourhood]:
    """Return where `user` lives, and the neighbourhoods that they follow; none for a visitor, or a closed account."""
    if not (user.is_authenticated and user.is_active):
        return Neighbourhood.objects.none()
    lives_in = Residency.objects.filter(user=user.pk).values("neighbourhood")
    followed = Follow.objects.filter(user=user.pk).values("neighbourhood")
    return Neighbourhood.objects.filter(Q(pk__in=lives_in) | Q(pk__in=followed))


def confirmed(*, of: str = "pk") -> Q:
    """The one rule of which accounts may be written to and counted: their address was shown to be theirs.

    `of` is where the account stands in the query: "pk" for accounts themselves, a field's name elsewhere.
    """
    email = "email" if of == "pk" else f"{of}__email"
    addresses = EmailAddress.objects.annotate(address=Lower("email"))
    return Q(Exists(addresses.filter(user=OuterRef(of), address=Lower(OuterRef(email)), verified=True)))


def staff() -> QuerySet[User]:
    """Return everybody who may enter the admin."""
    return User.objects.with_perm("wagtailadmin.access_admin", backend=MODEL_BACKEND)
