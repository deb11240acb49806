"""Several people move one message at the same moment, with real threads; SQLite writes one after the other by itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from wagtail.models import Page, Revision

from moderation.rescheduling import reschedule
from moderation.roles import DESK
from tests.conftest import set_up_commune
from tests.factories import DepartmentFactory, UserFactory, scheduled_news
from tests.moderation.agenda.moments import hour
from tests.moderation.test_races import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="rows are locked on PostgreSQL only"),
]


def test_eight_moves_at_once_leave_both_languages_at_one_hour():
    set_up_commune()
    french = scheduled_news(hour("2030-05-07 09:30"), department=DepartmentFactory(slug="roads"))
    pages = [french, french.get_translations().get()]

    def moving(number: int) -> Any:
        user = UserFactory(groups=[DESK.group])
        return lambda: reschedule(page=pages[number % 2], at=hour(f"2030-06-0{number + 1} 14:00"), user=user)

    assert at_once([moving(number) for number in range(8)]) == []
    hours = [
        Revision.objects.for_instance(page).get(approved_go_live_at__isnull=False).approved_go_live_at for page in pages
    ]
    stored = set(Page.objects.filter(translation_key=french.translation_key).values_list("go_live_at", flat=True))
    assert hours[0] == hours[1]
    assert stored == {hours[0]}
