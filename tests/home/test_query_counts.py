"""How often a page asks the database: at most so often, however much there is to show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from digests.models import ReachFigure
from home.models import Alert, Neighbourhood, PortalImage
from tests.factories import DepartmentFactory, NeighbourhoodFactory, live_news
from tests.home.test_images import picture

pytestmark = pytest.mark.django_db

HOME, NEIGHBOURHOOD, NEIGHBOURHOODS = 13, 11, 8


def asked(client: Any, address: str) -> int:
    """Count the questions of one visit that finds nothing in the cache; each size of each picture was made before."""
    client.get(address)
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def messages(count: int, also: Sequence[Neighbourhood] = (), **fields: Any) -> None:
    """Make messages, each of a department, with a picture and for a neighbourhood of its own."""
    for number in range(count):
        image = PortalImage.objects.create(title="x", file=ContentFile(picture(), name=f"{number}.png"))
        places = [NeighbourhoodFactory(), *also]
        live_news(1, department=DepartmentFactory(), neighbourhoods=places, image=image, **fields)


def test_the_home_page_asks_little(client):
    NeighbourhoodFactory(slug="canal")
    messages(6, kind="participation")
    assert asked(client, "/fr/") <= HOME


def test_the_home_page_asks_no_more_for_more_messages(client):
    messages(1, kind="participation")
    few = asked(client, "/fr/")
    messages(9, kind="participation")
    assert asked(client, "/fr/") == few


def test_a_neighbourhood_asks_little(client):
    live_news(3)
    canal = NeighbourhoodFactory(slug="canal", shows_reach=True)
    ReachFigure.objects.create(neighbourhood=canal, day=timezone.localdate(), reached=27, households=100)
    image = PortalImage.objects.create(title="x", file=ContentFile(picture(), name="x.png"))
    live_news(1, neighbourhoods=[canal], image=image)
    assert asked(client, "/fr/quartiers/canal/") <= NEIGHBOURHOOD


def test_a_neighbourhood_asks_no_more_for_more_messages_nor_for_more_neighbourhoods(client):
    canal = NeighbourhoodFactory(slug="canal")
    messages(1, also=[canal])
    few = asked(client, "/fr/quartiers/canal/")
    messages(9, also=[canal])
    assert asked(client, "/fr/quartiers/canal/") == few


def test_the_list_of_neighbourhoods_asks_no_more_for_more_of_them(client):
    NeighbourhoodFactory()
    few = asked(client, "/fr/quartiers/")
    NeighbourhoodFactory.create_batch(13)
    assert asked(client, "/fr/quartiers/") == few <= NEIGHBOURHOODS


def test_alerts_without_a_page_cost_one_question_whatever_their_number(client):
    none = asked(client, "/fr/quartiers/")
    for _ in range(4):
        Alert.objects.create(message_fr="x", message_nl="x", ends_at=timezone.now() + timedelta(hours=1))
    assert asked(client, "/fr/quartiers/") == none
