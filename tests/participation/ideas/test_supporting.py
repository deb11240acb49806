"""Supports count once a person, and say whether they come from the idea's own neighbourhood."""

from __future__ import annotations

from datetime import timedelta

import pytest

from participation.ideas import errors
from participation.ideas.counting import drifts, recount
from participation.ideas.supporting import take_back_support
from participation.ideas.writing import accept_charter
from participation.models import Idea, Support
from residents.voters import voter_of
from tests.factories import NeighbourhoodFactory, UserFactory, resident_of, text_block
from tests.participation.ideas.making import NOW, public_idea, readable_board, support

pytestmark = pytest.mark.django_db


def test_a_second_support_by_the_same_resident_counts_once(resident):
    idea = public_idea()
    support(idea, resident)
    with pytest.raises(errors.AlreadySupportedError):
        support(idea, resident)
    idea.refresh_from_db()
    assert idea.supports_count == 1


def test_supports_from_the_ideas_own_neighbourhood_and_from_elsewhere_are_told_apart(db):
    here, there = NeighbourhoodFactory(), NeighbourhoodFactory()
    idea = public_idea(neighbourhood=here)
    for place in (here, there, None):
        support(idea, resident_of(place))
    idea.refresh_from_db()
    assert (idea.supports_count, idea.local_supports_count) == (3, 1)


def test_a_support_can_be_taken_back_and_given_again(db):
    here = NeighbourhoodFactory()
    idea, who = public_idea(neighbourhood=here), resident_of(here)
    support(idea, who)
    assert take_back_support(idea=idea, user=who, now=NOW)
    assert not take_back_support(idea=idea, user=who, now=NOW)
    idea.refresh_from_db()
    assert (idea.supports_count, idea.local_supports_count) == (0, 0)
    support(idea, who)
    assert Support.objects.get().voter == voter_of(who).key


def test_the_limit_of_a_board_holds_over_all_its_ideas_and_no_other_boards(resident):
    page = readable_board(supports_per_person=2)
    ideas = [public_idea(page) for _number in range(3)]
    support(ideas[0], resident)
    support(ideas[1], resident)
    with pytest.raises(errors.TooManySupportsError):
        support(ideas[2], resident)
    take_back_support(idea=ideas[0], user=resident, now=NOW)
    support(ideas[2], resident)
    support(public_idea(), resident)


def test_nothing_is_supported_or_taken_back_once_it_is_closed(resident):
    page = readable_board(supports_until=NOW)
    idea = public_idea(page)
    support(idea, resident, now=NOW - timedelta(seconds=1))
    with pytest.raises(errors.ClosedError):
        support(idea, UserFactory())
    with pytest.raises(errors.ClosedError):
        take_back_support(idea=idea, user=resident, now=NOW)


def test_a_count_that_has_drifted_is_found_and_put_right(resident):
    idea = public_idea()
    support(idea, resident)
    assert list(drifts()) == []
    Idea.objects.update(supports_count=7)
    assert [(drift.name, drift.said, drift.is_really) for drift in recount()] == [("supports_count", 7, 1)]
    assert list(drifts()) == []


def test_a_first_support_asks_for_the_charter_and_counts_nothing_without_it(resident):
    page = readable_board(charter=[text_block("<p>Restons courtois.</p>")])
    idea = public_idea(page)
    with pytest.raises(errors.CharterError):
        support(idea, resident)
    assert not Support.objects.exists()
    accept_charter(board_key=page.board_key, user=resident, now=NOW)
    support(idea, resident)
    idea.refresh_from_db()
    assert idea.supports_count == 1
