"""A search finds the words of live, public pages in the language of the reader, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from home.models import NeighbourhoodIndexPage
from tests.factories import draft_news, news_index, readable_news
from tests.reading import seen, words
from tests.search.reading import SEARCH, found

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "query", "title"),
    [
        ("fr", "Moulin", "Rue du Moulin"),
        ("fr", "trottoirs", "Rue du Moulin"),
        ("fr", "travaux", "Rue du Moulin"),
        ("nl", "Molenstraat", "Molenstraat"),
        ("nl", "voetpaden", "Molenstraat"),
        ("nl", "werken", "Molenstraat"),
    ],
)
def test_words_of_title_introduction_and_text_are_found_in_the_language_of_the_reader_only(client, code, query, title):
    readable_news()
    assert found(client, query, code=code) == [title]
    assert found(client, query, code="nl" if code == "fr" else "fr") == []


@pytest.mark.parametrize("query", ["TRAVAUX", "travaux", "Travaux", "  travaux  ", "travaux\ttravaux"])
def test_capitals_and_spaces_do_not_matter(client, query):
    readable_news()
    assert found(client, query) == ["Rue du Moulin"]


def test_all_the_words_must_be_there_in_any_order_and_any_part(client, written):
    written("Piscine", introduction="Horaires d’été", text="Le bassin est ouvert.")
    written("Bibliothèque", introduction="Horaires d’hiver")
    assert found(client, "bassin horaires piscine") == ["Piscine"]
    assert set(found(client, "horaires")) == {"Piscine", "Bibliothèque"}
    assert found(client, "horaires patinoire") == []


def test_a_word_is_found_on_every_kind_of_page(client, written):
    readable_news(title="Comète au moulin")
    written("Comète et lune")
    places = NeighbourhoodIndexPage.objects.get(locale__language_code="fr")
    for page in (news_index(), places):
        page.introduction = "Sous la comète"
        page.save_revision().publish()
    assert set(found(client, "comète")) == {"Comète au moulin", "Comète et lune", news_index().title, places.title}


@pytest.mark.parametrize(
    ("code", "query", "title"), [("fr", "trottoi", "Trottoirs neufs"), ("nl", "voetpad", "Voetpaden")]
)
def test_the_beginning_of_a_word_of_a_title_is_enough_as_the_page_promises(client, written, code, query, title):
    written(title, code=code)
    assert found(client, query, code=code) == [title]


def test_where_the_whole_word_is_found_its_beginning_is_not_looked_for(client, written):
    written("Parcours de santé")
    assert found(client, "parc") == ["Parcours de santé"]
    written("Parc")
    assert found(client, "parc") == ["Parc"]


def test_of_several_words_each_may_be_a_beginning_and_none_may_be_missing(client, written):
    written("Déclaration de naissance")
    assert found(client, "décl naiss") == ["Déclaration de naissance"]
    assert found(client, "décl mariage") == []
    assert found(client, "claration") == []


def test_a_draft_is_not_found(client, written):
    written("Secretum", live=False, introduction="Secretum", text="Secretum")
    draft_news(title="Secretum aussi")
    assert found(client, "secretum") == []
    assert found(client, "secretu") == []


def test_a_change_that_is_not_published_is_not_found(client, written):
    page = written("Ouverture", introduction="Lundi")
    page.introduction = "Mardi"
    page.save_revision()
    assert found(client, "mardi") == []
    assert found(client, "lundi") == ["Ouverture"]


def test_what_was_taken_offline_or_deleted_is_not_found(client, written):
    offline, deleted = written("Secretum un"), written("Secretum deux")
    assert len(found(client, "secretum")) == 2
    offline.unpublish()
    deleted.delete()
    assert found(client, "secretum") == []


def test_a_changed_word_is_found_and_the_old_one_no_more(client, written):
    page = written("Patinoire")
    page.title = "Piscine"
    page.save_revision().publish()
    assert found(client, "piscine") == ["Piscine"]
    assert found(client, "patinoire") == []


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD, PageViewRestriction.GROUPS])
@pytest.mark.parametrize("query", ["secretum", "secret"])
def test_a_private_page_is_not_found(client, written, kind, query):
    page = written("Secretum")
    assert found(client, query) == ["Secretum"]
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
    assert found(client, query) == []


def test_what_stands_below_a_private_page_is_not_found(client, restricted):
    readable_news()
    restricted(news_index())
    assert found(client, "moulin") == []
    assert found(client, "molenstraat", code="nl") == ["Molenstraat"]


@pytest.mark.parametrize("role", ["resident", "editor", "desk", "administrator"])
def test_being_signed_in_shows_no_more(request: Any, signed_in: Any, written, restricted, role):
    restricted(written("Secretum privé"))
    written("Secretum brouillon", live=False)
    client: Client = signed_in(request.getfixturevalue(role))
    assert found(client, "secretum") == []


def test_an_expired_message_keeps_being_found(client):
    """It leaves the lists, never its address."""
    readable_news(expires_on="2026-01-01")
    assert found(client, "moulin") == ["Rue du Moulin"]


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_a_page_that_is_shown_twice_is_not_found_twice(client, written, code):
    written("Écho écho", code=code, introduction="Écho", text="Écho écho écho")
    assert found(client, "écho", code=code) == ["Écho écho"]


def test_a_result_leads_to_its_page(client):
    readable_news()
    link = seen(client.get(SEARCH["nl"], {"q": "molenstraat"})).select_one("ol.found a")
    assert link["href"] == "/nl/nieuws/molenstraat/"
    assert words(seen(client.get(link["href"])).select_one("h1")) == "Molenstraat"
