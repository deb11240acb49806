"""Why somebody isn't verified: each says it in the words of the person who reads them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _


class VerificationError(ValidationError):
    words: Any = ""

    def __init__(self) -> None:
        super().__init__(self.words, code=type(self).__name__)


class HeldByAnotherError(VerificationError):
    """Another account that is open is verified for the same person, or for a namesake born on the same day."""

    words = _(
        "Another account is already verified with the same name and date of birth, and each person counts once. "
        "Come to the counter with your identity card: we will sort it out together."
    )


class OtherPersonError(VerificationError):
    """The account is verified already, with other details."""

    words = _(
        "This account was verified earlier with another name or date of birth. Each person needs an account of their "
        "own. If it is about you, come to the counter with your identity card: we will put it right."
    )


class OwnAccountError(VerificationError):
    words = _("Nobody verifies their own account. Ask a colleague.")


class StillValidError(VerificationError):
    """Nothing to do: the same person was verified already, and it need not be renewed yet."""

    def __init__(self, valid_until: date) -> None:
        self.words = _("This account is verified already, until %(day)s. There is nothing to do.") % {
            "day": date_format(valid_until, "j F Y")
        }
        super().__init__()


class MissingClaimsError(VerificationError):
    words = _(
        "Your electronic identity did not tell us your name and your date of birth, so we can’t verify you with it. "
        "Nothing was kept. Ask for a code by letter, or come to the counter."
    )
