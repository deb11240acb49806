"""What the demo holds for editors, the desk and readers."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, WorkflowState

from home import agenda
from home.agenda import Period, State
from home.models import (
    Alert,
    CommuneSettings,
    Department,
    HomePage,
    Neighbourhood,
    Theme,
)
from moderation.models import Arrival, Diversion, FastTrack, Release
from moderation.queue import REVIEW, Queue, completed
from neighbourhood_news.models import NewsPage
from participation.models import (
    ConsultationPage,
)
from participation.stages import Stage
from portal.demo.commune import PASSWORD
from portal.demo.content import read
from portal.demo.senders import demo_link
from residents.models import User


def messages(code: str) -> Any:
    return NewsPage.objects.filter(locale__language_code=code)


def test_the_command_tells_the_password(demo):
    assert PASSWORD in demo


def test_thirty_seven_messages_are_there_and_twenty_six_of_them_are_live_in_both_languages():
    assert messages("fr").exclude(translation_key__in=Arrival.objects.values("page_key")).count() == 37
    live = {code: set(messages(code).live().values_list("translation_key", flat=True)) for code in ("fr", "nl")}
    assert len(live["nl"]) == 26
    assert live["fr"] - live["nl"] == {release.translation_key for release in Release.objects.in_one_language()}


def test_no_live_message_shows_the_other_languages_text():
    french = dict(messages("fr").live().values_list("translation_key", "title"))
    for page in messages("nl").live():
        assert page.alias_of_id is None
        assert page.title != french[page.translation_key]


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_every_other_page_is_live_in_both_languages(code):
    pages = Page.objects.live().filter(locale__language_code=code, depth__gt=1).not_type(NewsPage)
    other = Page.objects.live().exclude(locale__language_code=code).filter(depth__gt=1).not_type(NewsPage)
    boards, surveys = read("ideas.yaml")["boards"], read("surveys.yaml")
    consultations = [row for row in read("consultations.yaml") if row.get("state") != "draft"]
    assert pages.count() == len(read("pages.yaml")) + 4 + len(consultations) + len(surveys) + len(boards)
    assert set(pages.values_list("translation_key", flat=True)) == set(other.values_list("translation_key", flat=True))


def test_the_queue_of_the_desk_holds_messages_in_several_states():
    reviews = WorkflowState.objects.filter(base_content_type__model="page")
    states = Counter(reviews.values_list("status", flat=True))
    assert states[WorkflowState.STATUS_IN_PROGRESS] == 5 + Arrival.objects.count()
    assert states[WorkflowState.STATUS_NEEDS_CHANGES] == 1
    in_a_review = reviews.values_list("object_id", flat=True)
    drafts = messages("fr").filter(live=False).exclude(pk__in=[int(pk) for pk in in_a_review])
    assert drafts.filter(go_live_at__isnull=True).count() == 1


def test_the_queue_shows_the_other_language_in_every_state_and_an_urgent_text():
    waiting = completed(item for item in Queue(now=timezone.now()).items if item.kind == REVIEW)
    assert {item.translation.code for item in waiting if item.translation} == {"missing", "begun", "outdated", "ready"}
    assert [item.title.split(". ", 1)[-1] for item in waiting if item.urgent_because] == [
        "Un train de plus le vendredi soir",
        "Le canal monte : des sacs de sable vous attendent au dépôt",
    ]


def test_the_desk_finds_a_fast_track_an_owed_language_and_another_channel():
    assert FastTrack.objects.unchecked().count() == 1
    assert Release.objects.in_one_language().count() == 1
    assert Diversion.objects.filter(reopened_at=None).count() == 1


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_there_is_a_consultation_in_each_state_and_one_whose_outcome_is_late(code):
    pages = ConsultationPage.objects.live().in_language(code)
    assert {page.timeline.stage for page in pages} == set(Stage)
    assert sum(page.timeline.is_late for page in pages) == 1


def test_the_calendar_shows_every_state_that_a_text_can_have():
    today = timezone.localdate()
    entries = agenda.entries(Period(today - timedelta(days=120), today + timedelta(days=120)))
    assert {entry.state for entry in entries} == set(State)
    planned = [entry for entry in entries if entry.state == State.SCHEDULED]
    assert [entry.languages for entry in planned] == [("fr", "nl")] * 2


def test_a_text_of_a_sender_waits_for_the_desk_by_each_way_and_in_each_language():
    arrivals = {arrival.way: arrival for arrival in Arrival.objects.all()}
    assert {way: arrival.language for way, arrival in arrivals.items()} == {"link": "fr", "mail": "nl"}
    for arrival in arrivals.values():
        assert NewsPage.objects.get(translation_key=arrival.page_key).workflow_in_progress
    assert "planning-afsluiters.xls" in arrivals["mail"].left_out


def test_the_demos_link_opens_its_form(client):
    assert client.get(demo_link()).status_code == 200


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
    kept = {page.url for page in NewsPage.objects.filter(reserved_until__gt=timezone.now())}
    assert {page.url: client.get(page.url).status_code for page in pages if page.url} == {
        page.url: 403 if page.url in kept else 200 for page in pages
    }


@pytest.mark.parametrize(("email", "count"), [("habitant", 1), ("bewoner", 0), ("communication", 1)])
@pytest.mark.parametrize("code", ["fr", "nl"])
def test_one_message_is_kept_for_two_neighbourhoods_of_which_one_resident_lives_in_one(client, email, count, code):
    (kept,) = messages(code).filter(reserved_until__gt=timezone.now())
    assert kept.neighbourhoods.count() == 2
    client.force_login(User.objects.get(email=f"{email}@auneval.example"))
    assert client.get(f"/{code}/").content.decode().count(f'href="{kept.url}"') == 2 * count


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
