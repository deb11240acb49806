"""Databases in which every migration ran, made once for each state of the migrations and then copied.

Wagtail's and ours take half a minute to run, more than a hundred tests; a run of the suite needs six such databases. A
copy may be behind: Django migrates what it begins from, and finds little or nothing to do.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "prepared"


def state() -> str:
    """Name what the migrations depend on: our own files, and the versions of everybody else's."""
    digest = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def migrated_file() -> Path:
    """Return an SQLite database to copy. Those of earlier states go."""
    file = FOLDER / f"{state()}.sqlite3"
    with _one_at_a_time():
        if not file.exists():
            for earlier in FOLDER.glob("*.sqlite3*"):
                earlier.unlink()
            unfinished = file.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            _migrate(f"sqlite:///{unfinished}")
            unfinished.rename(file)
    return file


def migrated_database(url: str) -> str:
    """Return the name of a database to copy (CREATE DATABASE … TEMPLATE), on the PostgreSQL server of `url`."""
    name = f"portal_prepared_{state()}"
    with _one_at_a_time():
        if not on_postgresql(url, f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):  # noqa: S608 - our own name
            unfinished = f"{name}_{os.getpid()}"
            on_postgresql(url, f"CREATE DATABASE {unfinished}")
            _migrate(f"{url.rsplit('/', 1)[0]}/{unfinished}")
            on_postgresql(url, f"ALTER DATABASE {unfinished} RENAME TO {name}")
    return name


def on_postgresql(url: str, statement: str) -> bool:
    """Run `statement` on the server of `url`, in its own database "postgres"; return whether it found something."""
    with psycopg.connect(f"postgres://{urlsplit(url).netloc}/postgres", autocommit=True) as connection:
        cursor = connection.execute(statement)  # type: ignore[call-overload]
        return bool(cursor.description and cursor.fetchone())


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(url: str) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test", "DATABASE_URL": url}
    subprocess.run([sys.executable, "manage.py", "migrate_quickly"], cwd=ROOT, env=environment, check=True)
