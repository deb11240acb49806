"""20,000 digests, made by a worker and handed to a mail server on this machine (`make bench`).

The worker is a process of its own under production settings, with its usual pauses; database: DATABASE_URL as for the
tests, else SQLite in a file. Prints how long it took, and how much memory the worker used on the way.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path

import django

from tests.browser.server import ROOT, database
from tests.mailing.smtp_server import Conversation, MailServer

DIGESTS = int(os.environ.get("BENCH_DIGESTS", "20000"))
ACCOUNTS, PLACES, MESSAGES = DIGESTS // 4, 12, 40  # of the subscriptions, every fourth is an account's
PATIENCE_SECONDS = 1800
EVERY_SECONDS = 15


class CountingConversation(Conversation):
    """Keeps who got a mail, and no mail."""

    def keep(self, content: bytes) -> bool:
        head = content.partition(b"\r\n\r\n")[0]
        to = next(line for line in head.split(b"\r\n") if line.startswith(b"To: "))
        with self.server.lock:  # type: ignore[attr-defined]
            self.server.received.append(to[4:])  # type: ignore[attr-defined]
        self.say("250 ok")
        return True


class CountingServer(MailServer):
    def __init__(self) -> None:
        super().__init__()
        self.RequestHandlerClass = CountingConversation
        self.received: list[bytes] = []
        self.lock = threading.Lock()


def fill() -> None:
    """Make the commune, its messages of the last days, and its subscribers."""
    from django.utils import timezone
    from wagtail.users.models import UserProfile

    from digests.models import Subscription
    from home.models import Neighbourhood
    from neighbourhood_news.models import NewsPage
    from residents.models import Follow, Residency, User
    from tests.conftest import set_up_commune
    from tests.factories import LONG_AGO, DepartmentFactory, NeighbourhoodFactory, confirm_addresses, live_news

    set_up_commune()
    chance, now = random.Random(8), timezone.now()  # noqa: S311 - the same each time
    places: list[Neighbourhood] = NeighbourhoodFactory.create_batch(PLACES)
    DepartmentFactory.create_batch(5)
    for number in range(MESSAGES):
        for code in ("fr", "nl"):
            live_news(1, code=code, neighbourhoods=chance.sample(places, k=number % 3))
    for page in NewsPage.objects.all():
        NewsPage.objects.filter(pk=page.pk).update(first_published_at=now - timedelta(hours=chance.randint(1, 240)))
    users = User.objects.bulk_create(User(email=f"account{n}@auneval.example") for n in range(ACCOUNTS))
    confirm_addresses(users)
    UserProfile.objects.bulk_create(
        UserProfile(user=user, preferred_language=chance.choice(["fr", "nl"])) for user in users
    )
    Residency.objects.bulk_create(Residency(user=user, neighbourhood=chance.choice(places)) for user in users)
    Follow.objects.bulk_create(Follow(user=user, neighbourhood=chance.choice(places)) for user in users[::2])
    common = {"frequency": "daily", "confirmed_at": LONG_AGO, "served_on": LONG_AGO.date()}
    Subscription.objects.bulk_create(Subscription(user=user, **common) for user in users)
    bare = Subscription.objects.bulk_create(
        Subscription(email=f"person{n}@auneval.example", language=chance.choice(["fr", "nl"]), **common)
        for n in range(DIGESTS - ACCOUNTS)
    )
    through = Subscription.neighbourhoods.through
    chosen = ((each.pk, place.pk) for each in bare for place in chance.sample(places, k=chance.randint(1, 3)))
    through.objects.bulk_create(through(subscription_id=one, neighbourhood_id=other) for one, other in chosen)


def memory_of(process: subprocess.Popen[bytes]) -> int:
    """Return the megabytes that a process holds now."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) // 1024


def seconds_computed_by(process: subprocess.Popen[bytes]) -> float:
    """Return the processor's time that a process took, whatever else the machine did."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def watch(server: CountingServer, worker: subprocess.Popen[bytes]) -> None:
    """Print how far the worker is until all is handed over."""
    began, told, first = time.monotonic(), 0.0, 0.0
    while len(server.received) < DIGESTS and time.monotonic() - began < PATIENCE_SECONDS:
        passed = time.monotonic() - began
        if server.received and not first:
            first = passed
        if passed - told > EVERY_SECONDS:
            told = passed
            print(f"{passed:6.0f} s{len(server.received):8} handed over{memory_of(worker):6} MB", flush=True)
        time.sleep(0.2)
    passed, load = time.monotonic() - began, os.getloadavg()[0]
    twice = len(server.received) - len(set(server.received))
    print(f"{len(server.received)} digests in {passed:.0f} s, the first after {first:.0f} s, {twice} of them twice;")
    print(f"the worker computed for {seconds_computed_by(worker):.0f} s; memory at the end: {memory_of(worker)} MB;")
    print(f"load of the machine: {load:.1f}")


def settings_for(server: CountingServer, folder: str) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "SECRET_KEY": "only-for-this-bench-" + "x" * 40,
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": "https://www.auneval.example",
        "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
        "DEFAULT_FROM_EMAIL": "noreply@auneval.example",
        "VAR_DIR": folder,
        "LOG_LEVEL": "ERROR",
    }


def prepare() -> None:
    """Fill an empty database, and say what it holds."""
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    fill()
    print(f"{DIGESTS} subscriptions on {connection.vendor}", flush=True)
    connection.close()


def main() -> None:
    folder = tempfile.TemporaryDirectory(prefix="portal-bench-")
    with folder as name, database(Path(name)) as variables, CountingServer() as server:
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        os.environ.update(variables, **settings_for(server, name))
        django.setup()
        prepare()
        worker = subprocess.Popen([sys.executable, "manage.py", "run_worker"], cwd=ROOT)
        try:
            watch(server, worker)
        finally:
            worker.send_signal(signal.SIGTERM)
            worker.wait(timeout=90)
            server.shutdown()


if __name__ == "__main__":
    main()
