"""A survey goes the way of every text, with its questions in both languages."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from moderation.translations import prepare_translation
from participation.models import Survey, SurveyPage, SurveyQuestion
from participation.surveys.actions import live_definition
from participation.surveys.answers import Given
from participation.surveys.building import definition_of
from participation.surveys.copying import questions_in, renewed
from participation.surveys.definitions import QuestionDefinition
from participation.surveys.ready_made import ready_made
from residents.models import User
from tests.factories import submit, translate
from tests.participation.factories import live_consultation
from tests.participation.surveys.making import respond

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(editor, roads) -> SurveyPage:
    """A survey of seven questions in both languages that a department has proposed, below its consultation."""
    above = live_consultation(department=roads)
    questions = renewed(ready_made()["website"].definition)
    page = SurveyPage(locale=above.locale, title="Le site", slug="site", department=roads, owner=editor, live=False)
    page.questions = questions_in(questions, "fr")
    above.add_child(instance=page)
    page.save_revision(user=editor)
    translate(page, user=editor, title="De website", introduction="", body=[], questions=questions_in(questions, "nl"))
    return page


def test_the_translator_sees_each_question_and_each_choice(signed_in, proposed, desk):
    translation = prepare_translation(proposed, user=desk)
    address = reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])
    content = signed_in(desk).get(address).content.decode()
    for words in ("Avec quel appareil ?", "Un ordinateur", "Des textes courts et clairs", "Le site de demain"):
        assert words in content
    assert "Korte en heldere teksten" in content


def test_the_desk_publishes_the_questions_in_both_languages_together(signed_in, proposed, editor, desk):
    approve(signed_in(desk), proposed, editor)
    definition = live_definition(proposed.survey_key)
    assert definition
    first = definition.questions[0]
    assert first.text.nl == "Hoe vaak bezoekt u de website van de gemeente?"
    assert [option.words.nl for option in first.choices][-1] == "Nooit"
    assert definition.sections[2].title.nl == "Nog een laatste woord"
    assert all(question.text.fr and question.text.nl for question in definition.questions)


def test_a_corrected_text_of_an_answered_survey_goes_the_same_way_and_the_answers_stay(
    signed_in, proposed, editor, desk
):
    reviewer = signed_in(desk)
    approve(reviewer, proposed, editor)
    page = SurveyPage.objects.get(pk=proposed.pk)
    before = asked(page)
    respond(page, {each.key: Given({"marks": [each.choices[0].id]}) for each in before if each.is_required})
    draft = page.get_latest_revision_as_object()
    questions = list(draft.questions.all())
    questions[0].text = "À quelle fréquence consultez-vous le site ?"
    draft.questions = questions
    draft.save_revision(user=editor)
    translate(page, user=editor, title="De website", introduction="", body=[], questions=dutch_of(draft))
    assert asked(page)[0].text.fr == before[0].text.fr
    approve(reviewer, page, editor)
    assert asked(page)[0].text.fr == "À quelle fréquence consultez-vous le site ?"
    assert [each.key for each in asked(page)] == [each.key for each in before]
    assert Survey.objects.get(pk=page.survey_key).answers == 1


def approve(reviewer: Client, page: SurveyPage, editor: User) -> None:
    address = reverse("review", args=[submit(page, editor).pk])
    assert reviewer.get(address).status_code == 200
    assert reviewer.post(address, {"decision": "approve"}).status_code == 302


def asked(page: SurveyPage) -> tuple[QuestionDefinition, ...]:
    definition = live_definition(page.survey_key)
    assert definition
    return definition.questions


def dutch_of(draft: SurveyPage) -> list[SurveyQuestion]:
    """The words that the Dutch page has already, for the questions as the draft has them."""
    dutch = SurveyPage.objects.get(translation_key=draft.translation_key, locale__language_code="nl")
    return questions_in(definition_of(draft, dutch), "nl")
