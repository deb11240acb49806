"""What a sign-in means for a person's data: the account is used, and whoever signed in just now may close it."""

from __future__ import annotations

import time
from typing import Any

from residents.models import Profile

RECENT_SECONDS = 10 * 60
SIGNED_IN_AT = "signed_in_at"


def note_sign_in(*, user: Any, session: Any) -> None:
    """Take back a warning that the account is unused; remember in the session when the person showed who they are."""
    Profile.objects.filter(user=user.pk, warned_at__isnull=False).update(warned_at=None)
    if session is not None:
        session[SIGNED_IN_AT] = int(time.time())


def is_recent(session: Any) -> bool:
    signed_in_at = session.get(SIGNED_IN_AT)
    return isinstance(signed_in_at, int) and 0 <= time.time() - signed_in_at < RECENT_SECONDS
