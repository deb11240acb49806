"""The counters' hours: the usual week, and the days that differ from it."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from home.commune_blocks import HoursExceptionBlock, OpeningHoursBlock
from home.models import CommuneSettings

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 29)


def stream(kind: str, *values: dict[str, Any]) -> str:
    return json.dumps([{"type": kind, "value": value} for value in values])


@pytest.fixture
def counters() -> CommuneSettings:
    """Open on Monday morning and afternoon, and on Tuesday morning; the afternoon was written first."""
    commune = CommuneSettings.load()
    commune.opening_hours = stream(
        "hours",
        {"weekday": "0", "opens": "13:30", "closes": "16:00"},
        {"weekday": "0", "opens": "08:30", "closes": "12:00"},
        {"weekday": "1", "opens": "08:30", "closes": "12:00"},
    )
    commune.save()
    return CommuneSettings.load()


def with_exception(commune: CommuneSettings, **value: Any) -> CommuneSettings:
    reasons = {"reason_fr": "Jour de pont", "reason_nl": "Brugdag"}
    commune.hours_exceptions = stream("exception", {"date": MONDAY.isoformat(), **reasons, **value})
    commune.save()
    return CommuneSettings.load()


def slots(commune: CommuneSettings, day: date) -> list[tuple[time, time]]:
    return [tuple(slot) for slot in commune.days(start=day, count=1)[0].slots]


def test_a_usual_day_has_its_hours_in_their_order(counters):
    assert slots(counters, MONDAY) == [(time(8, 30), time(12)), (time(13, 30), time(16))]
    assert slots(counters, TUESDAY) == [(time(8, 30), time(12))]


def test_a_day_without_hours_is_closed_and_needs_no_reason(counters):
    sunday = counters.days(start=SUNDAY, count=1)[0]
    assert sunday.slots == []
    assert not sunday.is_exception


def test_a_week_from_any_day_has_its_seven_days_in_a_row(counters):
    assert [day.date.day for day in counters.days(start=TUESDAY)] == [24, 25, 26, 27, 28, 29, 30]


def test_an_exception_without_hours_closes_the_day_and_says_why_in_each_language(counters):
    commune = with_exception(counters)
    with override("fr"):
        assert commune.days(start=MONDAY, count=1)[0] == (MONDAY, [], "Jour de pont")
    with override("nl"):
        assert commune.days(start=MONDAY, count=1)[0] == (MONDAY, [], "Brugdag")


def test_an_exception_with_hours_takes_the_place_of_the_usual_ones(counters):
    commune = with_exception(counters, opens="10:00", closes="11:00")
    assert slots(commune, MONDAY) == [(time(10), time(11))]
    assert slots(commune, TUESDAY) == [(time(8, 30), time(12))]


def test_an_exception_can_open_a_day_that_is_usually_closed(counters):
    commune = with_exception(counters, date=SUNDAY.isoformat(), opens="08:00", closes="16:00")
    assert slots(commune, SUNDAY) == [(time(8), time(16))]


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (time(8, 29, 59), False),
        (time(8, 30), True),
        (time(11, 59, 59), True),
        (time(12, 0), False),
        (time(13, 29), False),
        (time(13, 30), True),
        (time(16, 0), False),
    ],
)
def test_the_counters_open_and_close_at_the_minute(counters, at, is_open):
    assert counters.is_open(now=datetime.combine(MONDAY, at, tzinfo=timezone.get_default_timezone())) is is_open


def test_the_counters_are_not_open_at_usual_hours_on_a_day_that_is_closed(counters):
    now = datetime.combine(MONDAY, time(9), tzinfo=timezone.get_default_timezone())
    assert counters.is_open(now=now)
    assert not with_exception(counters).is_open(now=now)


@pytest.mark.parametrize(
    ("language", "at", "said"),
    [
        ("fr", "2026-11-23T07:35:00Z", "open-sign--open"),  # 08:35 in Brussels
        ("fr", "2026-11-23T08:00:00Z", "08:30 – 12:00, 13:30 – 16:00"),
        ("nl", "2026-11-23T08:00:00Z", "08:30 – 12:00, 13:30 – 16:00"),
    ],
)
def test_the_home_page_tells_todays_hours_by_the_clock_of_brussels(counters, client, monkeypatch, language, at, said):
    monkeypatch.setattr(timezone, "now", lambda: datetime.fromisoformat(at))
    assert said in client.get(f"/{language}/").content.decode()


def test_the_home_page_does_not_say_open_before_the_counters_open(counters, client, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime.fromisoformat("2026-11-23T07:25:00Z"))
    assert "open-sign--open" not in client.get("/fr/").content.decode()


def test_the_home_page_gives_the_reason_of_an_exception(counters, client, monkeypatch):
    with_exception(counters)
    monkeypatch.setattr(timezone, "now", lambda: datetime.fromisoformat("2026-11-23T08:00:00Z"))
    assert "Brugdag" in client.get("/nl/").content.decode()
    assert "Brugdag" not in client.get("/fr/").content.decode()


@pytest.mark.parametrize(("opens", "closes"), [("12:00", "08:30"), ("12:00", "12:00")])
def test_hours_that_end_before_they_begin_are_refused(opens, closes):
    block = OpeningHoursBlock()
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python({"weekday": "0", "opens": opens, "closes": closes}))
    assert list(refused.value.block_errors) == ["closes"]


@pytest.mark.parametrize(("opens", "closes"), [("12:00", None), (None, "12:00"), ("12:00", "08:30")])
def test_an_exception_has_both_hours_or_neither(opens, closes):
    block = HoursExceptionBlock()
    value = {"date": MONDAY.isoformat(), "reason_fr": "x", "reason_nl": "x"}
    block.clean(block.to_python(value))
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python({**value, "opens": opens, "closes": closes}))
    assert list(refused.value.block_errors) == ["closes"]
