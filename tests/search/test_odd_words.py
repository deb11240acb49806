"""Anything may be typed: the answer is a page, never an error, on either database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reading import seen, words
from tests.search.reading import SEARCH, found

pytestmark = pytest.mark.django_db

BLANK = {"empty": "", "space": " ", "spaces and tabs": " \t \n ", "no-break spaces": "\u00a0\u202f", "NUL": "\x00"}
SIGNS = {
    "quotation mark": '"',
    "two quotation marks": '""',
    "apostrophe": "'",
    "typographic": "’",
    "asterisk": "*",
    "hyphen": "-",
    "hyphens": "-- -",
    "percent": "%",
    "percents": "%% %",
    "underscore": "_",
    "signs": "!?;:,.()[]{}<>/\\|&^~`+=#$€@",
    "emoji": "🚲",
    "emoji of several parts": "👩‍👩‍👧‍👦 🏳️‍🌈",
    "control signs": "\x01\x02\x1b",
    "direction signs": "\u202e\u200f\u200b",
    "colon and parentheses": ":* & | ! ( )",
}
WORDS = {
    "operators": "AND OR NOT",
    "operator first": "NOT moulin",
    "operator last": "moulin AND",
    "near": "NEAR(moulin travaux, 2)",
    "open quotation": '"moulin',
    "quoted": '"rue du moulin"',
    "prefix": "moul*",
    "two prefixes": "** moulin *",
    "column": "title:moulin",
    "minus": "-moulin",
    "inner hyphen": "rue-du-moulin",
    "hyphen last": "moulin-",
    "caret": "^moulin",
    "SQL": "'; DROP TABLE wagtailcore_page; --",
    "drop": "'; drop",
    "SQL union": "x' UNION SELECT 1 --",
    "apostrophes": "l'eau d’ici 'moulin'",
    "apostrophe last": "moulin'",
    "address": "jean.dupont@auneval.example",
    "dots": "a.b.c ...x",
    "percent formats": "%s %(x)s %%",
    "percent in a word": "50%moulin",
    "backslash": "mou\\lin \\",
    "NUL in a word": "mou\x00lin",
    "right to left": "مرحبا بالعالم שלום",
    "mixed direction": "moulin \u202e שלום",
    "Chinese": "磨坊街",
    "combining": "e\u0301cole cafe\u0301",
    "letters of compatibility": "ﬁn ½ ① ²",
    "dotted capital": "İstanbul",
    "long word": "x" * 200,
    "many words": " ".join(["mot"] * 50),
    "number": "2026",
    "zero": "0",
    "one letter": "a",
    "markup": "<script>alert(1)</script>",
    "template": "{{ 7|add:1 }} {% now %}",
    "postgres": "moulin:*A & !rue <-> x",
}


@pytest.fixture(autouse=True)
def _mill(written) -> None:
    written("Moulin")
    written("Molen", code="nl")


@pytest.fixture
def answers(client: Client) -> Callable[..., dict[str, Any]]:
    """Return a function that types each of `queries` and returns the pages that came, by their names."""

    def typed(queries: dict[str, str], code: str) -> dict[str, Any]:
        pages = {}
        for name, query in queries.items():
            try:
                pages[name] = seen(client.get(SEARCH[code], {"q": query}))
            except Exception as error:
                raise AssertionError(f"{name} ({query!r}) broke the search") from error
        return pages

    return typed


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_whatever_is_typed_the_answer_is_a_page(answers, code: str):
    pages = answers({**BLANK, **SIGNS, **WORDS}, code)
    assert [name for name, page in pages.items() if not page.select_one("form[role=search]")] == []


def test_signs_alone_find_nothing_and_it_is_said_that_a_word_is_needed(answers):
    for name, page in answers(SIGNS, "fr").items():
        assert not page.select("ol.found, .count"), name
        assert words(page.select_one(".empty")) == "Écrivez au moins un mot ou un nombre.", name


def test_without_anything_typed_there_is_only_the_form(answers):
    pages = answers(BLANK, "nl")
    assert [name for name, page in pages.items() if page.select("ol.found, .count, .error")] == []


def test_without_a_question_there_is_only_the_form(client: Client):
    page = seen(client.get(SEARCH["fr"]))
    assert not page.select("ol.found, .count, .empty, .error")
    assert page.select_one("input[name=q]")["value"] == ""


def test_signs_around_a_word_do_not_hide_it(client: Client):
    around = ['"moulin"', "moulin?", "«moulin»", "(moulin)", "moulin !", "* moulin -", "moulin*", ":moulin", "%moulin%"]
    assert [query for query in [*around, "moulin\x00"] if found(client, query) != ["Moulin"]] == []


def test_operators_are_words_like_others(client: Client, written):
    written("And or not")
    assert found(client, "AND OR NOT") == ["And or not"]
    assert found(client, "moulin OR patinoire") == []
    assert found(client, "moulin NOT patinoire") == []
    assert found(client, "moulin AND NEAR") == []


def test_an_apostrophe_parts_no_more_than_it_does_in_the_text(client: Client, written):
    written("Distribution d’eau", introduction="L'eau du robinet")
    for query in ("l'eau", "d’eau", "eau"):
        assert found(client, query) == ["Distribution d’eau"], query


@pytest.mark.parametrize("length", [201, 300, 20_000])
def test_more_than_two_hundred_signs_are_refused_in_words_and_kept(client: Client, length: int):
    typed = "moulin " * (length // 7 + 1)
    page = seen(client.get(SEARCH["fr"], {"q": typed[:length]}))
    assert "200" in words(page.select_one(".error"))
    assert page.select_one("main input[name=q]")["value"] == typed[:length].strip() or typed[:length]
    assert not page.select("ol.found")


@pytest.mark.parametrize("number", ["x", "", "-1", "0", "1.5", "999", "9" * 5000, "\x00", "²"])
def test_a_page_that_is_no_page_is_an_answer(client: Client, number: str):
    page = seen(client.get(SEARCH["fr"], {"q": "moulin", "page": number}))
    assert [words(title) for title in page.select("ol.found h2")] == ["Moulin"]


@pytest.mark.parametrize("query", ["q=%ff%fe", "q=%C3%28", "q[]=moulin", "q=moulin&q=%", "&&=", "q=%00", "q=%u0041"])
def test_a_broken_query_string_is_an_answer(client: Client, query: str):
    assert client.get(f"{SEARCH['fr']}?{query}").status_code == 200


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.one_of(
        st.text(max_size=220),
        st.lists(st.sampled_from([*SIGNS.values(), *WORDS.values(), "moulin"]), max_size=4).map(" ".join),
        st.text(alphabet="\"'*-%()&|!:<>\\^ ab\x00", max_size=30),
    ),
    page=st.one_of(st.none(), st.integers(), st.text(max_size=5)),
)
def test_no_form_breaks_the_search(client: Client, query: str, page: object):
    asked = {"q": query} if page is None else {"q": query, "page": page}
    assert client.get(SEARCH["fr"], asked).status_code == 200
