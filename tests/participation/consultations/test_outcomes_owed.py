"""Whoever answers for an outcome is reminded of it, and the late ones stand out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from mailing.models import OutgoingMail
from participation.models import ConsultationPage
from participation.notices import remind_of_outcomes
from tests.factories import UserFactory, editor_of
from tests.participation.factories import live_consultation, published_consultation
from tests.reading import seen, words

pytestmark = pytest.mark.django_db


def owed(*, due_in: int, **fields: Any) -> ConsultationPage:
    """Return a consultation that ended 40 days ago, and whose outcome is due in so many days from today."""
    return live_consultation(phases=[(-60, -40)], outcome_within_days=40 + due_in, **fields)


def mails() -> list[tuple[str, str, str]]:
    return sorted(OutgoingMail.objects.values_list("to", "kind", "language"))


def panel(client: Any) -> Any:
    return seen(client.get(reverse("wagtailadmin_home"))).select_one(".outcomes-owed")


def test_two_weeks_before_the_promised_day_its_people_are_reminded(desk, participation_officer, editor, roads, clerk):
    owed(due_in=14, department=roads)
    remind_of_outcomes()
    assert [(to, kind) for to, kind, _language in mails()] == sorted(
        (person.email, "outcome_due") for person in (desk, participation_officer, editor)
    )


def test_nobody_is_reminded_earlier_and_nobody_of_what_was_given(desk):
    owed(due_in=15)
    owed(due_in=3, outcome_published_on=timezone.localdate())
    live_consultation(phases=[(-3, 3)])
    remind_of_outcomes()
    assert mails() == []


def test_who_was_reminded_is_not_reminded_again_the_same_day_or_the_next(desk):
    owed(due_in=5)
    remind_of_outcomes()
    remind_of_outcomes()
    assert len(mails()) == 1


def test_a_late_outcome_is_told_anew_and_once_more_after_a_month(desk, monkeypatch):
    owed(due_in=0)
    counts = []
    for late in (0, 1, 2, 30, 31):
        today = timezone.now().date() + timedelta(days=late)
        monkeypatch.setattr("participation.notices.timezone.localdate", lambda day=today: day)
        counts.append(remind_and_count())
    assert counts == [1, 2, 2, 2, 3]


def remind_and_count() -> int:
    remind_of_outcomes()
    return OutgoingMail.objects.count()


def test_a_promise_that_moves_is_told_anew(desk):
    page = owed(due_in=5)
    remind_of_outcomes()
    ConsultationPage.objects.filter(pk=page.pk).update(outcome_within_days=50)
    assert remind_and_count() == 2


def test_a_consultation_in_two_languages_is_one_reminder_in_the_language_of_the_person(db):
    UserFactory(groups=["Rédaction finale / Eindredactie"], language="nl", email="bram@auneval.example")
    published_consultation(phases=[(-60, -40)], outcome_within_days=30)
    remind_of_outcomes()
    mail = OutgoingMail.objects.get(to="bram@auneval.example")
    assert mail.subject == "Gevolg te laat: Een plein om te delen"
    assert "10 dagen te laat" in mail.text
    assert "/admin/pages/" in mail.text


def test_who_left_and_who_has_no_address_is_not_written_to(roads):
    editor_of(roads, is_active=False)
    owed(due_in=5, department=roads)
    remind_of_outcomes()
    assert mails() == []


def test_the_desk_finds_what_is_owed_on_its_first_screen_the_latest_first(signed_in, desk):
    owed(due_in=9, title="Bientôt due")
    owed(due_in=-8, title="En retard")
    owed(due_in=20, title="Plus tard")
    rows = panel(signed_in(desk)).select("tbody tr")
    assert [words(row.select_one(".title")) for row in rows] == ["En retard", "Bientôt due"]
    assert "8 jours de retard" in words(rows[0])
    assert [row.get("class") for row in rows] == [["outcomes-owed__late"], None]


def test_a_department_finds_its_own_only(signed_in, editor, roads, social):
    owed(due_in=3, title="La nôtre", department=roads)
    owed(due_in=3, title="La leur", department=social)
    assert [words(row) for row in panel(signed_in(editor)).select(".title")] == ["La nôtre"]


def test_who_answers_for_nothing_finds_no_panel(signed_in, clerk, desk):
    assert panel(signed_in(desk)) is None
    owed(due_in=3)
    assert panel(signed_in(clerk)) is None
