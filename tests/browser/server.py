"""A portal of its own for the browser: the demo commune, under rehearsal settings, in a database that goes away."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 60


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _manage(environment: dict[str, str], *command: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")


def _on_postgresql(url: str, name: str, statement: str) -> None:
    """Run `statement` about the database `name` on the server of `url`, from its own database "postgres"."""
    parts = urlsplit(url)
    with psycopg.connect(f"postgres://{parts.netloc}/postgres", autocommit=True) as connection:
        connection.execute(statement.format(name))  # type: ignore[call-overload]


@contextmanager
def database(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the variables of an empty database: PostgreSQL where DATABASE_URL says so, else SQLite in `folder`."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield {"DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}"}
        return
    name = f"portal_browser_{os.getpid()}"
    _on_postgresql(url, name, "CREATE DATABASE {}")
    try:
        yield {"DATABASE_URL": f"{url.rsplit('/', 1)[0]}/{name}"}
    finally:
        _on_postgresql(url, name, "DROP DATABASE {} WITH (FORCE)")


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
def running_portal(*, workers: int = 2, settings: str = "portal.settings.rehearsal") -> Iterator[str]:
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
            _manage(environment, "collectstatic", "--noinput", "-v0")
            _manage(environment, "start_demo", "--address", address)
            log = folder / "server.log"
            command = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", address.removeprefix("http://")]
            with log.open("wb") as output:
                server = subprocess.Popen(
                    [*command, "--workers", str(workers)], cwd=ROOT, env=environment, stdout=output, stderr=output
                )
            try:
                _wait_for(address, server, log)
                yield address
            finally:
                server.terminate()
                server.wait(timeout=20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
