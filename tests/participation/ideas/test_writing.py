"""Ideas on their way: a draft, sent in, changed, withdrawn; what the board asks; what makes a text wait."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from participation.ideas import errors
from participation.ideas.answers import as_kept
from participation.ideas.kinds import Asked, Because, Screening, State, StatusKind, Way
from participation.ideas.writing import (
    accept_charter,
    draft_of,
    edit_idea,
    save_draft,
    send_idea,
    type_in_idea,
    withdraw_idea,
)
from participation.models import HeldWord, Idea, IdeaVersion
from participation.surveys.answers import Given
from tests.factories import NeighbourhoodFactory, UserFactory, resident_of, text_block
from tests.participation.ideas.making import NOW, WORDS, propose, public_idea, readable_board, support

pytestmark = pytest.mark.django_db


def test_an_idea_on_a_board_that_screens_afterwards_is_public_at_once_with_a_status_and_a_day_for_its_answer(resident):
    idea = propose(readable_board(answer_within_days=30), resident)
    assert (idea.state, idea.live, idea.number) == (State.PUBLIC, True, 1)
    assert idea.status.kind == StatusKind.RECEIVED
    assert idea.answer_due_on == (NOW + timedelta(days=30)).date()
    assert not idea.workflow_in_progress


def test_an_idea_on_a_board_that_screens_before_stands_before_the_desk_and_promises_nothing_yet(resident):
    idea = propose(readable_board(screening=Screening.BEFORE), resident)
    assert (idea.state, idea.live, idea.waits_because) == (State.WAITING, False, Because.FIRST)
    assert idea.workflow_in_progress
    assert idea.answer_due_on is None


def test_numbers_run_on_and_one_that_was_given_is_never_given_again():
    page = readable_board()
    first = propose(page)
    withdraw_idea(idea=first, user=first.author, now=NOW)
    assert propose(page).number == 2
    assert propose(readable_board()).number == 1


def test_a_draft_is_kept_incomplete_one_for_each_person_and_board_and_has_no_number(resident):
    page = readable_board()
    for title in ("Un", "Un banc"):
        values = {"title": title, "language": "fr"}
        save_draft(board_key=page.board_key, user=resident, author_name="A", values=values, now=NOW)
    idea = Idea.objects.get()
    assert (idea.title, idea.number, idea.state) == ("Un banc", None, State.DRAFT)
    assert draft_of(board_key=page.board_key, user=resident) == idea
    assert draft_of(board_key=page.board_key, user=UserFactory()) is None


def test_what_is_missing_is_told_by_field_and_the_draft_stays(resident):
    page = readable_board(theme_is=Asked.REQUIRED, place_is=Asked.REQUIRED, questions=1)
    with pytest.raises(ValidationError) as refused:
        propose(page, resident, text="  ")
    question = f"question-{page.questions.first().key}"
    assert set(refused.value.message_dict) == {"text", "theme", "longitude", question}
    assert draft_of(board_key=page.board_key, user=resident)


def test_the_questions_of_a_board_are_answered_as_a_surveys_are(resident):
    page = readable_board(questions=1)
    key = str(page.questions.first().key)
    idea = propose(page, resident, answers={key: as_kept(Given({"written": True}, "Le samedi"))})
    assert idea.answers == {key: {"value": {"written": True}, "text": "Le samedi"}}


def test_each_person_proposes_as_many_ideas_as_the_board_allows_and_a_withdrawn_one_is_free_again(resident):
    page = readable_board(ideas_per_person=1)
    idea = propose(page, resident)
    with pytest.raises(errors.TooManyIdeasError):
        propose(page, resident, title="Un autre banc", text="Plus loin.")
    withdraw_idea(idea=idea, user=resident, now=NOW)
    assert send_idea(idea=draft_of(board_key=page.board_key, user=resident), user=resident, now=NOW).is_public


def test_the_charter_is_accepted_before_the_first_contribution(resident):
    page = readable_board(charter=[text_block("<p>Restons courtois.</p>")])
    with pytest.raises(errors.CharterError):
        propose(page, resident)
    accept_charter(board_key=page.board_key, user=resident, now=NOW)
    assert send_idea(idea=Idea.objects.get(), user=resident, now=NOW).is_public


def test_an_idea_is_changed_freely_until_its_first_support_and_then_leaves_a_version(resident):
    idea = propose(readable_board(), resident)
    edit_idea(idea=idea, user=resident, values={"text": "Pour s’asseoir."}, now=NOW)
    assert not IdeaVersion.objects.exists()
    support(idea)
    edit_idea(idea=idea, user=resident, values={"text": "Pour s’asseoir à l’ombre."}, now=NOW)
    assert [version.text for version in idea.versions.all()] == ["Pour s’asseoir."]
    idea.refresh_from_db()
    assert (idea.text, idea.supports_count) == ("Pour s’asseoir à l’ombre.", 1)


def test_an_idea_that_moves_to_another_neighbourhood_counts_its_local_supports_anew(roads):
    here, there = NeighbourhoodFactory(), NeighbourhoodFactory()
    idea = propose(readable_board(), neighbourhood=here)
    for place in (here, here, there):
        support(idea, resident_of(place))
    idea.refresh_from_db()
    assert (idea.supports_count, idea.local_supports_count) == (3, 2)
    edit_idea(idea=idea, user=idea.author, values={"neighbourhood": there}, now=NOW)
    idea.refresh_from_db()
    assert (idea.supports_count, idea.local_supports_count) == (3, 1)


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("Quel idiot a décidé cela", Because.WORDS),
        ("Quelle idiotie", Because.WORDS),
        ("http://a.example http://b.example www.c.example", Because.SPAM),
        ("ACHETEZ MAINTENANT NOS FENETRES ET NOS PORTES EN PROMOTION", Because.SPAM),
        ("Superrrrrrrrrrrrr", Because.SPAM),
    ],
)
def test_a_text_with_a_word_of_the_list_or_that_looks_like_advertising_waits(resident, text, because):
    HeldWord.objects.create(word="Idiot", folded="idiot")
    idea = propose(readable_board(), resident, text=text)
    assert (idea.state, idea.waits_because) == (State.WAITING, because)


def test_a_word_inside_another_does_not_make_a_text_wait(resident):
    HeldWord.objects.create(word="con", folded="con")
    assert propose(readable_board(), resident, title="Un balcon", text="Le balcon du Bacon.").is_public


def test_the_same_words_again_within_a_day_wait(resident):
    page = readable_board()
    assert propose(page, resident).is_public
    assert propose(page, resident).waits_because == Because.SPAM


def test_nobody_changes_or_withdraws_what_somebody_else_wrote(resident):
    idea = propose(readable_board())
    with pytest.raises(errors.NotYoursError):
        edit_idea(idea=idea, user=resident, values={"title": "Autre"}, now=NOW)
    with pytest.raises(errors.NotYoursError):
        withdraw_idea(idea=idea, user=resident, now=NOW)


def test_a_clerk_writes_an_idea_down_for_somebody_and_it_says_so(clerk, resident):
    page = readable_board(ideas_until=NOW - timedelta(days=1))
    idea = type_in_idea(board_key=page.board_key, clerk=clerk, author_name="Rosa", values=WORDS, now=NOW, way=Way.PAPER)
    assert (idea.way, idea.typed_by, idea.author, idea.is_public) == (Way.PAPER, clerk, None, True)
    with pytest.raises(errors.NotAllowedError):
        type_in_idea(board_key=page.board_key, clerk=resident, author_name="Rosa", values=WORDS, now=NOW)


@pytest.mark.parametrize(
    "fields",
    [
        {"live": False},
        {"state": State.HIDDEN},
        {"number": None},
        {"merged_into_id": 1},
        {"state": State.MERGED, "live": False},
        {"longitude": 4.5},
        {"longitude": 200, "latitude": 50},
        {"local_supports_count": 1},
        {"language": "de"},
    ],
)
def test_the_database_refuses_an_idea_that_contradicts_itself(fields):
    idea = public_idea()
    with pytest.raises(IntegrityError), transaction.atomic():
        Idea.objects.filter(pk=idea.pk).update(**fields)
