"""A worker killed in the middle of 200 mails, again and again: none sent twice, none lost. Real processes, real SMTP."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.browser.server import database
from tests.mailing.smtp_server import MailServer, mail_server
from tests.prepared import ROOT

MAILS = 200
KILLS = 4

QUEUE = f"""
from mailing.models import OutgoingMail
for number in range({MAILS}):
    OutgoingMail.objects.create(key=f"test:{{number}}", kind="test", to=f"person{{number}}@auneval.example",
                                language="nl", subject="Dag", text="Dag.", html="<p>Dag.</p>")
"""
# First what three minutes would do: the leases of the killed worker are over.
WORK = """
from django.core.management import call_command
from django.utils import timezone
from home.models import JobRun
from mailing.models import OutgoingMail
OutgoingMail.objects.exclude(taken_until=None).update(taken_until=timezone.now())
JobRun.objects.update(last_start=None, taken_by=None, taken_until=None)
call_command("run_worker", once={once})
"""
TELL = """
import json
print(json.dumps(list(OutgoingMail.objects.values_list("to", "status"))))
"""


class Portal:
    """A portal under production settings, that sends to `server`."""

    def __init__(self, folder: Path, variables: dict[str, str], server: MailServer) -> None:
        self.log = folder / "worker.log"
        self.environment = {
            **os.environ,
            **variables,
            "DJANGO_SETTINGS_MODULE": "portal.settings.production",
            "SECRET_KEY": "only-for-this-test-" + "x" * 40,
            "ALLOWED_HOSTS": "127.0.0.1",
            "BASE_URL": "http://127.0.0.1",
            "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
            "DEFAULT_FROM_EMAIL": "noreply@auneval.example",
            "VAR_DIR": str(folder),
            "LOG_LEVEL": "WARNING",
        }

    def started(self, code: str) -> subprocess.Popen[str]:
        """Start a process of its own that runs `code` within the portal."""
        with self.log.open("ab") as log:
            command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
            pipe = subprocess.PIPE
            return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=pipe, stderr=log, text=True)

    def run(self, code: str) -> str:
        process = self.started(code)
        told, _nothing = process.communicate()
        assert process.returncode == 0, self.log.read_text()
        return told


def wait_until(happened: Callable[[], Any], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.001)


def kill_in_the_middle(portal: Portal, server: MailServer) -> None:
    """Start a worker, let it send a few mails, and kill it at whatever it is doing then."""
    enough = len(server.accepted) + random.randint(5, 25)  # noqa: S311 - any moment will do
    worker = portal.started(WORK.format(once=False))
    try:
        wait_until(lambda: len(server.accepted) >= enough)
        time.sleep(random.uniform(0, 0.02))  # noqa: S311
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.communicate()


def test_a_worker_killed_in_the_middle_of_200_mails_sends_none_twice_and_loses_none(tmp_path: Path):
    with mail_server(slowness=0.002) as server, database(tmp_path) as variables:
        portal = Portal(tmp_path, variables, server)
        portal.run(QUEUE)
        for _kill in range(KILLS):
            kill_in_the_middle(portal, server)
        told = portal.run(WORK.format(once=True) + TELL)
        states = dict(json.loads(told.splitlines()[-1]))
        received = server.recipients
    assert len(set(received)) == len(received), "one came twice"
    assert set(states.values()) <= {"sent", "uncertain"}, portal.log.read_text()
    uncertain = {address for address, status in states.items() if status == "uncertain"}
    # A kill between the last line of a mail and the note that it was sent: told to the desk, not sent again.
    assert len(uncertain) <= KILLS
    assert set(received) | uncertain == set(states)
    assert len(states) == MAILS
    assert {address for address, status in states.items() if status == "sent"} <= set(received)
