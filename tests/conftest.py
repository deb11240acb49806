"""What every test may stand on: a commune that has been set up, and people in their roles."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from home.models import Department
from moderation.roles import ADMINISTRATOR, CLERK, DESK, PARTICIPATION
from moderation.setup import setup_pages, setup_roles, setup_workflow
from residents.models import User
from tests.factories import DepartmentFactory, UserFactory, editor_of


def set_up_commune() -> None:
    """Make what `setup_portal` makes; idempotent, so that a test which empties the database may call it again."""
    setup_pages()
    setup_workflow(setup_roles())


def pytest_sessionstart(session: Any) -> None:
    """Tests read both languages, so the catalogues must be compiled, however pytest was called."""
    call_command("compile_catalogues")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Set the commune up once for all tests of a worker."""
    with django_db_blocker.unblock():
        set_up_commune()


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture
def commune(db: None) -> None:
    """The commune as `setup_portal` leaves it."""
    set_up_commune()


@pytest.fixture
def roads(db: None) -> Department:
    return DepartmentFactory(slug="roads", name_fr="Travaux publics", name_nl="Openbare werken")


@pytest.fixture
def social(db: None) -> Department:
    return DepartmentFactory(slug="social", name_fr="Affaires sociales", name_nl="Sociale zaken")


@pytest.fixture
def editor(roads: Department) -> User:
    """Somebody of the roads department."""
    return editor_of(roads)


@pytest.fixture
def desk(db: None) -> User:
    return UserFactory(groups=[DESK.group])


@pytest.fixture
def second_desk(db: None) -> User:
    return UserFactory(groups=[DESK.group])


@pytest.fixture
def participation_officer(db: None) -> User:
    return UserFactory(groups=[PARTICIPATION.group])


@pytest.fixture
def clerk(db: None) -> User:
    return UserFactory(groups=[CLERK.group])


@pytest.fixture
def administrator(db: None) -> User:
    return UserFactory(groups=[ADMINISTRATOR.group])


@pytest.fixture
def resident(db: None) -> User:
    return UserFactory()


@pytest.fixture
def signed_in() -> Any:
    """Return a client that is signed in as somebody."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
