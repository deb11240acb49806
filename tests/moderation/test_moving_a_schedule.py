"""A schedule is one schedule: taken back, or moved, in both languages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from moderation.actions import publish_in_both_languages
from moderation.models import Release
from moderation.rescheduling import reschedule
from moderation.schedules import publish_scheduled
from tests.factories import draft_news, published_news, translate
from tests.moderation.test_one_clock import LATER, SOON, in_, languages_of, live_in, page_schedules, scheduled

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_wagtails_own_address_takes_both_languages_back(code, desk, signed_in):
    page = languages_of(scheduled(in_(SOON)))[code]
    address = reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, page.get_latest_revision().pk])
    client = signed_in(desk)
    assert client.get(address).status_code == 200
    client.post(address)
    assert page_schedules(page) == []
    assert not Release.objects.pending().of(page.translation_key).exists()
    assert publish_scheduled(now=in_(LATER)) == (0, 0, 0)


def test_a_department_takes_no_schedule_back(editor, roads, signed_in):
    page = scheduled(in_(SOON), owner=editor, department=roads)
    address = reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, page.get_latest_revision().pk])
    assert signed_in(editor).post(address).status_code in (302, 403)
    assert len(page_schedules(page)) == 2


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_moving_one_language_moves_both(code, desk):
    page = scheduled(in_(SOON))
    reschedule(page=languages_of(page)[code], at=in_(LATER), user=desk)
    assert page_schedules(page) == [in_(LATER), in_(LATER)]
    assert Release.objects.pending().get().due_at == in_(LATER)
    assert publish_scheduled(now=in_(SOON)) == (0, 0, 0)
    publish_scheduled(now=in_(LATER))
    assert live_in(page) == {"fr", "nl"}


def test_a_schedule_is_not_moved_into_the_past(desk):
    page = scheduled(in_(SOON))
    with pytest.raises(ValidationError):
        reschedule(page=page, at=in_(-SOON), user=desk)
    assert page_schedules(page) == [in_(SOON), in_(SOON)]


def test_a_schedule_is_not_moved_past_the_end(desk):
    page = scheduled(in_(SOON), expire_at=in_(LATER))
    with pytest.raises(ValidationError):
        reschedule(page=page, at=in_(LATER) + timedelta(minutes=1), user=desk)
    assert page_schedules(page) == [in_(SOON), in_(SOON)]


def test_nothing_is_approved_for_a_time_past_its_end():
    page = draft_news(expire_at=in_(SOON))
    translate(page)
    with pytest.raises(ValidationError):
        publish_in_both_languages(page=page, user=None, at=in_(LATER))
    assert page_schedules(page) == []


@pytest.mark.parametrize("who", ["editor", "clerk", "participation_officer", "resident"])
def test_only_the_desk_moves_a_schedule(who, request, roads):
    page = scheduled(in_(SOON), department=roads)
    user: Any = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        reschedule(page=page, at=in_(LATER), user=user)
    assert page_schedules(page) == [in_(SOON), in_(SOON)]


def test_what_is_live_is_no_longer_moved(desk):
    with pytest.raises(ValidationError):
        reschedule(page=published_news(), at=in_(LATER), user=desk)
