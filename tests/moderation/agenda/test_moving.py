"""A scheduled message moves to another hour, in both languages at once; the desk moves it, nobody else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from moderation.rescheduling import reschedule
from neighbourhood_news.models import NewsPage
from tests.factories import published_news, scheduled_news
from tests.moderation.agenda.moments import hour, told
from tests.reading import seen, words

pytestmark = pytest.mark.django_db
AT = "2030-05-07 09:30"
JS = {"HX-Request": "true", "X-Requested-With": "XMLHttpRequest"}


@pytest.fixture
def page(roads: Any) -> NewsPage:
    return scheduled_news(hour(AT), department=roads)


def hours_of(page: Page) -> set[Any]:
    """Return every hour that Wagtail reads of the text, in both languages, in the versions that go out."""
    pages = Page.objects.filter(translation_key=page.translation_key)
    assert pages.count() == 2
    hours = set(pages.values_list("go_live_at", flat=True))
    for each in pages:
        revision = Revision.objects.for_instance(each).get(approved_go_live_at__isnull=False)
        hours |= {revision.approved_go_live_at, revision.as_object().go_live_at}
    return hours


def test_both_languages_move_together_wherever_the_hour_is_read(page, desk):
    assert hours_of(page) == {hour(AT)}
    reschedule(page=page, at=hour("2030-06-01 14:00"), user=desk)
    assert hours_of(page) == {hour("2030-06-01 14:00")}
    assert told("2030-05-07") == []
    assert told("2030-06-01") == [("scheduled", "Rue du Moulin")]


def test_moved_from_the_dutch_page_the_french_one_moves_too(page, desk):
    reschedule(page=page.get_translations().get(), at=hour("2030-06-01 14:00"), user=desk)
    assert hours_of(page) == {hour("2030-06-01 14:00")}


def test_what_was_moved_goes_live_at_the_new_hour_in_both_languages(page, desk, monkeypatch):
    at = timezone.now() + timedelta(hours=1)
    reschedule(page=page, at=at, user=desk)
    monkeypatch.setattr(timezone, "now", lambda: at - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert not Page.objects.filter(translation_key=page.translation_key, live=True).exists()
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(minutes=1))
    call_command("publish_scheduled")
    assert Page.objects.filter(translation_key=page.translation_key, live=True).count() == 2


def test_a_scheduled_version_of_a_live_message_moves_and_what_is_live_stays(desk, roads):
    page = published_news(department=roads)
    for each in (page, page.get_translations().get().specific):
        each.go_live_at = hour(AT)
        each.save_revision().publish()
    reschedule(page=page, at=hour("2030-06-01 14:00"), user=desk)
    assert told("2030-06-01") == [("scheduled", "Rue du Moulin")]
    assert set(Page.objects.filter(translation_key=page.translation_key).values_list("live", "go_live_at")) == {
        (True, None)
    }


def test_a_draft_saved_on_top_of_the_scheduled_version_keeps_its_hour(page, desk):
    draft = page.get_latest_revision_as_object()
    draft.title = "Autrement"
    draft.save_revision(user=desk)
    reschedule(page=page, at=hour("2030-06-01 14:00"), user=desk)
    latest = Page.objects.get(pk=page.pk).get_latest_revision()
    assert latest.approved_go_live_at is None
    assert latest.as_object().go_live_at == hour("2030-06-01 14:00")
    assert latest.as_object().title == "Autrement"


def test_who_moved_it_is_in_the_history_of_both_pages(page, desk):
    before = PageLogEntry.objects.filter(action="wagtail.publish.schedule").count()
    reschedule(page=page, at=hour("2030-06-01 14:00"), user=desk)
    entries = PageLogEntry.objects.filter(action="wagtail.publish.schedule", user=desk)
    assert (
        PageLogEntry.objects.filter(action="wagtail.publish.schedule").count() == before + 2 == entries.count() + before
    )


@pytest.mark.parametrize("who", ["editor", "participation_officer", "clerk", "resident"])
def test_nobody_but_the_desk_and_administrators_moves_a_message(page, who, request):
    with pytest.raises(PermissionDenied):
        reschedule(page=page, at=hour("2030-06-01 14:00"), user=request.getfixturevalue(who))
    assert hours_of(page) == {hour(AT)}


def test_an_administrator_moves_a_message(page, administrator):
    reschedule(page=page, at=hour("2030-06-01 14:00"), user=administrator)
    assert hours_of(page) == {hour("2030-06-01 14:00")}


def test_an_hour_that_is_over_is_refused(page, desk):
    with pytest.raises(ValidationError, match="passée"):
        reschedule(page=page, at=timezone.now(), user=desk)
    assert hours_of(page) == {hour(AT)}


def test_a_message_does_not_come_out_after_its_last_day(desk, roads):
    page = scheduled_news(hour(AT), department=roads, expires_on=date(2030, 5, 20))
    reschedule(page=page, at=hour("2030-05-20 23:00"), user=desk)
    with pytest.raises(ValidationError, match="dernier jour"):
        reschedule(page=page, at=hour("2030-05-21 00:00"), user=desk)
    assert hours_of(page) == {hour("2030-05-20 23:00")}


def test_a_message_does_not_come_out_after_it_goes_offline(desk, roads):
    page = scheduled_news(hour(AT), department=roads, expire_at=hour("2030-05-20 12:00"))
    with pytest.raises(ValidationError, match="hors ligne"):
        reschedule(page=page, at=hour("2030-05-20 12:00"), user=desk)
    assert hours_of(page) == {hour(AT)}


def test_when_one_language_is_refused_neither_moves(page, desk):
    dutch = Revision.objects.for_instance(page.get_translations().get()).get(approved_go_live_at__isnull=False)
    Revision.objects.filter(pk=dutch.pk).update(content={**dutch.content, "expires_on": "2030-05-20"})
    with pytest.raises(ValidationError, match="dernier jour"):
        reschedule(page=page, at=hour("2030-06-01 14:00"), user=desk)
    assert hours_of(page) == {hour(AT)}


def test_what_went_out_in_the_meantime_is_not_moved(page, desk):
    for each in Page.objects.filter(translation_key=page.translation_key):
        revision = each.scheduled_revision
        Revision.objects.filter(pk=revision.pk).update(content={**revision.content, "go_live_at": None})
        Revision.objects.get(pk=revision.pk).publish()
    with pytest.raises(ValidationError, match="plus programmé"):
        reschedule(page=page, at=hour("2030-06-01 14:00"), user=desk)


# The form, without JavaScript


def address(page: Page, query: str = "") -> str:
    return f"/admin/agenda/{page.pk}/move/{query}"


def test_the_form_shows_the_present_hour_and_moves(page, at_the_desk):
    form = seen(at_the_desk.get(address(page, "?next=/admin/agenda/?day=2030-05-07"))).select_one("form.agenda-move")
    fields = {field["name"]: field["value"] for field in form.select("input")}
    assert (fields["day"], fields["hour"]) == ("2030-05-07", "09:30")
    answer = at_the_desk.post(address(page), {**fields, "day": "2030-06-01", "hour": "14:00"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/agenda/?day=2030-05-07")
    assert hours_of(page) == {hour("2030-06-01 14:00")}
    told_them = words(seen(at_the_desk.get(answer.headers["Location"])).select_one(".messages"))
    assert "« Rue du Moulin » paraîtra le samedi 1 juin, 14:00, dans les deux langues." in told_them


def test_moving_back_is_offered_with_the_old_hour_filled_in(page, at_the_desk):
    at_the_desk.post(address(page), {"day": "2030-06-01", "hour": "14:00"})
    back = seen(at_the_desk.get("/admin/agenda/")).select_one(".messages a")
    form = seen(at_the_desk.get(back["href"])).select_one("form.agenda-move")
    assert [field["value"] for field in form.select("#id_day, #id_hour")] == ["2030-05-07", "09:30"]


@pytest.mark.parametrize(
    ("day", "at", "said"),
    [
        ("", "14:00", "requis"),
        ("2030-06-31", "14:00", "date"),
        ("demain", "14:00", "date"),
        ("2030-06-01", "25:00", "heure"),
        ("9999-12-31", "14:00", "2100"),
        ("2020-06-01", "14:00", "passée"),
        ("2030-03-31", "02:30", "change d’heure"),
        ("2030-10-27", "02:30", "change d’heure"),
    ],
)
def test_what_can_not_be_is_said_and_what_was_typed_is_kept(page, at_the_desk, day, at, said):
    answer = seen(at_the_desk.post(address(page), {"day": day, "hour": at}))
    form = answer.select_one("form.agenda-move")
    assert said in words(form)
    assert [field.get("value", "") for field in form.select("#id_day, #id_hour")] == [day, at]
    assert hours_of(page) == {hour(AT)}


@pytest.mark.parametrize(
    ("day", "at"), [("2030-03-31", "01:59"), ("2030-03-31", "03:00"), ("2030-10-27", "01:59"), ("2030-10-27", "03:00")]
)
def test_the_hours_beside_the_change_of_the_clocks_are_those_that_were_typed(page, at_the_desk, day, at):
    at_the_desk.post(address(page), {"day": day, "hour": at})
    assert hours_of(page) == {hour(f"{day} {at}")}


@pytest.mark.parametrize(
    "following", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ":", "nowhere"]
)
def test_it_never_leads_to_another_site(page, at_the_desk, following):
    answer = at_the_desk.post(address(page), {"day": "2030-06-01", "hour": "14:00", "next": following})
    assert answer.headers["Location"] == "/admin/agenda/"


def test_a_message_that_is_not_scheduled_goes_back_with_a_word(at_the_desk, roads):
    answer = at_the_desk.get(address(published_news(department=roads)), follow=True)
    assert "n’est plus programmé" in words(seen(answer).select_one(".messages"))


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_form_is_the_desks(page, at_roads, method):
    answer = getattr(at_roads, method)(address(page), {"day": "2030-06-01", "hour": "14:00"})
    assert answer.headers["Location"] == "/admin/"
    assert hours_of(page) == {hour(AT)}


# What the script asks


def test_the_script_hears_what_happened_and_how_to_move_back(page, at_the_desk):
    answer = at_the_desk.post(address(page), {"day": "2030-05-09", "hour": "09:30"}, headers=JS)
    assert answer.json() == {
        "message": "«\xa0Rue du Moulin\xa0» paraîtra le jeudi 9 mai, 09:30, dans les deux langues.",
        "back": {"day": "2030-05-07", "hour": "09:30"},
    }
    assert hours_of(page) == {hour("2030-05-09 09:30")}


@pytest.mark.parametrize("day", ["2030-03-31", "2020-01-01", "x", ""])
def test_the_script_hears_why_not(page, at_the_desk, day):
    answer = at_the_desk.post(address(page), {"day": day, "hour": "02:30"}, headers=JS)
    assert answer.status_code == 400
    assert answer.json()["message"]
    assert hours_of(page) == {hour(AT)}


def test_the_script_hears_that_one_may_not(page, at_roads):
    answer = at_roads.post(address(page), {"day": "2030-05-09", "hour": "09:30"}, headers=JS)
    assert (answer.status_code, "rédaction finale" in answer.json()["message"]) == (403, True)
    assert hours_of(page) == {hour(AT)}
