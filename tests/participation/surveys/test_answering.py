"""One person, one answer: whole, once, counted, and apart from who gave it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participation.models import Ballot, Participation, Survey, SurveyPage, SurveyVersion, Tally, WrittenAnswer
from participation.surveys import errors
from participation.surveys.actions import (
    answer_of,
    change_answer,
    live_definition,
    participation_of,
    withdraw_answer,
)
from participation.surveys.answers import Given
from participation.surveys.counting import recount
from participation.surveys.kinds import Kind
from participation.surveys.respondents import Respondent
from participation.surveys.storing import Answer
from participation.surveys.terms import Access
from residents.models import Voter
from residents.voters import voter_of
from tests.factories import NeighbourhoodFactory, UserFactory, resident_of
from tests.participation.surveys.making import NOW, counted, fields_of, key_of, mark, question, readable_survey, respond
from tests.participation.surveys.random_surveys import answers_to, sound_definitions
from tests.residents.verifying.people import verify

pytestmark = pytest.mark.django_db


def nothing_is_kept() -> bool:
    models = (Ballot, Participation, WrittenAnswer, SurveyVersion, Tally)
    return not any(model.objects.exists() for model in models)


@pytest.fixture
def page(commune: None) -> SurveyPage:
    return readable_survey([question(1, is_required=True), question(2, Kind.LONG_TEXT)])


def test_an_answer_is_kept_with_its_words_and_counted_once(page):
    respond(page, {**mark(1, 2), key_of(2): Given({"written": True}, "Merci")}, language="nl", place=7)
    ballot = Ballot.objects.get()
    assert ballot.answers == {key_of(1): {"marks": ["c1-2"]}, key_of(2): {"written": True}}
    assert (ballot.language, ballot.place, ballot.seen) == ("nl", 7, [key_of(1), key_of(2)])
    assert ballot.version.definition == live_definition(page.survey_key)
    assert WrittenAnswer.objects.get().text == "Merci"
    assert counted(page) == {
        ("", "ballots"): 1,
        **{(key_of(number), cell): 1 for number in (1, 2) for cell in ("seen", "answered")},
        (key_of(1), "mark:c1-2"): 1,
        (key_of(2), "words"): 1,
    }


def test_a_neighbourhood_is_kept_only_where_the_survey_says_so(commune):
    respond(readable_survey(asks_neighbourhood=False), mark(1), place=7)
    assert Ballot.objects.get().place == 0


def test_the_words_of_both_languages_are_kept_with_the_answer(page):
    respond(page, mark(1))
    text = SurveyVersion.objects.get().definition.questions[0].text
    assert (text.fr, text.nl) == ("Question 1 ? (fr)", "Question 1 ? (nl)")


def test_answers_under_the_same_words_share_one_version_and_a_corrected_text_makes_another(page):
    respond(page, mark(1))
    respond(page, mark(1))
    asked = page.questions.first()
    asked.text = "Où habitez-vous ?"
    asked.save()
    respond(page, mark(1))
    texts = [version.definition.questions[0].text.fr for version in SurveyVersion.objects.all()]
    assert texts == ["Question 1 ? (fr)", "Où habitez-vous ?"]
    assert Ballot.objects.filter(version__in=SurveyVersion.objects.all()[:1]).count() == 2


def test_whoever_was_answering_while_a_text_was_corrected_keeps_the_words_that_they_saw(page):
    respond(page, mark(1))
    seen = live_definition(page.survey_key).digest
    page.questions.update(text="Autrement dit ?")
    ballot = respond(page, mark(1), version=seen)
    assert ballot.version.digest == seen


def test_a_second_answer_in_the_other_language_is_refused_and_nothing_of_it_is_kept(page):
    who = Respondent(browser="b")
    respond(page, mark(1), who=who)
    before = counted(page)
    with pytest.raises(errors.AlreadyAnsweredError):
        respond(page, {**mark(1, 1), key_of(2): Given({"written": True}, "x")}, who=who, language="nl")
    assert counted(page) == before
    assert (Ballot.objects.count(), WrittenAnswer.objects.count()) == (1, 0)


def test_an_answer_with_one_mistake_leaves_nothing_behind(page):
    with pytest.raises(ValidationError) as raised:
        respond(page, {key_of(2): Given({"written": True}, "x" * 5000)})
    assert set(raised.value.message_dict) == {f"q-{key_of(1)}", f"q-{key_of(2)}"}
    assert nothing_is_kept()


def test_an_answer_to_a_hidden_question_is_dropped_and_not_counted(commune):
    condition = {"question": key_of(1), "operator": "is", "values": ["c1-0"]}
    page = readable_survey([question(1), question(2, shows_when=condition, is_required=True)])
    respond(page, {**mark(1, 1), **mark(2)})
    assert Ballot.objects.get().seen == [key_of(1)]
    assert not any(key == key_of(2) for key, _cell in counted(page))


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"opens_at": NOW + timedelta(seconds=1)}, errors.NotOpenYetError),
        ({"closes_at": NOW}, errors.ClosedError),
        ({"live": False}, errors.NotPublishedError),
    ],
)
def test_nobody_answers_before_opening_after_closing_or_a_draft(commune, fields, refusal):
    page = readable_survey(**fields)
    with pytest.raises(refusal):
        respond(page, mark(1))
    assert nothing_is_kept()


def test_a_survey_is_open_from_its_first_to_its_last_moment(commune):
    page = readable_survey(opens_at=NOW, closes_at=NOW + timedelta(seconds=1))
    assert respond(page, mark(1))


def people() -> dict[str, Any]:
    here, there = NeighbourhoodFactory(), NeighbourhoodFactory()
    inside, outside, unverified = resident_of(here), resident_of(there), resident_of(here)
    for each in (inside, outside):
        verify(each, given_name=each.email)
    found = {"visitor": Respondent(browser="b"), "unverified": Respondent(unverified)}
    return {"here": here, **found, "outside": Respondent(outside), "inside": Respondent(inside)}


REFUSED = {
    Access.ANYONE: {"unverified", "outside", "inside"},  # without a cookie: nothing would count them once
    Access.SIGNED_IN: {"visitor"},
    Access.VERIFIED: {"visitor", "unverified"},
    Access.VERIFIED_THERE: {"visitor", "unverified", "outside"},
}


@pytest.mark.parametrize("access", Access)
def test_those_answer_whom_the_survey_is_for_and_no_others(commune, access):
    known = people()
    page = readable_survey(access=access, neighbourhoods=[known.pop("here")])
    refused = set()
    for name, who in known.items():
        try:
            respond(page, mark(1), who=who)
        except errors.RefusedError:
            refused.add(name)
    assert refused == REFUSED[access]
    assert counted(page)[("", "ballots")] == len(known) - len(refused)


def test_an_anonymous_answer_shares_nothing_with_who_answered(commune):
    page = readable_survey(access=Access.SIGNED_IN)
    user = UserFactory()
    respond(page, mark(1), who=Respondent(user))
    participation, ballot = Participation.objects.values().get(), Ballot.objects.values().get()
    assert participation["ballot_id"] is None
    shared = {str(value) for value in participation.values()} & {str(value) for value in ballot.values()}
    assert shared == {str(page.survey_key), "None"} - ({"None"} if ballot["batch_id"] else set())
    assert str(voter_of(user).key) not in str(participation)
    assert answer_of(survey_key=page.survey_key, respondent=Respondent(user)) is None


def test_whoever_looks_whether_they_answered_leaves_no_trace(commune):
    page = readable_survey(access=Access.SIGNED_IN)
    assert participation_of(survey_key=page.survey_key, respondent=Respondent(UserFactory())) is None
    assert not Voter.objects.exists()


def test_an_anonymous_answer_can_not_be_changed(page):
    who = Respondent(browser="b")
    respond(page, mark(1), who=who)
    with pytest.raises(errors.NotChangeableError):
        change_answer(survey_key=page.survey_key, respondent=who, answer=Answer(mark(1, 1), "fr"), now=NOW)


@pytest.fixture
def named(commune: None) -> SurveyPage:
    questions = [question(1), question(2, Kind.SHORT_TEXT)]
    return readable_survey(
        questions, access=Access.SIGNED_IN, is_open_about_who_answered=True, closes_at=NOW + timedelta(days=1)
    )


def test_an_answer_that_is_openly_ones_own_can_be_changed_until_closing_and_counts_as_changed(named):
    who = Respondent(UserFactory())
    respond(named, {**mark(1), key_of(2): Given({"written": True}, "avant")}, who=who)
    answer = Answer({**mark(1, 1), key_of(2): Given({"written": True}, "na")}, "nl")
    change_answer(survey_key=named.survey_key, respondent=who, answer=answer, now=NOW)
    found = counted(named)
    assert found[("", "ballots")] == found[(key_of(1), "mark:c1-1")] == 1
    assert (key_of(1), "mark:c1-0") not in found
    assert [text.text for text in WrittenAnswer.objects.all()] == ["na"]
    with pytest.raises(errors.ClosedError):
        change_answer(survey_key=named.survey_key, respondent=who, answer=answer, now=NOW + timedelta(days=1))


def test_a_change_with_a_mistake_leaves_the_answer_as_it_was(named):
    who = Respondent(UserFactory())
    respond(named, {**mark(1), key_of(2): Given({"written": True}, "avant")}, who=who)
    with pytest.raises(ValidationError):
        change_answer(survey_key=named.survey_key, respondent=who, answer=Answer(mark(1, 9), "fr"), now=NOW)
    assert counted(named)[(key_of(1), "mark:c1-0")] == 1
    assert answer_of(survey_key=named.survey_key, respondent=who).answers[key_of(1)] == {"marks": ["c1-0"]}
    assert WrittenAnswer.objects.get().text == "avant"


def test_an_answer_that_is_taken_back_leaves_the_counts_and_can_not_be_given_again(named):
    who = Respondent(UserFactory())
    respond(named, mark(1), who=who)
    withdraw_answer(participation_of(survey_key=named.survey_key, respondent=who))
    assert counted(named) == {}
    with pytest.raises(errors.AlreadyAnsweredError):
        respond(named, mark(1), who=who)


def test_deleting_the_pages_keeps_the_answers(page):
    respond(page, mark(1))
    SurveyPage.objects.filter(translation_key=page.translation_key).delete()
    assert counted(page)[("", "ballots")] == 1
    assert Ballot.objects.get().version.definition.questions[0].text.fr == "Question 1 ? (fr)"


def test_counting_anew_puts_a_wrong_count_right(page):
    respond(page, mark(1))
    Tally.objects.filter(cell="mark:c1-0").update(count=9)
    differences = recount(key=page.survey_key)
    assert list(differences.values()) == [(9, 1)]
    assert counted(page)[(key_of(1), "mark:c1-0")] == 1


def test_an_answer_of_twenty_questions_costs_few_queries_however_many_answered_before(
    commune, django_assert_max_num_queries
):
    page = readable_survey([question(number, Kind.SEVERAL) for number in range(20)])
    answers = {key: each for number in range(20) for key, each in mark(number).items()}
    for _number in range(3):
        with django_assert_max_num_queries(32):
            respond(page, answers)
    assert Survey.objects.get().answers == 3


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_what_is_stored_and_what_is_counted_agree_with_what_was_answered(commune, data):
    """For any survey and any answers; `counted` compares the tallies with the ballots."""
    drawn = data.draw(sound_definitions())
    page = readable_survey(fields_of(drawn))
    given_answers = [data.draw(answers_to(drawn)) for _number in range(data.draw(st.integers(0, 4)))]
    ballots = [
        respond(page, each, language=data.draw(st.sampled_from(["fr", "nl"])), place=data.draw(st.integers(0, 2)))
        for each in given_answers
    ]
    found = counted(page)
    for each, ballot in zip(given_answers, ballots, strict=True):
        ballot.refresh_from_db()
        assert ballot.answers == {key: dict(answer.value) for key, answer in each.items()}
    for key in drawn.by_key:
        told = [each[key] for each in given_answers if key in each]
        assert found.get((key, "answered"), 0) == sum(not each.is_no_opinion for each in told)
        assert found.get((key, "no_opinion"), 0) == sum(each.is_no_opinion for each in told)
    texts = sorted(answer.text for each in given_answers for answer in each.values() if answer.text)
    assert sorted(WrittenAnswer.objects.filter(survey=page.survey_key).values_list("text", flat=True)) == texts
