"""Neighbourhoods as readers see them; what is shown where there is no outline, or no neighbourhood at all."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from home.models import Neighbourhood, NeighbourhoodIndexPage
from tests.factories import NeighbourhoodFactory, readable_news
from tests.home.pages import one, seen, words

pytestmark = pytest.mark.django_db


def names(tags: list) -> set[str]:
    return {words(tag) for tag in tags}


def test_a_commune_without_neighbourhoods_says_so_and_draws_no_map(client):
    for address in ("/fr/quartiers/", "/nl/wijken/"):
        page = seen(client, address)
        assert words(one(page, ".empty"))
        assert not page.select("svg.map")


def test_the_home_page_of_a_commune_without_neighbourhoods_does_not_ask_to_choose_one(client):
    page = seen(client, "/fr/")
    assert not page.select("#near, svg.map, .chips")
    assert words(one(page, "h1"))


def test_the_front_door_of_a_commune_without_neighbourhoods_still_offers_both_languages(client):
    page = seen(client, "/")
    assert not page.select("svg.map")
    assert len(page.select(".door-page__choice a")) == 2


def test_a_neighbourhood_without_outline_is_in_the_lists_and_not_on_the_map(client):
    NeighbourhoodFactory(slug="canal", name_fr="Canal")
    NeighbourhoodFactory(slug="gare", name_fr="Gare", outline=None)
    page = seen(client, "/fr/quartiers/")
    assert names(page.select(".place__name")) == {"Canal", "Gare"}
    assert [link["href"] for link in page.select("svg.map a")] == ["/fr/quartiers/canal/"]
    home = seen(client, "/fr/")
    assert [link["href"] for link in home.select(".near .chip")] == ["/fr/quartiers/canal/", "/fr/quartiers/gare/"]
    assert [link["href"] for link in home.select(".near svg a")] == ["/fr/quartiers/canal/"]


def test_a_neighbourhood_without_outline_has_its_page(client):
    NeighbourhoodFactory(slug="gare", name_fr="Gare", name_nl="Station", outline=None)
    page = seen(client, "/nl/wijken/gare/")
    assert words(one(page, "h1")) == "Station"
    assert not page.select("svg.map")


def test_a_message_for_a_neighbourhood_without_outline_is_shown(client):
    readable_news(neighbourhoods=[NeighbourhoodFactory(slug="gare", name_fr="Gare", outline=None)])
    assert names(seen(client, "/fr/quartiers/gare/").select(".card .tag")) == {"Gare"}


def test_a_neighbourhood_that_does_not_exist_is_not_found(client):
    for address in ("/fr/quartiers/rien/", "/nl/wijken/niets/"):
        seen(client, address, status=404)


def test_a_neighbourhood_shows_its_people_as_its_readers_write_numbers(client):
    NeighbourhoodFactory(slug="canal", population=20795, households=8264)
    assert names(seen(client, "/fr/quartiers/canal/").select(".figures dd")) == {"20\u202f795", "8\u202f264"} or names(
        seen(client, "/fr/quartiers/canal/").select(".figures dd")
    ) == {"20 795", "8 264"}
    assert names(seen(client, "/nl/wijken/canal/").select(".figures dd")) == {"20.795", "8.264"}


def test_a_neighbourhood_is_called_by_its_name_in_the_readers_language(client):
    NeighbourhoodFactory(slug="canal", name_fr="Canal", name_nl="Kanaal")
    assert words(one(seen(client, "/fr/quartiers/canal/"), "h1")) == "Canal"
    assert words(one(seen(client, "/nl/wijken/canal/"), "h1")) == "Kanaal"


def test_the_map_marks_the_neighbourhood_that_the_page_is_about(client):
    canal = NeighbourhoodFactory(slug="canal")
    NeighbourhoodFactory(slug="gare")
    page = seen(client, "/fr/quartiers/canal/")
    assert one(page, ".map__place--here")["d"] == canal.outline_path
    assert len(page.select(".place-head__map path")) == 2


def test_each_place_on_the_map_has_a_name_for_those_who_do_not_see_it(client):
    NeighbourhoodFactory(slug="canal", name_nl="Kanaal")
    page = seen(client, "/nl/wijken/")
    assert one(page, "svg.map a")["aria-label"] == "Kanaal"
    assert one(page, "svg.map")["aria-label"]


def test_other_neighbourhoods_are_those_but_the_one_of_the_page(client):
    for slug in ("canal", "gare", "plateau"):
        NeighbourhoodFactory(slug=slug, name_fr=slug)
    assert names(seen(client, "/fr/quartiers/gare/").select(".others .chip")) == {"canal", "plateau"}


def test_the_home_page_has_no_dead_links_while_the_page_of_the_neighbourhoods_is_off_line(client):
    NeighbourhoodFactory(slug="canal")
    NeighbourhoodIndexPage.objects.get(slug="quartiers").unpublish()
    links = [link["href"] for link in seen(client, "/fr/").select(".near a[href]")]
    assert [client.get(link if link.startswith("/") else f"/fr/{link}").status_code for link in links] in ([], [200])


def test_a_neighbourhood_that_is_shared_is_named_and_not_the_page_of_all_of_them(client):
    NeighbourhoodFactory(slug="canal", name_fr="Canal", name_nl="Kanaal")
    assert one(seen(client, "/nl/wijken/canal/"), 'meta[property="og:title"]')["content"] == "Kanaal"


@pytest.mark.parametrize("tint", [0, 13])
def test_the_database_knows_only_the_tints_of_the_style_sheet(tint):
    with pytest.raises(IntegrityError), transaction.atomic():
        NeighbourhoodFactory(tint=tint)


@pytest.mark.parametrize(
    ("french", "dutch", "address"),
    [
        ("Canal", "Kanaal", "canal-kanaal"),
        ("Plateau", "Plateau", "plateau"),
        ("Les Étangs", "", "les-etangs"),
        ("L’Œuvre d’été", "", "luvre-dete"),
        ("A" * 80, "B" * 80, "a" * 60),
    ],
)
def test_a_neighbourhood_has_one_address_for_both_languages(french, dutch, address):
    assert Neighbourhood.slug_for(french, dutch) == address
