"""People and places of the calendar's tests."""

from __future__ import annotations

from typing import Any

import pytest

from home.models import Neighbourhood
from tests.factories import NeighbourhoodFactory


@pytest.fixture
def mill_and_station(db: None) -> list[Neighbourhood]:
    return [
        NeighbourhoodFactory(slug="moulin-molen", name_fr="Le Moulin", name_nl="De Molen"),
        NeighbourhoodFactory(slug="gare-station", name_fr="La Gare", name_nl="Het Station"),
    ]


@pytest.fixture
def at_the_desk(signed_in: Any, desk: Any) -> Any:
    return signed_in(desk)


@pytest.fixture
def at_roads(signed_in: Any, editor: Any) -> Any:
    return signed_in(editor)
