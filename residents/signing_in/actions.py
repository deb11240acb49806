"""What is done with accounts when people sign in and up: one function per verb."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import update_session_auth_hash
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils.crypto import get_random_string
from wagtail.users.models import UserProfile

from home.models import Neighbourhood
from residents.models import Residency, User
from residents.models.accounts import SALT_LENGTH


def sign_up(*, email: str, language: str, neighbourhood: int | None) -> tuple[User, bool]:
    """Make the account of a newcomer whose address is known to be theirs; return it, and whether it is new.

    Of two at once, one makes it and the other finds it. A neighbourhood that has gone meanwhile is none.
    """
    try:
        with transaction.atomic():
            user = User.objects.create_user(email)
            profile = UserProfile.get_for_user(user)
            profile.preferred_language = language
            profile.save()
            place = Neighbourhood.objects.filter(pk=neighbourhood).first() if neighbourhood else None
            Residency.objects.create(user=user, neighbourhood=place)
            confirm_address(user=user)
    except IntegrityError:
        return User.objects.get_by_natural_key(email), False
    return user, True


@transaction.atomic
def confirm_address(*, user: User) -> None:
    """Note that the account's address is its person's: they typed a code that was sent there. It has one address."""
    mine = Q(user=user, email=user.email)
    EmailAddress.objects.filter(Q(user=user) | Q(email=user.email)).exclude(mine).delete()
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


def keep_one_address(*, user: User) -> None:
    """Let go of what allauth knows of an address that the account no longer has: nobody signs in by it any more."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email or "").delete()


def end_other_sessions(*, request: HttpRequest) -> None:
    """End every session of the person but this one, on whatever device."""
    user = request.user
    end_sessions(user=user)  # type: ignore[arg-type]
    update_session_auth_hash(request, user)  # type: ignore[arg-type]


def end_sessions(*, user: User) -> None:
    user.session_salt = get_random_string(SALT_LENGTH)
    user.save(update_fields=["session_salt"])


@transaction.atomic
def remove_second_factor(*, user: User) -> int:
    """Take away what somebody has lost: passkeys, one-time codes, recovery codes. Their sessions end.

    Whoever asks for it has made sure, in person, of who they are; they set up a new one at their next sign-in.
    """
    removed, _by_model = Authenticator.objects.filter(user=user).delete()
    end_sessions(user=user)
    return removed
