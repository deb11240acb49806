"""A mail server for tests: it counts what it accepted, and refuses what it is told to."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


class MailServer(socketserver.ThreadingTCPServer):
    """`replies` gives another answer than 250 for a recipient's address (RCPT) or for "DATA"; "" hangs up."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.accepted: list[EmailMessage] = []
        self.replies: dict[str, str] = {}
        self.conversations = 0
        self.slowness = 0.0

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def recipients(self) -> list[str]:
        return [str(message["To"]) for message in self.accepted]


class Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.server.conversations += 1
        self.say("220 test")
        try:
            for line in self.rfile:
                if not self.answer(line.decode().strip()):
                    return
        except OSError:
            return

    def answer(self, line: str) -> bool:
        verb = line[:4].upper()
        if verb == "DATA":
            return self.take()
        if verb == "RCPT":
            address = line.split("<", 1)[1].split(">", 1)[0]
            self.say(self.server.replies.get(address, "250 ok"))
        else:
            self.say("221 bye" if verb == "QUIT" else "250 ok")
        return verb != "QUIT"

    def take(self) -> bool:
        self.say("354 go on")
        lines: list[bytes] = []
        for line in self.rfile:
            if line == b".\r\n":
                return self.keep(b"".join(lines))
            lines.append(line[1:] if line.startswith(b".") else line)
        return False  # the client is gone before the end: no mail

    def keep(self, content: bytes) -> bool:
        reply = self.server.replies.get("DATA", "250 ok")
        if reply.startswith("250") or not reply:
            self.server.accepted.append(message_from_bytes(content, policy=policy.default))  # type: ignore[arg-type]
        time.sleep(self.server.slowness)
        if reply:
            self.say(reply)
        return bool(reply)


@contextmanager
def mail_server(**attributes: Any) -> Iterator[MailServer]:
    with MailServer() as server:
        for name, value in attributes.items():
            setattr(server, name, value)
        thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
        thread.start()
        yield server
        server.shutdown()
