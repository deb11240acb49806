"""A message may be kept for its neighbourhoods until a moment: before it nobody else finds it, behind any door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from neighbourhood_news.models import NewsPage
from neighbourhood_news.permissions import can_read
from residents.models import User
from tests.factories import UserFactory, readable_news, resident_of
from tests.neighbourhood_news.reserving import ADDRESS, TITLE, in_hours, reserved_message

pytestmark = pytest.mark.django_db

DOORS = {
    "index": ("/fr/actualites/", "/nl/nieuws/"),
    "fragment": ("/fr/actualites/", "/nl/nieuws/"),
    "filters": (
        "/fr/actualites/?neighbourhood=moulin-molen&kind=participation&department=department&page=1",
        "/nl/nieuws/?neighbourhood=moulin-molen&kind=participation",
    ),
    "home": ("/fr/", "/nl/"),
    "neighbourhood": ("/fr/quartiers/moulin-molen/", "/nl/wijken/moulin-molen/"),
    "search": ("/fr/recherche/?q=pavots", "/nl/zoeken/?q=papavers"),
    "search by a beginning": ("/fr/recherche/?q=zinn", "/nl/zoeken/?q=dahl"),
    "address": (ADDRESS["fr"], ADDRESS["nl"]),
}
ANONYMOUS_DOORS = {  # asked by machines: what everybody may see, whoever asks
    "feed": ("/fr/actualites/atom/", "/nl/nieuws/atom/"),
    "neighbourhood feed": ("/fr/actualites/atom/moulin-molen/", "/nl/nieuws/atom/moulin-molen/"),
    "sitemap": ("/sitemap-pages.xml", "/sitemap-pages.xml"),
}
STAFF = ["editor", "desk", "clerk", "participation_officer", "administrator", "superuser"]
READERS = {
    "visitor": False,
    "lives there": True,
    "follows it": True,
    "lives elsewhere": False,
    "lives nowhere yet": False,
    "account": False,
    **dict.fromkeys(STAFF, True),
}
each_language = pytest.mark.parametrize("code", ["fr", "nl"])


@pytest.fixture
def hour() -> datetime:
    return in_hours(5)


@pytest.fixture
def message(mill: Any, roads: Any, hour: datetime) -> NewsPage:
    return reserved_message([mill], hour)


@pytest.fixture
def clock(monkeypatch: Any) -> Callable[[datetime], None]:
    """Return a function that puts the clock at a moment."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture
def reader(request: Any, mill: Any, station: Any, signed_in: Any) -> Callable[[str], Client]:
    """Return a function that gives the browser of one of READERS."""

    def reader_called(name: str) -> Client:
        people: dict[str, Callable[[], User]] = {
            "lives there": lambda: resident_of(mill),
            "follows it": lambda: resident_of(station, following=[mill]),
            "lives elsewhere": lambda: resident_of(station, following=[station]),
            "lives nowhere yet": lambda: resident_of(None),
            "account": UserFactory,
            "superuser": lambda: UserFactory(is_superuser=True),
        }
        if name == "visitor":
            return Client()
        return signed_in(people[name]() if name in people else request.getfixturevalue(name))

    return reader_called


def shows(client: Client, door: str, code: str) -> bool:
    """Whether the message stands behind a door: by its title, or in the sitemap by its address."""
    address = {**DOORS, **ANONYMOUS_DOORS}[door][code == "nl"]
    headers = {"HX-Request": "true"} if door == "fragment" else {}
    response = client.get(address, headers=headers)
    assert response.status_code == 200 or (door == "address" and response.status_code == 403)
    content = response.content.decode()
    return (ADDRESS[code] if door == "sitemap" else TITLE[code]) in content


@each_language
def test_at_the_hour_everybody_finds_it_without_anyones_action(message, clock, hour, code):
    doors = [*DOORS, *ANONYMOUS_DOORS]
    clock(hour - timedelta(seconds=1))
    assert {door: shows(Client(), door, code) for door in doors} == dict.fromkeys(doors, False)
    clock(hour)
    assert {door: shows(Client(), door, code) for door in doors} == dict.fromkeys(doors, True)


