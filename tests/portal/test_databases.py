"""How each database is opened, so that many people can write at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ
import pytest
from django.db.utils import ConnectionHandler

from portal.settings.databases import tuned


def opened(address: str) -> dict[str, Any]:
    return tuned(environ.Env.db_url_config(address))


@pytest.mark.django_db
def test_sqlite_waits_for_its_turn_instead_of_saying_that_it_is_locked(tmp_path: Path):
    handler = ConnectionHandler({"default": opened(f"sqlite:///{tmp_path / 'portal.sqlite3'}")})
    connection = handler["default"]
    try:
        with connection.cursor() as cursor:
            found = {}
            for pragma in ("journal_mode", "synchronous", "busy_timeout"):
                cursor.execute(f"PRAGMA {pragma}")
                found[pragma] = cursor.fetchone()[0]
    finally:
        connection.close()
    assert found == {"journal_mode": "wal", "synchronous": 1, "busy_timeout": 20_000}
    assert connection.transaction_mode == "IMMEDIATE"


def test_what_the_address_of_a_sqlite_database_asks_for_wins():
    assert opened("sqlite:////tmp/x.sqlite3?timeout=5")["OPTIONS"]["timeout"] == 5
    assert opened("sqlite:////tmp/x.sqlite3?timeout=5")["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_connections_to_postgresql_are_kept_and_checked_before_they_are_used_again():
    database = opened("postgres://portal@127.0.0.1/portal")
    assert database["CONN_MAX_AGE"] > 0
    assert database["CONN_HEALTH_CHECKS"] is True
    assert "transaction_mode" not in database.get("OPTIONS", {})


def test_tuning_leaves_what_it_was_given_as_it_was():
    given = environ.Env.db_url_config("sqlite:////tmp/x.sqlite3")
    before = repr(given)
    tuned(given)
    assert repr(given) == before
