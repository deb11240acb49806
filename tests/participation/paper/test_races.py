"""Two clicks, two clerks, two imports at the same moment, with real threads."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection

from participation.models import Ballot, PaperBatch, WrittenAnswer
from participation.paper.sheets import import_rows
from participation.surveys.actions import live_definition
from participation.surveys.answers import Given
from participation.surveys.errors import BatchUndoneError
from participation.surveys.kinds import Kind
from participation.surveys.paper import begin_batch, correct_paper_answer, enter_paper_answer, undo_batch
from participation.surveys.storing import Answer
from tests.conftest import set_up_commune
from tests.moderation.test_races import at_once
from tests.participation.surveys.making import NOW, counted, key_of, mark, question, readable_survey

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="rows are locked on PostgreSQL only"),
]


def test_a_sheet_that_is_sent_twenty_times_at_once_counts_once():
    """Held by the look for its ballot under the survey's lock."""
    set_up_commune()
    page = readable_survey([question(1), question(2, Kind.LONG_TEXT)])
    batch, identity = begin_batch(survey_key=page.survey_key, by=None, now=NOW), uuid.uuid4()
    answer = Answer({**mark(1), key_of(2): Given({"written": True}, "Plus de bancs.")}, "fr")

    def send() -> None:
        enter_paper_answer(batch=batch, answer=answer, now=NOW, identity=identity)

    assert at_once([send] * 20) == []
    assert counted(page)["", "ballots"] == Ballot.objects.count() == WrittenAnswer.objects.count() == 1


def test_a_file_that_is_imported_ten_times_at_once_counts_once():
    """Held by the constraint on the file's fingerprint."""
    set_up_commune()
    page = readable_survey([question(1)])
    definition = live_definition(page.survey_key)
    rows = [{"language": "fr", "1": str(1 + number % 3)} for number in range(5)]

    def take_in() -> None:
        import_rows(rows, survey_key=page.survey_key, definition=definition, by=None, now=NOW)

    raised = at_once([take_in] * 10)
    assert [type(error) for error in raised] == [IntegrityError] * 9
    assert counted(page)["", "ballots"] == 5
    assert PaperBatch.objects.count() == 1


def test_corrections_of_one_sheet_at_once_leave_one_answer():
    set_up_commune()
    page = readable_survey([question(1)])
    batch = begin_batch(survey_key=page.survey_key, by=None, now=NOW)
    before = Answer(mark(1), "fr")
    ballot = enter_paper_answer(batch=batch, answer=before, now=NOW)

    def correct(number: int) -> object:
        mine = Ballot.objects.get(pk=ballot.pk)
        return lambda: correct_paper_answer(
            ballot=mine, before=before, answer=Answer(mark(1, number % 3), "fr"), now=NOW
        )

    assert at_once([correct(number) for number in range(9)]) == []
    found = counted(page)
    assert found["", "ballots"] == 1
    assert sum(count for (key, cell), count in found.items() if cell.startswith("mark:")) == 1


@pytest.mark.parametrize("attempt", range(3))
def test_a_batch_that_is_undone_while_sheets_are_typed_leaves_none_of_them(attempt):
    """Red without the lock on the survey: a sheet then lands in a batch that is undone, and counts for ever."""
    set_up_commune()
    page = readable_survey([question(1), question(2, Kind.LONG_TEXT)])
    batch = begin_batch(survey_key=page.survey_key, by=None, now=NOW)
    answer = Answer({**mark(1), key_of(2): Given({"written": True}, "Plus de bancs.")}, "fr")
    jobs: list[Any] = [lambda: enter_paper_answer(batch=batch, answer=answer, now=NOW)] * 20
    jobs.insert(8, lambda: undo_batch(batch=PaperBatch.objects.get(pk=batch.pk), now=NOW))
    raised = at_once(jobs)
    assert {type(error) for error in raised} <= {BatchUndoneError}
    assert Ballot.objects.count() == WrittenAnswer.objects.count() == 0
    assert counted(page) == {}


def test_batches_that_are_begun_at_once_have_each_a_number_of_its_own():
    """Held by the constraint on numbers; red without the lock on the survey, since all but one are then refused."""
    set_up_commune()
    page = readable_survey([question(1)])
    assert at_once([lambda: begin_batch(survey_key=page.survey_key, by=None, now=NOW)] * 12) == []
    assert sorted(PaperBatch.objects.values_list("number", flat=True)) == list(range(1, 13))
