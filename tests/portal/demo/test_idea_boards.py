"""The demo's idea boards: one in each state, ideas in each state, and what became of them."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db.models import Sum
from django.utils import timezone

from participation.ideas.counting import drifts
from participation.ideas.kinds import State as IdeaState
from participation.ideas.recognition import thanked
from participation.models import (
    Comment,
    Idea,
    IdeaBoardPage,
    InternalNote,
    ModerationDecision,
    OfficialAnswer,
    RealisationStep,
    SecondLook,
    Support,
)


def test_idea_boards_hold_what_fleurus_had():
    """37 proposals, 56 comments and 165 supports, counted alike by rows, on the ideas, and by the figures."""
    assert (Idea.objects.public().count(), Comment.objects.public().count(), Support.objects.count()) == (37, 56, 165)
    counted = Idea.objects.aggregate(supports=Sum("supports_count"), comments=Sum("comments_count"))
    assert counted == {"supports": 165, "comments": 56}
    assert list(drifts()) == []


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_there_is_a_board_in_each_state(code):
    now = timezone.now()
    boards = IdeaBoardPage.objects.live().filter(locale__language_code=code)
    stands = Counter()
    for board in boards:
        ideas = Idea.objects.public().on_board(board.board_key)
        is_answered = ideas.exists() and not ideas.filter(answered_at=None).exists()
        if board.is_open("ideas", now):
            stands["running" if board.ideas_until else "permanent"] += 1
        else:
            stands["coming" if not board.has_opened("ideas", now) else "answered" if is_answered else "awaiting"] += 1
    assert set(stands) == {"running", "permanent", "coming", "answered", "awaiting"}


def test_there_is_an_idea_in_each_state_that_one_can_have():
    assert set(Idea.objects.values_list("state", flat=True)) == set(IdeaState.values)
    assert set(ModerationDecision.objects.values_list("outcome", flat=True)) >= {"changes", "declined", "elsewhere"}
    assert SecondLook.objects.filter(decided_at=None).count() == 1
    assert set(Idea.objects.exclude(waits_because="").values_list("waits_because", flat=True)) == {
        "first",
        "reports",
        "second_look",
    }
    assert Comment.objects.filter(state=IdeaState.WAITING).count() == 1
    assert Comment.objects.public().filter(department__isnull=False).count() == 1


def test_some_answers_are_late_in_the_making_or_ready_to_go_out_together():
    assert Idea.objects.late(on=timezone.localdate()).exists()
    drafts = OfficialAnswer.objects.filter(published_at=None, assigned_department__isnull=False)
    assert drafts.filter(is_ready=True).count() == 2
    assert drafts.exclude(college_decision="").count() == 1
    assert InternalNote.objects.count() == 2


def test_some_ideas_have_a_photo_that_says_what_it_shows_and_one_step_says_it_in_both_languages():
    photos = Idea.objects.public().exclude(photo=None)
    assert photos.count() == 3
    assert all(idea.photo_says for idea in photos)
    (step,) = RealisationStep.objects.exclude(photo=None)
    assert step.photo_says_fr
    assert step.photo_says_nl


def test_who_agreed_is_thanked_by_name_where_ideas_came_true():
    boards = [board.board_key for board in IdeaBoardPage.objects.filter(locale__language_code="fr")]
    assert sum(bool(thanked(board)) for board in boards) == 2


def test_the_address_of_a_merged_idea_leads_to_the_one_that_holds_its_supports_and_comments(client):
    merged = Idea.objects.get(state=IdeaState.MERGED)
    assert (merged.merged_into.supports_count, merged.supports_count, merged.language) == (13, 0, "nl")
    board = IdeaBoardPage.objects.get(translation_key=merged.board_id, locale__language_code="nl")
    assert client.get(f"{board.url}{merged.slug}/").url.endswith(f"{merged.merged_into.slug}/?from={merged.number}")
