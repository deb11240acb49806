"""Reads one mail (RFC 5322) as it comes from the mail server. Nothing in it is trusted, its sender's name least."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from moderation.plain_text import from_html, one_line, plain, unwrapped, without_quotes
from moderation.received_texts import FILE_NAME_SIGNS, ReceivedFile, received_bytes

NAME_SIGNS, ORIGINAL_SIGNS, DELIVERY_SIGNS = 120, 100_000, 200
MOST_PARTS = 100
RECIPIENTS = ("Delivered-To", "X-Original-To", "To", "Cc")


class UnreadableMailError(Exception):
    """It is no mail, or has no text."""


@dataclass(frozen=True)
class Attachment:
    name: str
    kind: str
    content: bytes
    is_drawn_inside: bool = False


@dataclass(frozen=True)
class Mail:
    """What is needed of a mail."""

    name: str
    email: str
    recipients: Sequence[str]
    subject: str
    original: str
    delivery: str
    is_automatic: bool
    is_wrapped: bool = False
    attachments: Sequence[Attachment] = field(default_factory=tuple)

    @property
    def text(self) -> str:
        """What its writer wrote now: without their signature, and without the mail that they reply to."""
        text = without_quotes(self.original)
        return unwrapped(text) if self.is_wrapped else text


def read_mail(content: bytes) -> Mail:
    """Raises UnreadableMailError for what has no sender or no words."""
    try:
        message = message_from_bytes(content)
        parts = list(_parts(message))
    except (RecursionError, ValueError, LookupError, TypeError) as error:
        raise UnreadableMailError from error
    senders = _addresses(message, "From")
    if len(senders) != 1:  # several, or none: RFC 5322 asks for a Sender then, and we for one person
        raise UnreadableMailError
    name, email = senders[0]
    original, is_wrapped = _words(parts)
    subject = one_line(_header(message, "Subject"))
    return Mail(
        name=one_line(name)[:NAME_SIGNS] or email,
        email=email,
        recipients=[address for name in RECIPIENTS for _shown, address in _addresses(message, name)],
        subject=subject,
        original=original[:ORIGINAL_SIGNS],
        delivery=_delivery(message, content),
        is_automatic=_is_automatic(message),
        is_wrapped=is_wrapped,
        attachments=[_attachment(part) for part in parts if _is_attachment(part)],
    )


def received_files(attachments: Sequence[Attachment]) -> tuple[list[ReceivedFile], list[str]]:
    """Return the pictures and PDF files that are taken, and the names of the others.

    Left out is what is drawn inside the mail instead of attached to it, of another kind, damaged, or too much.
    """
    files: list[ReceivedFile] = []
    left_out: list[str] = []
    for each in attachments:
        if each.is_drawn_inside or len(files) == settings.RECEIVED_FILES:
            left_out.append(each.name)
            continue
        try:
            files.append(received_bytes(each.name, each.content, each.kind))
        except ValidationError:
            left_out.append(each.name)
    return files, left_out


def _header(message: Message, name: str) -> str:
    value = message.get(name)
    if value is None:
        return ""
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, ValueError, UnicodeError):
        return str(value)


def _addresses(message: Message, name: str) -> list[tuple[str, str]]:
    """Return (name, address) of each address in all headers called `name`; what isn't one is left out."""
    values = [str(value) for value in message.get_all(name, [])]
    found = ((_decoded(shown), one_line(address)) for shown, address in getaddresses(values))
    return [(shown, address) for shown, address in found if address.count("@") == 1 and len(address) <= 254]


def _decoded(text: str) -> str:
    try:
        return str(make_header(decode_header(text)))
    except (HeaderParseError, LookupError, ValueError, UnicodeError):
        return text


def _is_automatic(message: Message) -> bool:
    """Whether a program sent it (RFC 3834): a bounce, an answer from a holiday, a list. To answer one begins a loop."""
    submitted = _header(message, "Auto-Submitted").strip().lower()
    precedence = _header(message, "Precedence").strip().lower()
    return (
        submitted not in ("", "no")
        or precedence in ("bulk", "junk", "list", "auto_reply")
        or message.get("Return-Path", "x").strip() == "<>"
        or message.get("X-Autoreply") is not None
        or message.get_content_type() == "multipart/report"
    )


def _delivery(message: Message, content: bytes) -> str:
    """What is the same when the mail is delivered twice: its Message-ID; without one, what it says."""
    identifier = one_line(_header(message, "Message-ID"))
    if identifier and len(identifier) <= DELIVERY_SIGNS:
        return f"mail:{identifier}"
    if not identifier:
        says = "\0".join([_header(message, "From"), _header(message, "Date"), _header(message, "Subject")])
        body = content.partition(b"\n\n")[2] or content.partition(b"\r\n\r\n")[2]
        identifier = says + hashlib.sha256(body).hexdigest()
    return f"mail:sha256:{hashlib.sha256(identifier.encode('utf-8', 'replace')).hexdigest()}"


def _parts(message: Message) -> Iterator[Message]:
    """Yield the leaves of a mail; a mail within the mail is one leaf."""
    waiting: list[Any] = [message]
    count = 0
    while waiting:
        part = waiting.pop(0)
        count += 1
        if count > MOST_PARTS:
            raise ValueError("more parts than a mail of a person has")
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting[:0] = payload
        else:
            yield part


def _is_attachment(part: Message) -> bool:
    return bool(
        part.get_content_disposition() == "attachment"
        or part.get_filename()
        or part.get_content_maintype() not in ("text", "multipart")
    )


def _words(parts: Sequence[Message]) -> tuple[str, bool]:
    """Return the text of a mail, and whether its lines may have been broken by a program."""
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == kind and not _is_attachment(part):
                text = _text(part)
                words = plain(text) if kind == "text/plain" else from_html(text)
                if words:
                    return words, kind == "text/plain"
    return "", False


def _text(part: Message) -> str:
    """Return a part's text; bytes that its charset doesn't know, or that no charset does, become a sign of their own."""
    payload: Any = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    try:
        return content.decode(part.get_content_charset() or "utf-8", "replace")
    except (LookupError, ValueError):
        return content.decode("utf-8", "replace")


def _attachment(part: Message) -> Attachment:
    payload: Any = part.get_payload(decode=True)
    is_drawn = part.get("Content-ID") is not None and part.get_content_disposition() != "attachment"
    name = one_line(_decoded(part.get_filename() or part.get_content_type().replace("/", ".")))[-FILE_NAME_SIGNS:]
    content = payload if isinstance(payload, bytes) else b""
    return Attachment(name, part.get_content_type(), content, is_drawn_inside=is_drawn)
