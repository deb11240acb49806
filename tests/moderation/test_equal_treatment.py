"""The report "Equal treatment": by month, when each language went live, how long one was alone, and why."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from home.spreadsheets import harmless
from moderation.models import Release
from tests.reading import seen, words

pytestmark = pytest.mark.django_db
BRUSSELS = ZoneInfo("Europe/Brussels")
NOON = datetime(2026, 5, 12, 12, tzinfo=BRUSSELS)


def release(title: str, french: datetime | None, dutch: datetime | None, **fields: Any) -> Release:
    key = "00000000-0000-4000-8000-" + f"{Release.objects.count():012}"
    fields.setdefault("reason", "" if french == dutch else "La traductrice est malade.")
    decided = min(filter(None, (french, dutch)))
    return Release.objects.create(
        translation_key=key, title=title, decided_at=decided, fr_live_at=french, nl_live_at=dutch, **fields
    )


@pytest.fixture
def report(desk: Any, signed_in: Any) -> Any:
    client = signed_in(desk)
    Release.objects.all().delete()  # of the first pages

    def get(**query: str) -> Any:
        return client.get(reverse("equal_treatment"), query)

    return get


def titles(answer: Any) -> list[str]:
    return [words(cell) for cell in seen(answer).select("table.queue td.title")]


def line(answer: Any) -> list[str]:
    return [words(cell) for cell in seen(answer).select("table.queue tbody td")]


@pytest.mark.parametrize(
    ("moment", "month"),
    [
        (datetime(2026, 4, 30, 23, 59, tzinfo=BRUSSELS), "2026-04"),
        (datetime(2026, 5, 1, 0, 0, tzinfo=BRUSSELS), "2026-05"),
        (datetime(2026, 12, 31, 23, 59, tzinfo=BRUSSELS), "2026-12"),
        (datetime(2027, 1, 1, 0, 30, tzinfo=BRUSSELS), "2027-01"),
    ],
)
def test_a_month_begins_and_ends_at_midnight_in_brussels(moment, month, report):
    release("Rue du Moulin", moment, moment)
    year, number = int(month[:4]), int(month[5:])
    before = f"{year - (number == 1)}-{(number - 2) % 12 + 1:02}"
    after = f"{year + (number == 12)}-{number % 12 + 1:02}"
    assert [titles(report(month=each)) for each in (before, month, after)] == [[], ["Rue du Moulin"], []]


def test_a_publication_belongs_to_the_month_of_its_first_language(report):
    release("Rue du Moulin", datetime(2026, 4, 30, 12, tzinfo=BRUSSELS), datetime(2026, 5, 4, 12, tzinfo=BRUSSELS))
    assert titles(report(month="2026-04")) == ["Rue du Moulin"]
    assert titles(report(month="2026-05")) == []


def test_it_says_how_long_one_language_was_alone_and_why(report):
    release("Rue du Moulin", NOON, NOON + timedelta(hours=3))
    assert line(report(month="2026-05"))[1:5] == [
        "12/05/2026 12:00",
        "12/05/2026 15:00",
        "3 heures",
        "La traductrice est malade.",
    ]


def test_what_is_still_owed_is_counted_up_to_now_and_stands_out(report):
    moment = timezone.now() - timedelta(days=3)
    release("Rue du Moulin", moment, None)
    answer = report(month=timezone.localtime(moment).strftime("%Y-%m"))
    assert line(answer)[2] == "–"
    assert line(answer)[3].startswith("3 jours")
    assert line(answer)[3] != "3 jours"
    assert seen(answer).select("tr.queue__late")


def test_what_ended_is_counted_up_to_its_end(report):
    release("Rue du Moulin", NOON, None, ended_at=NOON + timedelta(hours=2))
    answer = report(month="2026-05")
    assert line(answer)[3] == "2 heures"
    assert not seen(answer).select("tr.queue__late")


def test_what_is_only_scheduled_is_not_in_the_report(report):
    Release.objects.create(
        translation_key="00000000-0000-4000-8000-000000000009", title="Plus tard", decided_at=NOON, due_at=NOON
    )
    assert titles(report(month="2026-05")) == []


def test_both_kinds_are_counted_and_those_of_one_language_can_be_shown_alone(report):
    release("Ensemble", NOON, NOON)
    release("Seul", NOON, NOON + timedelta(hours=1))
    answer = report(month="2026-05")
    assert set(titles(answer)) == {"Ensemble", "Seul"}
    assert titles(report(month="2026-05", alone="on")) == ["Seul"]


@pytest.mark.parametrize("month", ["x", "2026-13", "0001-01", "9999-12", "2026-05-01", "'"])
def test_what_is_no_month_is_said_and_the_present_one_is_shown(month, report):
    now = timezone.now()
    release("Aujourd’hui", now, now)
    answer = report(month=month)
    assert titles(answer) == ["Aujourd’hui"]
    assert seen(answer).select_one(".queue__error")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_an_export_begins_a_formula(sign):
    assert harmless(f"{sign}cmd|' /C calc'!A1") == f"'{sign}cmd|' /C calc'!A1"


def test_csv_says_what_the_screen_says_and_runs_nothing(report):
    release('=HYPERLINK("https://evil.example")', NOON, NOON, reason="@SUM(1)")
    text = b"".join(report(month="2026-05", export="csv").streaming_content).decode()
    assert "'=HYPERLINK" in text
    assert "'@SUM(1)" in text
    assert "12/05/2026 12:00" in text


def test_xlsx_bears_control_signs_and_runs_nothing(report):
    release("=1+1 \x01\x0b", NOON, NOON)
    answer = report(month="2026-05", export="xlsx")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    sheet = load_workbook(BytesIO(content)).active
    assert sheet.cell(2, 1).value == "'=1+1 "
    assert sheet.cell(2, 1).data_type == "s"


@pytest.mark.parametrize("who", ["editor", "clerk", "participation_officer", "resident"])
@pytest.mark.parametrize("name", ["equal_treatment", "equal_treatment_results"])
def test_only_the_desk_reads_it(who, name, request, signed_in):
    answer = signed_in(request.getfixturevalue(who)).get(reverse(name))
    assert answer.status_code in (302, 403)


def test_the_query_count_does_not_grow(report, django_assert_max_num_queries):
    for number in range(30):
        release(f"Texte {number}", NOON, NOON)
    with django_assert_max_num_queries(20):
        assert len(titles(report(month="2026-05"))) == 30
