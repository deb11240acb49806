"""A place that is told in words: an address leads to its neighbourhood, and anything else stays words."""

from __future__ import annotations

import csv
import io
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.models import Neighbourhood
from participation.models import Ballot, Survey, SurveyPage, WrittenAnswer
from participation.results.answers_file import answer_rows
from participation.surveys.actions import live_definition
from participation.surveys.answers import Given
from participation.surveys.bulk import Dated, store_answers
from participation.surveys.kinds import Kind
from participation.surveys.places import area_of
from participation.surveys.results import results_of
from participation.surveys.storing import Answer
from participation.surveys.tables import ALL
from tests.factories import NeighbourhoodFactory, street_in
from tests.participation.answering.visiting import address, field, form_in, send
from tests.participation.surveys.making import key_of, question, readable_survey, respond
from tests.reading import parsed, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def canal(commune: None) -> Neighbourhood:
    return NeighbourhoodFactory(code="canal", name_fr="Le Canal", name_nl="Het Kanaal")


@pytest.fixture
def streets(canal: Neighbourhood) -> None:
    """The mill's street in two neighbourhoods, by its numbers; a park's in one."""
    station = NeighbourhoodFactory(code="gare", name_fr="La Gare", name_nl="Het Station")
    street_in((canal, 1, 50), (station, 51, 90), name_fr="rue du Moulin", name_nl="Molenstraat")
    street_in((station,), name_fr="rue du Moulin à Vent", name_nl="Windmolenstraat")
    street_in((canal,), name_fr="avenue du Parc", name_nl="Parklaan")


@pytest.fixture
def page(canal: Neighbourhood) -> SurveyPage:
    return readable_survey([question(8, Kind.PLACE, is_required=True)], asks_neighbourhood=False)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("rue du Moulin 12", "canal"),
        ("Molenstraat 60 bus 3", "gare"),
        ("moulin, 12A", "canal"),
        ("Parklaan", "canal"),
        ("Parklaan 7", "canal"),
        ("rue du Moulin", ""),
        ("rue du Moulin 91", ""),
        ("le parc", ""),
        ("mouiln 12", ""),
        ("devant l’école", ""),
        ("12", ""),
        ("", ""),
        ("\x00", ""),
    ],
)
def test_an_address_leads_to_its_neighbourhood_and_a_guess_does_not(streets, typed, code):
    found = area_of(typed)
    assert found == (Neighbourhood.objects.get(code=code).pk if code else None)


def test_a_reader_types_an_address_without_javascript_and_is_counted_there(page, canal, streets):
    client = Client()
    assert send(client, address(page), {field(8, "words"): "rue du Moulin 12"}).status_code == 302
    assert Ballot.objects.get().answers == {key_of(8): {"area": canal.pk}}
    assert WrittenAnswer.objects.get().text == "rue du Moulin 12"


def test_a_reader_chooses_the_neighbourhood_in_the_list(page, canal):
    client = Client()
    assert send(client, address(page), {field(8, "near"): str(canal.pk)}).status_code == 302
    assert Ballot.objects.get().answers == {key_of(8): {"area": canal.pk}}


def test_a_neighbourhood_that_is_none_is_no_answer(page):
    sent = send(Client(), address(page), {field(8, "near"): "999999"})
    assert "indiquez un lieu" in words(parsed(sent).main).lower()
    assert form_in(sent)
    assert not Ballot.objects.exists()


def test_the_point_on_the_map_comes_before_the_words_which_are_kept(page, streets):
    place = {field(8, "lon"): "4.6", field(8, "lat"): "50.7", field(8, "words"): "rue du Moulin 12"}
    send(Client(), address(page), place)
    assert Ballot.objects.get().answers == {key_of(8): {"place": [4.6, 50.7]}}
    assert WrittenAnswer.objects.get().text == "rue du Moulin 12"


def test_streets_are_proposed_by_the_beginning_of_their_name(streets, canal):
    found = Client().get("/fr/streets.json", {"q": "par"}).json()["streets"]
    assert found == [{"name": "avenue du Parc", "place": canal.pk}]
    assert Client().get("/nl/streets.json", {"q": "molen"}).json()["streets"][0] == {
        "name": "Molenstraat",
        "place": None,
    }
    for typed in ("", "\x00", "x" * 500):
        assert Client().get("/fr/streets.json", {"q": typed}).json() == {"streets": []}


