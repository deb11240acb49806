"""The consultations in the editorial calendar, on one line with everything else that happens."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from home import agenda
from home.agenda import Entry, Period, State
from participation.models import ConsultationPage
from tests.participation.factories import (
    consultation_index,
    live_consultation,
    new_consultation,
    published_consultation,
)

pytestmark = pytest.mark.django_db


def phases(first: int, last: int) -> list[Entry]:
    """Return what is a phase in the calendar, from so many days from today to so many."""
    today = timezone.localdate()
    found = agenda.entries(Period(today + timedelta(days=first), today + timedelta(days=last)))
    return [entry for entry in found if entry.state == State.PHASE]


def days_from_now(entry: Entry) -> int:
    assert isinstance(entry.when, date)
    return (entry.when - timezone.localdate()).days


def test_each_phase_stands_on_its_first_day_and_the_promised_outcome_on_its_own():
    published_consultation(phases=[(-10, 10), (11, 30)], outcome_within_days=7)
    entries = phases(-20, 60)
    assert [(days_from_now(entry), entry.said) for entry in entries] == [
        (-10, "phase : Étape 1"),
        (11, "phase : Étape 2"),
        (37, "suites promises"),
    ]
    assert {entry.languages for entry in entries} == {("fr", "nl")}
    assert {entry.title for entry in entries} == {"Une cour à partager"}


def test_the_calendar_is_in_the_language_of_its_reader():
    published_consultation(phases=[(1, 10)])
    with translation.override("nl"):
        (entry,) = phases(0, 5)
    assert (entry.title, entry.said) == ("Een plein om te delen", "fase: Stap 1")


def test_days_outside_the_period_are_left_out():
    live_consultation(phases=[(-10, 10)], outcome_within_days=30)
    assert phases(-9, 39) == []
    assert len(phases(40, 40)) == 1


def test_an_outcome_that_was_given_is_owed_no_more():
    live_consultation(phases=[(-40, -10)], outcome_within_days=30, outcome_published_on=timezone.localdate())
    assert phases(-5, 60) == []


def test_a_draft_plans_no_phase():
    page = new_consultation(phases=[(1, 5)], live=False)
    consultation_index().add_child(instance=page)
    assert phases(0, 10) == []


def test_entries_can_be_filtered_by_kind_department_and_place(mill):
    page = live_consultation(phases=[(1, 5)], neighbourhoods=[mill])
    (entry,) = phases(0, 10)
    assert (entry.kind, entry.department, entry.neighbourhoods) == (
        "consultation",
        page.department_id,
        frozenset([mill.pk]),
    )
    assert "consultation" in dict(agenda.kinds())
    assert State.PHASE.value in dict(agenda.states())


def test_each_phase_keeps_an_identity_of_its_own_when_it_moves(desk):
    page = live_consultation(phases=[(1, 5), (6, 9)], outcome_within_days=3)
    before = [entry.part for entry in phases(0, 20)]
    assert len(set(before)) == 3
    ConsultationPage.objects.get(pk=page.pk).phases.all()[0].delete()
    assert [entry.part for entry in phases(0, 20)] == before[1:]


def test_the_calendar_asks_no_more_for_more_consultations(django_assert_max_num_queries):
    for _number in range(6):
        live_consultation(phases=[(1, 5), (6, 9)])
    with django_assert_max_num_queries(16):
        assert len(phases(0, 20)) == 12
