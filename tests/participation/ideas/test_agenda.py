"""Idea boards in the editorial calendar."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from home import agenda
from home.agenda import Period, State
from participation.ideas.agenda import BOARD
from participation.ideas.kinds import State as Stands
from participation.models import IdeaBoardPage
from tests.factories import NeighbourhoodFactory
from tests.participation.ideas.making import public_idea, readable_board

pytestmark = pytest.mark.django_db
WHAT = ("ideas", "supports", "comments")


def phases(first=-30, last=30):
    """Return what happens to boards, from so many days from today to so many, as days from today and words."""
    today = timezone.localdate()
    found = agenda.entries(Period(today + timedelta(days=first), today + timedelta(days=last)))
    return [((entry.day - today).days, entry.said) for entry in found if entry.state == State.PHASE]


def at(days):
    return timezone.now() + timedelta(days=days)


def test_a_board_whose_parts_open_and_close_together_opens_and_closes_once():
    opens, closes = at(-7), at(14)
    readable_board(**{f"{what}_from": opens for what in WHAT}, **{f"{what}_until": closes for what in WHAT})
    assert phases() == [(-7, "ouverture"), (14, "clôture")]


def test_parts_that_open_and_close_apart_are_told_apart_and_what_is_not_offered_is_not_told():
    readable_board(
        ideas_from=at(-7), ideas_until=at(1), supports_from=at(2), supports_until=at(9), has_comments=False,
        comments_from=at(3),
    )  # fmt: skip
    assert phases() == [
        (-7, "début des idées"),
        (1, "fin des idées"),
        (2, "début des soutiens"),
        (9, "fin des soutiens"),
    ]


def test_days_outside_the_period_and_boards_that_nobody_reads_are_left_out():
    readable_board(**dict.fromkeys([f"{what}_until" for what in WHAT], at(14)))
    assert phases(-3, 13) == []
    assert phases(14, 14) == [(14, "clôture")]
    IdeaBoardPage.objects.update(live=False)
    assert phases(14, 14) == []


def test_answers_that_are_owed_stand_on_their_day_with_their_number_until_they_are_given():
    board, day = readable_board(), timezone.localdate() + timedelta(days=5)
    ideas = [public_idea(board, answer_due_on=day) for _number in range(3)]
    public_idea(board, answer_due_on=day, state=Stands.HIDDEN, live=False)
    assert phases() == [(5, "3 réponses promises")]
    ideas[0].answered_at = timezone.now()
    ideas[0].save()
    with translation.override("nl"):
        assert phases() == [(5, "2 antwoorden beloofd")]


def test_an_entry_names_the_department_the_places_and_both_languages():
    place = NeighbourhoodFactory()
    board = readable_board(ideas_until=at(3), neighbourhoods=[place])
    public_idea(board, answer_due_on=timezone.localdate())
    entries = agenda.entries(Period(timezone.localdate(), timezone.localdate() + timedelta(days=4)))
    entries = [each for each in entries if each.kind == BOARD]
    kinds = {(each.kind, each.department, each.neighbourhoods, each.languages) for each in entries}
    assert kinds == {(BOARD, board.department_id, frozenset({place.pk}), ("fr", "nl"))}
    assert len({(each.state, each.part) for each in entries}) == len(entries)


def test_more_boards_and_ideas_ask_no_more_of_the_database():
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            phases()
        return len(queries)

    def fill() -> None:
        board = readable_board(ideas_until=at(3))
        for days in range(3):
            public_idea(board, answer_due_on=timezone.localdate() + timedelta(days=days))

    fill()
    few = asked()
    fill()
    assert asked() == few
