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
from tests.factories import DepartmentFactory, live_news
from tests.neighbourhood_news.reading import LIST, titles

pytestmark = pytest.mark.django_db

INDEX, MESSAGE, FRAGMENT, FEED = 15, 12, 12, 10


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
    pages = live_news(count)
    for page in pages:
        page.department = DepartmentFactory()
        page.image = PortalImage.objects.create(title="p", file=get_test_image_file())
        page.neighbourhoods = places
        page.tags.add(*themes)
        page.save()
    return pages


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
