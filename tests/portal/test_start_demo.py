"""`make run` in a fresh checkout: what it tells, and what it leaves alone."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import polib
import pytest
from django.core.management import call_command
from wagtail.models import Page

from portal.demo.commune import PASSWORD
from portal.demo.content import read

pytestmark = pytest.mark.django_db


def start(**options: Any) -> str:
    told = StringIO()
    call_command("start_demo", stdout=told, **options)
    return told.getvalue()


def test_it_tells_where_the_site_and_the_admin_are():
    told = start(address="http://127.0.0.1:8123")
    for address in ("http://127.0.0.1:8123/fr/", "http://127.0.0.1:8123/nl/", "http://127.0.0.1:8123/admin/"):
        assert address in told


def test_it_tells_every_account_with_its_role_and_the_password():
    told = start()
    assert PASSWORD in told
    for account in read("commune.yaml")["accounts"]:
        line = next(line for line in told.splitlines() if account["email"] in line)
        assert account["role"] in line


def test_it_changes_nothing_where_there_are_pages_already():
    before = list(Page.objects.order_by("pk").values_list("pk", "latest_revision_created_at"))
    start()
    assert list(Page.objects.order_by("pk").values_list("pk", "latest_revision_created_at")) == before


def test_a_catalogue_that_changed_is_compiled_and_one_that_did_not_is_left(settings, tmp_path: Path):
    folder = tmp_path / "nl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    settings.LOCALE_PATHS = [tmp_path]
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    catalogue.append(polib.POEntry(msgid="Neighbourhood", msgstr="Wijk"))
    catalogue.save(str(folder / "django.po"))
    call_command("compile_catalogues")
    compiled = folder / "django.mo"
    assert polib.mofile(str(compiled))[0].msgstr == "Wijk"
    before = compiled.stat().st_mtime_ns
    call_command("compile_catalogues")
    assert compiled.stat().st_mtime_ns == before
