"""The table of who may do what: every predicate, every role, before, during and after, screening before and afterwards.

`test_permissions` holds the rules that need a sentence of their own; here nothing is left out.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from home.models import Department
from participation.ideas import permissions as may
from participation.ideas.kinds import BoardAccess, SanctionKind, Screening, State
from participation.models import Comment, Sanction
from residents.models import Residency, User, Verification
from residents.voters import voter_of
from tests.factories import NeighbourhoodFactory, UserFactory
from tests.participation.ideas.making import NOW, public_idea, readable_board

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
MOMENTS = {"before": NOW - 2 * DAY, "during": NOW, "after": NOW + 2 * DAY}
ENDS = {"from": NOW - DAY, "until": NOW + DAY}
OPEN = {f"{what}_{end}": moment for what in ("ideas", "supports", "comments") for end, moment in ENDS.items()}

DESK = {"desk", "administrator"}
ANSWERING = DESK | {"participation_officer"}
STAFF = ANSWERING | {"editor", "clerk"}
THERE = {"verified_there", "author", "muted", "muted_author"}
VERIFIED = THERE | {"verified", "verified_elsewhere"}
ACCOUNTS = VERIFIED | {"signed_in"} | STAFF
ROLES = sorted(ACCOUNTS | {"visitor", "blocked", "blocked_author"})
AUTHORS = {"author", "muted_author"}
MUTED = {"muted", "muted_author"}
AMONG = {BoardAccess.SIGNED_IN: ACCOUNTS, BoardAccess.VERIFIED: VERIFIED, BoardAccess.VERIFIED_THERE: THERE}
OF_THE_BOARD = "of the board"  # whom the board lets do it
NOBODY: set[str] = set()


@dataclass(frozen=True)
class Rule:
    """Who may once it is public, and who while it waits for the desk; `only_open`: as long as the board is open for it."""

    asks: Callable[[Any], bool]
    public: Any
    waiting: Any
    only_open: bool = False
    but: frozenset[str] = frozenset()


RULES = {
    "can_propose": Rule(
        lambda on: may.can_propose(on.board, on.who, now=on.now),
        OF_THE_BOARD,
        OF_THE_BOARD,
        only_open=True,
        but=frozenset(MUTED),
    ),
    "can_support": Rule(
        lambda on: may.can_support(on.board, on.idea, on.who, now=on.now), OF_THE_BOARD, NOBODY, only_open=True
    ),
    "can_comment": Rule(
        lambda on: may.can_comment(on.board, on.idea, on.who, now=on.now),
        OF_THE_BOARD,
        NOBODY,
        only_open=True,
        but=frozenset(MUTED),
    ),
    "can_report": Rule(lambda on: may.can_report(on.idea, on.who), ACCOUNTS, NOBODY),
    "can_read": Rule(lambda on: may.can_read(on.idea, on.who), set(ROLES), AUTHORS | DESK),
    "can_edit_idea": Rule(lambda on: may.can_edit_idea(on.idea, on.who, now=on.now), {"author"}, {"author"}),
    "can_edit_comment": Rule(lambda on: may.can_edit_comment(on.said, on.who, now=on.now), {"author"}, {"author"}),
    "can_withdraw": Rule(lambda on: may.can_withdraw(on.idea, on.who), AUTHORS, AUTHORS),
    "can_ask_second_look": Rule(lambda on: may.can_ask_second_look(on.declined, on.who), AUTHORS, AUTHORS),
    "can_decide": Rule(lambda on: may.can_decide(on.idea, on.who), DESK, DESK),
    "can_moderate": Rule(lambda on: may.can_moderate(on.who), DESK, DESK),
    "can_sanction": Rule(lambda on: may.can_sanction(on.who), DESK, DESK),
    "can_merge": Rule(lambda on: may.can_merge(on.who), ANSWERING, ANSWERING),
    "can_answer": Rule(lambda on: may.can_answer(on.idea, on.who), ANSWERING, ANSWERING),
    "can_answer_all": Rule(lambda on: may.can_answer_all(on.who), ANSWERING, ANSWERING),
    "can_answer_some": Rule(lambda on: may.can_answer_some(on.who), ANSWERING | {"editor"}, ANSWERING | {"editor"}),
    "can_publish_answers": Rule(lambda on: may.can_publish_answers(on.who), ANSWERING, ANSWERING),
    "can_comment_officially": Rule(
        lambda on: may.can_comment_officially(on.idea, on.who, on.department),
        ANSWERING | {"editor"},
        ANSWERING | {"editor"},
    ),
    "can_type_in": Rule(lambda on: may.can_type_in(on.who), DESK | {"participation_officer", "clerk"}, None),
}


def resident(role: str, there: Any) -> User:
    user: User = UserFactory(is_active=not role.startswith("blocked"))
    if role in VERIFIED:
        until = (NOW + 900 * DAY).date()
        Verification.objects.create(
            voter=voter_of(user), method="counter", valid_until=until, fingerprint=f"f{user.pk}"
        )
    if role in THERE | {"verified_elsewhere"}:
        place = NeighbourhoodFactory() if role == "verified_elsewhere" else there
        Residency.objects.create(user=user, neighbourhood=place)
    if role in MUTED:
        kind, until = SanctionKind.MUTED, NOW + 900 * DAY
        Sanction.objects.create(
            voter=voter_of(user).key, kind=kind, because="x", until=until, decided_at=NOW - 900 * DAY
        )
    return user


@pytest.fixture
def in_role(request: Any) -> Callable[..., Any]:
    def find(role: str, there: Any) -> Any:
        if role == "visitor":
            return AnonymousUser()
        return request.getfixturevalue(role) if role in STAFF else resident(role, there)

    return find


def expected(rule: Rule, *, role: str, state: State, moment: str, access: str) -> bool:
    who = rule.public if state == State.PUBLIC or rule.waiting is None else rule.waiting
    if who == OF_THE_BOARD:
        who = AMONG[BoardAccess(access)]
    return role in who - rule.but and (moment == "during" or not rule.only_open)


def test_the_table_names_every_predicate() -> None:
    """`is_author` is asked by the others; a new predicate gets a row."""
    found = {name for name, each in inspect.getmembers(may, inspect.isfunction) if each.__module__ == may.__name__}
    assert {name for name in found if name.startswith("can_")} == set(RULES)


@pytest.mark.parametrize("screening", Screening.values)
@pytest.mark.parametrize("role", ROLES)
def test_who_may_do_what(in_role: Any, roads: Department, role: str, screening: str) -> None:
    there = NeighbourhoodFactory()
    board, who = readable_board(neighbourhoods=[there], screening=screening, **OPEN), in_role(role, there)
    mine = {"author": who} if role in AUTHORS | {"blocked_author"} else {}
    idea, declined = public_idea(board, **mine), public_idea(board, state=State.DECLINED, live=False, **mine)
    state = State.PUBLIC if screening == Screening.AFTER else State.WAITING
    idea.move_to(state)
    said = Comment(idea=idea, text="x", state=state, **mine)
    wrong = []
    for moment, now in MOMENTS.items():
        said.created_at = now - timedelta(minutes=5)
        for access in BoardAccess.values:
            board.idea_access = board.support_access = board.comment_access = access
            on = SimpleNamespace(
                board=board, who=who, now=now, idea=idea, declined=declined, said=said, department=roads
            )
            for name, rule in RULES.items():
                if rule.asks(on) != expected(rule, role=role, state=state, moment=moment, access=access):
                    wrong.append(f"{name} {moment}, {access}: {rule.asks(on)}")
    assert wrong == []
