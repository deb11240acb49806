"""What the portal does by itself, at intervals: the worker (`manage.py run_worker`) runs it, features register it.

Several workers are harmless. A job is taken by one UPDATE that holds only while nobody else has it, and given back
when it ends. A worker that was killed gives nothing back, so what it took is free again once `lease` is over.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise

from home.models import JobRun

logger = logging.getLogger(__name__)
PATIENCE = timedelta(minutes=15)


@dataclass(frozen=True)
class Job:
    """`run` ends well within `lease`: a longer task does a part of its work, and the rest at its next turn."""

    name: str
    label: str | Promise
    every: timedelta
    run: Callable[[], object]
    lease: timedelta = timedelta(minutes=5)

    @property
    def patience(self) -> timedelta:
        """How long it may go without success before people are told."""
        return max(PATIENCE, 3 * self.every)


@dataclass(frozen=True)
class LateJob:
    """A job that has not gone well for longer than its patience; `last_success` is None when it never did."""

    job: Job
    last_success: datetime | None
    last_error: str


_jobs: dict[str, Job] = {}


def register(job: Job) -> None:
    """Have the worker run `job`; a later one of the same name takes its place."""
    _jobs[job.name] = job


def registered() -> list[Job]:
    return list(_jobs.values())


def run_due(*, now: datetime | None = None) -> list[str]:
    """Run each job whose time has come, one failing never stopping the others; return the names of those that failed."""
    failed = []
    for job in registered():
        token = _take(job, now=now or timezone.now())
        if token and not _run(job, token, now=now):
            failed.append(job.name)
    return failed


def late(*, now: datetime) -> list[LateJob]:
    """Return the jobs that have not gone well for 15 minutes, or for three times their interval if that is longer."""
    runs = {run.name: run for run in JobRun.objects.all()}
    found = []
    for job in registered():
        run = runs.get(job.name) or JobRun(name=job.name)
        if run.last_success is None or run.last_success < now - job.patience:
            found.append(LateJob(job, run.last_success, run.last_error))
    return found


def _take(job: Job, *, now: datetime) -> uuid.UUID | None:
    """Take `job` when it is due and free. A tenth of the interval is forgiven, so that cron's seconds don't skip a turn."""
    JobRun.objects.get_or_create(name=job.name)
    token = uuid.uuid4()
    taken = (
        JobRun.objects.filter(name=job.name)
        .filter(Q(last_start=None) | Q(last_start__lte=now - 0.9 * job.every))
        .filter(Q(taken_until=None) | Q(taken_until__lte=now))
        .update(taken_by=token, taken_until=now + job.lease, last_start=now)
    )
    return token if taken else None


def _run(job: Job, token: uuid.UUID, *, now: datetime | None) -> bool:
    """Run `job` and note how it went. Only the kind of an error is kept: its message may name a person."""
    try:
        job.run()
    except Exception as error:
        logger.exception("The job %s failed", job.name)
        outcome: dict[str, object] = {"last_error": f"{type(error).__module__}.{type(error).__qualname__}"[:200]}
    else:
        outcome = {"last_error": "", "last_success": now or timezone.now()}
    JobRun.objects.filter(name=job.name, taken_by=token).update(taken_by=None, taken_until=None, **outcome)
    return not outcome["last_error"]
