"""Readers choose among the messages with plain links and a form that needs no JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.test import Client
from pytest_django.asserts import assertHTMLEqual

from home.filter_fields import PlainSelect
from neighbourhood_news.kinds import Kind
from tests.neighbourhood_news.messages import live_message
from tests.neighbourhood_news.reading import LIST, chosen, complaints, count_line, titles
from tests.reading import seen

ALL = ["Tout", "Gare social", "Moulin social", "Moulin voirie"]


@pytest.fixture(params=["fr", "nl"])
def code(request: Any) -> str:
    return request.param


@pytest.fixture
def messages(code: str, mill: Any, station: Any, roads: Any, social: Any, bikes: Any, trees: Any) -> None:
    """Four messages in the reader's language, one of them for the whole commune, and one in the other language."""
    live_message(
        "Moulin voirie", code=code, neighbourhoods=[mill], department=roads, kind=Kind.POLICY, themes=[bikes, trees]
    )
    live_message("Moulin social", code=code, neighbourhoods=[mill], department=social, kind=Kind.CARING, themes=[trees])
    live_message("Gare social", code=code, neighbourhoods=[station], department=social, kind=Kind.POLICY)
    live_message("Tout", code=code, department=roads, kind=Kind.CONNECTION)
    live_message("Autre langue", code="nl" if code == "fr" else "fr", department=roads)


@pytest.mark.usefixtures("messages")
class TestFilters:
    def test_without_a_filter_everything_is_shown_newest_first_in_one_language(self, client: Client, code: str):
        assert titles(client.get(LIST[code])) == ALL

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ({"neighbourhood": "moulin-molen"}, ["Tout", "Moulin social", "Moulin voirie"]),
            ({"neighbourhood": "gare-station"}, ["Tout", "Gare social"]),
            ({"kind": "policy"}, ["Gare social", "Moulin voirie"]),
            ({"kind": "connection"}, ["Tout"]),
            ({"department": "social"}, ["Gare social", "Moulin social"]),
            ({"department": "roads"}, ["Tout", "Moulin voirie"]),
            ({"tag": "arbres-bomen"}, ["Moulin social", "Moulin voirie"]),
            ({"tag": "velo-fiets"}, ["Moulin voirie"]),
            ({"neighbourhood": "moulin-molen", "department": "social"}, ["Moulin social"]),
            ({"neighbourhood": "gare-station", "kind": "policy"}, ["Gare social"]),
            ({"kind": "policy", "tag": "velo-fiets"}, ["Moulin voirie"]),
            ({"department": "social", "tag": "arbres-bomen"}, ["Moulin social"]),
            (
                {"neighbourhood": "moulin-molen", "kind": "policy", "department": "roads", "tag": "arbres-bomen"},
                ["Moulin voirie"],
            ),
        ],
        ids=lambda value: "-".join(value.values()) if isinstance(value, dict) else None,
    )
    def test_each_filter_keeps_its_own_and_filters_combine(self, client: Client, code: str, query: Any, expected: Any):
        response = client.get(LIST[code], query)
        assert titles(response) == expected
        assert chosen(response) == query
        assert complaints(response) == {}

    def test_what_was_chosen_is_not_marked_on_the_others(self, client: Client, code: str):
        response = client.get(LIST[code], {"kind": "caring"})
        assert chosen(response) == {"kind": "caring"}
        assert len(seen(response).select("form.filters option[selected]")) == 4

    def test_blank_filters_are_open(self, client: Client, code: str):
        response = client.get(LIST[code], {"neighbourhood": "", "kind": "", "department": "  ", "tag": "", "page": ""})
        assert titles(response) == ALL
        assert complaints(response) == {}

    def test_a_filter_given_twice_counts_by_its_last(self, client: Client, code: str):
        assert titles(client.get(LIST[code], {"kind": ["policy", "connection"]})) == ["Tout"]

    def test_nothing_found_is_said_with_what_to_do_and_a_way_back(self, client: Client, code: str):
        response = client.get(LIST[code], {"kind": "platform"})
        assert titles(response) == []
        words = {
            "fr": "Aucun message ne répond à tous ces critères. Choisissez-en moins.",
            "nl": "Geen enkel bericht voldoet aan al deze voorwaarden. Kies er minder.",
        }
        assert seen(response).select_one(".empty").get_text() == words[code]
        assert seen(response).select_one(".count a")["href"] == LIST[code]

    def test_the_number_of_messages_is_announced(self, client: Client, code: str):
        one, many = {"fr": ("1 message", "4 messages"), "nl": ("1 bericht", "4 berichten")}[code]
        assert count_line(client.get(LIST[code])) == many
        assert count_line(client.get(LIST[code], {"kind": "connection"})).startswith(f"{one} ")
        assert seen(client.get(LIST[code])).select_one(".count")["role"] == "status"


@pytest.mark.parametrize(
    ("code", "neighbourhood", "kind", "department", "theme"),
    [
        ("fr", "Le Moulin", "Quartier solidaire", "Travaux publics", "Vélo"),
        ("nl", "De Molen", "Zorgzame buurt", "Openbare werken", "Fiets"),
    ],
)
def test_choices_have_their_names_in_the_language_of_the_reader(
    client: Client, mill, roads, bikes, code, neighbourhood, kind, department, theme
):
    form = seen(client.get(LIST[code])).select_one("form.filters")
    assert form["method"] == "get"
    labels = {option["value"]: option.get_text() for option in form.select("option") if option["value"]}
    assert labels["moulin-molen"] == neighbourhood
    assert labels["caring"] == kind
    assert labels["roads"] == department
    assert labels["velo-fiets"] == theme
    assert {select["name"] for select in form.select("select")} == {"neighbourhood", "kind", "department", "tag"}


def test_every_filter_has_a_label(client: Client, mill):
    form = seen(client.get(LIST["fr"])).select_one("form.filters")
    assert {label["for"] for label in form.select("label")} == {select["id"] for select in form.select("select")}


@pytest.mark.parametrize("value", ["", None, "b", 2])
def test_the_plain_select_writes_what_djangos_own_does(value):
    choices = [("", "Tout"), ("a", "<A> & co"), ("b", "B"), (2, 'Le "2"')]
    attributes = {"id": "id_x", "required": True, "aria-describedby": "id_x_error", "disabled": False}
    own, plain = (widget(choices=choices).render("x", value, attributes) for widget in (forms.Select, PlainSelect))
    assertHTMLEqual(plain, own)
