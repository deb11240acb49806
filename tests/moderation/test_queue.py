"""The queue: everything that waits for the desk, of every kind, oldest first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, WorkflowState

from home.models import CommuneSettings
from moderation.actions import publish_in_both_languages, publish_one_language, use_fast_track
from moderation.models import ScheduleTrouble
from moderation.queue import Queue, completed
from moderation.roles import DESK
from moderation.translations import prepare_translation
from moderation.working_days import working_day_before
from neighbourhood_news.models import NewsPage
from tests.factories import (
    DUTCH,
    NeighbourhoodFactory,
    UserFactory,
    draft_news,
    published_news,
    submit,
    translate,
)
from tests.reading import seen, words

pytestmark = pytest.mark.django_db
BRUSSELS = ZoneInfo("Europe/Brussels")


def items() -> list[Any]:
    return Queue(now=timezone.now()).items


def titles(answer: Any) -> list[str]:
    return [words(cell) for cell in seen(answer).select("table.queue .title-wrapper")]


@pytest.fixture
def screen(desk: Any, signed_in: Any) -> Any:
    client = signed_in(desk)
    return lambda **query: client.get(reverse("queue"), query)


def waiting(editor: Any, department: Any, title: str = "Rue du Moulin", since: timedelta = timedelta(), **fields: Any):
    page = draft_news(owner=editor, department=department, title=title, slug=title.lower().replace(" ", "-"), **fields)
    state = submit(page, editor).workflow_state
    WorkflowState.objects.filter(pk=state.pk).update(created_at=timezone.now() - since)
    return page


def test_it_shows_what_waits_of_every_department_oldest_first(editor, roads, social, screen):
    waiting(editor, roads, "Deuxième", timedelta(hours=2))
    waiting(editor, social, "Première", timedelta(hours=3))
    waiting(editor, roads, "Troisième", timedelta(hours=1))
    assert titles(screen()) == ["Première", "Deuxième", "Troisième"]


def test_it_says_who_proposes_for_whom_and_for_when(editor, roads, screen):
    place = NeighbourhoodFactory()
    waiting(
        editor,
        roads,
        neighbourhoods=[place],
        go_live_at=datetime(2030, 5, 4, 8, 30, tzinfo=BRUSSELS),
        urgent_because="Coupure d'eau",
    )
    text = words(seen(screen()).select_one("table.queue tbody"))
    for word in (str(editor), roads.name_fr, place.name_fr, "4 mai, 08:30", "Coupure d'eau", "Urgent"):
        assert word in text


def test_what_was_decided_no_longer_waits(editor, roads, desk):
    page = waiting(editor, roads)
    page.current_workflow_task_state.reject(user=desk)
    assert items() == []


def test_the_facts_are_those_of_the_draft_also_beside_a_live_message(editor, roads):
    page = published_news(department=roads)
    page.title, page.urgent_because = "Le brouillon", "Eau"
    page.save_revision(user=editor)
    submit(page, editor)
    assert [(item.title, item.urgent_because) for item in items()] == [("Le brouillon", "Eau")]


def test_fast_tracks_owed_languages_and_troubles_wait_too(editor, roads, desk, screen):
    fast = draft_news(department=roads, title="Urgent", slug="urgent")
    translate(fast)
    use_fast_track(page=fast, user=desk, reason="Fuite de gaz")
    publish_one_language(page=draft_news(department=roads, title="Seul", slug="seul"), user=desk, reason="Malade")
    page = draft_news(department=roads, title="En panne", slug="en-panne")
    ScheduleTrouble.objects.create(
        translation_key=page.translation_key,
        title="En panne",
        since=timezone.now(),
        next_try_at=timezone.now(),
        error="Broken",
    )
    assert {item.kind for item in items()} == {"check", "owed", "trouble"}
    assert set(titles(screen())) == {"Urgent", "Seul", "En panne"}
    assert [words(each) for each in seen(screen(kind="owed")).select("table.queue .title-wrapper")] == ["Seul"]


@pytest.mark.parametrize(
    ("now", "since"),
    [
        (datetime(2026, 5, 10, 12), datetime(2026, 5, 7, 23, 59, 59)),  # on Sunday: Friday's are in time
        (datetime(2026, 5, 11, 9), datetime(2026, 5, 8, 9)),  # on Monday morning: since Friday morning
        (datetime(2026, 5, 12, 9), datetime(2026, 5, 11, 9)),
    ],
)
def test_a_working_day_skips_the_weekend(now, since):
    found = working_day_before(now.replace(tzinfo=BRUSSELS), commune=CommuneSettings.load())
    assert abs(found - since.replace(tzinfo=BRUSSELS)) <= timedelta(seconds=1)


def test_a_working_day_skips_the_days_on_which_the_town_hall_is_closed():
    commune = CommuneSettings.load()
    bridge = {"date": datetime(2026, 5, 11).date(), "reason_fr": "Pont", "reason_nl": "Brugdag"}
    commune.hours_exceptions = [("exception", bridge)]
    tuesday = datetime(2026, 5, 12, 9, tzinfo=BRUSSELS)
    assert working_day_before(tuesday, commune=commune) == datetime(2026, 5, 8, 9, tzinfo=BRUSSELS)


def test_the_day_is_that_of_the_town_hall_wherever_the_readers_clock_stands():
    monday = datetime(2026, 5, 11, 1, tzinfo=BRUSSELS)
    with timezone.override(ZoneInfo("America/Los_Angeles")):
        assert working_day_before(monday, commune=CommuneSettings.load()) == datetime(2026, 5, 8, 1, tzinfo=BRUSSELS)


def test_what_waits_too_long_stands_out_and_can_be_filtered(editor, roads, screen):
    waiting(editor, roads, "Vieille", timedelta(days=9))
    waiting(editor, roads, "Neuve")
    assert [words(row.select_one(".title-wrapper")) for row in seen(screen()).select("tr.queue__late")] == ["Vieille"]
    assert titles(screen(pressing="late")) == ["Vieille"]


def test_filters_combine(editor, roads, social, screen):
    place = NeighbourhoodFactory()
    waiting(editor, roads, "Une", neighbourhoods=[place])
    waiting(editor, roads, "Deux")
    waiting(editor, social, "Trois", neighbourhoods=[place], urgent_because="Eau")
    assert titles(screen(department=roads.pk)) == ["Une", "Deux"]
    assert titles(screen(neighbourhood=place.pk)) == ["Une", "Trois"]
    assert titles(screen(neighbourhood=place.pk, department=roads.pk)) == ["Une"]
    assert titles(screen(pressing="urgent", kind="review")) == ["Trois"]
    assert titles(screen(pressing="urgent", department=roads.pk)) == []


@pytest.mark.parametrize("name", ["kind", "department", "neighbourhood", "pressing"])
def test_a_filter_that_is_not_known_is_left_out_and_said(name, editor, roads, screen):
    waiting(editor, roads)
    answer = screen(**{name: "banana'"})
    assert titles(answer) == ["Rue du Moulin"]
    assert seen(answer).select_one(".queue__error")


@pytest.mark.parametrize("page", ["x", "0", "-1", "999999"])
def test_a_page_that_does_not_exist_is_no_error(page, editor, roads, screen):
    waiting(editor, roads)
    assert titles(screen(p=page)) == ["Rue du Moulin"]


def state(page: Page) -> tuple[str, str]:
    found = next(item for item in completed(items()) if item.page_id == page.pk).translation
    return found.code, str(found)


def test_the_state_of_the_other_language_is_that_of_the_draft(editor, roads):
    page = waiting(editor, roads)
    assert state(page)[0] == "missing"
    prepare_translation(page, user=None)
    translate(page)
    assert state(page)[0] == "ready"
    page.introduction = "Autrement."
    page.save_revision()
    assert state(page)[0] == "outdated"


def test_it_is_that_of_the_draft_also_when_an_earlier_version_is_live(editor, roads):
    page = published_news(department=roads)
    page.introduction = "La suite."
    page.save_revision(user=editor)
    submit(page, editor)
    assert state(page)[0] == "outdated"
    translate(page, introduction="Het vervolg.")
    assert state(page)[0] == "ready"
    assert (
        NewsPage.objects.get(translation_key=page.translation_key, locale__language_code="nl").introduction
        == (DUTCH["introduction"])
    )


@pytest.mark.parametrize("who", ["editor", "clerk", "participation_officer", "resident"])
def test_only_the_desk_sees_it_and_nothing_of_it_leaks(who, request, social, signed_in):
    waiting(request.getfixturevalue("administrator"), social, "Secret")
    client = signed_in(request.getfixturevalue(who))
    for name in ("queue", "other_channels"):
        assert client.get(reverse(name)).status_code in (302, 403)
    first = client.get(reverse("wagtailadmin_home"))
    assert first.status_code == 302 or "Secret" not in first.content.decode()


def test_a_published_text_leaves_the_queue(editor, roads):
    page = waiting(editor, roads)
    translate(page)
    page.current_workflow_state.cancel()
    publish_in_both_languages(page=page, user=None)
    assert items() == []


@pytest.mark.parametrize(("code", "one", "two"), [("fr", "1 urgent", "2 urgents"), ("nl", "1 dringend", "2 dringend")])
def test_urgent_texts_are_counted_in_the_plural(code, one, two, editor, roads, signed_in):
    client = signed_in(UserFactory(groups=[DESK.group], language=code))
    for number, expected in enumerate((one, two)):
        waiting(editor, roads, f"Texte {number}", urgent_because="Fuite de gaz")
        assert expected in {words(each) for each in seen(client.get(reverse("queue"))).select(".queue__count--urgent")}
