"""The review page: both languages side by side as they stand, and every decision, with words when it can't be."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page, Revision, TaskState, WorkflowState
from wagtail_localize.models import StringTranslation, TranslationSource

from moderation.models import Channel, Diversion
from neighbourhood_news.models import NewsPage
from tests.factories import draft_news, published_news, submit, text_block, translate
from tests.moderation.editor import decide as decide_in_the_editor
from tests.moderation.editor import told
from tests.moderation.test_one_clock import SOON, in_, live_in, page_schedules
from tests.reading import seen, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(editor: Any, roads: Any) -> NewsPage:
    page = draft_news(owner=editor, department=roads)
    translate(page)
    submit(page, editor)
    return NewsPage.objects.get(pk=page.pk)


@pytest.fixture
def channel(db: None) -> Channel:
    return Channel.objects.create(name_fr="Bulletin", name_nl="Infoblad", words_fr="Au bulletin.", words_nl="Infoblad.")


@pytest.fixture
def reviewer(desk: Any, signed_in: Any) -> Any:
    return signed_in(desk)


def address(page: NewsPage) -> str:
    return reverse("review", args=[TaskState.objects.get(workflow_state__object_id=str(page.pk)).pk])


def decide(client: Any, page: NewsPage, name: str, **fields: Any) -> Any:
    data = {"decision": name, **{f"{name}-{key}": value for key, value in fields.items()}}
    return client.post(address(page), data, follow=True)


def preview(client: Any, page: NewsPage, language: str) -> str:
    state = TaskState.objects.get(workflow_state__object_id=str(page.pk))
    answer = client.get(reverse("review_preview", args=[state.pk, language]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def review_of(page: NewsPage) -> str:
    return str(WorkflowState.objects.for_instance(page).get().status)


def test_both_languages_show_the_draft_and_its_translation_as_they_stand(editor, roads, reviewer):
    page = published_news(department=roads)
    page.introduction = "La suite."
    page.save_revision(user=editor)
    submit(page, editor)
    assert "La suite." in preview(reviewer, page, "fr")
    translate(page, introduction="Het vervolg.")
    assert "Het vervolg." in preview(reviewer, page, "nl")


def test_a_block_that_came_or_went_since_the_translation_is_no_error_in_the_preview(proposed, editor, reviewer):
    other = "22222222-2222-4222-8222-222222222222"
    proposed.body = [text_block("<p>Un bloc neuf.</p>", other)]
    proposed.save_revision(user=editor)
    assert "Un bloc neuf." in preview(reviewer, proposed, "nl")


def test_a_text_without_translation_has_a_preview_that_says_so(editor, roads, reviewer):
    page = draft_news(owner=editor, department=roads)
    submit(page, editor)
    assert "néerlandais" in preview(reviewer, page, "nl")


def test_looking_saves_nothing(proposed, reviewer):
    def stored() -> list[Any]:
        models = (Page, Revision, StringTranslation, TranslationSource)
        return [list(model.objects.order_by("pk").values()) for model in models]

    before = stored()
    assert reviewer.get(address(proposed)).status_code == 200
    preview(reviewer, proposed, "fr")
    preview(reviewer, proposed, "nl")
    assert stored() == before


def test_the_desk_approves_from_it_in_both_languages(proposed, reviewer):
    reviewer.get(address(proposed))
    decide(reviewer, proposed, "approve")
    assert live_in(proposed) == {"fr", "nl"}


def test_changes_are_asked_for_with_words_only(proposed, reviewer):
    reviewer.get(address(proposed))
    assert seen(decide(reviewer, proposed, "reject", comment="  ")).select_one(".review__error")
    assert review_of(proposed) == WorkflowState.STATUS_IN_PROGRESS
    decide(reviewer, proposed, "reject", comment="Encore une date.")
    assert review_of(proposed) == WorkflowState.STATUS_NEEDS_CHANGES


def test_not_this_channel_asks_for_a_channel_and_takes_a_word(proposed, channel, reviewer, desk):
    reviewer.get(address(proposed))
    answer = decide(reviewer, proposed, "not_this_channel", comment="Gardé au chaud")
    assert "Gardé au chaud" in answer.content.decode()
    assert review_of(proposed) == WorkflowState.STATUS_IN_PROGRESS
    decide(reviewer, proposed, "not_this_channel", channel=channel.pk, comment="Merci !")
    assert (Diversion.objects.get().word, Diversion.objects.get().decided_by) == ("Merci !", desk)


@pytest.mark.parametrize("at", ["", "hier", "2020-01-01 08:00", "31/02/2030 08:00"])
def test_a_moment_that_is_none_is_said_and_what_was_typed_stays(at, proposed, reviewer):
    reviewer.get(address(proposed))
    answer = decide(reviewer, proposed, "schedule", at=at, comment="Bravo pour ce texte")
    assert seen(answer).select_one("details[open] .review__error")
    assert "Bravo pour ce texte" in answer.content.decode()
    assert at in answer.content.decode()
    assert page_schedules(proposed) == []


def test_a_moment_past_the_end_is_said_here_and_in_the_editor_and_what_was_typed_stays(editor, roads, reviewer):
    page = draft_news(owner=editor, department=roads, expire_at=in_(SOON))
    translate(page)
    submit(page, editor)
    reviewer.get(address(page))
    answer = decide(reviewer, page, "schedule", at="2099-01-01 08:00", comment="Bravo pour ce texte")
    assert told(answer)
    assert "Bravo pour ce texte" in answer.content.decode()
    extra = {"workflow-action-extra-data": '{"at": "2099-01-01 08:00"}'}
    assert decide_in_the_editor(reviewer, page, "schedule", **extra).status_code == 302
    assert page_schedules(page) == []


def test_a_decision_nobody_knows_changes_nothing(proposed, reviewer):
    reviewer.get(address(proposed))
    for name in ("banana", "", "cancel"):
        assert decide(reviewer, proposed, name).status_code == 200
    assert review_of(proposed) == WorkflowState.STATUS_IN_PROGRESS


def test_a_look_that_is_out_of_date_is_refused_with_words(proposed, second_desk, reviewer):
    reviewer.get(address(proposed))
    proposed.kind = "caring"
    proposed.save_revision(user=second_desk)
    assert "changé" in told(decide(reviewer, proposed, "approve"))
    assert live_in(proposed) == set()


def test_who_proposed_a_text_does_not_approve_it(desk, roads, reviewer):
    page = draft_news(owner=desk, department=roads)
    translate(page)
    submit(page, desk)
    screen = words(seen(reviewer.get(address(page))))
    assert "vous-même" in screen
    decide(reviewer, page, "approve")
    assert live_in(page) == set()


def test_the_second_of_two_decisions_is_told(proposed, second_desk, signed_in, reviewer):
    other = signed_in(second_desk)
    reviewer.get(address(proposed))
    other.get(address(proposed))
    decide(reviewer, proposed, "reject", comment="Non.")
    answer = decide(other, proposed, "approve")
    assert "déjà" in told(answer)
    assert live_in(proposed) == set()


def test_an_incomplete_draft_says_what_is_missing(editor, roads, reviewer):
    page = draft_news(owner=editor, department=roads)
    page.kind = ""
    page.save_revision(user=editor, clean=False)
    submit(page, editor)
    screen = words(seen(reviewer.get(address(page))).select_one(".review__obstacle"))
    assert str(NewsPage._meta.get_field("kind").verbose_name) in screen
    decide(reviewer, page, "approve_alone", reason="Malade")
    decide(reviewer, page, "approve")
    assert live_in(page) == set()


@pytest.mark.parametrize("who", ["editor", "clerk", "participation_officer", "resident"])
def test_only_the_desk_opens_it(who, request, proposed, signed_in):
    client = signed_in(request.getfixturevalue(who))
    state = TaskState.objects.get(workflow_state__object_id=str(proposed.pk))
    for url in (address(proposed), reverse("review_preview", args=[state.pk, "fr"])):
        assert client.get(url).status_code in (302, 403)
    decide(client, proposed, "reject", comment="Non.")
    assert review_of(proposed) == WorkflowState.STATUS_IN_PROGRESS


def test_wagtails_own_dialogue_collects_each_decision(proposed, channel, reviewer):
    state = TaskState.objects.get(workflow_state__object_id=str(proposed.pk))
    reviewer.get(address(proposed))
    sent = {
        "not_this_channel": {"channel": channel.pk, "comment": ""},
        "schedule": {"at": "2030-01-01 08:00", "comment": ""},
    }
    for name, fields in sent.items():
        url = reverse("wagtailadmin_pages:collect_workflow_action_data", args=[proposed.pk, name, state.pk])
        answer = reviewer.post(url, fields, headers={"x-requested-with": "XMLHttpRequest"})
        assert answer.json()["step"] == "success"
