"""What residents correct by themselves."""

from __future__ import annotations

from django.db import transaction
from wagtail.users.models import UserProfile

from residents.models import Profile, User


@transaction.atomic
def correct_details(*, user: User, display_name: str, language: str) -> None:
    Profile.objects.update_or_create(user=user, defaults={"display_name": display_name})
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
