"""Boards of many ideas: no screen asks more of the database, and what many add up to is counted once a minute."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from participation.ideas import listing, searching
from participation.ideas.addresses import address_on
from participation.ideas.kinds import State
from participation.ideas.querysets import IdeaQuerySet
from participation.models import Idea, IdeaBoardPage, OfficialAnswer
from tests.factories import DepartmentFactory, NeighbourhoodFactory, ThemeFactory, UserFactory, resident_of
from tests.participation.ideas.making import NOW, comment, public_idea, readable_board, support
from tests.participation.ideas.screens.test_board import numbers, text_of

pytestmark = pytest.mark.django_db
# What a page asks of who is signed in comes on top: their session, account, place, sanctions, draft and what they follow
MOST_QUERIES = {"visitor": 19, "signed in": 25, "staff": 19}
SCREENS = {
    "list": "",
    "most supported": "?sort=supported",
    "near": "?sort=near",
    "awaiting": "?sort=awaiting",
    "random": "?sort=random&seed=7",
    "filtered": "?theme=trees&neighbourhood=canal&answered=no",
    "search": "?q=banc",
    "map": "?view=map",
    "map of a search": "?view=map&q=banc",
}


@pytest.fixture
def board() -> IdeaBoardPage:
    ThemeFactory(slug="trees")
    NeighbourhoodFactory(slug="canal")
    return readable_board()


def reader(kind: str) -> Client:
    """Return a visitor, or somebody who lives in the commune."""
    client = Client()
    if kind == "signed in":
        client.force_login(resident_of(NeighbourhoodFactory()))
    return client


def more_ideas(board: IdeaBoardPage, count: int) -> list[Idea]:
    """Write ideas on all that the lists filter by; some stand near each other, some apart."""
    place, theme = NeighbourhoodFactory._meta.model.objects.first(), ThemeFactory._meta.model.objects.first()
    fields = {"neighbourhood": place, "theme": theme, "answer_due_on": NOW.date(), "latitude": 50.705}
    return [public_idea(board, longitude=4.601 + number / 2000, **fields) for number in range(count)]


def asked(client: Client, address: str, limit: Any, kind: str = "staff") -> int:
    client.get(address)
    with limit(MOST_QUERIES[kind]) as found:
        assert client.get(address).status_code == 200
    return len(found.captured_queries)


@pytest.mark.parametrize("kind", ["visitor", "signed in"])
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_asks_as_much_for_many_ideas_as_for_some(
    kind: str, screen: str, board: IdeaBoardPage, django_assert_max_num_queries: Any
) -> None:
    client, address = reader(kind), f"{board.url}{SCREENS[screen]}"
    more_ideas(board, 2)
    few = asked(client, address, django_assert_max_num_queries, kind)
    more_ideas(board, 10)
    assert asked(client, address, django_assert_max_num_queries, kind) == few


@pytest.mark.parametrize("kind", ["visitor", "signed in"])
def test_the_page_of_an_idea_asks_as_much_for_many_comments_and_supports_as_for_some(
    kind: str, board: IdeaBoardPage, django_assert_max_num_queries: Any
) -> None:
    idea, client = more_ideas(board, 1)[0], reader(kind)

    def discuss() -> None:
        first = comment(idea)
        comment(idea, parent=first)
        support(idea)

    discuss()
    address = address_on(board, idea)
    few = asked(client, address, django_assert_max_num_queries, kind)
    for _time in range(5):
        discuss()
    assert asked(client, address, django_assert_max_num_queries, kind) == few


@pytest.mark.parametrize("query", ["", "?order=supports", "?order=due", "?stands=late", "?stands=ready", "?q=banc"])
def test_the_list_of_those_who_answer_asks_as_much_for_many_ideas_as_for_some(
    query: str, board: IdeaBoardPage, participation_officer: Any, signed_in: Any, django_assert_max_num_queries: Any
) -> None:
    client, address = signed_in(participation_officer), f"{reverse('idea_answers')}{query}"

    def prepare(count: int) -> None:
        for idea in more_ideas(board, count):
            given = {"assigned_to": UserFactory(), "assigned_department": DepartmentFactory()}
            OfficialAnswer.objects.create(idea=idea, changed_at=NOW, **given)

    prepare(2)
    few = asked(client, address, django_assert_max_num_queries)
    prepare(10)
    assert asked(client, address, django_assert_max_num_queries) == few


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let four ideas be many."""
    for module in ("participation.ideas.listing", "participation.ideas.screens.lists"):
        monkeypatch.setattr(f"{module}.FEW", 3)


def test_what_few_ideas_add_up_to_is_counted_at_each_visit(client: Client, board: IdeaBoardPage) -> None:
    for count in (1, 2, 3):
        public_idea(board)
        assert f">{count} idée" in text_of(client.get(board.url))


