"""What a page of the news asks of the database does not grow with the news."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.images.tests.utils import get_test_image_file

from home.models import PortalImage
from neighbourhood_news.models import NewsPage
from tests.factories import DepartmentFactory, live_news, resident_of
from tests.neighbourhood_news.reading import LIST, titles
from tests.neighbourhood_news.reserving import in_hours

pytestmark = pytest.mark.django_db

INDEX, MESSAGE, FRAGMENT, FEED = 12, 10, 8, 6
WHO_ASKS = 2  # the session, and the account
WHAT_THEY_FOLLOW = 1  # where a button says it: once, however many buttons
BUTTONS = ["/fr/quartiers/moulin-molen/"]


class TooManyError(AssertionError):
    """More queries than a page may cost."""


def assert_few(asked: list[str], limit: int) -> None:
    if len(asked) > limit:
        raise TooManyError(f"{len(asked)} queries, {limit} at most:\n" + "\n".join(asked))


def tables(client: Client, address: str, **options: Any) -> list[str]:
    """Return the tables that a request reads, one line for each query, with warm caches."""
    client.get(address, **options)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address, **options).status_code == 200
    return [", ".join(re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])) for query in captured]


def richly_made(count: int, places: list[Any], themes: list[Any]) -> list[NewsPage]:
    """Return live messages of which each has a picture, a department, neighbourhoods and themes of its own."""
    made = []
    for _number in range(count):
        image = PortalImage.objects.create(title="p", file=get_test_image_file())
        made += live_news(1, department=DepartmentFactory(), image=image, neighbourhoods=places, tags=themes)
    return made


@pytest.mark.parametrize(
    "address",
    [
        LIST["fr"],
        f"{LIST['fr']}?neighbourhood=moulin-molen",
        f"{LIST['fr']}atom/",
        "/fr/",
        "/fr/quartiers/moulin-molen/",
    ],
)
def test_the_number_of_queries_does_not_grow_with_the_number_of_messages(client, mill, station, bikes, address):
    richly_made(3, [mill, station], [bikes])
    few = tables(client, address)
    richly_made(20, [mill, station], [bikes])
    many = tables(client, address)
    assert len(many) == len(few), many


def test_the_page_of_a_message_costs_the_same_beside_many_others(client, mill, station, bikes, trees):
    (page,) = richly_made(1, [mill], [bikes])
    alone = tables(client, page.url)
    live_news(30)
    page.neighbourhoods, page.tags = [mill, station], [bikes, trees]
    page.save()
    assert len(tables(client, page.url)) == len(alone)


def test_the_list_of_a_hundred_messages_costs_few_queries(client: Client, mill, bikes):
    live_news(88)
    richly_made(12, [mill], [bikes])
    assert len(titles(client.get(LIST["fr"]))) == 12
    assert_few(tables(client, LIST["fr"]), INDEX)


def test_the_fragment_of_the_list_costs_few_queries(client: Client, mill, bikes):
    live_news(8)
    richly_made(12, [mill], [bikes])
    assert_few(tables(client, LIST["fr"], headers={"HX-Request": "true"}), FRAGMENT)


def test_the_page_of_a_message_costs_few_queries(client: Client, mill, bikes):
    page = richly_made(1, [mill], [bikes])[0]
    assert_few(tables(client, page.url), MESSAGE)


def test_a_full_feed_costs_few_queries(client: Client):
    live_news(40)
    assert_few(tables(client, f"{LIST['fr']}atom/"), FEED)


def kept(pages: list[NewsPage], hours: int) -> None:
    NewsPage.objects.filter(pk__in=[page.pk for page in pages]).update(reserved_until=in_hours(hours))


EVERY_LIST = [
    LIST["fr"],
    f"{LIST['fr']}?neighbourhood=moulin-molen",
    "/fr/",
    "/fr/quartiers/moulin-molen/",
    "/fr/recherche/?q=message",
]


@pytest.mark.parametrize("address", EVERY_LIST)
def test_messages_kept_for_others_cost_a_visitor_nothing(client, mill, bikes, address):
    pages = richly_made(5, [mill], [bikes])
    before = tables(client, address)
    kept(pages[:3], hours=5)
    assert len(tables(client, address)) == len(before)


@pytest.mark.parametrize("address", EVERY_LIST)
def test_a_resident_costs_little_more_than_a_visitor_however_many_messages_are_kept(
    client, signed_in, mill, station, bikes, address
):
    resident = signed_in(resident_of(mill, following=[station]))
    richly_made(3, [mill, station], [bikes])
    more = WHO_ASKS + WHAT_THEY_FOLLOW * (address in BUTTONS)
    assert_few(tables(resident, address), len(tables(client, address)) + more)
    first = richly_made(2, [mill], [bikes])
    kept(first, hours=5)
    few = tables(resident, address)
    kept(richly_made(6, [mill, station], [bikes]), hours=6)
    assert len(tables(resident, address)) == len(few)


def test_the_page_of_a_kept_message_costs_its_residents_little_more(client: Client, signed_in, mill, bikes):
    (page,) = richly_made(1, [mill], [bikes])
    resident = signed_in(resident_of(mill))
    visitor = len(tables(client, page.url))
    assert_few(tables(resident, page.url), visitor + WHO_ASKS + WHAT_THEY_FOLLOW)
    kept([page], hours=5)
    assert_few(tables(resident, page.url), visitor + WHO_ASKS + WHAT_THEY_FOLLOW + 1)
