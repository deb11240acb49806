"""Two people at the same moment, with real threads; SQLite writes one after the other by itself."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone
from wagtail.models import PageLogEntry, TaskState

from moderation import schedules
from moderation.actions import publish_in_both_languages, record_look
from moderation.roles import DESK
from tests.conftest import set_up_commune
from tests.factories import DepartmentFactory, UserFactory, draft_news, editor_of, submit, translate

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="rows are locked on PostgreSQL only"),
]


def at_once(jobs: list[Any]) -> list[BaseException]:
    """Run the jobs in threads that start together; return what they raised."""
    barrier, raised = threading.Barrier(len(jobs)), []

    def run(job: Any) -> None:
        try:
            barrier.wait()
            job()
        except BaseException as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_eight_members_of_the_desk_deciding_at_once_make_one_decision():
    assert connection.vendor == "postgresql"
    set_up_commune()
    roads = DepartmentFactory(slug="roads")
    editor = editor_of(roads)
    page = draft_news(owner=editor, department=roads)
    translate(page)
    state = submit(page, editor)
    members = [UserFactory(groups=[DESK.group]) for _number in range(8)]
    for member in members:
        record_look(task_state=state, user=member, page=page)

    def decision(member: Any, action: str) -> Any:
        def decide() -> None:
            task_state = TaskState.objects.get(pk=state.pk).specific
            task_state.task.specific.on_action(
                task_state, member, action, **({"comment": "Non"} if action == "reject" else {})
            )

        return decide

    jobs = [decision(member, "approve" if number % 2 else "reject") for number, member in enumerate(members)]
    raised = at_once(jobs)
    assert len(raised) == 7
    decided = PageLogEntry.objects.filter(action__in=["wagtail.workflow.approve", "wagtail.workflow.reject"])
    assert decided.count() == 1


def test_two_workers_at_once_publish_once():
    """Red without the lock on the pages: the log then tells of the same publication eight times."""
    set_up_commune()
    page = draft_news(owner=None, department=DepartmentFactory(slug="roads"))
    translate(page)
    at = timezone.now() + timedelta(hours=1)
    publish_in_both_languages(page=page, user=None, at=at)
    outcomes: list[schedules.Outcome] = []
    assert at_once([lambda: outcomes.append(schedules.publish_scheduled(now=at))] * 8) == []
    assert sum(outcome.failed for outcome in outcomes) == 0
    went_live = PageLogEntry.objects.filter(action="wagtail.publish.scheduled")
    assert went_live.count() == 2  # one for each language
