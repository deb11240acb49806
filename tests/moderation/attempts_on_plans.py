"""Attempts at what is planned: the calendar, its private address, what is scheduled."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from tests.factories import scheduled_news
from tests.moderation.agenda.moments import hour
from tests.moderation.attempts import Attempt, action


@action("See the calendar")
def see_agenda(a: Attempt) -> bool:
    return a.opens("agenda")


@action("Read the calendar at a private address")
def read_feed(a: Attempt) -> bool:
    answer = a.client.post(reverse("agenda_make_address"))
    if answer.status_code != 200:
        return False
    return Client().get(answer.context["address"]).status_code == 200


@action("Move a scheduled message in the calendar")
def move_scheduled(a: Attempt) -> bool:
    page = scheduled_news(hour("2030-05-07 09:30"), owner=a.somebody, department=a.department)
    a.client.post(reverse("agenda_move", args=[page.pk]), {"day": "2030-06-01", "hour": "14:00"})
    page.refresh_from_db()
    return page.go_live_at == hour("2030-06-01 14:00")
