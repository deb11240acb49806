"""Django's SMTP backend, which also says when a mail is about to become the server's.

A server that loses its client before the line with the final full stop throws the mail away; from that line on it is
responsible for it, whether or not its answer is heard (RFC 5321, 4.1.1.4 and 6.1; RFC 1047).
"""

from __future__ import annotations

import re
import smtplib
import socket
from collections.abc import Callable
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp

LINE_END = b"\r\n"


class HandingOver:
    """Mixed into smtplib's clients. An exception of `before_end` leaves the server with half a mail, so with none."""

    before_end: Callable[[], None] | None = None

    def data(self: Any, msg: bytes) -> tuple[int, bytes]:
        code, reply = self.docmd("data")
        if code != 354:
            raise smtplib.SMTPDataError(code, reply)
        # The mail and its end are two writes; joined up by the network (Nagle), the second waits 40 ms for the first.
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        stuffed = re.sub(rb"^\.", b"..", msg, flags=re.MULTILINE)
        self.send(stuffed if stuffed.endswith(LINE_END) else stuffed + LINE_END)
        try:
            if self.before_end is not None:
                self.before_end()
        except BaseException:
            self.close()
            raise
        self.send(b"." + LINE_END)
        answer: tuple[int, bytes] = self.getreply()
        return answer


class Client(HandingOver, smtplib.SMTP):  # type: ignore[misc]
    pass


class ClientOverTLS(HandingOver, smtplib.SMTP_SSL):  # type: ignore[misc]
    pass


class EmailBackend(smtp.EmailBackend):
    """Calls a message's `before_end`, where it has one, right before the mail becomes the server's."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return ClientOverTLS if self.use_ssl else Client

    def _send(self, email_message: EmailMessage) -> bool:
        self.connection.before_end = getattr(email_message, "before_end", None)  # type: ignore[union-attr]
        sent: bool = super()._send(email_message)  # type: ignore[misc]
        return sent