def test_what_many_ideas_add_up_to_is_counted_once_a_minute(client: Client, board: IdeaBoardPage, many: None) -> None:
    more_ideas(board, 4)
    assert ">4 idées" in text_of(client.get(board.url))
    more_ideas(board, 1)
    page = text_of(client.get(board.url))
    assert ">4 idées" in page
    assert numbers(client, board) == [5, 4, 3, 2]


def test_a_total_that_is_kept_is_that_of_one_filter(client: Client, board: IdeaBoardPage, many: None) -> None:
    more_ideas(board, 4)
    for _number in range(5):
        public_idea(board, title="Une fontaine")
    assert listing.total_of(Idea.objects.on_board(board.board_key).public()) == 9
    assert ">Plus de 3 idées" in text_of(client.get(f"{board.url}?q=fontaine"))
    assert ">4 idées" in text_of(client.get(f"{board.url}?theme=trees"))


def test_of_words_that_many_ideas_hold_the_newest_are_listed_and_drawn(
    client: Client, board: IdeaBoardPage, many: None
) -> None:
    more_ideas(board, 6)
    page = text_of(client.get(f"{board.url}?view=map&q=banc"))
    assert ">Plus de 3 idées" in page
    assert "les 3 plus récentes" in page
    assert sum(int(count) for count in re.findall(r">(\d+)</text>", page)) + page.count('class="marker"') == 3


def test_an_idea_that_was_hidden_is_not_named_on_a_map_that_is_kept(
    client: Client, board: IdeaBoardPage, many: None
) -> None:
    more_ideas(board, 4)
    secret = public_idea(board, title="Chez mon voisin", longitude=4.609, latitude=50.7099)
    assert "Chez mon voisin" in text_of(client.get(f"{board.url}?view=map"))
    Idea.objects.filter(pk=secret.pk).update(state=State.HIDDEN, live=False)
    assert "Chez mon voisin" not in text_of(client.get(f"{board.url}?view=map"))


def test_what_is_near_comes_first_on_further_pages_too(board: IdeaBoardPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("participation.ideas.screens.lists.PER_PAGE", 2)
    here, client = NeighbourhoodFactory(), Client()
    for number in range(6):
        public_idea(board, neighbourhood=here if number % 2 else None, first_published_at=NOW)
    client.force_login(resident_of(here))
    pages = [numbers(client, board, f"sort=near&page={page}") for page in (1, 2, 3)]
    assert pages == [[6, 4], [2, 5], [3, 1]]


def test_an_order_by_lot_begins_with_each_idea_as_often(client: Client, board: IdeaBoardPage) -> None:
    for _number in range(4):
        public_idea(board)
    begun = [numbers(client, board, f"sort=random&seed={seed}") for seed in (1, 250_001, 500_001, 750_001)]
    assert sorted(order[0] for order in begun) == [1, 2, 3, 4]
    assert all(sorted(order) == [1, 2, 3, 4] for order in begun)


def test_an_idea_beyond_the_drawing_is_in_the_list_alone(client: Client, board: IdeaBoardPage) -> None:
    public_idea(board, longitude=4.605, latitude=50.705, title="Au canal")
    public_idea(board, longitude=-60.0, latitude=-30.0, title="Très loin")
    page = text_of(client.get(f"{board.url}?view=map"))
    assert re.findall(r'class="marker" href="[^"]*" aria-label="([^"]*)"', page) == ["1. Au canal"]
    assert "1 idée n’a pas de place sur la carte" in page


ORDERS: dict[str, Any] = {
    "newest": IdeaQuerySet.newest_first,
    "supported": IdeaQuerySet.most_supported_first,
    "discussed": IdeaQuerySet.most_discussed_first,
    "by_lot": IdeaQuerySet.as_drawn,
    "to_answer": IdeaQuerySet.awaiting_answer,
}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="these indexes are PostgreSQL's")
@pytest.mark.parametrize("order", ORDERS)
def test_each_order_is_read_from_an_index_and_not_sorted(order: str, board: IdeaBoardPage) -> None:
    more_ideas(board, 3)
    ideas = ORDERS[order](Idea.objects.on_board(board.board_key).public()).values_list("pk", flat=True)
    with connection.cursor() as cursor:
        for way in ("seqscan", "sort", "bitmapscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    plan = ideas[:12].explain()
    assert "Index Only Scan using participation_ideas_" in plan or "Index Scan using participation_ideas_" in plan
    assert "Sort" not in plan


@pytest.mark.skipif(connection.vendor != "postgresql", reason="trigrams are PostgreSQL's")
def test_words_have_an_index_of_trigrams(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [searching.INDEX])
        assert "gin_trgm_ops" in cursor.fetchone()[0]
