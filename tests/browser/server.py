"""A portal of its own for the browser: the demo commune, under rehearsal settings, in a database that goes away."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

from tests.prepared import ROOT, migrated_database, migrated_file, on_postgresql

START_SECONDS = 180


class Served(str):
    """The address of a running portal, which also runs commands beside it and reads the mails that left."""

    environment: dict[str, str]

    def manage(self, *command: str) -> str:
        return manage(self.environment, *command)

    def last_mail_to(self, email: str) -> str:
        """Return the text of the last mail to `email`."""
        url = self.environment["DATABASE_URL"]
        query = 'SELECT text FROM mailing_outgoingmail WHERE "to" = {} ORDER BY id DESC LIMIT 1'
        if url.startswith("postgres"):
            with psycopg.connect(url) as connection:
                row = connection.execute(query.format("%s"), [email]).fetchone()  # type: ignore[arg-type]
        else:
            with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
                row = file.execute(query.format("?"), [email]).fetchone()
        return str(row[0]) if row else ""

    def mails(self) -> str:
        """Return all mails that the worker sent, one after the other, as they went over the line."""
        folder = Path(self.environment["VAR_DIR"]) / "mail"
        return "\n".join(file.read_text() for file in sorted(folder.glob("*.log")))


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def manage(environment: dict[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


@contextmanager
def database(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the variables of a migrated database: PostgreSQL where DATABASE_URL says so, else SQLite in `folder`."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        shutil.copy(migrated_file(), folder / "portal.sqlite3")
        yield {"DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}"}
        return
    name = f"portal_browser_{os.getpid()}_{uuid.uuid4().hex[:8]}"  # one process may make several
    on_postgresql(url, f"CREATE DATABASE {name} TEMPLATE {migrated_database(url)}")
    try:
        yield {"DATABASE_URL": f"{url.rsplit('/', 1)[0]}/{name}"}
    finally:
        on_postgresql(url, f"DROP DATABASE {name} WITH (FORCE)")


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _attempt in range(START_SECONDS * 5):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"The server did not start:\n{log.read_text()}")


@contextmanager
def running_portal(*, workers: int = 2, settings: str = "portal.settings.rehearsal") -> Iterator[Served]:
    """Serve the demo commune with gunicorn on 127.0.0.1 under `settings`, and yield its address."""
    folder = Path(tempfile.mkdtemp(prefix="portal-browser-"))
    address = f"http://127.0.0.1:{free_port()}"
    try:
        with database(folder) as variables:
            environment = {
                **os.environ,
                **variables,
                "DJANGO_SETTINGS_MODULE": settings,
                "VAR_DIR": str(folder),
                "BASE_URL": address,
                "LOG_LEVEL": "WARNING",
            }
            manage(environment, "collectstatic", "--noinput", "-v0")
            manage(environment, "start_demo", "--address", address)
            log = folder / "server.log"
            command = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", address.removeprefix("http://")]
            with log.open("wb") as output:
                server = subprocess.Popen(
                    [*command, "--workers", str(workers)], cwd=ROOT, env=environment, stdout=output, stderr=output
                )
            try:
                _wait_for(address, server, log)
                served = Served(address)
                served.environment = environment
                yield served
            finally:
                server.terminate()
                server.wait(timeout=60)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
