"""Places and messages that the tests of the news speak of."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation
from wagtail.models import Page, PageViewRestriction

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


@pytest.fixture
def trees(db: None) -> Theme:
    return ThemeFactory(slug="arbres-bomen", name_fr="Arbres", name_nl="Bomen")


@pytest.fixture
def restricted(db: None) -> Any:
    """Return a function that shuts a page, and what stands below it, to readers who are not signed in."""

    def shut(page: Page) -> Page:
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        return page

    return shut
