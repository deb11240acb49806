"""Mails that come back, as mail servers write them."""

from __future__ import annotations

import base64

from mailing.models import OutgoingMail

REPORT = """\
Return-Path: <>
From: Mail Delivery Subsystem <mailer-daemon@mail.example>
To: noreply@auneval.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce.1@mail.example>
{answers}MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

Désolé, <{to}> n'existe pas.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example
Arrival-Date: Thu, 26 Nov 2026 07:00:00 +0100

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <{to}>: no such user here

--b
{returned}
--b--
"""
RETURNED = {
    "whole": "Content-Type: message/rfc822\n\nMessage-ID: {id}\nSubject: Neuf\nTo: {to}\n\nBonjour,\n",
    "head": "Content-Type: text/rfc822-headers\n\nMessage-ID: {id}\nSubject: Neuf\nTo: {to}\n",
    "head in base64": "Content-Type: text/rfc822-headers\nContent-Transfer-Encoding: base64\n\n{coded}\n",
    "nothing": "Content-Type: text/plain\n\n\n",
}


def bounce_of(
    mail: OutgoingMail, *, status: str = "5.1.1", action: str = "failed", returned: str = "whole", answers: str = ""
) -> bytes:
    """Return the bounce of a mail; `answers` is a header of the bounce that names it, such as "In-Reply-To"."""
    coded = base64.b64encode(f"Message-ID: {mail.message_id}\n\n".encode()).decode()
    back = RETURNED[returned].format(id=mail.message_id, to=mail.to, coded=coded)
    head = f"{answers}: {mail.message_id}\n" if answers else ""
    return REPORT.format(to=mail.to, status=status, action=action, returned=back, answers=head).encode()
