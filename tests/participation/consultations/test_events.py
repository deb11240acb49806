"""The events of a consultation in a reader's own calendar (RFC 5545)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse

from participation.models import ConsultationEvent, ConsultationPage
from tests.participation.factories import event_in, live_consultation, published_consultation
from tests.reading import seen, words

pytestmark = pytest.mark.django_db

AT = datetime(2027, 7, 1, 17, 30, tzinfo=UTC)


def lines(response: HttpResponse) -> list[str]:
    """Return the lines of a calendar, unfolded; every line of it must be one that programs can read."""
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    raw = response.content
    assert raw.endswith(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    return raw.decode().replace("\r\n ", "").split("\r\n")[:-1]


def values(found: list[str], name: str) -> list[str]:
    return [line.partition(":")[2] for line in found if re.match(rf"{name}[;:]", line)]


def event(**fields: object) -> ConsultationEvent:
    return event_in(1, **{"starts_at": AT, "ends_at": AT + timedelta(hours=2), **fields})


def test_an_event_has_its_hours_in_universal_time_its_place_and_its_page(client):
    page = live_consultation(events=[event()])
    found = lines(client.get(f"{page.url}agenda/{page.events.get().translation_key}/"))
    assert found[0] == "BEGIN:VCALENDAR"
    assert found[-1] == "END:VCALENDAR"
    assert values(found, "VERSION") == ["2.0"]
    assert values(found, "DTSTART") == ["20270701T173000Z"]
    assert values(found, "DTEND") == ["20270701T193000Z"]
    assert values(found, "LOCATION") == [r"Ancienne école\, rue du Moulin"]
    assert values(found, "URL") == [page.canonical_url]
    assert len(values(found, "DTSTAMP")) == 1


def test_signs_with_a_meaning_of_their_own_are_escaped_and_long_lines_folded_between_characters(client):
    page = live_consultation(events=[event(title="a,b;c\\d", description="é" * 300 + "\r\nfin\x07")])
    found = lines(client.get(f"{page.url}agenda/"))
    assert values(found, "SUMMARY") == [r"a\,b\;c\\d"]
    assert values(found, "DESCRIPTION") == ["é" * 300 + rf"\nfin\n{page.title}"]


def test_all_events_stand_in_one_file(client):
    page = live_consultation(events=[event(title="Un"), event(title="Deux")])
    found = lines(client.get(f"{page.url}agenda/"))
    assert values(found, "SUMMARY") == ["Un", "Deux"]
    assert len(set(values(found, "UID"))) == 2


def test_an_event_keeps_its_identity_in_both_languages_and_when_it_moves(client):
    page = published_consultation(events=[event()])
    dutch = ConsultationPage.objects.get(translation_key=page.translation_key, locale__language_code="nl")
    french, other = (lines(client.get(f"{each.url}agenda/")) for each in (page, dutch))
    assert values(french, "UID") == values(other, "UID")
    assert values(other, "SUMMARY") == ["Avond ter plaatse"]
    page.events.update(starts_at=AT - timedelta(days=1))
    moved = lines(client.get(f"{page.url}agenda/"))
    assert values(moved, "UID") == values(french, "UID")
    assert values(moved, "DTSTART") == ["20270630T173000Z"]


def test_a_consultation_without_events_has_an_empty_calendar_and_no_section(client):
    page = live_consultation()
    assert values(lines(client.get(f"{page.url}agenda/")), "UID") == []
    assert not seen(client.get(page.url)).select("#events")


@pytest.mark.parametrize("key", ["8a0b2fb2-5f0e-4f5c-9e36-6a1f9ab2d0a1", "x", "1"])
def test_an_event_that_is_not_there_is_not_found(client, key):
    assert client.get(f"{live_consultation(events=[event()]).url}agenda/{key}/").status_code == 404


def test_coming_events_come_first_and_past_ones_are_said_to_be_over(client):
    page = live_consultation(events=[event_in(-3, title="Passée"), event_in(5, title="Tard"), event_in(2, title="Tôt")])
    section = seen(client.get(page.url)).select_one("#events")
    assert [words(title) for title in section.select("h3")] == ["Tôt", "Tard", "Passée"]
    assert words(section.select_one(".event--past .event__past")) == "C’est passé"
    assert len(section.select(".event a")) == 2


def test_an_event_ends_after_it_begins():
    with pytest.raises(ValidationError) as refused:
        event(ends_at=AT - timedelta(minutes=1)).clean()
    assert list(refused.value.message_dict) == ["ends_at"]
