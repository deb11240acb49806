"""Mails that came back: which one it was, and whether its address is worth another mail.

A bounce comes from anywhere, so nothing in it is believed but a Message-ID of ours, which only who had the mail can
name. Of what it says its code is kept alone: its words can name the recipient.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from typing import Any

from django.db import transaction
from django.utils import timezone

from home.addresses import host
from mailing.models import Bounce, OutgoingMail

MOST_BYTES = 2 * 1024 * 1024
MOST_PARTS, MOST_IDENTIFIERS = 50, 50
OUR_IDENTIFIER = re.compile(r"<(\d{1,18})\.\d{20}\.[0-9a-f]{20}@[^<>@\s]{1,255}>")
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")  # RFC 3463
# Refusals that speak of the address: it is unknown, moved, or switched off. The others (a full mailbox, a text taken
# for spam, a server's own trouble) may be over at the next mail.
OF_THE_ADDRESS = re.compile(r"5\.(0\.\d+|1\.\d+|2\.[01]|4\.[14])$")


class NotABounceError(Exception):
    """It is no report on a mail (RFC 3464), or on none of ours."""


@dataclass(frozen=True)
class Report:
    """What a bounce says: the mails that it may be about, and the code of its last word."""

    identifiers: tuple[str, ...]
    action: str
    code: str

    @property
    def is_final(self) -> bool:
        return self.action == "failed" and bool(OF_THE_ADDRESS.match(self.code))


CameBack = Callable[[OutgoingMail], object]
_handlers: list[CameBack] = []


def register(handler: CameBack) -> None:
    """Have `handler(mail)` called, in the transaction, when a mail came back for good: its address takes no more."""
    if handler not in _handlers:
        _handlers.append(handler)


def read_bounce(content: bytes) -> Report:
    """Raises NotABounceError for what is none; whatever else is wrong with it, it is one or it isn't."""
    if len(content) > MOST_BYTES:
        raise NotABounceError
    try:
        message = message_from_bytes(content)
        parts = list(_parts(message))
        facts = [_facts(part) for part in parts if part.get_content_type() == "message/delivery-status"]
        action, code = next((fact for fact in facts if fact[0]), ("", ""))
        identifiers = tuple(_identifiers(message, parts))[:MOST_IDENTIFIERS]
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise NotABounceError from error
    if not action or not identifiers:
        raise NotABounceError
    return Report(identifiers, action, code)


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts of a report, the mail that it returns included, in their order."""
    waiting: list[Any] = [message]
    count = 0
    while waiting:
        part = waiting.pop(0)
        count += 1
        if count > MOST_PARTS:
            raise ValueError("more parts than a report has")
        yield part
        payload = part.get_payload()
        if isinstance(payload, list) and part.get_content_type() != "message/delivery-status":
            waiting[:0] = payload


def _facts(part: Message) -> tuple[str, str]:
    """Return the action and the status of the first recipient: ours has one."""
    blocks: Any = part.get_payload()
    for block in blocks if isinstance(blocks, list) else []:
        action = str(block.get("Action", "")).strip().lower()
        found = STATUS.search(str(block.get("Status", "")))
        if action in ("failed", "delayed"):
            return action, found.group(1) if found else ""
    return "", ""


def _identifiers(message: Message, parts: list[Message]) -> Iterator[str]:
    """Yield what may be ours: of the mail that is returned, of its head alone, or what the bounce answers to."""
    for part in parts[1:]:
        yield from _ours(str(part.get("Message-ID", "")))
        if part.get_content_type() == "text/rfc822-headers":
            payload: Any = part.get_payload(decode=True)
            head = message_from_bytes(payload if isinstance(payload, bytes) else b"")
            yield from _ours(str(head.get("Message-ID", "")))
    for name in ("In-Reply-To", "References"):
        yield from _ours(str(message.get(name, "")))


def _ours(words: str) -> Iterator[str]:
    for found in OUR_IDENTIFIER.finditer(words[:4000]):
        if found.group().endswith(f"@{host()}>"):
            yield found.group()


def note_bounce(report: Report, *, now: datetime | None = None) -> Bounce:
    """Keep what a bounce says of a mail of ours. Raises NotABounceError when it is about none of them."""
    for identifier in report.identifiers:
        found = OUR_IDENTIFIER.match(identifier)
        mail = OutgoingMail.objects.filter(pk=int(found.group(1))).first() if found else None
        if mail is not None and mail.message_id == identifier:
            return _note(mail, is_final=report.is_final, code=report.code, now=now or timezone.now())
    raise NotABounceError


def note_refusal(mail: OutgoingMail, words: str) -> None:
    """Keep that a server refused the recipient while we spoke to it ("SMTP 550 5.1.1"): as good as a bounce."""
    found = STATUS.search(words)
    code = found.group(1) if found else ""
    is_final = bool(OF_THE_ADDRESS.match(code)) if code else words in ("SMTP 550", "SMTP 551", "SMTP 553")
    _note(mail, is_final=is_final, code=code, now=timezone.now())


@transaction.atomic
def _note(mail: OutgoingMail, *, is_final: bool, code: str, now: datetime) -> Bounce:
    """The last word counts, but what came back for good stays so: a late "still trying" takes nothing back."""
    bounce, is_new = Bounce.objects.select_for_update().get_or_create(
        mail=mail, defaults={"is_final": is_final, "code": code, "came_back_at": now}
    )
    if not is_new and (is_final or not bounce.is_final):
        bounce.is_final, bounce.code, bounce.came_back_at = is_final, code, now
        bounce.save()
    if is_final:
        for handler in _handlers:
            handler(mail)
    return bounce
