"""A database that was migrated quickly is the one that Django's own command makes."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from django.db.migrations import CreateModel, DeleteModel, RunPython

from portal.management.commands.migrate_quickly import Creations, together
from tests.prepared import ROOT, migrated_file

ROWS = {
    "the steps": "SELECT app, name FROM django_migrations",
    "the kinds of content": "SELECT app_label, model FROM django_content_type",
    "the permissions": "SELECT codename FROM auth_permission",
    "the first pages": "SELECT path, title FROM wagtailcore_page",
}


def drawn_up(file: Path) -> dict[str, list[tuple[str, ...]]]:
    """Return the tables, indexes and constraints of a database, and the rows that migrations write."""
    with closing(sqlite3.connect(file)) as database:
        tables = database.execute("SELECT type, name, sql FROM sqlite_master WHERE sql NOT NULL").fetchall()
        return {"the tables": sorted(tables)} | {name: sorted(database.execute(rows)) for name, rows in ROWS.items()}


def test_it_leaves_what_migrate_leaves(tmp_path: Path):
    plain = tmp_path / "plain.sqlite3"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test", "DATABASE_URL": f"sqlite:///{plain}"}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    expected, made = drawn_up(plain), drawn_up(migrated_file())
    assert made == expected


def test_only_new_tables_that_follow_each_other_are_made_as_one():
    first, second, third = (CreateModel(name, fields=[]) for name in ("A", "B", "C"))
    removal, words = DeleteModel("A"), RunPython(RunPython.noop)
    creations, *rest = together([first, second, removal, third, words])
    assert isinstance(creations, Creations)
    assert creations.operations == [first, second]
    assert rest[0] is removal
    assert rest[1].operations == [third]
    assert rest[2] is words
