"""How often a page asks the database: at most so often, however much there is to show."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.models import Alert, PortalImage
from tests.factories import DepartmentFactory, NeighbourhoodFactory, live_news
from tests.home.test_images import picture

pytestmark = pytest.mark.django_db

HOME, NEIGHBOURHOOD, NEIGHBOURHOODS = 20, 15, 15


def asked(client: Any, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def messages(count: int, **fields: Any) -> None:
    """Make messages, each of a department, a picture and a neighbourhood of its own."""
    for number in range(count):
        image = PortalImage.objects.create(title="x", file=ContentFile(picture(), name=f"{number}.png"))
        live_news(1, department=DepartmentFactory(), neighbourhoods=[NeighbourhoodFactory()], image=image, **fields)


def test_the_home_page_asks_little(client):
    NeighbourhoodFactory(slug="canal")
    messages(3)
    client.get("/fr/")
    assert asked(client, "/fr/") <= HOME


def test_the_home_page_asks_no_more_for_more_messages(client):
    messages(6, kind="participation")
    client.get("/fr/")
    few = asked(client, "/fr/")
    messages(12, kind="participation")
    client.get("/fr/")
    assert asked(client, "/fr/") == few


def test_a_neighbourhood_asks_little(client):
    live_news(3)
    canal = NeighbourhoodFactory(slug="canal")
    image = PortalImage.objects.create(title="x", file=ContentFile(picture(), name="x.png"))
    live_news(1, neighbourhoods=[canal], image=image)
    client.get("/fr/quartiers/canal/")
    assert asked(client, "/fr/quartiers/canal/") <= NEIGHBOURHOOD


def test_a_neighbourhood_asks_no_more_for_more_messages_nor_for_more_neighbourhoods(client):
    canal = NeighbourhoodFactory(slug="canal")
    for _ in range(2):
        live_news(1, neighbourhoods=[canal])
    client.get("/nl/wijken/canal/")
    client.get("/fr/quartiers/canal/")
    few = asked(client, "/fr/quartiers/canal/")
    for _ in range(9):
        live_news(1, neighbourhoods=[canal, NeighbourhoodFactory()], department=DepartmentFactory())
    assert asked(client, "/fr/quartiers/canal/") == few


def test_the_list_of_neighbourhoods_asks_no_more_for_more_of_them(client):
    NeighbourhoodFactory()
    client.get("/fr/quartiers/")
    few = asked(client, "/fr/quartiers/")
    NeighbourhoodFactory.create_batch(13)
    assert asked(client, "/fr/quartiers/") == few <= NEIGHBOURHOODS


def test_alerts_without_a_page_cost_one_question_whatever_their_number(client):
    client.get("/fr/quartiers/")
    none = asked(client, "/fr/quartiers/")
    for _ in range(4):
        Alert.objects.create(message_fr="x", message_nl="x", ends_at=timezone.now() + timedelta(hours=1))
    assert asked(client, "/fr/quartiers/") == none
