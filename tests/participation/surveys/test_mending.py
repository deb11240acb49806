"""A draft that was begun before the first answer: it is never published as it is, and is put right in one step."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from moderation.models import ScheduleTrouble
from moderation.publishing import publish_in_both_languages
from moderation.schedules import publish_scheduled, reason_of
from moderation.setup import publish_pair
from participation.models import SurveyPage, SurveyQuestion
from participation.surveys.answers import Given
from participation.surveys.building import definition_of
from participation.surveys.copying import questions_in, renewed
from participation.surveys.kinds import Kind
from participation.surveys.ready_made import ready_made
from participation.surveys.terms import Access
from residents.models import User
from tests.factories import UserFactory, submit, translate
from tests.participation.surveys.making import choice, consultation_index, key_of, question, respond

pytestmark = pytest.mark.django_db


@pytest.fixture
def live(commune: None, roads: Any, editor: Any) -> SurveyPage:
    """A ready-made survey of three questions, published in both languages."""
    definition = renewed(ready_made()["hall_name"].definition)
    page = SurveyPage(locale=consultation_index().locale, title="La salle", department=roads, owner=editor)
    page.questions = questions_in(definition, "fr")
    consultation_index("nl")
    publish_pair(page, consultation_index(), {"title": "De zaal", "questions": questions_in(definition, "nl")})
    return SurveyPage.objects.get(pk=page.pk)


def propose(draft: SurveyPage, editor: User) -> None:
    """Keep a draft, with the Dutch words that the page has already and its own French ones for what is new."""
    draft.save_revision(user=editor)
    dutch = SurveyPage.objects.get(translation_key=draft.translation_key, locale__language_code="nl")
    words = questions_in(definition_of(draft, dutch), "nl")
    translate(draft, user=editor, title="Een andere titel", introduction="", body=[], questions=words)


def answer(page: SurveyPage) -> None:
    first = SurveyPage.objects.get(pk=page.pk).questions.all()[0]
    respond(page, {str(first.key): Given({"marks": [first.options[0].id]})})


@pytest.fixture
def begun(live: SurveyPage, editor: User) -> SurveyPage:
    """A draft that changes everything while nobody has answered yet; then somebody does."""
    draft = live.get_latest_revision_as_object()
    first, second, _third = draft.questions.all()
    first.text, first.kind, first.is_required = "Laquelle ?", Kind.SEVERAL, False
    first.options = [first.options.get_prep_value()[1], choice("new", "Un autre")]
    second.has_other = False
    draft.questions = [SurveyQuestion(translation_key=key_of(9), **question(9, Kind.LONG_TEXT)), second, first]
    draft.access, draft.title = Access.SIGNED_IN, "Un autre titre"
    propose(draft, editor)
    answer(live)
    return SurveyPage.objects.get(pk=live.pk)


@pytest.fixture
def admin(signed_in: Any) -> Client:
    browser: Client = signed_in(UserFactory(is_superuser=True, is_staff=True))
    return browser


def test_the_desk_is_told_why_and_is_offered_no_approval(begun, signed_in, desk, editor):
    reviewer, state = signed_in(desk), submit(begun, editor)
    review = reverse("review", args=[state.pk])
    content = reviewer.get(review).content.decode()
    assert "Des personnes ont répondu à ces conditions" in content
    answer = reviewer.post(review, {"decision": "approve"}, follow=True).content.decode()
    assert "Des personnes ont répondu à ces conditions" in answer
    reviewer.post(reverse("wagtailadmin_pages:workflow_action", args=[begun.pk, "approve", state.pk]))
    assert SurveyPage.objects.get(pk=begun.pk).access == Access.ANYONE
    assert SurveyPage.objects.get(pk=begun.pk).title != "Un autre titre"


def test_a_draft_that_was_scheduled_before_the_first_answer_stays_behind_and_the_desk_reads_why(live, editor, desk):
    at = timezone.now() + timedelta(hours=1)
    draft = live.get_latest_revision_as_object()
    draft.is_quiz = True
    propose(draft, editor)
    publish_in_both_languages(page=live, user=desk, at=at)
    answer(live)
    assert publish_scheduled(now=at).failed == 1
    for code, words in (("fr", "ces conditions"), ("nl", "onder deze voorwaarden")):
        with override(code):
            assert words in reason_of(ScheduleTrouble.objects.get())
    assert not SurveyPage.objects.get(pk=live.pk).is_quiz


def test_the_editor_names_what_breaks_and_leads_to_the_way_out(begun, admin):
    content = admin.get(reverse("wagtailadmin_pages:edit", args=[begun.pk])).content.decode()
    address = reverse("participation_mend_draft", args=[begun.pk])
    assert address in content
    assert "Des personnes ont répondu à ces conditions" in admin.get(address).content.decode()


def test_putting_it_back_keeps_corrected_words_and_puts_new_questions_at_the_end(begun, admin):
    address = reverse("participation_mend_draft", args=[begun.pk])
    assert admin.post(address).status_code == 302
    page = SurveyPage.objects.get(pk=begun.pk)
    draft = page.get_latest_revision_as_object()
    assert draft.breaks() == []
    assert (draft.title, draft.access) == ("Un autre titre", Access.ANYONE)
    standing = list(page.questions.all())
    first, second, third, added = draft.questions.all()
    assert [each.key for each in (first, second, third)] == [each.key for each in standing]
    assert str(added.key) == key_of(9)
    assert (first.text, first.kind, first.is_required) == ("Laquelle ?", Kind.ONE, True)
    assert second.has_other
    ids = [option.id for option in standing[0].options]
    assert [option.id for option in first.options] == [ids[1], "new", ids[0], *ids[2:]]
    assert admin.get(address).status_code == 302, "there is nothing left to put back"


def test_who_cannot_edit_the_page_puts_nothing_back(begun, signed_in):
    stranger = signed_in(UserFactory(is_staff=True))
    assert stranger.post(reverse("participation_mend_draft", args=[begun.pk])).status_code in {302, 403}
    assert SurveyPage.objects.get(pk=begun.pk).get_latest_revision_as_object().breaks()
