"""A month of two thousand pages: how often the calendar asks the database, and that all of them are there."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moderation.agenda.actions import make_feed
from tests.factories import NeighbourhoodFactory
from tests.moderation.agenda.many import many_messages
from tests.moderation.agenda.moments import hour
from tests.reading import seen, words

pytestmark = pytest.mark.django_db
MOST = 42
VIEWS = ["view=month", "view=week", "view=list", "view=day", "view=month&state=waiting", "view=list&state=scheduled"]


@pytest.fixture(autouse=True)
def _places(roads, social):
    NeighbourhoodFactory.create_batch(6)


def asked(client, query):
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/admin/agenda/?day=2030-05-07&{query}").status_code == 200
    return len(queries)


@pytest.mark.parametrize("who", ["at_the_desk", "at_roads"])
def test_the_calendar_asks_little_and_no_more_for_two_thousand_pages(who, editor, request):
    client = request.getfixturevalue(who)
    many_messages(40, start=hour("2030-05-01 06:00"), user=editor)
    few = [asked(client, query) for query in VIEWS]
    many_messages(960, start=hour("2030-05-01 06:00"), user=editor)
    many = [asked(client, query) for query in VIEWS]
    assert max(many) <= max(few) < MOST


def test_each_of_a_thousand_messages_is_one_entry(at_the_desk, editor):
    many_messages(1000, start=hour("2030-05-01 06:00"), user=editor)
    page = seen(at_the_desk.get("/admin/agenda/?view=list&day=2030-05-07"))
    assert words(page.select_one(".agenda-heading__count")).startswith("1000 ")


def test_the_private_address_asks_little_for_two_thousand_pages(client, editor, django_assert_max_num_queries):
    many_messages(1000, start=timezone.now(), user=editor)
    token = make_feed(user=editor, language="fr", now=timezone.now())
    with django_assert_max_num_queries(MOST):
        assert client.get(f"/calendar/{token}.ics").content.count(b"BEGIN:VEVENT") > 1000
