"""The calendar at a private address: secret, revocable, gone with its person's rights; written as RFC 5545 says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from home.icalendar import folded
from moderation.models import CalendarFeed
from moderation.models.calendar_feeds import digest_of
from tests.factories import UserFactory, draft_news, scheduled_news, submit
from tests.moderation.agenda.moments import hour, published_at
from tests.reading import seen, words

pytestmark = pytest.mark.django_db
MAKE, STOP = "/admin/agenda/address/", "/admin/agenda/address/stop/"


def made(client: Client) -> str:
    """Make a new address, and return its path."""
    answer = client.post(MAKE)
    assert answer.headers["Cache-Control"].count("no-store")
    address: str = seen(answer).select_one("#agenda-address")["value"]
    return "/" + address.split("/", 3)[3]


def unfolded(content: bytes) -> list[str]:
    """Return the lines as they were before they were folded (RFC 5545, 3.1)."""
    assert content.endswith(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in content[:-2].split(b"\r\n"))
    return content.decode().replace("\r\n ", "").split("\r\n")[:-1]


def events(path: str) -> list[dict[str, str]]:
    """Return the properties of each event, by their names with parameters."""
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    found: list[dict[str, str]] = []
    for line in unfolded(answer.content):
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and line != "END:VEVENT":
            found[-1][name] = value
    return found


def soon(days: int = 3) -> datetime:
    return (timezone.localtime() + timedelta(days=days)).replace(hour=9, minute=30, second=0, microsecond=0)


def planned(path: str) -> list[str]:
    return [event["SUMMARY"] for event in events(path) if event["CATEGORIES"] != "publié"]


def test_it_shows_what_is_planned_to_a_program_that_does_not_sign_in(at_roads, roads):
    page = scheduled_news(soon(), department=roads)
    (event,) = [event for event in events(made(at_roads)) if event["CATEGORIES"] == "programmé"]
    assert event["SUMMARY"] == "Rue du Moulin (programmé)"
    assert event["DTSTART"] == soon().astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    assert event["DESCRIPTION"] == "programmé\\nTravaux publics\\nToute la commune\\nFR + NL"
    assert event["UID"] == f"{page.translation_key}-scheduled@127.0.0.1:8000"
    assert event["URL"].endswith(f"/admin/pages/{page.pk}/edit/")
    assert event["TRANSP"] == "TRANSPARENT"


def test_a_last_day_is_a_whole_day(at_roads):
    published_at("2026-01-01 08:00", expires_on=date(2026, 12, 31))
    day = timezone.localdate() + timedelta(days=5)
    type(published_at("2026-01-02 08:00", slug="b", dutch={"slug": "nl-b"})).objects.update(expires_on=day)
    event = next(event for event in events(made(at_roads)) if event["CATEGORIES"] == "dernier jour")
    assert event["DTSTART;VALUE=DATE"] == f"{day:%Y%m%d}"
    assert event["DTEND;VALUE=DATE"] == f"{day + timedelta(days=1):%Y%m%d}"


def test_it_is_in_the_language_of_whoever_made_it(signed_in, roads):
    user = UserFactory(language="nl")
    user.groups.add(roads.group)
    scheduled_news(soon(), department=roads)
    content = Client().get(made(signed_in(user)), headers={"Accept-Language": "fr"}).content.decode()
    assert "SUMMARY:Molenstraat (gepland)\r\n" in content
    assert "NAME:Kalender van Gemeente\r\n" in content


def test_signs_that_mean_something_in_a_calendar_are_escaped(at_roads, roads):
    title = "Un; deux, trois \\ quatre\x0b\r\nBEGIN:VEVENT : " + "été " * 40
    page = scheduled_news(soon(), department=roads)
    type(page).objects.filter(pk=page.pk).update(draft_title=title)
    (event,) = [event for event in events(made(at_roads)) if event["CATEGORIES"] == "programmé"]
    assert event["SUMMARY"] == f"Un\\; deux\\, trois \\\\ quatre\\nBEGIN:VEVENT : {'été ' * 40} (programmé)"


@pytest.mark.parametrize("length", [0, 1, 73, 74, 75, 76, 148, 149, 150, 300])
@pytest.mark.parametrize("sign", ["a", "é", "€", "🌳"])
def test_no_line_is_longer_than_75_octets_nor_broken_within_a_sign(length, sign):
    assert unfolded(folded("x" + sign * length)) == ["x" + sign * length]


def test_the_address_is_private(at_roads):
    answer = Client().get(made(at_roads))
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in answer.headers


def test_only_its_digest_is_kept_and_the_secret_word_is_long(at_roads, editor):
    token = made(at_roads).removeprefix("/calendar/").removesuffix(".ics")
    feed = CalendarFeed.objects.get(user=editor)
    assert len(token) >= 43
    assert feed.digest == digest_of(token)
    assert token not in str([getattr(feed, field.name) for field in feed._meta.fields])
    assert token not in at_roads.get("/admin/agenda/").content.decode()


def test_a_new_address_stops_the_old_one_at_once(at_roads):
    first, second = made(at_roads), made(at_roads)
    assert first != second
    assert [Client().get(path).status_code for path in (first, second)] == [404, 200]


def test_a_stopped_address_shows_nothing(at_roads):
    path = made(at_roads)
    assert "plus" in words(seen(at_roads.post(STOP, follow=True)).select_one(".messages"))
    assert Client().get(path).status_code == 404
    assert not CalendarFeed.objects.exists()


@pytest.mark.parametrize("token", ["x", "%00", "..%2f..", "é", "a" * 5000, digest_of("x")])
def test_an_address_that_was_never_made_is_not_there(at_roads, token):
    made(at_roads)
    assert Client().get(f"/calendar/{token}.ics").status_code == 404


def test_the_digest_itself_opens_nothing(at_roads, editor):
    made(at_roads)
    assert Client().get(f"/calendar/{editor.calendar_feed.digest}.ics").status_code == 404


@pytest.mark.parametrize("loss", ["inactive", "no department", "deleted"])
def test_who_loses_access_reads_no_waiting_draft_any_more(at_roads, editor, roads, social, loss):
    colleague = UserFactory()
    colleague.groups.add(roads.group)
    submit(draft_news(owner=colleague, department=roads, go_live_at=soon()), colleague)
    path = made(at_roads)
    assert planned(path) == ["Rue du Moulin (en attente)"]
    if loss == "inactive":
        editor.is_active = False
        editor.save()
    elif loss == "no department":
        editor.groups.clear()
    else:
        editor.delete()
    assert Client().get(path).status_code == 404


def test_whoever_may_not_see_the_calendar_makes_no_address(signed_in, clerk, resident, client):
    for somebody in (signed_in(clerk), signed_in(resident), client):
        assert somebody.post(MAKE).status_code == 302
    assert not CalendarFeed.objects.exists()


@pytest.mark.parametrize("path", [MAKE, STOP])
def test_an_address_is_made_and_stopped_by_a_form_alone(at_roads, path):
    assert at_roads.get(path).status_code == 405
    assert Client(enforce_csrf_checks=True).post(path).status_code == 403


def test_a_link_is_there_only_for_who_may_open_it(at_roads, social):
    page = scheduled_news(soon(), department=social)
    live = published_at(f"{timezone.localdate()} 00:01", department=social, slug="b", dutch={"slug": "nl-b"})
    shown = {event["SUMMARY"]: event.get("URL", "") for event in events(made(at_roads))}
    assert shown[f"{page.title} (programmé)"] == ""
    assert shown[f"{live.title} (publié)"].endswith(live.url)


def test_it_is_noted_once_an_hour_that_the_address_is_read(at_roads, editor, django_assert_num_queries):
    path = made(at_roads)
    assert CalendarFeed.objects.get().read_at is None
    Client().get(path)
    first = CalendarFeed.objects.get().read_at
    Client().get(path)
    assert CalendarFeed.objects.get().read_at == first
    CalendarFeed.objects.update(read_at=first - timedelta(hours=2))
    Client().get(path)
    assert CalendarFeed.objects.get().read_at > first - timedelta(hours=1)


def test_the_database_keeps_one_address_for_each_person(editor, desk):
    fields: dict[str, Any] = {"language": "fr", "made_at": timezone.now()}
    CalendarFeed.objects.create(user=editor, digest="a", **fields)
    for wrong in ({"user": editor, "digest": "b"}, {"user": desk, "digest": "a"}, {"user": desk, "language": "de"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CalendarFeed.objects.create(**{**fields, "digest": "c", **wrong})


def test_what_was_long_ago_and_what_is_far_away_is_left_out(at_roads, roads):
    scheduled_news(hour("2090-05-07 09:30"), department=roads)
    published_at("2020-05-07 09:30", department=roads, slug="b", dutch={"slug": "nl-b"})
    assert not [event for event in events(made(at_roads)) if event["SUMMARY"].startswith("Rue du Moulin")]
