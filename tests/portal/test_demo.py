"""The demo commune, loaded once for all of these tests by the command that loads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, TestCase
from wagtail.models import Page, Site, WorkflowState

from home.models import Alert, CommuneSettings, Department, HomePage, Neighbourhood, Theme
from neighbourhood_news.models import NewsPage
from portal.demo.commune import PASSWORD
from portal.demo.content import read
from residents.models import User

# One worker runs the whole file (make test: --dist loadgroup), so that the demo is loaded once.
pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.usefixtures("demo")]


@pytest.fixture(scope="module")
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


def messages(code: str) -> Any:
    return NewsPage.objects.filter(locale__language_code=code)


def test_the_command_tells_the_password(demo):
    assert PASSWORD in demo


def test_thirty_messages_are_there_and_twenty_five_of_them_are_live_in_both_languages():
    assert messages("fr").count() == 30
    live = {code: set(messages(code).live().values_list("translation_key", flat=True)) for code in ("fr", "nl")}
    assert len(live["fr"]) == len(live["nl"]) == 25
    assert live["fr"] == live["nl"]


def test_no_live_message_shows_the_other_languages_text():
    french = dict(messages("fr").live().values_list("translation_key", "title"))
    for page in messages("nl").live():
        assert page.alias_of_id is None
        assert page.title != french[page.translation_key]


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_every_other_page_is_live_in_both_languages(code):
    pages = Page.objects.live().filter(locale__language_code=code, depth__gt=1).not_type(NewsPage)
    other = Page.objects.live().exclude(locale__language_code=code).filter(depth__gt=1).not_type(NewsPage)
    assert pages.count() == len(read("pages.yaml")) + 3
    assert set(pages.values_list("translation_key", flat=True)) == set(other.values_list("translation_key", flat=True))


def test_the_queue_of_the_desk_holds_messages_in_several_states():
    states = Counter(WorkflowState.objects.values_list("status", flat=True))
    assert states[WorkflowState.STATUS_IN_PROGRESS] == 3
    assert states[WorkflowState.STATUS_NEEDS_CHANGES] == 1
    in_a_review = WorkflowState.objects.values_list("object_id", flat=True)
    drafts = messages("fr").filter(live=False).exclude(pk__in=[int(pk) for pk in in_a_review])
    assert drafts.count() == 1


def test_one_message_waits_for_its_translation():
    assert messages("fr").exclude(translation_key__in=messages("nl").values("translation_key")).exists()


def test_the_commune_has_its_places_departments_themes_and_an_alert():
    data = read("commune.yaml")
    assert Neighbourhood.objects.exclude(outline_path="").count() == 6
    assert Department.objects.count() == len(data["departments"])
    assert Theme.objects.count() == len(data["themes"])
    assert Alert.objects.count() == len(data["alerts"])
    assert CommuneSettings.load().both_names == "Auneval / Elzendaal"


@pytest.mark.parametrize("email", [row["email"] for row in read("commune.yaml")["accounts"]])
def test_every_account_signs_in_with_the_demos_password(email):
    assert Client().login(username=email, password=PASSWORD)


def test_only_the_administrator_may_do_everything():
    assert list(User.objects.filter(is_superuser=True).values_list("email", flat=True)) == ["admin@auneval.example"]


def test_nobody_is_written_to_while_it_is_loaded():
    assert mail.outbox == []


@pytest.mark.parametrize(("address", "heading"), [("/fr/", "Bienvenue à Auneval"), ("/nl/", "Welkom in Elzendaal")])
def test_both_home_pages_show_news(client, address, heading):
    content = client.get(address).content.decode()
    assert heading in content
    assert content.count('class="card') >= 3


def test_every_live_page_answers(client):
    pages = Page.objects.live().filter(depth__gt=1)
    assert {page.url: client.get(page.url).status_code for page in pages if page.url} == {
        page.url: 200 for page in pages
    }


def test_a_second_load_is_refused_and_with_if_empty_does_nothing():
    before = (Page.objects.count(), User.objects.count(), Department.objects.count())
    with pytest.raises(CommandError, match="pages in this database already"):
        call_command("load_demo", stdout=StringIO())
    told = StringIO()
    call_command("load_demo", if_empty=True, stdout=told)
    assert told.getvalue() == ""
    assert (Page.objects.count(), User.objects.count(), Department.objects.count()) == before


def test_settings_that_do_not_allow_its_accounts_refuse_it_even_in_an_empty_database(settings):
    settings.DEMO_ACCOUNTS_ALLOWED = False
    HomePage.objects.all().delete()
    for options in ({}, {"if_empty": True}):
        with pytest.raises(CommandError, match="public password"):
            call_command("load_demo", stdout=StringIO(), **options)
    assert not HomePage.objects.exists()
