"""Read one mail from standard input, for an alias of the mail server; see docs/proposals-by-mail.md."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, override

from moderation.mail_actions import UnknownRecipientError, receive_mail
from moderation.received_mail import UnreadableMailError, read_mail
from moderation.sender_actions import TooManyTextsError

# Of sysexits.h: what a mail server understands. With EX_TEMPFAIL it keeps the mail and tries again.
EX_DATAERR, EX_NOUSER, EX_TEMPFAIL, EX_NOPERM = 65, 67, 75, 77
CHUNK = 64 * 1024
WORDS: list[tuple[type[Exception], int, str]] = [
    (UnreadableMailError, EX_DATAERR, gettext_noop("This mail could not be read, is too big, or has no text.")),
    (UnknownRecipientError, EX_NOUSER, gettext_noop("No department has this address.")),
    (PermissionDenied, EX_NOPERM, gettext_noop("Your address is not among those who may send this department a text.")),
    (
        TooManyTextsError,
        EX_TEMPFAIL,
        gettext_noop("The limit of texts for one day is reached; the mail is taken in tomorrow."),
    ),
]


OUR_FAULT = gettext_noop("Something went wrong on our side; the mail server tries again later.")


class Command(BaseCommand):
    help = "Make a draft of one mail (RFC 5322) on standard input, and submit it to the desk."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--recipient", default="", help="the address it was delivered to (as the alias knows it)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Whatever this writes may be sent back to the mail's sender: a sentence, never a traceback."""
        try:
            receive_mail(mail=read_mail(_all_of(sys.stdin.buffer)), recipient=options["recipient"], now=timezone.now())
        except Exception as error:
            if options["traceback"]:
                raise
            self._refuse(error)

    def _refuse(self, error: Exception) -> None:
        """Say in both languages why not, and end with the code that the mail server understands."""
        code, words = EX_TEMPFAIL, OUR_FAULT
        for kind, its_code, its_words in WORDS:
            if isinstance(error, kind):
                code, words = its_code, its_words
        for language in ("fr", "nl"):
            with override(language):
                self.stderr.write(gettext(words))
        if code == EX_TEMPFAIL and not isinstance(error, TooManyTextsError):
            self.stderr.write(f"({type(error).__name__})")
        sys.exit(code)


def _all_of(stream: IO[bytes]) -> bytes:
    """Return what `stream` holds. Raises UnreadableMailError past the limit, once all was taken from the mail server."""
    content = stream.read(settings.RECEIVED_MAIL_BYTES + 1)
    if len(content) <= settings.RECEIVED_MAIL_BYTES:
        return content
    while stream.read(CHUNK):
        pass
    raise UnreadableMailError
