"""What arrives in a mailbox from a running portal."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from tests.browser.server import Served


def mails_to(portal: Served, address: str) -> list[EmailMessage]:
    """Send what is due, as the worker does, and return the mails to an address, the first one first."""
    portal.manage("shell", "-v0", "-c", "from mailing.delivery import send_due; send_due()")
    found: list[EmailMessage] = []
    for file in sorted((Path(portal.environment["VAR_DIR"]) / "mail").glob("*.log")):
        for content in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
            mail = message_from_bytes(content, policy=policy.default)
            if mail["To"] == address:
                found.append(mail)  # type: ignore[arg-type]
    return found


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body
    return str(body.get_content())
