"""A map from a tile server: nobody is asked unless the commune names one, and then only on the map."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from participation.models import IdeaBoardPage
from tests.participation.ideas.making import public_idea, readable_board

pytestmark = pytest.mark.django_db
SERVER = "https://tiles.auneval.example"
WHOSE = {"fr": "© les contributeurs", "nl": "© de bijdragers"}


@pytest.fixture
def board() -> IdeaBoardPage:
    page = readable_board()
    public_idea(page, longitude=4.5, latitude=50.5)
    return page


def pictures_from(response: Any) -> list[str]:
    """Return where the page may load pictures from."""
    rules = (rule.split() for rule in response["Content-Security-Policy"].split(";"))
    return next(sorted(rule[1:]) for rule in rules if rule and rule[0] == "img-src")


def test_without_a_tile_server_the_policy_of_the_map_is_that_of_every_page(
    client: Client, board: IdeaBoardPage
) -> None:
    response = client.get(f"{board.url}?view=map")
    assert pictures_from(response) == pictures_from(client.get(board.url)) == ["'self'", "data:"]
    assert "data-tiles" not in response.content.decode()


def test_with_a_tile_server_the_map_may_ask_it_and_no_other_page(
    client: Client, board: IdeaBoardPage, settings: Any
) -> None:
    settings.MAP_TILES_URL = f"{SERVER}/{{z}}/{{x}}/{{y}}.png?key=1"
    settings.MAP_TILES_ATTRIBUTION = WHOSE
    assert pictures_from(client.get(f"{board.url}?view=map")) == ["'self'", "data:", SERVER]
    assert pictures_from(client.get(board.url)) == ["'self'", "data:"]
    assert pictures_from(client.get("/fr/")) == ["'self'", "data:"]


def test_the_map_says_whose_it_is_and_who_is_asked_in_both_languages(
    client: Client, board: IdeaBoardPage, settings: Any
) -> None:
    settings.MAP_TILES_URL = f"{SERVER}/{{z}}/{{x}}/{{y}}.png"
    settings.MAP_TILES_ATTRIBUTION = WHOSE
    for page in (board, board.get_translations().get()):
        text = client.get(f"{page.url}?view=map").content.decode()
        assert WHOSE[page.locale.language_code] in text
        assert "tiles.auneval.example, " in text
    settings.MAP_TILES_ATTRIBUTION = {"fr": "© tous", "nl": ""}
    assert "© tous" in client.get(f"{page.url}?view=map").content.decode()
