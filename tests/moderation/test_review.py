"""The desk's review: who decides, on what they saw, for both languages at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override
from wagtail.models import WorkflowState
from wagtail_localize.models import Translation

from moderation.actions import record_look
from moderation.models import Look
from moderation.permissions import obstacle_to_approval
from moderation.roles import DESK
from moderation.translation_states import translation_state
from neighbourhood_news.models import NewsPage
from tests.factories import UserFactory, draft_news, editor_of, submit, translate
from tests.moderation.editor import decide, edit, look

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(editor: Any, roads: Any) -> NewsPage:
    """A message that the roads department proposed, complete in both languages."""
    page = draft_news(owner=editor, department=roads)
    translate(page)
    submit(page, editor)
    return NewsPage.objects.get(pk=page.pk)


def state_of(page: NewsPage) -> str:
    return WorkflowState.objects.for_instance(page).latest("created_at").status


def in_dutch(page: NewsPage) -> NewsPage:
    return NewsPage.objects.get(translation_key=page.translation_key, locale__language_code="nl")


def test_the_desk_approves_and_both_languages_are_live(proposed, desk, signed_in):
    client = signed_in(desk)
    look(client, proposed)
    decide(client, proposed, "approve")
    proposed.refresh_from_db()
    assert state_of(proposed) == WorkflowState.STATUS_APPROVED
    assert (proposed.live, in_dutch(proposed).live) == (True, True)
    assert in_dutch(proposed).title == "Molenstraat"
    assert in_dutch(proposed).slug == "molenstraat"


def test_both_pages_answer_at_their_addresses_after_approval(proposed, desk, signed_in, client):
    desk_client = signed_in(desk)
    look(desk_client, proposed)
    decide(desk_client, proposed, "approve")
    assert "De nouveaux trottoirs" in client.get("/fr/actualites/rue-du-moulin/").content.decode()
    assert "Nieuwe voetpaden" in client.get("/nl/nieuws/molenstraat/").content.decode()


def test_what_is_shared_and_adjusted_while_approving_is_published_in_both(proposed, desk, signed_in):
    client = signed_in(desk)
    look(client, proposed)
    decide(client, proposed, "approve", expires_on="2030-01-01")
    proposed.refresh_from_db()
    assert proposed.live
    assert str(proposed.expires_on) == str(in_dutch(proposed).expires_on) == "2030-01-01"


def test_an_adjusted_sentence_has_to_be_translated_before_approval(proposed, desk, signed_in):
    client = signed_in(desk)
    look(client, proposed)
    response = decide(client, proposed, "approve", introduction="De nouveaux trottoirs, en mieux.")
    proposed.refresh_from_db()
    assert state_of(proposed) == WorkflowState.STATUS_IN_PROGRESS
    assert not proposed.live
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[proposed.pk])
    assert proposed.get_latest_revision_as_object().introduction == "De nouveaux trottoirs, en mieux."
    assert str(translation_state(proposed.get_latest_revision_as_object())) in look(client, proposed).content.decode()


def test_a_text_without_its_dutch_cannot_be_approved(editor, roads, desk, signed_in):
    page = draft_news(owner=editor, department=roads)
    submit(page, editor)
    client = signed_in(desk)
    look(client, page)
    decide(client, page, "approve")
    page.refresh_from_db()
    assert not page.live


def test_a_block_that_was_left_empty_stands_in_the_way_of_approval(editor, roads, desk):
    page = draft_news(owner=editor, department=roads, body=[{"type": "picture", "value": {"picture": None}}])
    state = submit(page, editor)
    record_look(task_state=state, user=desk, page=page)
    with override("fr"):
        assert str(NewsPage._meta.get_field("body").verbose_name) in obstacle_to_approval(state, desk, page)


def test_nobody_approves_a_text_that_they_submitted(roads, desk, signed_in):
    page = draft_news(owner=desk, department=roads)
    translate(page)
    submit(page, desk)
    client = signed_in(desk)
    look(client, page)
    decide(client, page, "approve")
    page.refresh_from_db()
    assert not page.live


def test_nobody_approves_a_version_that_they_wrote_and_a_colleague_submitted(roads, desk, signed_in):
    """One person in two groups: a member of the desk who is of the department too."""
    desk.groups.add(roads.group)
    colleague = editor_of(roads)
    page = draft_news(owner=desk, department=roads)
    translate(page)
    task_state = submit(page, colleague)
    signed_in(desk).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert obstacle_to_approval(task_state, desk, page) != ""


def test_a_second_member_of_the_desk_approves_what_the_first_proposed(roads, desk, second_desk, signed_in):
    page = draft_news(owner=desk, department=roads)
    translate(page)
    submit(page, desk)
    client = signed_in(second_desk)
    look(client, page)
    decide(client, page, "approve")
    page.refresh_from_db()
    assert page.live


def test_the_desk_may_adjust_a_text_and_approve_it_itself(proposed, desk, signed_in):
    client = signed_in(desk)
    look(client, proposed)
    edit(client, proposed, contact="Accueil")
    translate(proposed, user=desk, contact="Onthaal")
    decide(client, proposed, "approve", contact="Accueil")
    proposed.refresh_from_db()
    assert proposed.live
    assert proposed.contact == "Accueil"
    assert in_dutch(proposed).contact == "Onthaal"


def test_only_a_version_that_the_reviewer_opened_can_be_approved(proposed, desk, signed_in):
    decide(signed_in(desk), proposed, "approve")
    proposed.refresh_from_db()
    assert not proposed.live


def test_a_change_by_somebody_else_asks_for_another_look(proposed, desk, second_desk, signed_in):
    first, second = signed_in(desk), signed_in(second_desk)
    look(first, proposed)
    look(second, proposed)
    edit(second, proposed, expires_on="2030-01-01")
    decide(first, proposed, "approve", expires_on="2030-01-01")
    proposed.refresh_from_db()
    assert not proposed.live
    look(first, proposed)
    decide(first, proposed, "approve", expires_on="2030-01-01")
    proposed.refresh_from_db()
    assert proposed.live


def test_a_draft_saved_over_under_the_same_key_is_another_version(proposed, desk, second_desk, signed_in):
    """Wagtail's autosave writes over the last revision of the same person; what counts is when it was saved."""
    revision = proposed.save_revision(user=second_desk)
    look(signed_in(desk), proposed)
    task_state = proposed.current_workflow_task_state
    assert obstacle_to_approval(task_state, desk, proposed) == ""
    proposed.save_revision(user=second_desk, overwrite_revision=revision)
    assert obstacle_to_approval(task_state, desk, NewsPage.objects.get(pk=proposed.pk)) != ""


