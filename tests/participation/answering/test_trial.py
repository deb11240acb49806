"""Who builds a survey fills it in to try it: by the pages of readers, and nothing is kept or counted."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from participation.models import Ballot, Draft, Participation, Survey, SurveyPage, SurveyQuestion
from participation.surveys.kinds import Kind
from tests.factories import UserFactory
from tests.participation.surveys.making import key_of, question, readable_survey
from tests.reading import seen, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(commune: None) -> SurveyPage:
    """A live survey of one question, and a draft of three in two steps, of which one depends on the first."""
    page = SurveyPage.objects.get(pk=readable_survey([question(1, Kind.YES_NO)]).pk)
    condition = {"question": key_of(1), "operator": "is", "values": ["yes"]}
    first = page.questions.all()[0]
    first.is_required = True
    more = [
        SurveyQuestion(sort_order=1, **question(2, Kind.SHORT_TEXT, starts_section="Vous", shows_when=condition)),
        SurveyQuestion(sort_order=2, **question(3, Kind.NUMBER)),
    ]
    page.questions = [first, *more]
    page.save_revision()
    return page


@pytest.fixture
def builder(signed_in: Any) -> Any:
    return signed_in(UserFactory(is_superuser=True, is_staff=True))


def address(page: SurveyPage) -> str:
    return reverse("participation_try_survey", args=[page.pk])


def test_a_draft_is_filled_in_step_by_step_and_nothing_is_kept(draft, builder):
    first = seen(builder.get(address(draft)))
    assert "rien n’est gardé ni compté" in words(first)
    assert first.select_one("form.survey__questions")["action"] == address(draft)
    second = seen(builder.post(address(draft), {"step": 1, "do": "next", f"q-{key_of(1)}": "yes"}))
    assert "Question 2" in words(second)
    assert [each.get_text() for each in second.select("main h2, main h3")].count("Vous") == 1
    done = builder.post(address(draft), {"step": 2, "do": "send", f"q-{key_of(2)}": "Bien", f"q-{key_of(3)}": "4"})
    assert words(seen(done)).count("répondue") == 3
    assert not Survey.objects.filter(answers__gt=0).exists()
    for model in (Ballot, Draft, Participation):
        assert not model.objects.exists()
    assert f"survey-trial-{draft.pk}" not in builder.session


def test_what_a_reader_would_be_told_the_builder_is_told_and_what_was_typed_stays(draft, builder):
    missing = seen(builder.post(address(draft), {"step": 1, "do": "next"}))
    assert missing.select(".error-summary")
    builder.post(address(draft), {"step": 1, "do": "next", f"q-{key_of(1)}": "yes"})
    wrong = seen(
        builder.post(address(draft), {"step": 2, "do": "send", f"q-{key_of(2)}": "Bien", f"q-{key_of(3)}": "x"})
    )
    assert wrong.select(".error-summary")
    assert wrong.select_one(f'[name="q-{key_of(2)}"]')["value"] == "Bien"


def test_a_question_whose_condition_is_not_met_is_told_at_the_end(draft, builder):
    builder.post(address(draft), {"step": 1, "do": "next", f"q-{key_of(1)}": "no"})
    done = builder.post(address(draft), {"step": 2, "do": "send"})
    assert "sa condition n’est pas remplie" in words(seen(done))


def test_each_trial_begins_empty(draft, builder):
    builder.post(address(draft), {"step": 1, "do": "next", f"q-{key_of(1)}": "yes"})
    assert not seen(builder.get(address(draft))).select("[checked]")


@pytest.mark.parametrize("data", [{"step": "x"}, {"step": 99}, {"do": "forget"}, {"seen": "x,y"}, {"q-x": "\x00"}])
def test_no_post_breaks_a_trial(draft, builder, data):
    assert builder.post(address(draft), data).status_code == 200


def test_a_stranger_tries_nothing(draft, signed_in):
    assert signed_in(UserFactory()).get(address(draft)).status_code in {302, 403}
