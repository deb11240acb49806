"""What the pages of a board and of an idea ask of the database for somebody who is signed in, and that it doesn't grow."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from participation.models import Comment, Idea, IdeaBoardPage
from residents.models import Follow, Profile, User
from tests.factories import NeighbourhoodFactory, ThemeFactory, UserFactory, resident_of
from tests.participation.ideas.making import comment, public_idea, readable_board, support

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> User:
    """Somebody who lives here, writes under a name, supports, comments and follows."""
    user: User = resident_of(NeighbourhoodFactory())
    Profile.objects.create(user=user, display_name="Odile Renard")
    client.force_login(user)
    return user


def asked(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def fill(board: IdeaBoardPage, reader: User, count: int) -> None:
    for _number in range(count):
        idea = public_idea(
            board, theme=ThemeFactory(), neighbourhood=NeighbourhoodFactory(), longitude=4.6, latitude=50.7
        )
        support(idea, reader)
        support(idea)


def discuss(idea: Idea, reader: User, count: int) -> None:
    for number in range(count):
        above = comment(idea, text=f"Avis {number} de quelqu’un")
        comment(idea, text=f"Réponse {number} à un avis", parent=above)
        support(idea)


@pytest.mark.parametrize(("query", "most"), [("", 23), ("?view=map", 25), ("?sort=near&q=banc", 24)])
def test_the_page_of_a_board_asks_as_much_for_many_ideas_as_for_some(
    client: Client, reader: User, query: str, most: int
) -> None:
    board = readable_board()
    fill(board, reader, 2)
    few = asked(client, f"{board.url}{query}")
    fill(board, reader, 9)
    assert asked(client, f"{board.url}{query}") == few <= most


def test_the_page_of_an_idea_asks_as_much_for_many_comments_and_supports_as_for_some(
    client: Client, reader: User
) -> None:
    idea = public_idea(readable_board())
    support(idea, reader)
    discuss(idea, reader, 2)
    url = f"{idea_board(idea).url}{idea.slug}/"
    few = asked(client, url)
    discuss(idea, reader, 15)
    assert asked(client, url) == few <= 26


def test_the_page_of_ones_own_idea_asks_as_much_however_much_one_wrote_there(client: Client, reader: User) -> None:
    """Own comments that wait stand on it too, each with what one can do."""
    idea = public_idea(readable_board(), author=reader, voter=reader.voter.key if hasattr(reader, "voter") else None)
    url = f"{idea_board(idea).url}{idea.slug}/"
    for number in range(2):
        wait(comment(idea, UserFactory(), f"En attente {number}"), reader)
    discuss(idea, reader, 1)
    few = asked(client, url)
    for number in range(9):
        wait(comment(idea, UserFactory(), f"Encore {number}"), reader)
    discuss(idea, reader, 9)
    assert asked(client, url) == few <= 26


def wait(said: Comment, author: User) -> None:
    states = ("waiting", "declined", "changes")
    Comment.objects.filter(pk=said.pk).update(author=author, live=False, state=states[said.pk % 3])


def idea_board(idea: Idea) -> Any:
    return IdeaBoardPage.objects.filter(translation_key=idea.board_id).order_by("locale__language_code").first()


def test_following_a_board_or_an_idea_costs_nothing_more_for_each_thing_that_is_followed(
    client: Client, reader: User
) -> None:
    board = readable_board()
    idea = public_idea(board)
    counts = []
    for _time in range(2):
        counts.append([asked(client, board.url), asked(client, f"{board.url}{idea.slug}/")])
        for _number in range(5):
            Follow.objects.create(user=reader, subject="idea", key=str(public_idea(board).pk))
    assert counts[0] == counts[1]
