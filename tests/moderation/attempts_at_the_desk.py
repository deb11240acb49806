"""Attempts at the desk's own work: the queue, its decisions, the clock, and what is looked at afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState, WorkflowState

from home.models import Department
from moderation.actions import divert, publish_in_both_languages, publish_scheduled, use_fast_track
from moderation.models import Channel, Diversion, FastTrack, Release
from neighbourhood_news.models import NewsPage
from tests.factories import submit, translate
from tests.moderation.attempts import Attempt, action
from tests.moderation.attempts_on_things import ACTIONS

SOON = timedelta(hours=2)


def _channel() -> Channel:
    return Channel.objects.create(name_fr="Bulletin", name_nl="Infoblad", words_fr="Bientôt.", words_nl="Binnenkort.")


def _decide(a: Attempt, page: Page, name: str, **fields: Any) -> None:
    address = reverse("review", args=[page.current_workflow_task_state.pk])
    a.client.get(address)
    a.client.post(address, {"decision": name, **{f"{name}-{key}": value for key, value in fields.items()}})


def _scheduled(a: Attempt) -> NewsPage:
    page = a.draft()
    translate(page)
    publish_in_both_languages(page=page, user=None, at=timezone.now() + SOON)
    return page


def _goes_live(page: Page, after: timedelta) -> bool:
    publish_scheduled(now=timezone.now() + after)
    return NewsPage.objects.get(pk=page.pk).live


@action("See the queue")
def see_queue(a: Attempt) -> bool:
    page = a.proposed()
    answer = a.client.get(reverse("queue"))
    return answer.status_code == 200 and page.title in answer.content.decode()


@action("Approve another's text for a time")
def approve_for_a_time(a: Attempt) -> bool:
    page = a.proposed()
    at = timezone.localtime() + timedelta(days=1)
    _decide(a, page, "schedule", at=at.strftime("%Y-%m-%d %H:%M"))
    return Release.objects.of(page.translation_key).pending().exists()


@action("Send a text to another channel")
def send_elsewhere(a: Attempt) -> bool:
    page = a.proposed()
    _decide(a, page, "not_this_channel", channel=_channel().pk)
    return Diversion.objects.exists()


@action("Take up again a text that was sent to another channel")
def take_up_again(a: Attempt) -> bool:
    page = a.proposed()
    state = TaskState.objects.get(pk=page.current_workflow_task_state.pk)
    diversion = divert(task_state=state, channel=_channel(), word="", user=a.colleague)
    a.client.post(reverse("reopen", args=[diversion.pk]))
    return WorkflowState.objects.for_instance(page).filter(status=WorkflowState.STATUS_IN_PROGRESS).exists()


@action("Publish one language first, with a reason")
def publish_one_language_first(a: Attempt) -> bool:
    page = a.draft()
    submit(page, page.owner)
    _decide(a, page, "approve_alone", reason="Malade")
    return NewsPage.objects.get(pk=page.pk).live


def _fast(a: Attempt) -> bool:
    page = a.draft()
    translate(page)
    a.client.post(reverse("fast_track", args=[page.pk]), {"reason": "Fuite de gaz"})
    return NewsPage.objects.get(pk=page.pk).live


@action("Use the fast track")
def fast(a: Attempt) -> bool:
    return _fast(a)


@action("Use the fast track, where the desk trusts the department")
def fast_and_trusted(a: Attempt) -> bool:
    Department.objects.update(is_trusted=True)
    return _fast(a)


@action("Check what somebody else published by the fast track")
def check_fast(a: Attempt) -> bool:
    page = a.draft()
    translate(page)
    use = use_fast_track(page=page, user=a.colleague, reason="Fuite de gaz")
    a.client.post(reverse("check_fast_track", args=[use.pk]), {"word": ""})
    return not FastTrack.objects.unchecked().exists()


@action("Take a schedule back")
def unschedule(a: Attempt) -> bool:
    page = _scheduled(a)
    revision = page.get_latest_revision()
    a.client.post(reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, revision.pk]))
    return not _goes_live(page, SOON)


@action("See the report on equal treatment")
def see_report(a: Attempt) -> bool:
    return a.opens("equal_treatment")


@action("See the uses of the fast track")
def see_fast_tracks(a: Attempt) -> bool:
    return a.opens("fast_tracks")


@action("Keep the channels")
def keep_channels(a: Attempt) -> bool:
    form = {"name_fr": "Agenda", "name_nl": "Agenda", "words_fr": "Là.", "words_nl": "Daar.", "is_open": "on"}
    a.client.post(reverse("wagtailsnippets_moderation_channel:add"), {**form, "address_fr": "", "address_nl": ""})
    return Channel.objects.filter(name_fr="Agenda").exists()


__all__ = ["ACTIONS"]