def test_an_approval_from_a_stale_screen_is_stopped_and_overwrites_nothing(proposed, desk, second_desk, signed_in):
    first, second = signed_in(desk), signed_in(second_desk)
    look(first, proposed)
    stale = str(proposed.get_latest_revision().pk)
    edit(second, proposed, expires_on="2030-01-01")
    look(first, proposed)
    decide(first, proposed, "approve", loaded_revision_id=stale, expires_on="")
    proposed.refresh_from_db()
    assert not proposed.live
    assert str(proposed.get_latest_revision_as_object().expires_on) == "2030-01-01"


def test_the_desk_asks_for_changes_with_a_word(proposed, desk, editor, signed_in):
    client = signed_in(desk)
    look(client, proposed)
    decide(client, proposed, "reject", comment="Ajoutez le prix.")
    assert state_of(proposed) == WorkflowState.STATUS_NEEDS_CHANGES
    page = signed_in(editor).get(reverse("wagtailadmin_home")).content.decode()
    assert "Ajoutez le prix." in page


def test_after_changes_were_asked_the_proposer_edits_and_proposes_again(proposed, desk, editor, signed_in):
    client = signed_in(desk)
    look(client, proposed)
    decide(client, proposed, "reject", comment="Ajoutez le prix.")
    response = edit(signed_in(editor), proposed, contact="10 euros", **{"action-submit": "true"})
    assert response.status_code == 302
    assert state_of(proposed) == WorkflowState.STATUS_IN_PROGRESS