@each_language
@pytest.mark.parametrize(("name", "may"), READERS.items(), ids=READERS)
def test_before_the_hour_its_residents_and_the_staff_find_it_and_nobody_else(
    message, clock, hour, reader, name, may, code
):
    clock(hour - timedelta(seconds=1))
    client = reader(name)
    assert {door: shows(client, door, code) for door in DOORS} == dict.fromkeys(DOORS, may)


@each_language
@pytest.mark.parametrize("name", ["lives there", "desk", "superuser"])
def test_machines_find_only_what_everybody_may_see_whoever_is_signed_in(message, reader, name, code):
    client = reader(name)
    assert not [door for door in ANONYMOUS_DOORS if shows(client, door, code)]


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_the_predicate_and_the_lists_are_one_rule(message, reader, hour, name, seconds):
    request = reader(name).get("/fr/").wsgi_request
    now = hour + timedelta(seconds=seconds)
    may = can_read(message, request.user, now=now)
    assert may is (seconds >= 0 or READERS[name])
    assert NewsPage.objects.open_to(request.user, now=now).filter(pk=message.pk).exists() is may


def test_one_of_several_neighbourhoods_is_enough(mill, station, hour, signed_in):
    reserved_message([mill, station], hour)
    for place in (mill, station):
        assert shows(signed_in(resident_of(place)), "index", "fr")


def test_who_moves_away_reads_it_no_more_and_who_moves_in_does(message, mill, station, signed_in):
    user = resident_of(mill)
    client = signed_in(user)
    assert shows(client, "address", "fr")
    user.residency.neighbourhood = station
    user.residency.save()
    assert not shows(client, "address", "fr")


def test_an_account_that_was_closed_reads_nothing_first(message, mill, signed_in):
    user = resident_of(mill)
    client = signed_in(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not shows(client, "address", "fr")
    user.is_active = False
    assert not can_read(message, user, now=timezone.now())


def test_a_message_for_the_whole_commune_is_kept_for_nobody(clock, hour):
    """The form refuses it; should it come to be, it is public."""
    page = reserved_message([], hour)
    assert not page.is_reserved
    assert shows(Client(), "index", "fr")
    assert shows(Client(), "address", "nl")


def test_a_moment_that_has_passed_keeps_it_from_nobody(mill):
    page = reserved_message([mill], in_hours(-5))
    assert not page.is_reserved
    assert shows(Client(), "index", "fr")
    assert shows(Client(), "feed", "nl")


def test_both_languages_open_at_the_same_moment(message, hour):
    assert message.get_translations().get().specific.reserved_until == hour


def test_what_was_never_published_is_not_shown_to_its_residents_either(message, mill, signed_in):
    message.unpublish()
    client = signed_in(resident_of(mill))
    assert not shows(client, "index", "fr")
    assert client.get(ADDRESS["fr"]).status_code == 404


def test_other_messages_and_counts_are_as_if_it_were_not_there(message, signed_in, mill):
    readable_news(title="Autre", introduction="pavots", neighbourhoods=[mill])
    for address in ("/fr/actualites/", "/fr/recherche/?q=pavots"):
        assert ">1 " in Client().get(address).content.decode()
        assert ">2 " in signed_in(resident_of(mill)).get(address).content.decode()


@pytest.mark.parametrize(
    ("before", "at"),
    [
        # Summer time begins in Brussels on 28 March 2027 at 1:00 UTC: 2 o'clock is 3 o'clock.
        ("2027-03-28T00:59:59+00:00", "2027-03-28T01:00:00+00:00"),
        # It ends on 31 October 2027 at 1:00 UTC: 3 o'clock is 2 o'clock again.
        ("2027-10-31T01:59:59+00:00", "2027-10-31T02:00:00+00:00"),
    ],
)
def test_the_hour_is_kept_on_the_nights_when_the_clock_changes(mill, clock, before, at):
    reserved_message([mill], datetime.fromisoformat(at))
    clock(datetime.fromisoformat(before))
    assert not shows(Client(), "index", "fr")
    assert "dimanche" in Client().get(ADDRESS["fr"]).content.decode()
    assert "à 3\u00a0h" in Client().get(ADDRESS["fr"]).content.decode()
    clock(datetime.fromisoformat(at))
    assert shows(Client(), "index", "fr")
