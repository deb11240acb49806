"""Many answers at the same moment, with real threads; SQLite writes one after the other by itself."""

from __future__ import annotations

import threading
import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from participation.models import Ballot, Participation, Survey, SurveyPage, Tally
from participation.surveys import errors
from participation.surveys.actions import live_definition
from participation.surveys.changes import refusals
from participation.surveys.kinds import Kind
from participation.surveys.paper import begin_batch, enter_paper_answer, undo_batch
from participation.surveys.respondents import Respondent
from participation.surveys.storing import Answer
from participation.surveys.terms import Access
from tests.conftest import set_up_commune
from tests.factories import UserFactory
from tests.moderation.test_races import at_once
from tests.participation.surveys.making import NOW, counted, key_of, mark, question, readable_survey, respond

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="rows are locked on PostgreSQL only"),
]


def answers_at_once(page: Any, respondents: list[Respondent]) -> list[BaseException]:
    """All press at once, in turn in French and in Dutch; no more of them at work than a server has connections."""
    room = threading.Semaphore(40)

    def press(number: int, who: Respondent) -> Any:
        def job() -> None:
            with room:
                respond(page, mark(1, number % 3), who=who, language=("fr", "nl")[number % 2], place=number % 4)
                connection.close()

        return job

    return at_once([press(number, who) for number, who in enumerate(respondents)])


@pytest.mark.parametrize("access", [Access.ANYONE, Access.SIGNED_IN])
def test_forty_answers_by_one_person_at_once_in_both_languages_are_one(access):
    """Red without the constraint on participations: all forty are then kept."""
    set_up_commune()
    page = readable_survey([question(1)], access=access)
    who = Respondent(browser="b") if access == Access.ANYONE else Respondent(UserFactory())
    raised = answers_at_once(page, [who] * 40)
    assert [type(error) for error in raised] == [errors.AlreadyAnsweredError] * 39
    assert Ballot.objects.count() == Participation.objects.count() == 1
    assert counted(page)[("", "ballots")] == counted(page)[(key_of(1), "answered")] == 1


def test_two_hundred_people_at_once_are_two_hundred_answers_and_the_tallies_agree():
    """Red without the lock on the survey: the first answers to a choice then make its row twice, and some are refused."""
    set_up_commune()
    page = readable_survey([question(1), question(2)])
    raised = answers_at_once(page, [Respondent(browser=str(uuid.uuid4())) for _number in range(200)])
    assert raised == []
    found = counted(page)
    assert found[("", "ballots")] == found[(key_of(1), "answered")] == Survey.objects.get().answers == 200
    assert sum(found[(key_of(1), f"mark:c1-{each}")] for each in range(3)) == 200
    cells = Tally.objects.values_list("place", "language", "is_paper", "question", "cell")
    assert len(cells) == len(set(cells))


@pytest.mark.parametrize("attempt", range(6))
def test_a_first_answer_and_another_kind_published_at_once_never_leave_an_answer_to_what_was_never_asked(attempt):
    """Either the answer waits and is refused by what is asked now, or the change is. Red without the lock in `save`."""
    set_up_commune()
    page = SurveyPage.objects.get(pk=readable_survey([question(1)]).pk)
    questions = list(page.questions.all())
    questions[0].kind = Kind.RANKING
    page.questions = questions
    who = Respondent(browser="b")
    raised = at_once([page.save, lambda: respond(page, mark(1), who=who)])
    assert [type(error) for error in raised] == [ValidationError]
    kept = page.kept_definition()
    assert kept is None or refusals(kept, live_definition(page.survey_key)) == []


def test_two_batches_begun_at_once_have_two_numbers_and_one_is_undone_once():
    set_up_commune()
    page = readable_survey([question(1)])
    clerk = UserFactory()
    jobs = [lambda: begin_batch(survey_key=page.survey_key, by=clerk, now=NOW)] * 8
    assert at_once(jobs) == []
    survey = Survey.objects.get()
    assert sorted(survey.batches.values_list("number", flat=True)) == list(range(1, 9))
    batch = survey.batches.first()
    for _number in range(5):
        enter_paper_answer(batch=batch, answer=Answer(mark(1), "fr"), now=NOW)
    removed: list[int] = []
    assert at_once([lambda: removed.append(undo_batch(batch=batch, now=NOW))] * 4) == []
    assert sorted(removed) == [0, 0, 0, 5]
    assert counted(page) == {}
