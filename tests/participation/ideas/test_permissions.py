"""Who may do what on a board: every role, before, during and after; and the table of docs/roles.md."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from participation.ideas import permissions as may
from participation.ideas.kinds import BoardAccess, SanctionKind, State
from participation.models import Comment, Idea, Sanction, SecondLook
from residents.models import Residency, Verification
from residents.voters import voter_of
from tests.factories import NeighbourhoodFactory, UserFactory
from tests.participation.ideas.making import NOW, public_idea, readable_board

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
ENDS = (("from", -1), ("until", 1))
OPEN = {f"{what}_{end}": NOW + sign * DAY for what in ("ideas", "supports", "comments") for end, sign in ENDS}
WHEN = {
    "before": NOW - 2 * DAY,
    "first moment": NOW - DAY,
    "during": NOW,
    "last moment": NOW + DAY,
    "after": NOW + 2 * DAY,
}
IS_OPEN = {"before": False, "first moment": True, "during": True, "last moment": False, "after": False}
STAFF = {"editor", "desk", "participation_officer", "clerk", "administrator"}
ACCOUNTS = {"signed_in", "verified", "verified_elsewhere", "verified_there", *STAFF}
ROLES = ("visitor", "blocked", *sorted(ACCOUNTS))
AMONG = {
    BoardAccess.SIGNED_IN: ACCOUNTS,
    BoardAccess.VERIFIED: {"verified", "verified_elsewhere", "verified_there"},
    BoardAccess.VERIFIED_THERE: {"verified_there"},
}


@pytest.fixture
def there(db):
    return NeighbourhoodFactory()


@pytest.fixture
def as_role(request, there):
    """Return somebody in a role; staff have no verification of their own."""

    def find(role: str) -> Any:
        if role == "visitor":
            return AnonymousUser()
        if role in STAFF:
            return request.getfixturevalue(role)
        user = UserFactory(is_active=role != "blocked")
        if role.startswith("verified"):
            Verification.objects.create(
                voter=voter_of(user), method="counter", valid_until=(NOW + 900 * DAY).date(), fingerprint=f"f{user.pk}"
            )
        if role in ("verified_there", "verified_elsewhere"):
            Residency.objects.create(
                user=user, neighbourhood=there if role == "verified_there" else NeighbourhoodFactory()
            )
        return user

    return find


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("access", BoardAccess.values)
def test_who_may_propose_support_and_comment_by_the_boards_access_and_dates(as_role, there, role, access):
    board = readable_board(
        neighbourhoods=[there], idea_access=access, support_access=access, comment_access=access, **OPEN
    )
    idea, who = public_idea(board), as_role(role)
    for moment, now in WHEN.items():
        expected = IS_OPEN[moment] and role in AMONG[access]
        assert may.can_propose(board, who, now=now) == expected, moment
        assert may.can_support(board, idea, who, now=now) == expected, moment
        assert may.can_comment(board, idea, who, now=now) == expected, moment


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("role", ["visitor", "signed_in", "desk"])
def test_only_what_is_public_is_supported_commented_on_and_reported(as_role, role, state):
    board, who = readable_board(), as_role(role)
    idea = public_idea(board)
    idea.state, idea.merged_into = state, public_idea(board)
    expected = state == State.PUBLIC and role != "visitor"
    assert may.can_support(board, idea, who, now=NOW) == expected
    assert may.can_comment(board, idea, who, now=NOW) == expected
    assert may.can_report(idea, who) == expected
    assert may.can_read(idea, who) == (state == State.PUBLIC or role == "desk")


def test_a_board_offers_what_it_is_set_to_and_only_while_it_is_published(resident):
    board = readable_board(has_supports=False, has_comments=False)
    idea = public_idea(board)
    assert may.can_propose(board, resident, now=NOW)
    assert not may.can_support(board, idea, resident, now=NOW)
    assert not may.can_comment(board, idea, resident, now=NOW)
    board.live = False
    assert not may.can_propose(board, resident, now=NOW)


@pytest.mark.parametrize("kind", SanctionKind.values)
def test_who_is_muted_or_blocked_writes_nothing_and_may_support(resident, kind):
    board = readable_board()
    idea = public_idea(board, author=resident)
    until = NOW + DAY if kind == SanctionKind.MUTED else None
    sanction = Sanction.objects.create(
        voter=voter_of(resident).key, kind=kind, because="x", until=until, decided_at=NOW - DAY
    )
    for now, holds in ((NOW, kind != SanctionKind.WARNED), (NOW + DAY, kind == SanctionKind.BLOCKED)):
        assert may.can_propose(board, resident, now=now) != holds
        assert may.can_comment(board, idea, resident, now=now) != holds
        assert may.can_edit_idea(idea, resident, now=now) != holds
        assert may.can_support(board, idea, resident, now=now)
    sanction.undone_at = NOW
    sanction.save()
    assert may.can_propose(board, resident, now=NOW)


@pytest.mark.parametrize("state", State.values)
def test_what_its_author_may_do_with_an_idea_by_its_state(resident, state):
    idea = public_idea(author=resident)
    idea.state = state
    assert may.can_edit_idea(idea, resident, now=NOW) == (
        state in (State.DRAFT, State.WAITING, State.CHANGES, State.PUBLIC)
    )
    assert may.can_withdraw(idea, resident) == (state not in (State.WITHDRAWN, State.MERGED))
    assert may.can_ask_second_look(idea, resident) == (state in (State.DECLINED, State.ELSEWHERE))
    for other in (UserFactory(), AnonymousUser()):
        assert not may.can_edit_idea(idea, other, now=NOW)
        assert not may.can_withdraw(idea, other)
        assert not may.can_ask_second_look(idea, other)


def test_a_comment_is_changed_for_15_minutes_and_once_more_where_the_desk_asked(resident):
    comment = Comment(idea=public_idea(), author=resident, text="x", state=State.PUBLIC, created_at=NOW)
    last = NOW + timedelta(minutes=15)
    assert may.can_edit_comment(comment, resident, now=last)
    assert not may.can_edit_comment(comment, resident, now=last + timedelta(seconds=1))
    assert not may.can_edit_comment(comment, UserFactory(), now=NOW)
    comment.state = State.CHANGES
    assert may.can_edit_comment(comment, resident, now=NOW + DAY)
    for state in (State.HIDDEN, State.DECLINED, State.WITHDRAWN):
        comment.state = state
        assert not may.can_edit_comment(comment, resident, now=NOW)


@pytest.mark.parametrize("role", ROLES)
def test_who_of_the_commune_decides_answers_merges_and_types_in(as_role, role):
    who, idea = as_role(role), public_idea()
    desk = role in ("desk", "administrator")
    assert may.can_moderate(who) == may.can_sanction(who) == may.can_decide(idea, who) == desk
    answers = desk or role == "participation_officer"
    assert may.can_answer_all(who) == may.can_publish_answers(who) == may.can_answer(idea, who) == answers
    assert may.can_merge(who) == answers
    assert may.can_answer_some(who) == (answers or role == "editor")
    assert may.can_type_in(who) == (answers or role == "clerk")


def test_a_department_speaks_in_its_own_name_only(editor, roads, social, participation_officer, resident):
    idea = public_idea()
    assert may.can_comment_officially(idea, editor, roads)
    assert not may.can_comment_officially(idea, editor, social)
    assert may.can_comment_officially(idea, participation_officer, social)
    assert not may.can_comment_officially(idea, resident, roads)


def test_nobody_decides_over_what_they_wrote_or_typed_in_and_a_second_look_is_another_persons(desk, second_desk):
    assert not may.can_decide(public_idea(author=desk), desk)
    assert not may.can_decide(public_idea(typed_by=desk), desk)
    idea = public_idea()
    look = SecondLook.objects.create(idea=idea, first_decided_by=desk, asked_at=NOW)
    assert not may.can_decide(idea, desk)
    assert may.can_decide(idea, second_desk)
    look.decided_at, look.decided_by = NOW, second_desk
    look.save()
    assert may.can_decide(Idea.objects.get(pk=idea.pk), desk)
