"""Duplicates become one idea and part again: supports once, comments with a mark, everything back exactly."""

from __future__ import annotations

import pytest

from participation.ideas import errors
from participation.ideas.addresses import remaining
from participation.ideas.counting import drifts
from participation.ideas.kinds import State
from participation.ideas.merging import merge_ideas, undo_merge
from participation.ideas.supporting import take_back_support
from participation.models import Comment, Idea, Support
from tests.factories import NeighbourhoodFactory, UserFactory, resident_of
from tests.participation.ideas.making import NOW, comment, public_idea, readable_board, support

pytestmark = pytest.mark.django_db


def merged(kept, other, user):
    merge = merge_ideas(kept=kept, merged=other, user=user, now=NOW)
    kept.refresh_from_db()
    other.refresh_from_db()
    return merge


def snapshot():
    """Return all that readers and counts may see, but for moments."""
    ideas = Idea.objects.order_by("pk").values_list(
        "pk", "number", "state", "live", "merged_into", "supports_count", "local_supports_count", "comments_count"
    )
    supports = Support.objects.order_by("pk").values_list("pk", "idea", "voter", "place")
    comments = Comment.objects.order_by("pk").values_list("pk", "idea", "came_from", "parent", "text", "state")
    return list(ideas), list(supports), list(comments)


@pytest.fixture
def two(db):
    place = NeighbourhoodFactory()
    page = readable_board()
    kept, other = public_idea(page, neighbourhood=place), public_idea(page)
    both = resident_of(place)
    for idea, people in ((kept, [both, UserFactory()]), (other, [both, UserFactory(), resident_of(place)])):
        for who in people:
            support(idea, who)
    comment(kept)
    comment(other, parent=comment(other))
    return kept, other


def test_each_persons_support_counts_once_and_comments_move_with_a_mark(two, desk):
    kept, other = two
    merged(kept, other, desk)
    assert (kept.supports_count, kept.local_supports_count, kept.comments_count) == (4, 2, 3)
    assert (other.state, other.merged_into, other.live) == (State.MERGED, kept, False)
    assert kept.comments.filter(came_from=other).count() == 2
    assert list(drifts()) == []


def test_undoing_restores_everything_exactly(two, desk):
    before = snapshot()
    undo_merge(merge=merged(*two, desk), user=desk, now=NOW)
    assert snapshot() == before
    assert list(drifts()) == []


def test_a_chain_of_mergings_is_undone_from_its_end(two, desk):
    kept, other = two
    last = public_idea(readable_board())
    Idea.objects.filter(pk=last.pk).update(board=kept.board_id, number=99)
    last.refresh_from_db()
    before = snapshot()
    first, second = merged(kept, other, desk), merged(last, kept, desk)
    other.refresh_from_db()
    assert remaining(other) == last
    assert last.comments.filter(came_from=other).count() == 2
    with pytest.raises(errors.UndoError):
        undo_merge(merge=first, user=desk, now=NOW)
    undo_merge(merge=second, user=desk, now=NOW)
    undo_merge(merge=first, user=desk, now=NOW)
    assert snapshot() == before


def test_what_was_said_in_reply_meanwhile_goes_back_with_its_comment(two, desk):
    kept, other = two
    merge = merged(kept, other, desk)
    moved = kept.comments.filter(came_from=other, depth=0).get()
    reply = comment(kept, parent=moved)
    undo_merge(merge=merge, user=desk, now=NOW)
    reply.refresh_from_db()
    assert reply.idea == other
    assert list(drifts()) == []


def test_who_supports_two_duplicates_still_counts_when_one_of_them_goes(desk, resident):
    page = readable_board()
    kept, one, two = (public_idea(page) for _number in range(3))
    support(one, resident)
    support(two, resident)
    first = merged(kept, one, desk)
    merged(kept, two, desk)
    assert kept.supports_count == 1
    undo_merge(merge=first, user=desk, now=NOW)
    kept.refresh_from_db()
    one.refresh_from_db()
    assert (kept.supports_count, one.supports_count) == (1, 1)


def test_a_support_that_was_taken_back_from_the_remaining_idea_does_not_come_back(desk, resident):
    page = readable_board()
    kept, other = public_idea(page), public_idea(page)
    support(kept, resident)
    support(other, resident)
    merge = merged(kept, other, desk)
    take_back_support(idea=kept, user=resident, now=NOW)
    undo_merge(merge=merge, user=desk, now=NOW)
    assert not Support.objects.exists()


def test_a_support_and_a_comment_under_a_merged_idea_are_the_remaining_ones(two, desk, resident):
    kept, other = two
    merged(kept, other, desk)
    assert support(other, resident).idea == kept
    assert comment(other, resident).idea == kept


def test_ideas_of_two_boards_or_that_are_not_public_are_not_merged(desk, resident, two):
    kept, other = two
    with pytest.raises(errors.MergeError):
        merged(kept, public_idea(), desk)
    with pytest.raises(errors.MergeError):
        merged(kept, kept, desk)
    with pytest.raises(errors.NotAllowedError):
        merged(kept, other, resident)
    Idea.objects.filter(pk=other.pk).update(state=State.HIDDEN, live=False)
    with pytest.raises(errors.MergeError):
        merged(kept, other, desk)
