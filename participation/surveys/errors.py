"""Why an answer was not taken, in the reader's language. Nothing is stored where one of these is raised."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class RefusedError(Exception):
    """The answer is not taken; `message` says why and what to do. What was typed is the caller's to keep."""

    message: str | Promise = ""

    def __str__(self) -> str:
        return str(self.message)


class NotPublishedError(RefusedError):
    message = _("This survey can't be answered: it is not published.")


class NotOpenYetError(RefusedError):
    message = _("This survey is not open yet. Come back when it opens.")


class ClosedError(RefusedError):
    message = _("This survey is closed: no more answers are taken.")


class SignInNeededError(RefusedError):
    message = _("Sign in to answer this survey.")


class VerificationNeededError(RefusedError):
    message = _("This survey is for verified residents. Show once that you live in the commune, then answer.")


class OtherNeighbourhoodError(RefusedError):
    message = _("This survey is for verified residents of its neighbourhoods, and yours is another one.")


class BrowserUnknownError(RefusedError):
    message = _("Your browser keeps no cookie, so that your answer could not be counted once. Allow it, and try again.")


class WrongProofError(RefusedError):
    message = _(
        "Your browser’s proof of work was not right, too old, or already used. Send once more: it makes another."
    )


class TooQuickError(RefusedError):
    message = _("That was quicker than a person reads. Wait for some seconds, then send once more.")


class TooManyError(RefusedError):
    message = _("Many answers came from your connection within an hour. Send yours again in an hour.")


class AlreadyAnsweredError(RefusedError):
    message = _("You have answered this survey already: each person's answer counts once, in whichever language.")


class NotChangeableError(RefusedError):
    message = _("Answers to this survey can't be changed: nobody can tell which one is yours.")


class BatchUndoneError(RefusedError):
    message = _("This batch was undone: begin another one.")
