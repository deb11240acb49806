"""Themes that are hot, ideas that came true, thanks where people agree, and the desk's decisions in figures."""

from __future__ import annotations

from datetime import timedelta

import pytest

from participation.ideas.kinds import Outcome, Screening, StatusKind
from participation.ideas.recognition import came_true, decision_counts, hot_themes, thanked
from participation.models import IdeaStatus
from tests.factories import ThemeFactory, UserFactory
from tests.participation.ideas.making import NOW, comment, decided, propose, public_idea, readable_board, support

pytestmark = pytest.mark.django_db


def test_a_theme_is_hot_by_the_supports_and_comments_of_two_weeks_and_not_below_five():
    page, hot, mild, old = readable_board(), *ThemeFactory.create_batch(3)
    for theme, supports, comments, ago in ((hot, 4, 2, 1), (mild, 4, 0, 1), (old, 9, 0, 20)):
        idea = public_idea(page, theme=theme)
        for _number in range(supports):
            support(idea, now=NOW - timedelta(days=ago))
        for _number in range(comments):
            comment(idea, now=NOW - timedelta(days=ago))
    (found,) = hot_themes(page.board_key, now=NOW)
    assert (found.theme, found.supports, found.comments) == (hot, 4, 2)


def test_only_who_agreed_is_thanked_by_name_and_only_for_what_came_true():
    page = readable_board()
    done, planned = (IdeaStatus.objects.get(kind=kind) for kind in (StatusKind.DONE, StatusKind.PLANNED))
    for name, status, agrees in (
        ("Zoé", done, True),
        ("anne", done, True),
        ("Jan", done, False),
        ("Rosa", planned, True),
    ):
        public_idea(page, author_name=name, status=status, is_thanked_by_name=agrees)
    assert came_true(page.board_key).count() == 3
    assert thanked(page.board_key) == ["anne", "Zoé"]


def test_the_desks_decisions_are_counted_board_by_board(desk):
    page = readable_board(screening=Screening.BEFORE)
    ideas = [propose(page, UserFactory(), title=f"Idée {number}") for number in range(3)]
    for idea, outcome in zip(ideas, (Outcome.PUBLISHED, Outcome.DECLINED, Outcome.DECLINED), strict=True):
        decided(idea, desk, outcome)
    counts = decision_counts(page.board_key)
    assert (counts[False][Outcome.PUBLISHED], counts[False][Outcome.DECLINED]) == (1, 2)
    assert sum(counts[True].values()) == 0
    assert sum(decision_counts(readable_board().board_key)[False].values()) == 0
