"""The demo commune, loaded once for all tests of this folder by the command that loads it."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import TestCase
from wagtail.models import Page, Site


@pytest.fixture(scope="package", autouse=True)
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Load the demo into a database without pages; return what the command said. Everything is undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        Page.objects.get(depth=1).get_descendants().delete()
        Page.objects.filter(depth=1).update(numchild=0)
        Site.clear_site_root_paths_cache()
        told = StringIO()
        with TestCase.captureOnCommitCallbacks(execute=True):
            call_command("load_demo", stdout=told)
        try:
            yield told.getvalue()
        finally:
            transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Each test runs within the transaction of the demo, and leaves it as it was."""