@pytest.fixture
def batch_url(page: SurveyPage, signed_in: Any, clerk: Any) -> tuple[Any, str]:
    SurveyPage.objects.update(closes_at=timezone.now() + timedelta(days=3))
    client = signed_in(clerk)
    return client, client.post(reverse("paper_survey", args=[page.survey_key])).url


@pytest.mark.parametrize(("typed", "kept"), [("Molenstraat 12", "area"), ("Bij de brug", "written"), ("", None)])
def test_a_clerk_types_the_address_that_stands_on_the_paper(batch_url, streets, typed, kept):
    clerk, url = batch_url
    shown = parsed(clerk.get(url))
    assert shown.find("input", {"name": "1"})
    assert not shown.find("input", {"name": "1.lon"})
    clerk.post(url, {"language": "nl", "identity": str(uuid.uuid4()), "1": typed})
    assert [list(ballot.answers[key_of(8)]) for ballot in Ballot.objects.all()] == ([[kept]] if kept else [])


def test_a_clerk_chooses_the_neighbourhood_where_the_address_is_unknown(batch_url, canal):
    clerk, url = batch_url
    data = {"language": "nl", "identity": str(uuid.uuid4()), "1": "Bij de brug", "1.near": str(canal.pk)}
    clerk.post(url, data)
    assert Ballot.objects.get().answers == {key_of(8): {"area": canal.pk}}
    shown = parsed(clerk.get(f"{url}?correct=last"))
    assert shown.select_one("[name='1.near'] option[selected]")["value"] == str(canal.pk)


def place(value: dict[str, Any], text: str = "") -> dict[str, Given]:
    return {key_of(8): Given(value, text)}


def answered(page: SurveyPage, *groups: tuple[int, dict[str, Any]]) -> None:
    for count, value in groups:
        for number in range(count):
            respond(page, place(value, f"Là {number}" if "written" in value else ""))


def test_results_draw_points_and_list_neighbourhoods_and_words(client, page, canal):
    answered(page, (6, {"place": [4.6, 50.7]}), (7, {"area": canal.pk}), (5, {"written": True}))
    SurveyPage.objects.update(closes_at=timezone.now() - timedelta(days=1))
    shown = parsed(client.get(page.results_url)).find(id="question-1")
    text = words(shown)
    assert "Dans le quartier : Le Canal 39 % 7" in text
    assert "Dit en mots, pas dessiné 28 % 5" in text
    WrittenAnswer.objects.update(state="shown")
    assert "Lire les 5 réponses écrites" in words(parsed(client.get(page.results_url)).find(id="question-1"))


def test_places_with_few_answers_are_shown_as_one_and_their_words_wait(page, canal):
    answered(
        page, (9, {"place": [4.6, 50.7]}), (2, {"area": canal.pk}), (3, {"written": True}), (1, {"place": [5, 51]})
    )
    column = results_of(Survey.objects.get()).questions[0].tables[0].columns[ALL]
    assert {row.split(":")[0]: count.count for row, count in column.cells.items()} == {"near": 6} | {"near": 6}
    assert sorted(count.count for count in column.cells.values()) == [6, 9]


def test_what_leaves_one_by_one_comes_in_again(canal):
    about = {"access": "signed_in", "is_open_about_who_answered": True}
    page = readable_survey([question(8, Kind.PLACE)], **about)
    survey = Survey.objects.locked(page.survey_key)
    definition = live_definition(page.survey_key)
    values = (place({"area": canal.pk}, "Ici"), place({"place": [4.6, 50.7]}))
    store_answers(
        [Dated(Answer(each, "fr"), timezone.localdate()) for each in values], key=survey.pk, definition=definition
    )
    names, *rows = answer_rows(survey, definition)
    file = [dict(zip(names, row, strict=True)) for row in rows]
    assert sorted((row["1.near"], row["1.lon"], row["1.lat"]) for row in file) == [
        ("", "4.6", "50.7"),
        ("canal", "", ""),
    ]
    assert csv.writer(io.StringIO()).writerow(names)
