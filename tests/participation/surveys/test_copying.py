"""Ready-made surveys, and questions that are taken over under keys of their own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from participation.models import SurveyPage
from participation.surveys.building import definition_from
from participation.surveys.conditions import conditions_of
from participation.surveys.copying import questions_in, renewed
from participation.surveys.definitions import TEXTS, Condition, Operator, SurveyDefinition
from participation.surveys.ready_made import ready_made
from participation.surveys.soundness import problems
from tests.participation.surveys.random_surveys import definitions

SURVEYS = ready_made()
each_survey = pytest.mark.parametrize("survey", SURVEYS.values(), ids=SURVEYS)


def pages_of(definition: SurveyDefinition) -> SurveyDefinition:
    """Return the definition that the forms of two pages make, one in each language."""
    sheets = {
        code: (SurveyPage(title=definition.title.in_language(code)), questions_in(definition, code))
        for code in ("fr", "nl")
    }
    return definition_from(sheets)


def test_the_two_surveys_of_fleurus_and_the_three_of_knokke_heist_are_there():
    assert list(SURVEYS) == ["website", "magazine", "vaccination_transport", "hall_name", "first_experiences"]


@each_survey
def test_a_ready_made_survey_says_everything_in_both_languages_within_what_a_page_takes(survey):
    definition = survey.definition
    texts = [definition.title, survey.introduction, survey.thanks]
    for question in definition.questions:
        texts += [text for name in TEXTS if (text := getattr(question, name))]
        texts += [option.words for option in (*question.choices, *question.rows)]
        assert all(len(word) <= 300 for word in (question.text.fr, question.text.nl))
    texts += [section.title for section in definition.sections if section.title]
    assert all(text.fr and text.nl for text in texts)
    assert all(len(word) <= 300 for word in (survey.introduction.fr, survey.introduction.nl))


@each_survey
def test_a_ready_made_survey_can_be_published_as_it_is(survey):
    assert list(problems(renewed(survey.definition))) == []


@each_survey
def test_the_pages_made_of_a_ready_made_survey_ask_just_what_it_asks(survey):
    copy = renewed(survey.definition)
    made = pages_of(copy)
    assert made.questions == copy.questions
    assert [section.keys for section in made.sections] == [section.keys for section in copy.sections]
    assert [section.shows_when for section in made.sections] == [section.shows_when for section in copy.sections]


@given(definitions())
def test_a_copy_shares_no_key_with_what_it_was_copied_from_and_its_conditions_stay_within_it(definition):
    copy = renewed(definition)
    assert len(copy.questions) == len(definition.asked)
    assert not set(copy.by_key) & set(definition.by_key)
    for question in copy.questions:
        assert all(condition.question in copy.by_key for condition in conditions_of(copy, question))
    assert [question.text for question in copy.questions] == [question.text for question in definition.asked]


def test_a_condition_follows_its_question_and_its_choices_and_goes_where_they_stay_behind():
    website = SURVEYS["website"].definition
    copy = renewed(website)
    first, device = copy.questions[0], copy.questions[1]
    never = next(option for option in first.choices if option.words.fr == "Jamais")
    assert device.shows_when == Condition(first.key, Operator.IS_NOT, (never.id,))
    retired = replace(website.questions[0], is_retired=True)
    left = renewed(replace(website, questions=(retired, *website.questions[1:])))
    assert left.questions[0].shows_when is None
