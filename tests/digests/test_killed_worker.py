"""A worker killed over its digests, and a mail server that defers, refuses and hangs up: none twice, none lost.

Real processes and real SMTP, as in tests/mailing/test_killed_worker.py.
"""

from __future__ import annotations

import json
import random
import signal
import time
from pathlib import Path

from tests.browser.server import database
from tests.mailing.smtp_server import MailServer, mail_server
from tests.mailing.test_killed_worker import WORK, Portal, wait_until

READERS = 240
FILL = f"""
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.bench_digests import fill
import tests.bench_digests as bench
bench.DIGESTS, bench.ACCOUNTS, bench.MESSAGES = {READERS}, {READERS // 4}, 3
fill()
"""
TELL = """
import json
from digests.models import Digest, SentItem
from mailing.models import OutgoingMail
print(json.dumps({
    "states": list(OutgoingMail.objects.filter(kind="digest").values_list("to", "status")),
    "digests": Digest.objects.count(),
    "without_mail": Digest.objects.filter(mail=None).count(),
    "items": SentItem.objects.count(),
}))
"""
# A server that put mails off: what an hour would do.
LATER = """
from mailing.models import OutgoingMail
from django.utils import timezone
OutgoingMail.objects.filter(status="due").update(next_attempt_at=timezone.now())
"""


def kill_at_work(portal: Portal, server: MailServer, *, after: int) -> None:
    """Kill a worker once the server accepted so many mails more, or all of them; with none, while it makes digests."""
    enough = min(len(server.accepted) + after, READERS - len(server.replies))
    worker = portal.started(WORK.format(once=False))
    try:
        if after:
            wait_until(lambda: len(server.accepted) >= enough or worker.poll() is not None)
        else:
            time.sleep(random.uniform(2, 4))  # noqa: S311 - any moment will do
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.communicate()


def test_a_killed_worker_and_a_bad_mail_server_lose_no_digest_and_send_none_twice(tmp_path: Path):
    with mail_server(slowness=0.01) as server, database(tmp_path) as variables:
        portal = Portal(tmp_path, variables, server)
        portal.run(FILL)
        server.replies = {
            "person1@auneval.example": "451 4.7.1 later",
            "person2@auneval.example": "550 5.1.1 nobody",
            "person3@auneval.example": "421 4.3.2 closing",
        }
        for after in (0, 10, 60):
            kill_at_work(portal, server, after=after)
        portal.run(WORK.format(once=True))
        server.replies.pop("person1@auneval.example")
        server.replies.pop("person3@auneval.example")
        told = json.loads(portal.run(LATER + WORK.format(once=True) + TELL).splitlines()[-1])
        received = server.recipients
    states = dict(told["states"])
    assert len(told["states"]) == len(states) == told["digests"] == READERS, portal.log.read_text()
    assert told["without_mail"] == 0
    assert told["items"] >= READERS
    assert len(received) == len(set(received)), "one came twice"
    uncertain = {address for address, state in states.items() if state == "uncertain"}
    assert len(uncertain) <= 3
    assert states["person2@auneval.example"] == "failed"
    assert set(states) - uncertain - {"person2@auneval.example"} <= set(received)
