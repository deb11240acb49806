"""Walks the table of roles in `docs/roles.md`: each cell is tried over HTTP, and is what it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.moderation import (
    attempts_at_the_desk,
    attempts_on_consultations,
    attempts_on_ideas,
    attempts_on_people,
    attempts_on_plans,
    attempts_on_reserving,
    attempts_on_results,
    attempts_on_surveys,
    attempts_on_things,
    attempts_on_verifying,
)
from tests.moderation.attempts import ACTIONS, Attempt

pytestmark = pytest.mark.django_db
MORE = (
    attempts_at_the_desk,
    attempts_on_ideas,
    attempts_on_consultations,
    attempts_on_people,
    attempts_on_plans,
    attempts_on_reserving,
    attempts_on_results,
    attempts_on_surveys,
    attempts_on_things,
    attempts_on_verifying,
)  # they add to ACTIONS
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


def is_true(action: str, role: str, cell: str, departments: tuple[Any, Any], request: Any) -> bool:
    """Whether somebody with this role may do what the cell says, and nobody more than that."""
    fixture = FIXTURES[role]
    user = request.getfixturevalue(fixture) if fixture else AnonymousUser()
    client, (own, other) = Client(), departments
    if fixture:
        client.force_login(user)
    if ACTIONS[action](Attempt(client, user, department=own, other=other)) != (cell in ("yes", "own")):
        return False
    return cell != "own" or not ACTIONS[action](Attempt(client, user, department=other, other=own))


@pytest.mark.parametrize("action", dict.fromkeys(action for action, _role, _cell in cells()))
def test_the_table_of_roles(action: str, roads: Any, social: Any, request: Any):
    """Every role tries it; what one of them did is undone before the next."""
    untrue = []
    for _action, role, cell in [row for row in cells() if row[0] == action]:
        with transaction.atomic():
            if not is_true(action, role, cell, (roads, social), request):
                untrue.append(f"{role}: not “{cell}”")
            transaction.set_rollback(True)
        cache.clear()
    assert untrue == []
