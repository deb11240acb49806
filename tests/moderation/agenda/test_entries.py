"""What stands in the editorial calendar, and on which day."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone, translation
from wagtail.models import Page, WorkflowState

from home import agenda
from home.agenda import Entry, State
from neighbourhood_news.models import NewsPage
from tests.factories import draft_news, live_news, scheduled_news, submit, translate
from tests.moderation.agenda.moments import hour, only, period, published_at, told

pytestmark = pytest.mark.django_db


def test_a_message_in_two_languages_is_one_entry_with_the_title_of_the_reader():
    published_at("2030-05-07 09:30")
    assert told("2030-05-07", code="fr") == [("published", "Rue du Moulin")]
    assert told("2030-05-07", code="nl") == [("published", "Molenstraat")]
    assert only("2030-05-07").languages == ("fr", "nl")


def test_a_message_that_is_live_in_one_language_says_so():
    page = published_at("2030-05-07 09:30")
    page.get_translations().update(live=False)
    assert only("2030-05-07").languages == ("fr",)


def test_of_two_hours_of_publication_the_first_counts():
    page = published_at("2030-05-07 09:30")
    page.get_translations().update(first_published_at=hour("2030-05-09 09:30"))
    assert told("2030-05-01", "2030-05-31") == [("published", "Rue du Moulin")]
    assert told("2030-05-09") == []


def test_what_was_taken_offline_by_hand_leaves_the_calendar_and_what_ended_stays():
    page = published_at("2030-05-07 09:30")
    pages = Page.objects.filter(translation_key=page.translation_key)
    pages.update(live=False)
    assert told("2030-05-07") == []
    pages.update(expired=True)
    assert told("2030-05-07") == [("published", "Rue du Moulin")]


def test_a_draft_that_nobody_proposed_is_nowhere(editor, roads):
    draft_news(owner=editor, department=roads, go_live_at=hour("2030-05-07 09:30"))
    assert told("2030-01-01", "2030-12-31") == []
    assert "Rue du Moulin" not in [title for _state, title in told(timezone.localdate().isoformat())]


def test_a_scheduled_message_stands_once_at_its_hour_in_both_languages(roads):
    scheduled_news(hour("2030-05-07 09:30"), department=roads)
    entry = only("2030-05-07")
    assert (entry.state, entry.when, entry.languages) == (State.SCHEDULED, hour("2030-05-07 09:30"), ("fr", "nl"))
    assert entry.department == roads.pk


def test_a_new_version_of_a_live_message_is_scheduled_beside_it(roads):
    page = published_at("2030-05-02 08:00", department=roads)
    page.title = "Rue du Moulin, suite"
    page.go_live_at = hour("2030-05-07 09:30")
    page.save_revision().publish()
    assert told("2030-05-01", "2030-05-31") == [("published", "Rue du Moulin"), ("scheduled", "Rue du Moulin, suite")]


def test_a_proposed_message_waits_on_the_day_it_is_wanted_for(editor, roads):
    page = draft_news(owner=editor, department=roads, go_live_at=hour("2030-05-07 09:30"))
    submit(page, editor)
    entry = only("2030-05-07")
    assert (entry.state, entry.when, entry.language) == (State.WAITING, hour("2030-05-07 09:30"), "fr")
    assert entry.said == "en attente, souhaité pour"


def test_a_proposed_message_that_is_wanted_at_no_hour_waits_on_the_day_it_was_proposed(editor, roads):
    page = draft_news(owner=editor, department=roads)
    submit(page, editor)
    WorkflowState.objects.for_instance(page).update(created_at=hour("2030-05-03 16:00"))
    entry = only("2030-05-03")
    assert (entry.state, entry.said) == (State.WAITING, "en attente depuis")


def test_a_message_wanted_for_another_hour_since_its_proposal_moves_there(editor, desk, roads):
    page = draft_news(owner=editor, department=roads, go_live_at=hour("2030-05-07 09:30"))
    submit(page, editor)
    page.go_live_at = hour("2030-05-08 11:00")
    page.save_revision(user=desk)
    assert told("2030-05-07") == []
    assert only("2030-05-08").when == hour("2030-05-08 11:00")


def test_a_text_that_waits_has_the_title_that_was_proposed_until_its_translation_is_published(editor, roads):
    page = draft_news(owner=editor, department=roads, go_live_at=hour("2030-05-07 09:30"))
    translate(page)
    submit(page, editor)
    for code in ("fr", "nl"):
        with translation.override(code):
            entry = only("2030-05-07")
        assert (entry.title, entry.language, entry.page) == ("Rue du Moulin", "fr", page.pk)


def test_a_message_that_was_decided_no_longer_waits(editor, desk, roads):
    page = draft_news(owner=editor, department=roads, go_live_at=hour("2030-05-07 09:30"))
    state = submit(page, editor)
    state.reject(user=desk)
    assert told("2030-05-07") == []


def test_the_last_day_and_the_hour_at_which_it_goes_offline_are_two_things():
    page = published_at("2030-05-02 08:00", expires_on=date(2030, 5, 7))
    Page.objects.filter(translation_key=page.translation_key).update(expire_at=hour("2030-05-07 18:00"))
    assert told("2030-05-07") == [("last-day", "Rue du Moulin"), ("offline", "Rue du Moulin")]


def test_what_lasts_the_whole_day_comes_before_its_hours():
    published_at("2030-05-07 00:30", expires_on=date(2030, 5, 7))
    assert [state for state, _title in told("2030-05-07")] == ["last-day", "published"]


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2030-12-31 23:59", "2030-12-31"),
        ("2031-01-01 00:00", "2031-01-01"),
        ("2030-03-31 00:00", "2030-03-31"),
        ("2030-03-31 23:59", "2030-03-31"),
        ("2030-10-27 00:00", "2030-10-27"),
        ("2030-10-27 23:59", "2030-10-27"),
    ],
)
def test_a_day_is_the_communes_also_when_the_clocks_change(at, day):
    published_at(at)
    assert len(told(day)) == len(told("2030-01-01", "2031-12-31")) == 1


def test_the_communes_own_pages_stand_in_it_without_a_department():
    page = Page.objects.get(slug="accueil")
    Page.objects.filter(pk=page.pk).update(first_published_at=hour("2030-05-07 09:30"))
    page.get_translations().update(first_published_at=hour("2030-05-07 09:30"))
    entry = only("2030-05-07")
    assert (entry.kind, entry.department, entry.neighbourhoods) == ("page", None, frozenset())


def test_a_feature_adds_its_own_dates_by_a_source_of_its_own(monkeypatch):
    monkeypatch.setattr(agenda, "_registered", {})
    entry = Entry(document=uuid4(), state=State.PHASE, when=date(2030, 5, 7), title="Boîte à idées", page=1)
    before = [State.PHASE in dict(agenda.states())]
    agenda.register("ideas", lambda period: [entry], kinds=[("ideas", "Idées")], states=[State.PHASE])
    assert told("2030-05-07") == [("phase", "Boîte à idées")]
    assert ("ideas", "Idées") in agenda.kinds()
    assert [*before, State.PHASE in dict(agenda.states())] == [False, True]


def test_a_source_asks_no_more_for_more_messages(editor, roads, django_assert_max_num_queries):
    live_news(5, department=roads)
    for number in range(3):
        page = draft_news(owner=editor, department=roads, slug=f"m{number}")
        translate(page)
        submit(page, editor)
    NewsPage.objects.update(first_published_at=hour("2030-05-07 09:30"))
    with django_assert_max_num_queries(18):
        assert len(agenda.entries(period("2030-05-07"))) == 5


def test_departments_and_places_of_an_entry_are_those_of_its_message(mill_and_station):
    mill, _station = mill_and_station
    page = published_at("2030-05-07 09:30", neighbourhoods=[mill])
    entry = only("2030-05-07")
    assert entry.neighbourhoods == {mill.pk}
    assert (entry.kind, entry.department) == (page.kind, page.department_id)
