"""Consultations on other pages: home, a neighbourhood's, a resident's own, and in any text."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page

from home.models import HomePage
from home.taking_part import TakePartBlock
from participation.models import ConsultationPage, IdeaBoardPage, SurveyPage
from tests.factories import live_news, news_index, published_news, resident_of
from tests.home.pages import home_page
from tests.neighbourhood_news.test_query_counts import tables
from tests.participation.consultations.test_index import surveys  # noqa: F401
from tests.participation.factories import live_consultation, published_consultation
from tests.reading import seen, words

pytestmark = pytest.mark.django_db


def cards(client: Any, address: str) -> list[str]:
    return [words(title) for title in seen(client.get(address)).select(".consultation-card .card__title")]


def test_the_home_page_shows_what_runs_and_nothing_else(client):
    live_consultation(title="Court", phases=[(-5, 5)])
    live_consultation(title="Vient", phases=[(5, 9)])
    live_consultation(title="Attend", phases=[(-9, -5)])
    assert cards(client, "/fr/") == ["Court"]


def test_the_home_page_is_silent_while_nothing_runs(client):
    live_consultation(phases=[(5, 9)])
    assert not seen(client.get("/fr/")).select("#consultations")


def test_a_neighbourhood_shows_what_runs_there_or_everywhere(client, mill, station):
    live_consultation(title="Moulin", neighbourhoods=[mill])
    live_consultation(title="Gare", neighbourhoods=[station])
    live_consultation(title="Tous")
    assert sorted(cards(client, "/fr/quartiers/moulin-molen/")) == ["Moulin", "Tous"]
    link = seen(client.get("/fr/quartiers/moulin-molen/")).select_one(
        "section[aria-labelledby=its-consultations] .more"
    )
    assert link["href"] == "/fr/consultations/?neighbourhood=moulin-molen"


def asked(client: Any, name: str) -> list[str]:
    return [words(title) for title in seen(client.get(reverse(name))).select(".mine__open h3")]


def test_residents_find_what_is_asked_near_them_and_no_excuse_beside_it(signed_in, mill, station):
    live_consultation(title="Moulin", neighbourhoods=[mill])
    live_consultation(title="Gare", neighbourhoods=[station])
    client = signed_in(resident_of(mill))
    assert asked(client, "my_home") == ["Moulin"]
    assert "ne vous demande rien" not in client.get(reverse("my_home")).content.decode()


def test_residents_find_an_open_survey_by_its_own_name(signed_in, mill, surveys):  # noqa: F811
    surveys()
    live_consultation(title="Moulin", neighbourhoods=[mill])
    assert "Enquête sous Moulin" in asked(signed_in(resident_of(mill)), "my_home")


def test_where_nothing_is_asked_it_is_said(signed_in, mill):
    page = seen(signed_in(resident_of(mill)).get(reverse("my_home")))
    assert words(page.select_one("#open-to-me + .empty"))


def test_newcomers_are_led_to_one_thing_to_take_part_in(signed_in, mill):
    live_consultation(title="Bientôt finie", phases=[(-5, 1)])
    live_consultation(title="Plus longue", phases=[(-5, 9)])
    assert asked(signed_in(resident_of(mill)), "welcome") == ["Bientôt finie"]


def take_part(page: Page) -> list[dict[str, Any]]:
    return [{"type": "take_part", "value": page.pk, "id": str(uuid.UUID(int=7))}]


def test_a_message_may_hold_the_card_of_a_consultation_in_its_own_language(client):
    page = published_consultation()
    message = published_news(body=take_part(page), dutch={"body": []})
    dutch = message.get_translations().get()
    assert cards(client, message.url) == ["Une cour à partager"]
    assert cards(client, dutch.url) == ["Een plein om te delen"]


def test_a_card_of_what_cant_be_read_is_not_there(client):
    page = live_consultation()
    message = live_news(1, body=take_part(page))[0]
    page.unpublish()
    assert cards(client, message.url) == []
    page.delete()
    assert cards(client, message.url) == []


def test_the_home_page_may_hold_one_too(client):
    page = live_consultation(phases=[(5, 9)])
    HomePage.objects.filter(pk=home_page().pk).update(body=take_part(page))
    assert cards(client, "/fr/") == ["Une cour à partager"]


def test_a_page_that_is_no_consultation_shows_nothing(client):
    message = live_news(1, body=take_part(news_index()))[0]
    assert cards(client, message.url) == []


def test_editors_choose_among_consultations_and_surveys():
    assert TakePartBlock().target_models == [ConsultationPage, SurveyPage, IdeaBoardPage]


@pytest.mark.parametrize("address", ["/fr/", "/fr/quartiers/moulin-molen/"])
def test_other_pages_ask_no_more_for_more_consultations(client, mill, station, address):
    live_consultation(neighbourhoods=[mill])
    few = tables(client, address)
    for _number in range(5):
        live_consultation(neighbourhoods=[mill, station])
    assert len(tables(client, address)) == len(few)
