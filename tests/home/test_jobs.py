"""What the portal does by itself: when, by whom, and what people are told when it does not."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, connections
from django.urls import reverse
from django.utils import timezone

from home import jobs
from home.management.commands import run_worker
from home.models import JobRun

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
NOW = timezone.now()


@pytest.fixture(autouse=True)
def registry(monkeypatch) -> dict[str, jobs.Job]:
    """No job but those of the test."""
    empty: dict[str, jobs.Job] = {}
    monkeypatch.setattr(jobs, "_jobs", empty)
    return empty


@pytest.fixture
def ran() -> list[str]:
    return []


@pytest.fixture
def every_minute(ran: list[str]) -> jobs.Job:
    return registered("every_minute", lambda: ran.append("every_minute"))


def registered(name: str, run: Callable[[], object]) -> jobs.Job:
    job = jobs.Job(name, name.replace("_", " "), MINUTE, run)
    jobs.register(job)
    return job


def fails() -> None:
    raise ValueError("noor.lambert@auneval.example")


def test_a_job_runs_when_its_interval_is_over_and_not_before(every_minute, ran):
    for seconds in (0, 10, 50, 60, 70, 120):
        jobs.run_due(now=NOW + timedelta(seconds=seconds))
    assert len(ran) == 3


def test_cron_that_comes_a_second_early_skips_no_turn(every_minute, ran):
    jobs.run_due(now=NOW)
    jobs.run_due(now=NOW + timedelta(seconds=59))
    assert len(ran) == 2


def test_one_job_that_fails_does_not_stop_the_others(ran):
    registered("broken", fails)
    registered("whole", lambda: ran.append("whole"))
    assert jobs.run_due(now=NOW) == ["broken"]
    assert ran == ["whole"]
    assert JobRun.objects.get(name="whole").last_success == NOW
    assert JobRun.objects.get(name="broken").last_success is None


def test_a_failed_job_is_free_again_and_its_error_names_nobody(caplog):
    registered("broken", fails)
    with caplog.at_level(logging.ERROR):
        jobs.run_due(now=NOW)
    run = JobRun.objects.get()
    assert run.last_error == "builtins.ValueError"
    assert run.taken_until is None
    assert "The job broken failed" in caplog.text


def test_a_job_that_goes_well_again_forgets_its_error(every_minute):
    JobRun.objects.create(name="every_minute", last_error="builtins.ValueError")
    jobs.run_due(now=NOW)
    assert JobRun.objects.get().last_error == ""


def test_a_job_that_another_worker_runs_is_left_to_it(ran):
    def run() -> None:
        ran.append("first")
        jobs.run_due(now=NOW + 2 * MINUTE)

    registered("slow", run)
    jobs.run_due(now=NOW)
    assert ran == ["first"]


def test_what_a_killed_worker_took_is_free_once_its_lease_is_over(every_minute, ran):
    assert jobs._take(every_minute, now=NOW)
    jobs.run_due(now=NOW + every_minute.lease - MINUTE)
    assert ran == []
    jobs.run_due(now=NOW + every_minute.lease)
    assert ran == ["every_minute"]


def test_a_worker_whose_lease_ran_out_does_not_free_the_job_of_the_next(ran):
    def run() -> None:
        JobRun.objects.update(taken_until=NOW)
        assert jobs._take(job, now=NOW + MINUTE)

    job = registered("slow", run)
    jobs.run_due(now=NOW)
    assert JobRun.objects.get().taken_until == NOW + MINUTE + job.lease


@pytest.mark.parametrize(("minutes", "late"), [(14, False), (15, False), (16, True)])
def test_a_job_is_late_after_fifteen_minutes(every_minute, minutes, late):
    JobRun.objects.create(name="every_minute", last_success=NOW)
    assert bool(jobs.late(now=NOW + minutes * MINUTE)) == late


def test_a_job_of_each_day_is_late_after_three_days():
    jobs.register(jobs.Job("daily", "daily", timedelta(days=1), fails))
    JobRun.objects.create(name="daily", last_success=NOW)
    assert jobs.late(now=NOW + timedelta(days=2)) == []
    assert [each.job.name for each in jobs.late(now=NOW + timedelta(days=3, seconds=1))] == ["daily"]


def test_a_job_that_never_ran_is_late(every_minute):
    assert [each.last_success for each in jobs.late(now=NOW)] == [None]


def test_the_worker_runs_once_for_cron_and_says_what_failed(every_minute, ran):
    call_command("run_worker", once=True)
    assert ran == ["every_minute"]
    registered("broken", fails)
    with pytest.raises(CommandError, match="broken"):
        call_command("run_worker", once=True)


@pytest.fixture
def handlers(monkeypatch) -> Iterator[None]:
    """The process as it was, and a connection that keeps the test's transaction."""
    monkeypatch.setattr(run_worker, "close_old_connections", lambda: None)
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_told_to_stop_ends_the_job_at_hand_and_stops(number, ran, handlers):
    def run() -> None:
        os.kill(os.getpid(), number)
        ran.append("to the end")

    registered("last", run)
    call_command("run_worker")
    assert ran == ["to the end"]
    assert JobRun.objects.get().taken_until is None


def test_a_worker_outlives_a_database_that_does_not_answer(every_minute, ran, handlers, monkeypatch):
    rounds = iter([OperationalError("down"), None])
    real = jobs.run_due

    def run_due() -> list[str]:
        error = next(rounds)
        if error:
            raise error
        os.kill(os.getpid(), signal.SIGTERM)
        return real()

    monkeypatch.setattr(jobs, "run_due", run_due)
    monkeypatch.setattr(run_worker, "PAUSE_SECONDS", 0)
    call_command("run_worker")
    assert ran == ["every_minute"]


@pytest.mark.parametrize(
    ("person", "told"), [("desk", True), ("administrator", True), ("editor", False), ("clerk", False)]
)
def test_the_desk_and_administrators_are_told_that_the_worker_is_behind(person, told, every_minute, signed_in, request):
    client = signed_in(request.getfixturevalue(person))
    JobRun.objects.create(name="every_minute", last_success=timezone.now() - timedelta(hours=1))
    assert ("run_worker" in client.get(reverse("wagtailadmin_home")).content.decode()) == told
    JobRun.objects.update(last_success=timezone.now())
    assert "run_worker" not in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after the other by itself")
def test_of_eight_workers_at_the_same_moment_one_runs_the_job(ran):
    barrier = threading.Barrier(8)
    registered("once", lambda: ran.append("once"))
    JobRun.objects.create(name="once")

    def work(*_: Any) -> None:
        try:
            barrier.wait()
            jobs.run_due(now=NOW)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ran == ["once"]
