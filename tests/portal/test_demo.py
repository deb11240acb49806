"""The demo commune, loaded once for all of these tests by the command that loads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F, Sum
from django.test import Client, TestCase
from django.utils import timezone
from wagtail.models import Page, Site, WorkflowState

from digests import figures
from digests.alerts import send_alerts
from digests.kinds import DIGEST
from digests.making import make_due
from digests.models import ReachFigure, Subscription
from digests.reach.counting import count_reach
from digests.reach.shown import courses, together
from home import agenda
from home.agenda import Period, State
from home.models import (
    Alert,
    CommuneSettings,
    Department,
    HomePage,
    Neighbourhood,
    Street,
    StreetSection,
    Theme,
)
from home.streets.search import located, streets_called
from mailing.models import OutgoingMail
from moderation.models import Arrival, Diversion, FastTrack, Release
from moderation.queue import REVIEW, Queue, completed
from neighbourhood_news.kinds import Kind
from neighbourhood_news.models import NewsPage
from participation.ideas.counting import drifts
from participation.ideas.kinds import State as IdeaState
from participation.ideas.recognition import thanked
from participation.models import (
    Comment,
    ConsultationPage,
    Idea,
    IdeaBoardPage,
    InternalNote,
    ModerationDecision,
    OfficialAnswer,
    RealisationStep,
    SecondLook,
    Support,
)
from participation.stages import Stage
from portal.demo.commune import PASSWORD
from portal.demo.content import read
from portal.demo.senders import demo_link
from residents.models import Follow, Residency, User

pytestmark = pytest.mark.usefixtures("demo")
COUNTED_ONLY = "@habitants.auneval.example"  # they live somewhere, for the reach to be counted, and do nothing else


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


def test_a_hundred_and_fifty_addresses_subscribe_in_both_languages_beside_the_residents_accounts():
    bare = Subscription.objects.filter(user=None)
    assert bare.count() == read("subscriptions.yaml")["count"]
    assert set(bare.values_list("language", flat=True)) == {"fr", "nl"}
    assert all(email.endswith(".example") for email in bare.values_list("email", flat=True))
    residents = Residency.objects.exclude(user__email__endswith=COUNTED_ONLY)
    assert Subscription.objects.filter(user__isnull=False).count() == residents.count()
    assert set(bare.values_list("neighbourhoods__code", flat=True)) >= set(
        Neighbourhood.objects.filter(households__gt=0).values_list("code", flat=True)
    )


def test_the_digests_of_the_last_weeks_left_and_some_came_back_or_failed():
    this, *earlier = figures.weeks(DIGEST, now=timezone.now())[: read("subscriptions.yaml")["weeks"] + 1]
    assert sum(week.made > 50 for week in (this, *earlier)) >= read("subscriptions.yaml")["weeks"] - 1
    assert sum(week.failed for week in (this, *earlier)) == 1
    assert dict(figures.bounces_by_code()) == read("subscriptions.yaml")["bounced"]
    assert figures.subscribers().suspended == 2


def test_the_worker_has_none_of_the_demos_mails_to_send():
    assert not OutgoingMail.objects.filter(status="due").exists()
    assert make_due() == 0
    assert send_alerts() == 0


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


def test_as_many_residents_are_registered_as_in_the_commune_that_it_resembles():
    residents = User.objects.filter(groups=None, is_superuser=False).exclude(email__endswith=COUNTED_ONLY)
    assert residents.count() == 287
    assert Residency.objects.filter(user__in=residents, neighbourhood__isnull=False).count() > 250
    shares = Counter(Residency.objects.values_list("neighbourhood__code", flat=True))
    assert set(shares) == set(Neighbourhood.objects.values_list("code", flat=True))
    assert min(shares.values()) >= 10


def test_residents_have_an_address_that_reaches_nobody_and_no_password_that_opens():
    made = User.objects.filter(email__endswith="@residents.auneval.example")
    assert made.count() == 285
    assert not any(user.has_usable_password() for user in made)
    languages = Counter(made.values_list("wagtail_userprofile__preferred_language", flat=True))
    assert set(languages) == {"fr", "nl"}
    assert languages["fr"] > languages["nl"] > 80


def test_residents_follow_neighbourhoods_departments_and_kinds():
    assert Follow.objects.filter(neighbourhood__isnull=False).count() > 40
    assert Follow.objects.filter(department__isnull=False).count() > 40
    assert set(Follow.objects.exclude(subject__in=["", "idea"]).values_list("subject", "key")) == {
        ("news_kind", kind) for kind in Kind.values
    }
    nobody_at_home = Follow.objects.filter(neighbourhood=F("user__residency__neighbourhood"))
    assert not nobody_at_home.exists()


def test_the_streets_of_each_neighbourhood_are_loaded_and_found():
    assert Street.objects.count() == 63
    assert set(StreetSection.objects.values_list("neighbourhood__code", flat=True)) == set(
        Neighbourhood.objects.values_list("code", flat=True)
    )
    (mill,) = [street for street in streets_called("Molenstraat")[0] if street.name_fr == "rue du Moulin"]
    places = {number: located([mill], number)[0].place.code for number in (1, 140)}
    assert places == {1: "gare", 140: "canal"}


def test_the_reach_of_today_is_what_the_rule_counts_and_a_year_ago_it_was_less():
    today = timezone.localdate()
    stored = dict(ReachFigure.objects.filter(day=today).values_list("neighbourhood", "reached"))
    count_reach(today)
    assert stored == dict(ReachFigure.objects.filter(day=today).values_list("neighbourhood", "reached"))
    now, before = (together(course.ago(months) for course in courses(today)) for months in (0, 12))
    assert (now.percent, before.percent) == (27, 20)


def test_all_neighbourhoods_but_one_show_their_reach(client):
    (hidden,) = Neighbourhood.objects.filter(shows_reach=False)
    pages = {place.slug: client.get(f"/fr/quartiers/{place.slug}/") for place in Neighbourhood.objects.all()}
    shown = {slug: "des ménages" in page.content.decode() for slug, page in pages.items()}
    assert [slug for slug, is_shown in shown.items() if not is_shown] == [hidden.slug]


def test_idea_boards_hold_what_fleurus_had():
    """37 proposals, 56 comments and 165 supports, counted alike by rows, on the ideas, and by the figures."""
    assert (Idea.objects.public().count(), Comment.objects.public().count(), Support.objects.count()) == (37, 56, 165)
    counted = Idea.objects.aggregate(supports=Sum("supports_count"), comments=Sum("comments_count"))
    assert counted == {"supports": 165, "comments": 56}
    assert list(drifts()) == []


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_there_is_a_board_in_each_state(code):
    now = timezone.now()
    boards = IdeaBoardPage.objects.live().filter(locale__language_code=code)
    stands = Counter()
    for board in boards:
        ideas = Idea.objects.public().on_board(board.board_key)
        is_answered = ideas.exists() and not ideas.filter(answered_at=None).exists()
        if board.is_open("ideas", now):
            stands["running" if board.ideas_until else "permanent"] += 1
        else:
            stands["coming" if not board.has_opened("ideas", now) else "answered" if is_answered else "awaiting"] += 1
    assert set(stands) == {"running", "permanent", "coming", "answered", "awaiting"}


def test_there_is_an_idea_in_each_state_that_one_can_have():
    assert set(Idea.objects.values_list("state", flat=True)) == set(IdeaState.values)
    assert set(ModerationDecision.objects.values_list("outcome", flat=True)) >= {"changes", "declined", "elsewhere"}
    assert SecondLook.objects.filter(decided_at=None).count() == 1
    assert set(Idea.objects.exclude(waits_because="").values_list("waits_because", flat=True)) == {
        "first",
        "reports",
        "second_look",
    }
    assert Comment.objects.filter(state=IdeaState.WAITING).count() == 1
    assert Comment.objects.public().filter(department__isnull=False).count() == 1


def test_some_answers_are_late_in_the_making_or_ready_to_go_out_together():
    assert Idea.objects.late(on=timezone.localdate()).exists()
    drafts = OfficialAnswer.objects.filter(published_at=None, assigned_department__isnull=False)
    assert drafts.filter(is_ready=True).count() == 2
    assert drafts.exclude(college_decision="").count() == 1
    assert InternalNote.objects.count() == 2


def test_some_ideas_have_a_photo_that_says_what_it_shows_and_one_step_says_it_in_both_languages():
    photos = Idea.objects.public().exclude(photo=None)
    assert photos.count() == 3
    assert all(idea.photo_says for idea in photos)
    (step,) = RealisationStep.objects.exclude(photo=None)
    assert step.photo_says_fr
    assert step.photo_says_nl


def test_who_agreed_is_thanked_by_name_where_ideas_came_true():
    boards = [board.board_key for board in IdeaBoardPage.objects.filter(locale__language_code="fr")]
    assert sum(bool(thanked(board)) for board in boards) == 2


def test_the_address_of_a_merged_idea_leads_to_the_one_that_holds_its_supports_and_comments(client):
    merged = Idea.objects.get(state=IdeaState.MERGED)
    assert (merged.merged_into.supports_count, merged.supports_count, merged.language) == (13, 0, "nl")
    board = IdeaBoardPage.objects.get(translation_key=merged.board_id, locale__language_code="nl")
    assert client.get(f"{board.url}{merged.slug}/").url.endswith(f"{merged.merged_into.slug}/?from={merged.number}")
