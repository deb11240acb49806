"""Walks the table of roles in `docs/roles.md`: each cell is tried over HTTP, and is what it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from tests.moderation.attempts import Attempt
from tests.moderation.attempts_on_things import ACTIONS

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).resolve().parents[2] / "docs" / "roles.md"
FIXTURES = {
    "Department editor": "editor",
    "Communications desk": "desk",
    "Participation officer": "participation_officer",
    "Clerk": "clerk",
    "Administrator": "administrator",
    "Resident": "resident",
    "Visitor": None,
}


def cells() -> list[tuple[str, str, str]]:
    """Return (action, role, "yes" | "no" | "own") for each cell of the table."""
    rows = [line.strip("|").split("|") for line in TABLE.read_text().splitlines() if line.startswith("|")]
    table = [[cell.strip() for cell in row] for row in rows]
    head = next(row for row in table if row[0] == "Action")
    body = [row for row in table if len(row) == len(head) and row[0] != "Action" and not row[0].startswith("-")]
    return [(row[0], role, cell) for row in body for role, cell in zip(head[1:], row[1:], strict=True)]


def test_every_action_of_the_table_has_an_attempt_and_no_other():
    assert {action for action, _role, _cell in cells()} == set(ACTIONS)


@pytest.mark.parametrize(("action", "role", "cell"), cells())
def test_the_table_of_roles(action: str, role: str, cell: str, roads: Any, social: Any, request: Any):
    fixture = FIXTURES[role]
    user = request.getfixturevalue(fixture) if fixture else AnonymousUser()
    client = Client()
    if fixture:
        client.force_login(user)
    may = ACTIONS[action](Attempt(client, user, department=roads, other=social))
    assert may == (cell in ("yes", "own"))
    if cell == "own":
        assert not ACTIONS[action](Attempt(client, user, department=social, other=roads))
