"""The personal home: what is near, what is open, and what became of what one wrote."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from neighbourhood_news.models import NewsPage
from residents.follows.actions import follow
from residents.follows.targets import find_target
from residents.my_home import contributions
from residents.my_home.contributions import Contribution, Source
from tests.factories import DepartmentFactory, NeighbourhoodFactory, live_news, published_news, resident_of
from tests.home.pages import one, seen, words
from tests.neighbourhood_news.reserving import in_hours

pytestmark = pytest.mark.django_db

HOME = {"fr": "/fr/mon-espace/", "nl": "/nl/mijn-omgeving/"}
MOST = 24


@pytest.fixture
def canal(db: None) -> Any:
    return NeighbourhoodFactory(slug="canal", name_fr="Canal", name_nl="Kanaal")


@pytest.fixture
def gare(db: None) -> Any:
    return NeighbourhoodFactory(slug="gare", name_fr="Gare", name_nl="Station")


def titles(page: Any, heading: str) -> list[str]:
    return [words(title) for title in page.select(f'section[aria-labelledby="{heading}"] .card__title')]


def message(title: str, **fields: Any) -> NewsPage:
    return published_news(
        title=title, slug=title.lower(), dutch={"title": f"{title} nl", "slug": title.lower()}, **fields
    )


def test_news_is_that_of_where_one_lives_of_what_one_follows_and_of_the_whole_commune(signed_in, canal, gare):
    plateau = NeighbourhoodFactory()
    message("Ici", neighbourhoods=[canal])
    message("Suivi", neighbourhoods=[gare])
    message("Tous")
    message("Ailleurs", neighbourhoods=[plateau])
    client = signed_in(resident_of(canal, following=[gare]))
    assert set(titles(seen(client, HOME["fr"]), "near-me")) == {"Ici", "Suivi", "Tous"}
    assert set(titles(seen(client, HOME["nl"]), "near-me")) == {"Ici nl", "Suivi nl", "Tous nl"}


def test_what_is_kept_for_its_neighbourhoods_shows_to_them_alone(signed_in, canal, gare):
    message("Primeur", neighbourhoods=[canal], reserved_until=in_hours(5))
    assert titles(seen(signed_in(resident_of(canal)), HOME["fr"]), "near-me") == ["Primeur"]
    assert titles(seen(signed_in(resident_of(gare)), HOME["fr"]), "near-me") == []


def test_departments_and_kinds_that_one_follows_bring_what_is_for_other_neighbourhoods(signed_in, canal, gare):
    roads = DepartmentFactory(slug="roads")
    other = DepartmentFactory()
    message("Route", neighbourhoods=[gare], department=roads)
    message("Fête", neighbourhoods=[gare], department=other, kind="connection")
    message("Rien", neighbourhoods=[gare], department=other, kind="policy")
    message("Proche", neighbourhoods=[canal, gare], department=roads)
    message("Secret", neighbourhoods=[gare], department=roads, reserved_until=in_hours(5))
    user = resident_of(canal)
    for value in ("department:roads", "news_kind:connection"):
        follow(user=user, target=find_target(value))
    page = seen(signed_in(user), HOME["fr"])
    assert set(titles(page, "followed-news")) == {"Route", "Fête"}
    assert titles(page, "near-me") == ["Proche"]


def test_what_is_asked_now_is_of_the_kind_participation_and_near(signed_in, canal, gare):
    message("Avis", neighbourhoods=[canal], kind="participation")
    message("Loin", neighbourhoods=[gare], kind="participation")
    yesterday = timezone.localdate() - timedelta(days=1)
    message("Fini", neighbourhoods=[canal], kind="participation", expires_on=yesterday)
    page = seen(signed_in(resident_of(canal)), HOME["fr"])
    assert [words(title) for title in page.select(".mine__invitation h3")] == ["Avis"]


@pytest.mark.parametrize("code", HOME)
def test_who_told_no_neighbourhood_is_asked_kindly_and_reads_what_is_for_all(signed_in, canal, code):
    message("Tous")
    user = resident_of(None)
    user.residency.delete()
    page = seen(signed_in(user), HOME[code])
    assert one(page, ".my-head a.button")["href"].startswith(HOME[code])
    assert len(titles(page, "near-me")) == 1


def test_what_one_wrote_comes_with_what_became_of_it_the_last_change_first(signed_in, canal, monkeypatch):
    monkeypatch.setattr(contributions, "_sources", {})
    now, user = timezone.now(), resident_of(canal)

    def find(asking: Any, count: int) -> list[Contribution]:
        assert asking == user
        old = Contribution("Een bank", now - timedelta(days=9), "Réalisé", language="nl", changed_at=now)
        return [Contribution("Un banc", now - timedelta(days=2), "À l’étude", url="/fr/"), old][:count]

    contributions.register(Source("ideas", "Idée", find))
    items = seen(signed_in(user), HOME["fr"]).select(".wrote__item")
    assert [words(one(item, "h3")) for item in items] == ["Een bank", "Un banc"]
    assert one(items[0], "h3")["lang"] == "nl"
    assert "Réalisé" in words(items[0])
    assert one(items[1], "a")["href"] == "/fr/"


def test_who_wrote_nothing_is_told_so_without_reproach(signed_in, canal):
    page = seen(signed_in(resident_of(canal)), HOME["fr"])
    assert "Vous n’avez encore rien écrit" in words(one(page, 'section[aria-labelledby="what-became"]'))


def test_the_home_asks_little_and_no_more_for_more(signed_in, canal, gare):
    user = resident_of(canal, following=[gare])
    follow(user=user, target=find_target("news_kind:policy"))
    client = signed_in(user)
    live_news(2, neighbourhoods=[canal], kind="participation")
    live_news(1, neighbourhoods=[NeighbourhoodFactory()])
    client.get(HOME["fr"])
    with CaptureQueriesContext(connection) as few:
        client.get(HOME["fr"])
    live_news(8, neighbourhoods=[canal, gare], kind="participation")
    live_news(5, neighbourhoods=[NeighbourhoodFactory()])
    with CaptureQueriesContext(connection) as many:
        client.get(HOME["fr"])
    assert len(many) == len(few) <= MOST
