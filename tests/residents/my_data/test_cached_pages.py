"""A page that a cache may keep shows nothing of a person; one that shows something of a person, no cache may keep."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from home.models import ContentPage, SectionPage
from residents.models import Profile, User
from tests.factories import NeighbourhoodFactory, published_news, resident_of
from tests.home.pages import home_page, in_both_languages

pytestmark = pytest.mark.django_db


def named(first: str, last: str) -> User:
    user = resident_of(NeighbourhoodFactory())
    User.objects.filter(pk=user.pk).update(first_name=first, last_name=last, email=f"{last.lower()}@auneval.example")
    Profile.objects.create(user=user, display_name=f"{first}-{last}")
    return User.objects.get(pk=user.pk)


@pytest.fixture
def addresses(db: None) -> list[str]:
    """One address of every type of page, in both languages."""
    NeighbourhoodFactory(slug="canal", shows_reach=True)
    published_news()
    in_both_languages(home_page(), SectionPage, title="Services", slug="services", dutch={"slug": "diensten"})
    in_both_languages(home_page(), ContentPage)
    french = ["/fr/", "/fr/actualites/", "/fr/actualites/rue-du-moulin/", "/fr/quartiers/", "/fr/quartiers/canal/"]
    dutch = ["/nl/", "/nl/nieuws/", "/nl/nieuws/molenstraat/", "/nl/wijken/", "/nl/wijken/canal/"]
    return [
        *french,
        *dutch,
        "/fr/services/",
        "/fr/piscine/",
        "/nl/zwembad/",
        "/fr/recherche/?q=rue",
        "/nl/zoeken/?q=straat",
    ]


def visit(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer


def test_no_shared_cache_keeps_what_one_person_was_shown_and_none_shows_another(addresses, signed_in):
    people = {user: signed_in(user) for user in (named("Amelie", "Warnier"), named("Bram", "Hellemans"))}
    visitor = Client()
    for address in addresses:
        shown = {user: visit(client, address) for user, client in people.items()}
        public = visit(visitor, address)
        for user, answer in shown.items():
            kept_by_nobody = {"private", "no-store"} & set(answer.get("Cache-Control", "").replace(" ", "").split(","))
            same_for_all = answer.content == public.content and "Cookie" not in answer.get("Vary", "")
            assert kept_by_nobody or same_for_all, f"{address} may be kept, and is one person's"
            for other in people:
                if other != user:
                    assert other.last_name.encode() not in answer.content
        for user in people:
            assert user.last_name.encode() not in public.content
        assert not public.cookies, f"{address} sets a cookie for a visitor"
