"""Why something was not done on a board, in the reader's language. Nothing is stored where one of these is raised."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from participation.surveys.errors import RefusedError


class NotPublishedError(RefusedError):
    message = _("This board can't be used: it is not published.")


class NotOpenYetError(RefusedError):
    message = _("It is too early for this. Come back when it opens.")


class ClosedError(RefusedError):
    message = _("This is closed: nothing more is taken.")


class NotOfferedError(RefusedError):
    message = _("This board does not offer that.")


class SignInNeededError(RefusedError):
    message = _("Sign in to take part: so everybody counts once.")


class VerificationNeededError(RefusedError):
    message = _("This is for verified residents. Show once that you live in the commune, then come back.")


class OtherNeighbourhoodError(RefusedError):
    message = _("This is for verified residents of the neighbourhoods that are asked, and yours is another one.")


class NotPublicError(RefusedError):
    message = _("This is not public, or no longer.")


class CharterError(RefusedError):
    message = _("Read how we talk here, and say that you agree; then go on.")


class AlreadySupportedError(RefusedError):
    message = _("You support this idea already: each person counts once.")


class AlreadyReportedError(RefusedError):
    message = _("You have reported this already: somebody of the commune will look at it.")


class NotYoursError(RefusedError):
    message = _("Only whoever wrote this may do that.")


class OwnWritingError(RefusedError):
    message = _("You wrote this yourself; someone else has to decide over it.")


class SecondPersonError(RefusedError):
    message = _("You decided over this the first time; a second look is another person's.")


class NotAllowedError(RefusedError):
    message = _("This is not yours to do.")


class TooLateToEditError(RefusedError):
    message = _("A comment can be changed for 15 minutes. Write another one to add something.")


class NotChangeableError(RefusedError):
    message = _("This can't be changed as it stands now.")


class DecidedError(RefusedError):
    message = _("Somebody decided over this already. This is how it stands now.")


class ChangedError(RefusedError):
    message = _("The text changed since you opened it. Have another look, then decide.")


class SecondLookUsedError(RefusedError):
    message = _("A second look can be asked for once, and this one was.")


class ReplyError(RefusedError):
    message = _("One can reply to a comment, not to a reply.")


class MergeError(RefusedError):
    message = _("These ideas can't be merged: choose two public ideas of one board.")


class UndoError(RefusedError):
    message = _("This merging can't be undone now: undo first the one that came after it.")


class AnswerIncompleteError(RefusedError):
    message = _("An answer needs both languages, a department and a status before it is published.")


class BlockedError(RefusedError):
    """`because` is what the commune wrote to the person."""

    def __init__(self, sanction: Any) -> None:
        self.message = (
            _("You may not write here at the moment: %(because)s") % {"because": sanction.because}
            if sanction.until
            else _("You may not write here: %(because)s") % {"because": sanction.because}
        )
        super().__init__()


class TooManyIdeasError(RefusedError):
    def __init__(self, most: int) -> None:
        self.message = ngettext(
            "On this board each person proposes %(most)d idea, and yours is there.",
            "On this board each person proposes %(most)d ideas, and yours are there.",
            most,
        ) % {"most": most}
        super().__init__()


class TooManySupportsError(RefusedError):
    def __init__(self, most: int) -> None:
        self.message = ngettext(
            "On this board each person supports %(most)d idea. Take your support back from the other one first.",
            "On this board each person supports %(most)d ideas. Take your support back from another one first.",
            most,
        ) % {"most": most}
        super().__init__()


class MergedError(RefusedError):
    """The idea is part of another one now; `into` is that one."""

    message = _("This idea was merged into another one.")

    def __init__(self, into: Any) -> None:
        self.into = into
        super().__init__()
