"""Ideas in the site's search."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from participation.ideas.kinds import State
from participation.models import IdeaBoardPage
from search.views import FIRST
from tests.participation.ideas.making import public_idea, readable_board
from tests.reading import seen, words
from tests.search.reading import SEARCH

pytestmark = pytest.mark.django_db


def found(client, query, code="fr", **more):
    return seen(client.get(SEARCH[code], {"q": query, **more}))


def titles(page):
    return [words(each) for each in page.select(".found-beside h3")]


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_an_idea_is_found_in_either_language_and_the_readers_own_come_first(client, code):
    board = readable_board()
    public_idea(board, title="Un kiosque au parc", language="fr")
    public_idea(board, title="Een kiosque in het park", language="nl")
    french, dutch = "Un kiosque au parc", "Een kiosque in het park"
    page = found(client, "kiosque", code)
    assert titles(page) == ([french, dutch] if code == "fr" else [dutch, french])
    marks = [words(each) for each in page.select(".found-beside .found__where")]
    named = "néerlandais" if code == "fr" else "Frans"
    assert [named.lower() in mark.lower() for mark in marks] == [False, True]
    assert [link["lang"] for link in page.select(".found-beside h3 a")] == [code, "nl" if code == "fr" else "fr"]
    assert page.select_one(".found-beside h3 a")["href"].startswith(f"/{code}/")


@pytest.mark.parametrize("state", [each for each in State if each not in (State.PUBLIC, State.DRAFT, State.MERGED)])
def test_what_is_not_public_is_never_found(client, desk, state):
    public_idea(title="Un kiosque au parc", state=state, live=False)
    client.force_login(desk)
    for more in ({}, {"kind": "ideas"}):
        assert "kiosque au parc" not in found(client, "kiosque", **more).text


def test_ideas_of_a_board_that_readers_do_not_see_are_not_found(client):
    board = readable_board()
    public_idea(board, title="Un kiosque au parc")
    assert titles(found(client, "kiosque"))
    for page in IdeaBoardPage.objects.all():
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert not titles(found(client, "kiosque"))
    PageViewRestriction.objects.all().delete()
    IdeaBoardPage.objects.update(live=False)
    assert not titles(found(client, "kiosque"))


def test_the_first_ones_stand_below_the_pages_and_lead_to_all_of_them(client):
    board = readable_board()
    for number in range(FIRST + 2):
        public_idea(board, title=f"Un kiosque {number}", supports_count=number)
    page = found(client, "kiosque")
    assert titles(page) == [f"Un kiosque {number}" for number in (5, 4, 3, 2)]
    assert "6" in words(page.select_one(".count"))
    (more,) = page.select(".found-beside a.more")
    everything = seen(client.get(SEARCH["fr"] + more["href"]))
    assert len(everything.select("ol.found h2")) == FIRST + 2


@pytest.mark.parametrize("kind", ["x", "pages", "\x00"])
def test_a_kind_that_nobody_knows_is_left_out(client, kind):
    public_idea(title="Un kiosque au parc")
    assert titles(found(client, "kiosque", kind=kind)) == ["Un kiosque au parc"]


def test_nothing_found_among_ideas_comes_with_advice(client):
    assert found(client, "kiosque", kind="ideas").select_one(".empty")


@pytest.mark.parametrize("kind", ["", "ideas"])
def test_more_ideas_ask_no_more_of_the_database(client, kind):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(SEARCH["fr"], {"q": "kiosque", "kind": kind}).status_code == 200
        return len(queries)

    for _number in range(2):
        public_idea(title="Un kiosque au parc")
    asked()
    few = asked()
    board = readable_board()
    for _number in range(4):
        public_idea(board, title="Un kiosque au parc")
    assert asked() == few
