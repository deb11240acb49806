"""The language in which a person is written to."""

from typing import Any

from django.conf import settings
from wagtail.users.models import UserProfile

from home.languages import LANGUAGE_CODES


def language_of(user: Any) -> str:
    """Return "fr" or "nl": what the person chose, in their account or in the admin."""
    profile = getattr(user, "wagtail_userprofile", None) or UserProfile.get_for_user(user)
    code = (profile.preferred_language or settings.LANGUAGE_CODE)[:2]
    return code if code in LANGUAGE_CODES else settings.LANGUAGE_CODE
