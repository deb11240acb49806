"""Places and themes that the tests of consultations speak of."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from home.models import Neighbourhood, Theme
from tests.factories import NeighbourhoodFactory, ThemeFactory


@pytest.fixture(autouse=True)
def _no_language_left_over() -> Any:
    """A request leaves its language active; the next test starts from French again."""
    with translation.override("fr"):
        yield


@pytest.fixture
def mill(db: None) -> Neighbourhood:
    return NeighbourhoodFactory(code="A1", slug="moulin-molen", name_fr="Le Moulin", name_nl="De Molen", tint=4)


@pytest.fixture
def station(db: None) -> Neighbourhood:
    return NeighbourhoodFactory(code="A2", slug="gare-station", name_fr="La Gare", name_nl="Het Station", tint=7)


@pytest.fixture
def bikes(db: None) -> Theme:
    return ThemeFactory(slug="velo-fiets", name_fr="Vélo", name_nl="Fiets")
