"""One clock for both languages: they go live, and off the site, in the same minute; one that fails holds up no other."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command, get_commands
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, WorkflowState

from moderation import schedules
from moderation.actions import publish_in_both_languages, publish_one_language, unschedule
from moderation.models import Release, ScheduleTrouble
from moderation.rescheduling import reschedule
from moderation.schedules import publish_scheduled
from neighbourhood_news.models import NewsPage
from tests.factories import draft_news, published_news, submit, translate
from tests.moderation.editor import decide, look

pytestmark = pytest.mark.django_db
SOON, LATER = timedelta(hours=2), timedelta(days=2)


def in_(wait: timedelta) -> datetime:
    return timezone.now().replace(second=0, microsecond=0) + wait


def languages_of(page: Any) -> dict[str, NewsPage]:
    return {each.locale.language_code: each for each in NewsPage.objects.filter(translation_key=page.translation_key)}


def live_in(page: Any) -> set[str]:
    return {code for code, each in languages_of(page).items() if each.live}


def scheduled(at: datetime, **fields: Any) -> NewsPage:
    page = draft_news(**fields)
    translate(page)
    publish_in_both_languages(page=page, user=None, at=at)
    return page


@pytest.fixture
def decided(editor: Any, roads: Any, desk: Any, signed_in: Any) -> Any:
    """Decide as the desk over a message with a wished time."""

    def decide_over(action: str, wish: datetime | None = None, **extra: Any) -> NewsPage:
        page = draft_news(owner=editor, department=roads, go_live_at=wish)
        translate(page)
        task_state = submit(page, editor)
        client = signed_in(desk)
        address = reverse("review", args=[task_state.pk])
        client.get(address)
        client.post(address, {"decision": action, **{f"{action}-{name}": value for name, value in extra.items()}})
        return page

    return decide_over


def test_approved_for_a_time_both_languages_go_live_in_one_run_and_none_before(decided):
    at = in_(SOON)
    page = decided("schedule", at=timezone.localtime(at).strftime("%Y-%m-%d %H:%M"))
    publish_scheduled(now=at - timedelta(minutes=1))
    assert live_in(page) == set()
    assert publish_scheduled(now=at) == (1, 0, 0)
    assert live_in(page) == {"fr", "nl"}
    release = Release.objects.get(translation_key=page.translation_key)
    assert release.fr_live_at == release.nl_live_at == at


def test_approval_honours_the_time_that_was_wanted(decided):
    at = in_(SOON)
    page = decided("approve", wish=at)
    assert live_in(page) == set()
    assert set(page_schedules(page)) == {at}
    assert Release.objects.of(page.translation_key).get().due_at == at


def page_schedules(page: Any) -> list[datetime]:
    keys = [str(each.pk) for each in languages_of(page).values()]
    found = Revision.objects.page_revisions().filter(object_id__in=keys, approved_go_live_at__isnull=False)
    return list(found.values_list("approved_go_live_at", flat=True))


def test_approval_now_overrides_the_time_that_was_wanted(decided):
    assert live_in(decided("approve_now", wish=in_(SOON))) == {"fr", "nl"}


def test_approval_for_a_time_overrides_the_time_that_was_wanted(decided):
    at = in_(LATER)
    page = decided("schedule", wish=in_(SOON), at=timezone.localtime(at).strftime("%Y-%m-%d %H:%M"))
    assert page_schedules(page) == [at, at]


def test_a_wanted_time_that_is_past_means_now(decided):
    assert live_in(decided("approve", wish=in_(-SOON))) == {"fr", "nl"}


def test_the_editor_of_the_admin_approves_for_a_time_too(editor, roads, desk, signed_in):
    page = draft_news(owner=editor, department=roads)
    translate(page)
    submit(page, editor)
    client, at = signed_in(desk), in_(SOON)
    look(client, page)
    extra = f'{{"at": "{at.isoformat()}", "comment": ""}}'
    decide(client, page, "schedule", **{"workflow-action-extra-data": extra})
    assert page_schedules(page) == [at, at]


def test_a_new_version_leaves_the_live_text_until_its_hour():
    page, at = published_news(), in_(SOON)
    page.introduction = "La suite."
    page.save_revision()
    translate(page, introduction="Het vervolg.")
    publish_in_both_languages(page=page, user=None, at=at)
    assert [each.introduction for each in languages_of(page).values()] == [
        "De nouveaux trottoirs.",
        "Nieuwe voetpaden.",
    ]
    publish_scheduled(now=at)
    assert [each.introduction for each in languages_of(page).values()] == ["La suite.", "Het vervolg."]


def test_both_languages_leave_the_site_together():
    page = draft_news(expire_at=in_(SOON))
    translate(page)
    publish_in_both_languages(page=page, user=None)
    assert live_in(page) == {"fr", "nl"}
    assert publish_scheduled(now=in_(SOON) + timedelta(minutes=1)) == (0, 1, 0)
    assert live_in(page) == set()
    assert all(each.expired for each in languages_of(page).values())
    assert Release.objects.get(translation_key=page.translation_key).ended_at


def test_one_language_whose_other_schedule_vanished_stays_back_and_the_others_go_out():
    at = in_(SOON)
    broken, sound = scheduled(at), scheduled(at, title="Autre rue", slug="autre-rue")
    dutch = languages_of(broken)["nl"]
    dutch.revisions.update(approved_go_live_at=None)
    assert publish_scheduled(now=at) == (1, 0, 1)
    assert (live_in(broken), live_in(sound)) == (set(), {"fr", "nl"})
    assert ScheduleTrouble.objects.get().translation_key == broken.translation_key


@pytest.fixture
def breaking(monkeypatch: Any) -> set[str]:
    """The titles of messages that fail when they go live."""
    titles: set[str] = set()
    real = Revision.publish

    def publish(self: Revision, **kwargs: Any) -> Any:
        done = real(self, **kwargs)
        if self.content["title"] in titles:
            raise RuntimeError("The picture is gone.")
        return done

    monkeypatch.setattr(Revision, "publish", publish)
    return titles


def test_a_page_that_fails_is_reported_and_neither_of_its_languages_goes_out(breaking):
    at = in_(SOON)
    broken, sound = scheduled(at), scheduled(at, title="Autre rue", slug="autre-rue")
    breaking.add("Rue du Moulin")
    assert publish_scheduled(now=at) == (1, 0, 1)
    assert (live_in(broken), live_in(sound)) == (set(), {"fr", "nl"})
    assert ScheduleTrouble.objects.get().error == "The picture is gone."


def test_what_failed_is_tried_again_ever_more_seldom_and_forgotten_once_it_is_out(breaking):
    at = in_(SOON)
    page = scheduled(at)
    breaking.add("Rue du Moulin")
    waits = []
    now = at
    for _try in range(4):
        assert publish_scheduled(now=now).failed == 1
        trouble = ScheduleTrouble.objects.get()
        waits.append(trouble.next_try_at - now)
        assert publish_scheduled(now=trouble.next_try_at - timedelta(seconds=1)) == (0, 0, 0)
        now = trouble.next_try_at
    assert waits == sorted(waits)
    assert waits[-1] > waits[0]
    assert (trouble.since, trouble.tries) == (at, 4)
    breaking.clear()
    assert publish_scheduled(now=now).published == 1
    assert live_in(page) == {"fr", "nl"}
    assert not ScheduleTrouble.objects.exists()


def test_trouble_with_a_new_version_does_not_keep_the_old_one_on_the_site_past_its_end(breaking):
    end = in_(SOON)
    page = draft_news(expire_at=end)
    translate(page)
    publish_in_both_languages(page=page, user=None)
    page = languages_of(page)["fr"]
    page.title, page.expire_at = "Suite", in_(LATER)
    page.save_revision()
    translate(page, title="Vervolg")
    publish_in_both_languages(page=page, user=None, at=end - timedelta(minutes=1))
    breaking.add("Suite")
    assert publish_scheduled(now=end - timedelta(minutes=1)).failed == 1
    assert publish_scheduled(now=end).expired == 1
    assert live_in(page) == set()


@pytest.mark.parametrize("settle", ["approve", "unpublish", "delete", "unschedule", "reschedule"])
def test_trouble_is_over_once_somebody_dealt_with_it(settle, desk):
    page = scheduled(in_(SOON))
    languages_of(page)["nl"].revisions.update(approved_go_live_at=None)
    publish_scheduled(now=in_(SOON))
    assert ScheduleTrouble.objects.exists()
    page = languages_of(page)["fr"]
    if settle == "approve":
        publish_in_both_languages(page=page, user=desk)
    elif settle == "unpublish":
        publish_one_language(page=page, user=desk, reason="Urgent")
        ScheduleTrouble.objects.create(
            translation_key=page.translation_key, title="", since=in_(SOON), next_try_at=in_(SOON), error=""
        )
        NewsPage.objects.get(pk=page.pk).unpublish()
    elif settle == "delete":
        page.delete()
    elif settle == "unschedule":
        unschedule(page=page, user=desk)
    else:
        reschedule(page=page, at=in_(LATER), user=desk)
    assert not ScheduleTrouble.objects.exists()


def test_a_later_decision_over_one_language_takes_the_others_schedule_back():
    """Otherwise the Dutch would go live alone at the hour of a decision that no longer holds."""
    page = scheduled(in_(SOON))
    publish_one_language(page=page, user=None, reason="Le néerlandais est faux.", at=in_(LATER))
    assert publish_scheduled(now=in_(SOON)) == (0, 0, 0)
    publish_scheduled(now=in_(LATER))
    assert live_in(page) == {"fr"}


def test_going_live_does_not_end_the_review_of_a_newer_version(editor, roads):
    page = published_news(department=roads)
    page.introduction = "Deuxième version."
    page.save_revision()
    translate(page, introduction="Tweede versie.")
    publish_in_both_languages(page=page, user=None, at=in_(SOON))
    page = NewsPage.objects.get(pk=page.pk)
    page.introduction = "Troisième version."
    page.save_revision(user=editor)
    submit(page, editor)
    publish_scheduled(now=in_(SOON))
    page = NewsPage.objects.get(pk=page.pk)
    assert page.introduction == "Deuxième version."
    assert WorkflowState.objects.for_instance(page).get().status == WorkflowState.STATUS_IN_PROGRESS


def test_a_newer_version_that_is_scheduled_comes_back_after_the_end_of_the_live_one():
    page = draft_news(expire_at=in_(SOON))
    translate(page)
    publish_in_both_languages(page=page, user=None)
    page = languages_of(page)["fr"]
    page.expire_at = in_(3 * LATER)
    page.save_revision()
    publish_in_both_languages(page=page, user=None, at=in_(LATER))
    publish_scheduled(now=in_(SOON) + timedelta(minutes=1))
    assert live_in(page) == set()
    publish_scheduled(now=in_(LATER))
    assert live_in(page) == {"fr", "nl"}


def test_a_new_version_at_the_very_end_of_the_old_one_moves_the_end():
    page = draft_news(expire_at=in_(SOON))
    translate(page)
    publish_in_both_languages(page=page, user=None)
    page = languages_of(page)["fr"]
    page.expire_at = in_(LATER)
    page.save_revision()
    publish_in_both_languages(page=page, user=None, at=in_(SOON))
    assert publish_scheduled(now=in_(SOON)) == (1, 0, 0)
    assert live_in(page) == {"fr", "nl"}


def test_the_command_of_that_name_is_ours(capsys):
    assert get_commands()["publish_scheduled"] == "moderation"
    call_command("publish_scheduled", "--dry-run")
    call_command("publish_scheduled")
    assert schedules.count_due(now=timezone.now()) == (0, 0)
