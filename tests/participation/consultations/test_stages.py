"""Where a consultation stands: the rules for one at hand, and the same ones asked of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participation.models import ConsultationPage
from participation.stages import Place, Stage, Timeline
from tests.participation.factories import live_consultation

TODAY = date(2026, 3, 20)


@dataclass(frozen=True)
class Dates:
    name: str
    starts_on: date
    ends_on: date


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def timeline(*days: tuple[int, int], outcome: int | None = None, within: int = 60) -> Timeline:
    phases = [Dates(f"Étape {number + 1}", day(first), day(last)) for number, (first, last) in enumerate(days)]
    given_on = None if outcome is None else day(outcome)
    return Timeline(phases, today=TODAY, outcome_on=given_on, outcome_within=within)


@pytest.mark.parametrize(
    ("days", "outcome", "stage"),
    [
        ([(1, 5)], None, Stage.COMING),
        ([(0, 5)], None, Stage.RUNNING),
        ([(-5, 0)], None, Stage.RUNNING),
        ([(-5, -1)], None, Stage.AWAITING),
        ([(-5, -1)], 0, Stage.CLOSED),
        ([(-5, -1)], 1, Stage.AWAITING),
        ([(-5, 5)], -1, Stage.RUNNING),
        ([(-9, -5), (5, 9)], None, Stage.RUNNING),
        ([], None, Stage.COMING),
        ([], -3, Stage.CLOSED),
    ],
)
def test_the_stage_follows_from_the_days_of_the_phases_and_of_the_outcome(days, outcome, stage):
    assert timeline(*days, outcome=outcome).stage == stage


def test_each_phase_is_over_now_or_still_to_come():
    steps = timeline((-9, -5), (-4, 3), (4, 8)).steps
    assert [step.place for step in steps] == [Place.PAST, Place.CURRENT, Place.COMING]


def test_between_two_phases_none_is_current_and_the_next_one_is_announced():
    pause = timeline((-9, -5), (4, 8))
    assert pause.current is None
    with override("fr"):
        assert pause.next_date == "Étape 2 : dès le 24 mars 2026"
        assert pause.time_left == ""


def test_of_phases_that_overlap_only_the_one_that_ends_first_is_current():
    steps = timeline((-9, 8), (-4, 3)).steps
    assert [step.is_current for step in steps] == [False, True]


@pytest.mark.parametrize(
    ("last", "words"), [(0, "Dernier jour aujourd’hui"), (1, "Encore 1 jour"), (9, "Encore 9 jours")]
)
def test_the_days_that_remain_are_counted_after_today(last, words):
    with override("fr"):
        assert timeline((-3, last)).time_left == words


def test_the_outcome_is_owed_so_many_days_after_the_last_day():
    assert timeline((-30, -10), within=10).due_on == TODAY
    assert not timeline((-30, -10), within=10).is_late
    assert timeline((-30, -10), within=9).is_late
    assert timeline((-30, -10), within=3).days_late == 7


def test_an_outcome_that_was_given_is_late_no_more():
    assert not timeline((-90, -80), within=3, outcome=-1).is_late


@pytest.mark.parametrize(
    ("line", "french", "dutch"),
    [
        (timeline((4, 8)), "Début le 24 mars 2026", "Start op 24 maart 2026"),
        (timeline(), "Les dates suivront", "De data volgen"),
        (timeline((-2, 4)), "Étape 1 : jusqu’au 24 mars 2026", "Étape 1: tot en met 24 maart 2026"),
        (
            timeline((-9, -1), within=5),
            "La commune répond au plus tard le 24 mars 2026",
            "De gemeente antwoordt uiterlijk op 24 maart 2026",
        ),
        (
            timeline((-9, -6), within=5),
            "Les suites étaient promises pour le 19 mars 2026",
            "Het gevolg was beloofd tegen 19 maart 2026",
        ),
        (
            timeline((-9, -6), outcome=0),
            "Suites données le 20 mars 2026",
            "Gevolg bekendgemaakt op 20 maart 2026",
        ),
    ],
)
def test_the_next_date_is_said_in_the_language_of_the_reader(line, french, dutch):
    with override("fr"):
        assert line.next_date == french
    with override("nl"):
        assert line.next_date == dutch


spans = st.tuples(st.integers(-20, 20), st.integers(0, 12)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    consultations=st.lists(
        st.tuples(st.lists(spans, max_size=3), st.one_of(st.none(), st.integers(-15, 15))), min_size=1, max_size=4
    )
)
def test_lists_and_pages_agree_on_the_stage(db, consultations):
    ConsultationPage.objects.all().delete()
    today = date.today()
    for days, outcome in consultations:
        given_on = None if outcome is None else today + timedelta(days=outcome)
        live_consultation(phases=days, outcome_published_on=given_on)
    pages = list(ConsultationPage.objects.prefetch_related("phases"))
    for offset in (-7, -1, 0, 1, 9):
        on = today + timedelta(days=offset)
        for stage in Stage:
            listed = {page.pk for page in ConsultationPage.objects.at(stage, on=on)}
            assert listed == {page.pk for page in pages if page.timeline_on(on).stage == stage}
        ranks = [page.timeline_on(on).stage for page in ConsultationPage.objects.all().most_urgent_first(on=on)]
        assert ranks == sorted(ranks, key=list(Stage).index)
