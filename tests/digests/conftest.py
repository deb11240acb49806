"""A commune of two neighbourhoods, and mails as their readers get them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from home.models import Neighbourhood
from mailing.models import OutgoingMail
from residents.models import Residency, User
from tests.factories import NeighbourhoodFactory, UserFactory


@pytest.fixture
def canal(commune: None) -> Neighbourhood:
    return NeighbourhoodFactory(slug="canal", name_fr="Canal", name_nl="Kanaal")


@pytest.fixture
def gare(commune: None) -> Neighbourhood:
    return NeighbourhoodFactory(slug="gare", name_fr="Gare", name_nl="Station")


@pytest.fixture
def noor(canal: Neighbourhood) -> User:
    """Somebody with an account who lives in Canal and reads Dutch."""
    user: User = UserFactory(email="noor@auneval.example", language="nl")
    Residency.objects.create(user=user, neighbourhood=canal)
    return user


@pytest.fixture
def mails_to() -> Callable[[str], list[OutgoingMail]]:
    """Return a function that lists the mails to an address, the first one first."""
    return lambda address: list(OutgoingMail.objects.filter(to=address).order_by("pk"))
