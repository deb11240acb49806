"""Ideas that a clerk writes down for somebody, at the counter or from paper."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from participation.ideas.kinds import BoardAccess, SanctionKind, Screening, Way
from participation.models import Idea, Sanction
from residents.models import Profile
from residents.verifying.counter import counter_number
from residents.voters import voter_of
from tests.factories import UserFactory
from tests.participation.ideas.making import readable_board
from tests.reading import seen, words

pytestmark = pytest.mark.django_db
TYPED = {"way": "paper", "author_name": "Odile R.", "language": "nl", "title": "Een bank", "text": "Voor wie rust."}


@pytest.fixture
def client(signed_in, clerk):
    return signed_in(clerk)


def type_in(client, board, **changed):
    return client.post(reverse("idea_type_in", args=[board.board_key]), {**TYPED, **changed})


def test_an_idea_without_an_account_is_nobodys_and_says_how_it_came(client, clerk):
    board = readable_board()
    response = type_in(client, board)
    idea = Idea.objects.get()
    assert (idea.author, idea.voter, idea.typed_by, idea.way, idea.number) == (None, None, clerk, Way.PAPER, 1)
    assert idea.is_public
    assert "papier" in client.get(f"{board.get_translations().get().specific.url}{idea.slug}/").content.decode()
    assert response.url.endswith("?way=paper&language=nl")  # the next sheet of the pile


@pytest.mark.parametrize("by", ["address", "number"])
def test_an_idea_of_somebody_with_an_account_is_theirs_and_signed_with_their_name(client, by):
    person = UserFactory()
    Profile.objects.create(user=person, display_name="Odile Renard")
    who = person.email if by == "address" else counter_number(person)
    type_in(client, readable_board(), who=who, author_name="", way="counter")
    idea = Idea.objects.get()
    assert (idea.author, idea.voter) == (person, voter_of(person).key)
    assert (idea.author_name, idea.way) == ("Odile Renard", Way.COUNTER)


def test_the_boards_limit_holds_for_an_account_and_what_was_typed_stays(client):
    board, person = readable_board(ideas_per_person=1), UserFactory()
    type_in(client, board, who=person.email)
    page = type_in(client, board, who=person.email, title="Een tweede bank")
    assert Idea.objects.count() == 1
    assert "Een tweede bank" in page.content.decode()
    assert seen(page).select(".review__error")


def test_a_board_for_verified_residents_takes_no_account_that_is_not_verified_and_tells_the_clerk_to_look(client):
    board = readable_board(idea_access=BoardAccess.VERIFIED)
    page = type_in(client, board, who=UserFactory().email)
    assert not Idea.objects.exists()
    assert "carte d’identité" in page.content.decode()
    type_in(client, board)
    assert Idea.objects.exists()


def test_who_is_blocked_is_not_written_down_either(client):
    person = UserFactory()
    Sanction.objects.create(
        voter=voter_of(person).key, kind=SanctionKind.BLOCKED, because="x", decided_at=timezone.now()
    )
    type_in(client, readable_board(), who=person.email)
    assert not Idea.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"title": ""},
        {"text": ""},
        {"author_name": ""},
        {"who": "nobody@auneval.example"},
        {"way": "online"},
        {"way": "x"},
    ],
)
def test_what_is_missing_or_unknown_is_said_and_nothing_is_kept(client, changed):
    page = type_in(client, readable_board(), **changed)
    assert page.status_code == 200
    assert words(seen(page).select_one(".review__error"))
    assert not Idea.objects.exists()


def test_the_same_words_are_taken_once(client):
    board = readable_board()
    for _time in range(2):
        type_in(client, board)
    assert Idea.objects.count() == 1


def test_a_board_that_reads_before_lets_it_wait_for_somebody_else(client, desk, signed_in):
    type_in(client, readable_board(screening=Screening.BEFORE))
    idea = Idea.objects.get()
    assert not idea.is_public
    assert (
        reverse("idea_review", args=[idea.current_workflow_task_state.pk])
        in signed_in(desk).get(reverse("queue")).content.decode()
    )


@pytest.mark.parametrize(
    ("opens", "closes", "is_offered"), [(-9, 9, True), (-60, -29, True), (-60, -31, False), (1, 9, False)]
)
def test_paper_is_taken_from_the_opening_until_thirty_days_after_the_closing(client, opens, closes, is_offered):
    now = timezone.now()
    board = readable_board(ideas_from=now + timedelta(days=opens), ideas_until=now + timedelta(days=closes))
    where = reverse("idea_type_in", args=[board.board_key])
    assert (where in client.get(reverse("idea_counter")).content.decode()) == is_offered
    assert client.get(where, follow=True).status_code == (200 if is_offered else 404)
    type_in(client, board)
    assert Idea.objects.exists() == is_offered


def test_only_who_verifies_residents_may_name_an_account(signed_in, participation_officer):
    board, person = readable_board(), UserFactory()
    client = signed_in(participation_officer)
    assert not seen(client.get(reverse("idea_type_in", args=[board.board_key]))).select("[name=who]")
    type_in(client, board, who=person.email)
    assert Idea.objects.get().author is None
