"""Handing mails to the mail server: never twice, and none lost (docs/decisions/0005)."""

from __future__ import annotations

import logging
import re
import smtplib
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection as database
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from mailing.bounces import note_refusal
from mailing.models import FORGOTTEN, OutgoingMail, Status
from mailing.smtp import EmailBackend

logger = logging.getLogger(__name__)
Clock = Callable[[], datetime]

BACK_OFF = [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12)]
LEASE = timedelta(minutes=3)  # longer than any one exchange with a server: each of its steps ends after EMAIL_TIMEOUT
SERVICE_CLOSING = 421  # RFC 5321, 3.8: such as "too many mails over this connection"
TAKEN_AT_ONCE = 40  # by one worker; they leave one after the other all the same
ROUND_SECONDS = 60.0  # so that a worker which is told to stop does not wait for a long queue


class TakenOverError(Exception):
    """This worker was so slow that another one took the mail; nothing has been handed over."""


def send_due(*, limit: int = 3000, clock: Clock = timezone.now) -> int:
    """Send what is due, one mail after the other over one connection; return how many were sent.

    Raises OSError when the mail server does not answer at all: then nothing was tried, and everything stays due.
    Not to be called inside a transaction: each step has to be in the database before the next is taken.
    """
    if not OutgoingMail.objects.ready(now=clock()).exists():
        return 0
    sent, tried, started = 0, 0, time.monotonic()
    server = get_connection()
    try:
        while tried < limit and time.monotonic() - started <= ROUND_SECONDS:
            server.open()
            mails = take(min(TAKEN_AT_ONCE, limit - tried), now=clock())
            if not mails:
                break
            tried += len(mails)
            sent += _deliver_all(mails, server, until=started + ROUND_SECONDS, clock=clock)
    finally:
        _close(server)
    return sent


def _deliver_all(mails: list[OutgoingMail], server: Any, *, until: float, clock: Clock) -> int:
    """Hand over what was taken; what there is no time for, or no server any more, is given back untried."""
    sent = 0
    waiting = list(mails)
    try:
        while waiting and time.monotonic() <= until:
            server.open()
            sent += deliver(waiting.pop(0), server, clock=clock)
    finally:
        _give_back(waiting)
    return sent


@transaction.atomic
def take(count: int, *, now: datetime) -> list[OutgoingMail]:
    """Take the mails that come first, out of reach of other workers, for the time of `LEASE`."""
    ready = OutgoingMail.objects.ready(now=now)
    ready = ready.select_for_update(skip_locked=database.features.has_select_for_update_skip_locked)
    keys = list(ready.values_list("pk", flat=True)[:count])
    token = uuid.uuid4()
    OutgoingMail.objects.filter(pk__in=keys).update(
        status=Status.SENDING, taken_by=token, taken_until=now + LEASE, attempts=F("attempts") + 1
    )
    taken = OutgoingMail.objects.in_bulk(keys)
    return [taken[key] for key in keys]


def take_next(*, now: datetime) -> OutgoingMail | None:
    """Take one mail."""
    return next(iter(take(1, now=now)), None)


def _give_back(mails: list[OutgoingMail]) -> None:
    """Let go of mails that were taken and not tried, unless they have been taken over."""
    if mails:
        mine = OutgoingMail.objects.filter(pk__in=[mail.pk for mail in mails], taken_by=mails[0].taken_by)
        mine.update(status=Status.DUE, attempts=F("attempts") - 1, taken_by=None, taken_until=None)


def deliver(mail: OutgoingMail, server: Any, *, clock: Clock) -> bool:
    """Hand one taken mail over, and note how that went; whether it was sent."""
    message = message_of(mail)
    try:
        if isinstance(server, EmailBackend):
            message.before_end = lambda: hand_over(mail)  # type: ignore[attr-defined]
        else:
            hand_over(mail)  # a backend that can't tell when the mail becomes somebody else's
        server.send_messages([message])
    except TakenOverError:
        _close(server)
        return False
    except Exception as error:
        logger.warning("A mail of kind %s was not sent: %s", mail.kind, type(error).__name__)
        _settle_failure(mail, error, now=clock())
        if _answer(error)[0] in (None, SERVICE_CLOSING):
            _close(server)
        return False
    _settle(mail, status=Status.SENT, sent_at=clock(), error="", **_removed_words(mail, private=mail.private))
    return True


def message_of(mail: OutgoingMail) -> EmailMultiAlternatives:
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated", "Content-Language": mail.language}
    if mail.unsubscribe_url:  # RFC 2369 and 8058
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mail.to], headers=headers)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def hand_over(mail: OutgoingMail) -> None:
    """Note that the mail is about to become the server's. From here on, only a heard answer makes it due again."""
    mine = OutgoingMail.objects.filter(pk=mail.pk, status=Status.SENDING, taken_by=mail.taken_by)
    if not mine.update(status=Status.UNCERTAIN):
        raise TakenOverError
    mail.status = Status.UNCERTAIN


def _settle_failure(mail: OutgoingMail, error: Exception, *, now: datetime) -> None:
    """What the server refused for good has failed; what it put off is tried again; silence after the end is uncertain."""
    code, words = _answer(error)
    if code is None and mail.status == Status.UNCERTAIN:
        _settle(mail, status=Status.UNCERTAIN, error=words)
    elif is_final(error, code) or mail.attempts > len(BACK_OFF):
        _settle(mail, status=Status.FAILED, error=words, **_removed_words(mail))
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            note_refusal(mail, words)
    else:
        later = now + BACK_OFF[mail.attempts - 1]
        _settle(mail, status=Status.DUE, error=words, next_attempt_at=later)


def _removed_words(mail: OutgoingMail, *, private: bool = False) -> dict[str, str]:
    """Return what is emptied once no further attempt is made: of the last mail to a person, its address too."""
    if mail.forgets_recipient:
        return FORGOTTEN
    return {"text": "", "html": ""} if private else {}


def is_final(error: Exception, code: int | None) -> bool:
    """Whether another attempt would be of no use: this recipient or this text is refused.

    A refusal of the sender, or of the password, is about all mails: somebody will mend it, and they leave then.
    """
    refused = isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError)
    return refused and code is not None and code >= 500


def _answer(error: Exception) -> tuple[int | None, str]:
    """Return the server's code, and what may be kept of its answer: its words can name the recipient, its codes don't."""
    reply: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, reply = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, reply = error.smtp_code, error.smtp_error
    else:
        return None, type(error).__name__
    text = reply.decode("ascii", "replace") if isinstance(reply, bytes) else str(reply)
    detail = re.match(r"[245]\.\d{1,3}\.\d{1,3}\b", text)  # RFC 3463
    return code, f"SMTP {code}" + (f" {detail.group()}" if detail else "")


def _settle(mail: OutgoingMail, **outcome: Any) -> None:
    """Note the outcome and let go of the mail, unless it has been taken over."""
    mine = OutgoingMail.objects.filter(pk=mail.pk, taken_by=mail.taken_by)
    mine.update(taken_by=None, taken_until=None, **outcome)


def _close(server: Any) -> None:
    with suppress(OSError, smtplib.SMTPException):
        server.close()
