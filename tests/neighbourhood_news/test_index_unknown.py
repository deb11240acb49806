"""No parameter breaks the list: what is not known is left out and said, and everything else is still filtered."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from neighbourhood_news.kinds import Kind
from tests.factories import live_news
from tests.neighbourhood_news.messages import live_message
from tests.neighbourhood_news.reading import LIST, chosen, complaints, titles
from tests.reading import seen

pytestmark = pytest.mark.django_db
SAID = {
    "fr": "« {} » n’est pas dans la liste ; tout est affiché.",
    "nl": "‘{}’ staat niet in de lijst; daarom wordt alles getoond.",
}
FILTERS = ["neighbourhood", "kind", "department", "tag"]


@pytest.mark.parametrize("code", ["fr", "nl"])
@pytest.mark.parametrize("name", FILTERS)
def test_an_unknown_value_is_said_beside_its_filter_in_the_language_of_the_reader(client: Client, code, name):
    live_message("Ici", code=code)
    response = client.get(LIST[code], {name: "ailleurs"})
    assert titles(response) == ["Ici"]
    assert complaints(response) == {name: SAID[code].format("ailleurs")}


@pytest.mark.parametrize("name", FILTERS)
def test_the_sentence_is_tied_to_its_field(client: Client, name):
    page = seen(client.get(LIST["fr"], {name: "ailleurs"}))
    field = page.select_one(f"select[name={name}]")
    assert field["aria-invalid"] == "true"
    assert page.find(id=field["aria-describedby"])["class"] == ["error"]


@pytest.mark.parametrize("unknown", FILTERS)
def test_beside_an_unknown_filter_the_others_still_hold(client: Client, mill, roads, bikes, unknown):
    live_message("Voulu", neighbourhoods=[mill], department=roads, kind=Kind.CARING, themes=[bikes])
    live_message("Autre", kind=Kind.POLICY, department=roads, neighbourhoods=[mill])
    known = {"neighbourhood": "moulin-molen", "kind": "caring", "department": "roads", "tag": "velo-fiets"}
    others = {name: value for name, value in known.items() if name != unknown}
    response = client.get(LIST["fr"], {**others, unknown: "ailleurs"})
    assert titles(response) == ["Voulu"]
    assert chosen(response) == others
    assert set(complaints(response)) == {unknown}


def test_a_name_or_a_number_is_not_a_slug(client: Client, mill):
    assert set(complaints(client.get(LIST["fr"], {"neighbourhood": str(mill.pk)}))) == {"neighbourhood"}
    assert set(complaints(client.get(LIST["fr"], {"neighbourhood": "Le Moulin"}))) == {"neighbourhood"}


@pytest.mark.parametrize(
    "value", ["\x00", "moulin\x00", "x" * 5000, "'; DROP TABLE home_neighbourhood; --", "<script>", "🚲", "%00"]
)
@pytest.mark.parametrize("name", FILTERS)
def test_odd_values_are_left_out_and_said(client: Client, name, value):
    live_message("Ici")
    response = client.get(LIST["fr"], {name: value})
    assert titles(response) == ["Ici"]
    assert set(complaints(response)) == {name}


@pytest.mark.parametrize("name", FILTERS)
def test_a_very_long_value_is_quoted_by_its_beginning(client: Client, name):
    said = complaints(client.get(LIST["fr"], {name: "x" * 5000}))[name]
    assert said.startswith("« xxx")
    assert said.endswith("» n’est pas dans la liste ; tout est affiché.")
    assert len(said) < 120


def test_what_was_typed_is_never_markup(client: Client):
    page = seen(client.get(LIST["fr"], dict.fromkeys([*FILTERS, "page"], "<script>alert(1)</script>")))
    assert not [script for script in page.select("script") if "alert" in script.get_text()]


@pytest.fixture
def two_pages(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("neighbourhood_news.forms.PER_PAGE", 3)
    live_news(5)


@pytest.mark.parametrize("number", ["x", "", " ", "-1", "0", "1.5", "\x00", "1e3", "²", "9" * 5000, "1; drop"])
def test_a_page_that_is_no_page_is_the_first(client: Client, two_pages, number):
    response = client.get(LIST["fr"], {"page": number})
    assert titles(response) == ["Message 4", "Message 3", "Message 2"]


@pytest.mark.parametrize("number", ["2", "999", "9" * 30])
def test_a_page_past_the_end_is_the_last(client: Client, two_pages, number):
    assert titles(client.get(LIST["fr"], {"page": number})) == ["Message 1", "Message 0"]


def test_a_page_of_an_empty_list_is_an_answer(client: Client):
    assert titles(client.get(LIST["nl"], {"page": "7"})) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.dictionaries(st.sampled_from([*FILTERS, "page", "autre"]), st.text(max_size=80)))
def test_whatever_is_asked_the_list_answers(client: Client, query: dict[str, Any]):
    assert client.get(LIST["fr"], query).status_code == 200


@pytest.mark.parametrize("query", ["kind=%ff%fe", "page=%C3%28", "&&&=", "kind[]=policy", "neighbourhood=%"])
def test_a_broken_query_string_is_an_answer(client: Client, query):
    live_message("Ici")
    assert titles(client.get(f"{LIST['fr']}?{query}")) == ["Ici"]
