"""One language alone: only with a reason, and the other one is owed until it is there."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from moderation.actions import publish_in_both_languages, publish_one_language, publish_owed_language
from moderation.models import Release
from moderation.queue import OWED, Queue
from moderation.schedules import publish_scheduled
from moderation.translations import prepare_translation, supply_translation, words_of
from neighbourhood_news.models import NewsPage
from tests.factories import DUTCH, draft_news, published_news, submit, text_block, translate
from tests.moderation.editor import decide, look
from tests.moderation.test_one_clock import SOON, in_, languages_of, live_in, page_schedules

pytestmark = pytest.mark.django_db
WHY = "La traductrice est malade."
ALONE = "moderation_one_language_goes_first_with_a_reason_only"


def owed() -> list[Any]:
    return [item for item in Queue(now=timezone.now()).items if item.kind == OWED]


def alone(**fields: Any) -> NewsPage:
    page = draft_news(**fields)
    publish_one_language(page=page, user=None, reason=WHY)
    return NewsPage.objects.get(pk=page.pk)


def decided_alone(page: NewsPage, desk: Any, signed_in: Any, reason: str) -> Any:
    address = reverse("review", args=[page.current_workflow_task_state.pk])
    client = signed_in(desk)
    client.get(address)
    return client.post(address, {"decision": "approve_alone", "approve_alone-reason": reason})


@pytest.mark.parametrize("reason", ["", "   "])
def test_the_desk_publishes_one_language_with_a_reason_only(reason, editor, roads, desk, signed_in):
    page = draft_news(owner=editor, department=roads)
    submit(page, editor)
    assert decided_alone(page, desk, signed_in, reason).status_code == 200
    assert live_in(page) == set()
    decided_alone(page, desk, signed_in, WHY)
    assert live_in(page) == {"fr"}
    release = Release.objects.of(page.translation_key).get()
    assert (release.reason, release.missing_language, release.decided_by) == (WHY, "nl", desk)


def test_the_editor_of_the_admin_asks_for_the_reason_too(editor, roads, desk, signed_in):
    page = draft_news(owner=editor, department=roads)
    submit(page, editor)
    client = signed_in(desk)
    look(client, page)
    for extra in ("{}", '{"reason": " "}', "[]", "no json"):
        answer = decide(client, page, "approve_alone", **{"workflow-action-extra-data": extra})
        assert answer.status_code in (200, 302)
    assert live_in(page) == set()
    decide(client, page, "approve_alone", **{"workflow-action-extra-data": f'{{"reason": "{WHY}"}}'})
    assert live_in(page) == {"fr"}


def test_the_action_refuses_without_a_reason():
    with pytest.raises(ValueError, match="reason"):
        publish_one_language(page=draft_news(), user=None, reason=" ")


def test_the_database_keeps_no_publication_in_one_language_without_a_reason():
    now = timezone.now()
    key = draft_news().translation_key
    with pytest.raises(IntegrityError, match=ALONE), transaction.atomic():
        Release.objects.create(translation_key=key, title="x", decided_at=now, fr_live_at=now)
    both = Release.objects.create(translation_key=key, title="x", decided_at=now, fr_live_at=now, nl_live_at=now)
    for change in ({"nl_live_at": None}, {"nl_live_at": in_(SOON)}):
        with pytest.raises(IntegrityError, match=ALONE), transaction.atomic():
            Release.objects.filter(pk=both.pk).update(**change)


def test_a_complete_text_is_never_offered_alone(editor, roads, desk, signed_in):
    page = draft_news(owner=editor, department=roads)
    translate(page)
    submit(page, editor)
    decided_alone(page, desk, signed_in, WHY)
    assert live_in(page) == set()


def test_the_owed_language_stands_in_the_queue_until_it_is_published(desk, signed_in):
    page = alone()
    translate(page)
    address = reverse("owed_language", args=[Release.objects.in_one_language().get().pk])
    assert [item.url for item in owed()] == [address]
    client = signed_in(desk)
    assert client.get(address).status_code == 200
    client.post(address, {"publish": "1"})
    assert owed() == []
    assert live_in(page) == {"fr", "nl"}
    release = Release.objects.of(page.translation_key).get()
    assert release.nl_live_at > release.fr_live_at
    assert release.reason == WHY


def test_an_incomplete_translation_stays_owed_and_the_desk_is_told(desk, signed_in):
    page = alone()
    prepare_translation(page, user=desk)
    address = reverse("owed_language", args=[Release.objects.in_one_language().get().pk])
    answer = signed_in(desk).post(address, {"publish": "1"}, follow=True)
    assert "traduits" in " ".join(str(each) for each in answer.context["messages"])
    assert live_in(page) == {"fr"}
    assert len(owed()) == 1


def test_the_owed_language_says_what_the_live_text_says_also_beside_a_newer_draft():
    page = alone()
    translate(page)
    page.introduction = "Le brouillon suivant."
    page.save_revision()
    publish_owed_language(page=page, user=None)
    french, dutch = languages_of(page)["fr"], languages_of(page)["nl"]
    assert (french.introduction, dutch.introduction) == ("De nouveaux trottoirs.", "Nieuwe voetpaden.")
    assert french.get_latest_revision_as_object().introduction == "Le brouillon suivant."


def test_the_newer_draft_is_published_in_its_own_words_afterwards():
    page = alone()
    translate(page)
    page.introduction = "Le brouillon suivant."
    page.save_revision()
    translate(page, introduction="De volgende klad.")
    publish_owed_language(page=page, user=None)
    assert languages_of(page)["nl"].introduction == "Nieuwe voetpaden."
    publish_in_both_languages(page=page, user=None)
    assert [each.introduction for each in languages_of(page).values()] == ["Le brouillon suivant.", "De volgende klad."]


def test_the_owed_language_takes_no_newer_schedule_back():
    page = alone()
    translate(page)
    page.introduction = "Le brouillon suivant."
    page.save_revision()
    translate(page, introduction="De volgende klad.")
    moment = in_(SOON)
    publish_in_both_languages(page=page, user=None, at=moment)
    publish_owed_language(page=NewsPage.objects.get(pk=page.pk), user=None)
    assert page_schedules(page) == [moment, moment]


def test_a_text_written_in_dutch_owes_its_french_also_when_an_earlier_version_is_live_in_both(desk, signed_in):
    page = draft_news(code="nl", **DUTCH)
    french = {"title": "Rue du Moulin", "introduction": "De nouveaux trottoirs.", "body": [text_block("<p>Lundi.</p>")]}
    supply_translation(prepare_translation(page, user=None), words_of(page, french))
    publish_in_both_languages(page=page, user=None)
    page = NewsPage.objects.get(pk=page.pk)
    page.introduction = "Nieuwe zin."
    page.save_revision()
    publish_one_language(page=page, user=None, reason=WHY)
    supply_translation(
        prepare_translation(page, user=None), words_of(page, {**french, "introduction": "Autre phrase."})
    )
    address = reverse("owed_language", args=[Release.objects.in_one_language().get().pk])
    signed_in(desk).post(address, {"publish": "1"})
    assert languages_of(page)["fr"].introduction == "Autre phrase."
    assert owed() == []


def test_a_language_that_is_owed_twice_stands_in_the_queue_once():
    page = alone()
    page.introduction = "Encore changé."
    page.save_revision()
    publish_one_language(page=page, user=None, reason=WHY)
    assert len(owed()) == 1
    translate(page)
    publish_in_both_languages(page=page, user=None)
    assert not Release.objects.in_one_language().exists()


def test_one_language_scheduled_with_a_reason_goes_out_alone():
    page = draft_news()
    publish_one_language(page=page, user=None, reason=WHY, at=in_(SOON))
    assert owed() == []
    publish_scheduled(now=in_(SOON))
    assert live_in(page) == {"fr"}
    assert [item.note for item in owed()] == [WHY]


def test_preparing_the_owed_language_changes_nothing_that_is_live(desk, signed_in):
    page = published_news()
    page.introduction = "Seul en français."
    page.save_revision()
    publish_one_language(page=page, user=None, reason=WHY)
    address = reverse("owed_language", args=[Release.objects.in_one_language().get().pk])
    answer = signed_in(desk).post(address, {"translate": "1"})
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[languages_of(page)["nl"].pk])
    assert languages_of(page)["nl"].introduction == "Nieuwe voetpaden."


def test_only_the_desk_opens_what_is_owed(editor, roads, signed_in):
    alone(owner=editor, department=roads)
    address = reverse("owed_language", args=[Release.objects.in_one_language().get().pk])
    client = signed_in(editor)
    assert client.get(address).status_code in (302, 403)
    client.post(address, {"publish": "1"})
    assert Release.objects.in_one_language().exists()


def test_publishing_from_the_editor_of_a_translation_publishes_neither(editor, roads, desk, signed_in):
    page = draft_news(owner=editor, department=roads)
    dutch = translate(page)
    for who in (desk, editor):
        signed_in(who).post(reverse("wagtailadmin_pages:edit", args=[dutch.pk]), {"action": "publish"})
    assert live_in(page) == set()
    assert dutch.locale == Locale.objects.get(language_code="nl")
