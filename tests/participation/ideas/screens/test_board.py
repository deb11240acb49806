"""The page of a board: its list and map, filters that combine, and nothing that an address can break."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from participation.ideas.kinds import State
from participation.models import IdeaBoardPage, IdeaStatus
from tests.factories import NeighbourhoodFactory, ThemeFactory, resident_of
from tests.participation.ideas.making import NOW, public_idea, readable_board

pytestmark = pytest.mark.django_db


def text_of(response: Any) -> str:
    return str(response.content.decode())


def numbers(client: Client, board: IdeaBoardPage, query: str = "") -> list[int]:
    """Return the numbers of the ideas on the cards, in their order."""
    page = text_of(client.get(f"{board.url}?{query}"))
    return [int(found) for found in re.findall(r'<h3 class="card__title"><a href="[^"]*?/(\d+)-', page)]


def test_only_public_ideas_are_listed_and_those_of_this_board(client: Client, board: IdeaBoardPage) -> None:
    shown = public_idea(board)
    for state in (State.WAITING, State.HIDDEN, State.DECLINED, State.WITHDRAWN):
        public_idea(board, state=state, live=False)
    public_idea(readable_board())
    assert numbers(client, board) == [shown.number]


def test_both_languages_list_the_same_ideas(client: Client, board: IdeaBoardPage) -> None:
    public_idea(board, language="nl", title="Een bank")
    public_idea(board)
    dutch = board.get_translations().get().specific
    assert numbers(client, board) == numbers(client, dutch) == [2, 1]


def test_ideas_are_sorted_as_one_asks(client: Client, board: IdeaBoardPage) -> None:
    public_idea(board, supports_count=5, comments_count=1)
    public_idea(board, supports_count=1, comments_count=9)
    public_idea(board, supports_count=9, comments_count=5)
    assert numbers(client, board) == [3, 2, 1]
    assert numbers(client, board, "sort=supported") == [3, 1, 2]
    assert numbers(client, board, "sort=discussed") == [2, 3, 1]


def test_what_is_near_comes_first_for_who_lives_there(client: Client, board: IdeaBoardPage) -> None:
    here = NeighbourhoodFactory()
    public_idea(board, neighbourhood=here)
    public_idea(board)
    client.force_login(resident_of(here))
    assert numbers(client, board, "sort=near") == [1, 2]


def test_what_awaits_an_answer_the_longest_comes_first(client: Client, board: IdeaBoardPage) -> None:
    day = timezone.localdate()
    public_idea(board, answer_due_on=day)
    public_idea(board, answer_due_on=day - timedelta(days=3))
    public_idea(board, answer_due_on=day, answered_at=NOW)
    assert numbers(client, board, "sort=awaiting") == [2, 1]


def test_an_order_at_random_stays_while_one_turns_pages(client: Client, board: IdeaBoardPage) -> None:
    for _number in range(30):
        public_idea(board)
    first = text_of(client.get(f"{board.url}?sort=random"))
    seed = re.search(r"seed=(\d+)&amp;page=2", first)
    assert seed
    pages = [numbers(client, board, f"sort=random&seed={seed[1]}&page={page}") for page in (1, 2, 3)]
    assert sorted(number for page in pages for number in page) == list(range(1, 31))
    assert pages[0] != list(range(30, 18, -1))


def test_filters_combine(client: Client, board: IdeaBoardPage) -> None:
    theme, place, done = ThemeFactory(), NeighbourhoodFactory(), IdeaStatus.objects.get(kind="done")
    public_idea(board, theme=theme, neighbourhood=place, status=done, answered_at=NOW)
    public_idea(board, theme=theme, neighbourhood=place)
    public_idea(board, theme=theme)
    assert numbers(client, board, f"theme={theme.slug}") == [3, 2, 1]
    assert numbers(client, board, f"theme={theme.slug}&neighbourhood={place.slug}") == [2, 1]
    assert numbers(client, board, f"theme={theme.slug}&neighbourhood={place.slug}&answered=yes") == [1]
    assert numbers(client, board, f"status={done.pk}") == [1]
    assert numbers(client, board, "answered=no") == [3, 2]


def test_words_are_found_in_either_language(client: Client, board: IdeaBoardPage) -> None:
    public_idea(board, title="Plus d’arbres", text="De l’ombre.")
    public_idea(board, title="Meer bomen", text="Schaduw.", language="nl")
    assert numbers(client, board, "q=arbre") == [1]
    assert numbers(client, board, "q=BOMEN") == [2]
    assert numbers(client, board, "q=schaduw+bomen") == [2]


@pytest.mark.parametrize(
    "query",
    [
        "page=x", "page=-1", "page=99999999999999999999", "sort=x", "theme=%00", "status=x", "status=99", "seed=x",
        "seed=-1", "seed=99999999999", "view=x", "view=map&box=x", "view=map&box=nan,nan,nan,nan",
        "view=map&box=5,5,1,1", "view=map&box=1,2,3", "q=%00", "q=%25", "answered=perhaps", "neighbourhood=nowhere",
        "view=map&box=0,0,0.0000001,0.0000001", "view=map&box=-180,-85,180,85", "q=" + "x" * 500,
    ],
)  # fmt: skip
def test_no_address_breaks_the_list(client: Client, board: IdeaBoardPage, query: str) -> None:
    public_idea(board, longitude=4.5, latitude=50.5)
    assert client.get(f"{board.url}?{query}").status_code == 200


def test_a_change_of_filters_answers_with_the_list_alone(client: Client, board: IdeaBoardPage) -> None:
    response = client.get(board.url, headers={"HX-Request": "true"})
    assert "<html" not in text_of(response)
    assert "HX-Request" in response["Vary"]


def test_map_and_list_hold_the_same_ideas(client: Client, board: IdeaBoardPage) -> None:
    public_idea(board, longitude=4.500, latitude=50.500)
    public_idea(board, longitude=4.500, latitude=50.500)
    public_idea(board, longitude=4.600, latitude=50.600, title="Une fontaine")
    public_idea(board)
    page = text_of(client.get(f"{board.url}?view=map"))
    assert page.count('class="marker marker--many"') == 1
    assert "3. Une fontaine" in page
    assert "1 idée n’a pas de place sur la carte" in page
    assert len(numbers(client, board, "view=map")) == 4
    box = re.search(r'marker--many" href="[^"]*box=([^&#"]+)', page)
    assert box
    assert numbers(client, board, f"view=map&box={box[1]}") == [2, 1]


def test_a_board_says_what_one_can_do_and_until_when(client: Client) -> None:
    now = timezone.now()
    board = readable_board(
        ideas_until=now - timedelta(days=1), supports_until=now + timedelta(days=5), comments_from=now + timedelta(9)
    )
    page = text_of(client.get(board.url))
    assert re.findall(r'class="offer offer--(\w+)"', page) == ["over", "open", "coming"]
    assert f'href="{board.url}idee/"' not in page


def test_the_feed_tells_the_newest_ideas_and_no_markup(client: Client, board: IdeaBoardPage) -> None:
    public_idea(board, title="Un <b>banc</b>")
    public_idea(board, state=State.HIDDEN, live=False, title="Caché")
    feed = text_of(client.get(f"{board.url}atom/"))
    assert "Un &lt;b&gt;banc&lt;/b&gt;" in feed
    assert "Caché" not in feed


@pytest.mark.parametrize("query", ["", "view=map", "sort=random&seed=1"])
def test_the_list_asks_as_much_for_many_ideas_as_for_some(
    client: Client, board: IdeaBoardPage, query: str, django_assert_max_num_queries: Any
) -> None:
    place, theme = NeighbourhoodFactory(), ThemeFactory()

    def asked() -> int:
        client.get(f"{board.url}?{query}")
        with django_assert_max_num_queries(19) as found:
            client.get(f"{board.url}?{query}")
        return len(found.captured_queries)

    public_idea(board, neighbourhood=place, theme=theme, longitude=4.5, latitude=50.5)
    few = asked()
    for number in range(11):
        public_idea(board, neighbourhood=place, theme=theme, longitude=4.5 + number / 100, latitude=50.5)
    assert asked() == few


def test_what_came_true_is_told_and_who_agreed_is_thanked(client: Client, board: IdeaBoardPage) -> None:
    done = IdeaStatus.objects.get(kind="done")
    public_idea(board, status=done, title="Une fontaine", is_thanked_by_name=True, author_name="Odile <b>R.</b>")
    public_idea(board, status=done, author_name="Sans nom")
    page = text_of(client.get(f"{board.url}info/"))
    assert "Une fontaine" in page
    assert "Odile &lt;b&gt;R." in page
    assert "Sans nom" not in page
