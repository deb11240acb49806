"""What every test may stand on: a commune that has been set up, and people in their roles."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import translation

from home.models import Department
from moderation.roles import ADMINISTRATOR, CLERK, DESK, PARTICIPATION
from moderation.setup import setup_guides, setup_pages, setup_roles, setup_workflow
from participation.ideas.first_words import setup_first_words
from residents.models import User
from tests.factories import DepartmentFactory, UserFactory, editor_of
from tests.prepared import migrated_database, migrated_file
from tests.sharing import SharedSetups


def set_up_commune() -> None:
    """Make what `setup_portal` makes; idempotent, so that a test which empties the database may call it again."""
    setup_pages()
    setup_workflow(setup_roles())
    setup_guides()
    setup_first_words()


def pytest_sessionstart(session: Any) -> None:
    """Tests read both languages, so the catalogues must be compiled, however pytest was called."""
    call_command("compile_catalogues")


def pytest_itemcollected(item: Any) -> None:
    """What empties the database must fill it again, or the tests after it begin without content types."""
    for marker in item.iter_markers("django_db"):
        if marker.kwargs.get("transaction") and not marker.kwargs.get("serialized_rollback"):
            raise pytest.UsageError(f"{item.nodeid}: transaction=True goes with serialized_rollback=True")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: Any, log: Any) -> SharedSetups:
    return SharedSetups(config, log)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """Let Django begin from a database that is migrated already; what is missing in it, it still migrates."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated_database(os.environ["DATABASE_URL"])
        yield
        return
    memory = sqlite3.connect(connection.creation._get_test_db_name(), uri=True)
    with closing(memory), closing(sqlite3.connect(migrated_file())) as prepared:
        prepared.backup(memory)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Set the commune up once for all tests of a worker."""
    with django_db_blocker.unblock():
        set_up_commune()


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _language_of_nobody() -> None:
    """A page that was asked for in Dutch leaves its language to what runs after it."""
    translation.deactivate()


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