def test_a_text_under_review_is_locked_for_its_department(proposed, editor, signed_in):
    before = proposed.get_latest_revision().pk
    edit(signed_in(editor), proposed, introduction="Changé pendant la relecture.")
    proposed.refresh_from_db()
    assert proposed.get_latest_revision().pk == before


def test_the_proposer_withdraws_a_submission(proposed, editor, signed_in):
    edit(signed_in(editor), proposed, **{"action-cancel-workflow": "true"})
    assert state_of(proposed) == WorkflowState.STATUS_CANCELLED


def test_two_decisions_leave_one(proposed, desk, second_desk, signed_in):
    first, second = signed_in(desk), signed_in(second_desk)
    look(first, proposed)
    look(second, proposed)
    decide(first, proposed, "reject", comment="Non.")
    decide(second, proposed, "approve")
    proposed.refresh_from_db()
    assert state_of(proposed) == WorkflowState.STATUS_NEEDS_CHANGES
    assert not proposed.live


def test_a_look_is_kept_once_for_each_reviewer(proposed, desk, signed_in):
    client = signed_in(desk)
    look(client, proposed)
    look(client, proposed)
    assert Look.objects.filter(user=desk).count() == 1


def test_the_editor_tells_what_stands_in_the_way_in_the_readers_language(editor, roads, signed_in):
    page = draft_news(owner=editor, department=roads)
    submit(page, editor)
    dutch_speaking = UserFactory(groups=[DESK.group], language="nl")
    screen = look(signed_in(dutch_speaking), page).content.decode()
    with override("nl"):
        sentence = gettext("The other language is not complete yet. %(language)s: %(state)s.").split("%")[0]
    assert sentence in screen
    assert "not complete" not in screen


def dutch_strings(page: NewsPage) -> list[tuple[int, int]]:
    """Return the addresses of the texts of `page`'s translation: translation and segment."""
    translation = Translation.objects.get(source__object_id=page.translation_key)
    return [(translation.pk, segment.pk) for segment in translation.source.stringsegment_set.all()]


def retranslate(client: Client, page: NewsPage, text: str) -> HttpResponse:
    url = reverse("wagtail_localize:edit_string_translation", args=dutch_strings(page)[0])
    return client.put(url, f"value={text}", content_type="application/x-www-form-urlencoded")


def test_a_department_does_not_change_the_translation_while_the_desk_reviews(proposed, editor, signed_in):
    assert retranslate(signed_in(editor), proposed, "Anders").status_code == 403


def test_a_department_completes_the_translation_of_its_own_draft(editor, roads, signed_in):
    page = draft_news(owner=editor, department=roads)
    translate(page)
    assert retranslate(signed_in(editor), page, "Anders").status_code == 200


def test_a_translation_changed_by_somebody_else_asks_for_another_look(proposed, desk, second_desk, signed_in):
    first = signed_in(desk)
    look(first, proposed)
    assert retranslate(signed_in(second_desk), proposed, "Anders").status_code == 200
    decide(first, proposed, "approve")
    proposed.refresh_from_db()
    assert not proposed.live
    look(first, proposed)
    decide(first, proposed, "approve")
    proposed.refresh_from_db()
    assert proposed.live


def test_the_reviewer_who_completes_the_translation_needs_no_other_look(proposed, desk, signed_in):
    client = signed_in(desk)
    look(client, proposed)
    retranslate(client, proposed, "Molenstraat vernieuwd")
    decide(client, proposed, "approve")
    assert in_dutch(proposed).title == "Molenstraat vernieuwd"
