"""A running survey can't be broken: what may be edited once somebody has answered, and what is refused and how."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.models import SurveyPage
from participation.surveys.changes import frozen_fields, refusals
from participation.surveys.definitions import (
    Condition,
    Operator,
    OptionDefinition,
    QuestionDefinition,
    Section,
    SurveyDefinition,
    Terms,
    Words,
)
from participation.surveys.kinds import Kind
from participation.surveys.respondents import Respondent
from participation.surveys.terms import Access
from residents.models import Residency
from tests.factories import NeighbourhoodFactory, UserFactory
from tests.participation.surveys.making import key_of, mark, question, readable_survey, respond
from tests.participation.surveys.random_surveys import definitions, options
from tests.residents.verifying.people import verify

TEXT = Words("Où ?", "Waar?")
FIRST = QuestionDefinition("a", Kind.ONE, TEXT, choices=options("c", 3))
SECOND = QuestionDefinition("b", Kind.SCALE, TEXT, shows_when=Condition("a", Operator.IS, ("c0",)))
KEPT = SurveyDefinition(Words("Enquête"), (FIRST, SECOND), (Section(("a", "b")),))
ADDED = QuestionDefinition("z", Kind.LONG_TEXT, TEXT)


def changed(*questions: QuestionDefinition, **fields: Any) -> SurveyDefinition:
    keys = tuple(question.key for question in questions)
    return replace(KEPT, questions=questions, **{"sections": (Section(keys),), **fields})


@pytest.mark.parametrize(
    "new",
    [
        changed(replace(FIRST, text=Words("Où donc ?", "Waar dan?"), help_text=TEXT, is_shuffled=True), SECOND),
        changed(FIRST, SECOND, ADDED),
        changed(FIRST, SECOND, replace(ADDED, shows_when=Condition("a", Operator.IS, ("c1",)))),
        changed(FIRST, replace(SECOND, is_retired=True)),
        changed(
            replace(
                FIRST, choices=(*options("c", 3), OptionDefinition("new", TEXT)), has_other=True, has_no_opinion=True
            ),
            SECOND,
        ),
        changed(replace(FIRST, choices=(*options("c", 2), OptionDefinition("c2", TEXT, is_retired=True))), SECOND),
    ],
)
def test_texts_may_be_corrected_and_questions_and_choices_added_or_retired(new):
    assert refusals(KEPT, new) == []


@pytest.mark.parametrize(
    ("new", "question", "field"),
    [
        (changed(replace(FIRST, kind=Kind.SEVERAL), SECOND), "a", "kind"),
        (changed(replace(FIRST, is_required=True), SECOND), "a", "is_required"),
        (changed(replace(FIRST, choices=options("c", 2)), SECOND), "a", "options"),
        (changed(FIRST, replace(SECOND, scale_points=7)), "b", "scale_points"),
        (changed(FIRST, replace(SECOND, shows_when=None)), "b", "shows_when"),
        (changed(FIRST, replace(SECOND, shows_when=Condition("a", Operator.IS, ("c1",)))), "b", "shows_when"),
        (
            changed(
                FIRST, SECOND, sections=(Section(("a",)), Section(("b",), TEXT, Condition("a", Operator.ANSWERED)))
            ),
            "b",
            "shows_when",
        ),
        (changed(SECOND), "a", "questions"),
        (changed(SECOND, FIRST), "", "questions"),
        (changed(FIRST, ADDED, SECOND), "", "questions"),
        (changed(FIRST, SECOND, terms=Terms(is_open_about_who_answered=True)), "", "is_open_about_who_answered"),
        (changed(FIRST, SECOND, terms=Terms(results_when="never")), "", "results_when"),
        (changed(FIRST, SECOND, is_quiz=True), "", "is_quiz"),
        (
            changed(FIRST, SECOND, terms=Terms(access="verified_there", neighbourhoods=(1,))),
            "",
            "neighbourhoods",
        ),
    ],
)
def test_what_would_give_answers_another_meaning_is_refused_at_its_field(new, question, field):
    found = refusals(KEPT, new)
    assert (question, field) in {(each.question, each.field) for each in found}
    assert all(each.message for each in found)


@pytest.mark.parametrize("switch", ["has_other", "has_no_opinion"])
def test_what_people_could_choose_beside_the_choices_may_be_offered_later_and_never_taken_away(switch):
    offered = changed(replace(FIRST, **{switch: True}), SECOND)
    assert refusals(KEPT, offered) == []
    assert [(each.question, each.field) for each in refusals(offered, KEPT)] == [("a", switch)]


def test_in_a_quiz_nothing_becomes_right_or_wrong_and_no_right_choice_comes():
    kept, right = replace(KEPT, is_quiz=True), OptionDefinition("new", TEXT, is_right=True)
    changes = [(*options("c", 3), right), (replace(options("c", 3)[0], is_right=True), *options("c", 3)[1:])]
    for choices in changes:
        found = refusals(kept, changed(replace(FIRST, choices=choices), SECOND, is_quiz=True))
        assert [(each.question, each.field) for each in found] == [("a", "options")]


@settings(deadline=None)
@given(st.data())
def test_nothing_that_is_refused_nothing_is_the_same_survey_with_more(data):
    """Any survey against itself, with a question at its end, is let through; without its first question never."""
    definition = data.draw(definitions())
    assert refusals(definition, definition) == []
    last = Section(
        (*definition.sections[-1].keys, "z"), definition.sections[-1].title, definition.sections[-1].shows_when
    )
    more = replace(definition, questions=(*definition.questions, ADDED), sections=(*definition.sections[:-1], last))
    assert refusals(definition, more) == []
    assert refusals(more, definition)


@pytest.fixture
def answered(commune: None) -> SurveyPage:
    page = readable_survey([question(1), question(2)])
    respond(page, mark(1))
    return SurveyPage.objects.get(pk=page.pk)


def test_before_the_first_answer_nothing_is_frozen(commune):
    assert not frozen_fields(readable_survey()).questions


def test_after_the_first_answer_the_form_is_told_what_is_frozen(answered):
    frozen = frozen_fields(answered)
    assert frozen.questions == {key_of(1), key_of(2)}
    assert {"access", "is_quiz"} <= frozen.page
    assert "c1-0" in frozen.options
    assert {"kind", "shows_when"} <= frozen.fields
    assert "text" not in frozen.fields


def test_publishing_a_broken_version_is_refused_whichever_way_it_came(answered):
    questions = list(answered.questions.all())
    questions[0].kind = Kind.SEVERAL
    answered.questions = questions
    revision = answered.save_revision(clean=False)
    with pytest.raises(ValidationError):
        revision.publish()
    assert SurveyPage.objects.get(pk=answered.pk).questions.first().kind == Kind.ONE


def test_who_may_answer_there_is_fixed_by_the_first_answer_and_whom_a_survey_is_about_is_not(commune):
    here, other = NeighbourhoodFactory.create_batch(2)
    resident = Residency.objects.create(user=UserFactory(), neighbourhood=here).user
    verify(resident)
    there = readable_survey(access=Access.VERIFIED_THERE, neighbourhoods=[here])
    respond(there, mark(1), who=Respondent(resident), now=timezone.now())
    everywhere = readable_survey()
    respond(everywhere, mark(1))
    assert "neighbourhoods" in frozen_fields(there).page
    assert "neighbourhoods" not in frozen_fields(everywhere).page
    for page, is_refused in ((there, True), (everywhere, False)):
        page.neighbourhoods = [other]
        assert bool(page.breaks()) == is_refused


def test_when_a_survey_opens_is_fixed_by_the_first_answer_and_when_it_closes_is_not(answered):
    answered.closes_at = timezone.now()
    assert answered.breaks() == []
    answered.opens_at = timezone.now() + timedelta(days=3)
    assert len(answered.breaks()) == 1
    with pytest.raises(ValidationError):
        answered.save_revision()


def test_publishing_a_corrected_text_goes_through(answered):
    questions = list(answered.questions.all())
    questions[0].text = "Autrement ?"
    answered.questions = questions
    answered.save_revision().publish()
    assert SurveyPage.objects.get(pk=answered.pk).questions.first().text == "Autrement ?"


@pytest.mark.parametrize(
    "questions",
    [
        [],
        [question(1, choices=1)],
        [question(1, Kind.MATRIX, choices=0)],
        [question(1), question(2, shows_when={"question": key_of(1), "operator": "is", "values": ["c1-9"]})],
        [question(1, Kind.SEVERAL, least=4)],
        [question(1, Kind.PICTURE, choices=2)],
    ],
)
def test_a_survey_that_nobody_could_answer_is_not_published(commune, questions):
    page = readable_survey()
    page.questions = [type(page.questions.first())(**each) for each in questions]
    with pytest.raises(ValidationError):
        page.save()
