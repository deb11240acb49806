"""The answers one by one, for staff, of surveys that said openly that they are not anonymous.

Of any other survey there is no such file: a neighbourhood, a language and ten answers are enough to know a neighbour
again. The columns are those of a spreadsheet of paper answers (`paper.codes`), so that what leaves can come in again.
No file says whose an answer is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from home.models import Neighbourhood
from participation.models import Ballot, Survey
from participation.paper.codes import boxes_of, cells_of
from participation.paper.sheets import LANGUAGE, NEIGHBOURHOOD, column_names
from participation.surveys.answers import field_of
from participation.surveys.definitions import SurveyDefinition

AT_ONCE = 500


def answer_rows(survey: Survey, definition: SurveyDefinition) -> Iterator[list[str]]:
    """Yield the names of the columns, then a row for each answer, in an order that tells nothing."""
    names = column_names(definition)
    yield names
    for cells in answer_cells(survey, definition):
        yield [cells.get(name, "") for name in names]


def answer_cells(survey: Survey, definition: SurveyDefinition) -> Iterator[dict[str, str]]:
    boxes = boxes_of(definition)
    codes = dict(Neighbourhood.objects.values_list("pk", "code"))
    for ballot in _ballots(survey.ballots.all()):
        about = {LANGUAGE: ballot.language, NEIGHBOURHOOD: codes.get(ballot.place, "")}
        texts = {field_of(text.question, text.part): text.text for text in ballot.texts.all()}
        yield {**about, **cells_of(boxes, ballot.answers, texts)}


def _ballots(ballots: QuerySet[Ballot]) -> Iterable[Ballot]:
    needed = ballots.only("language", "place", "answers").order_by("pk")
    return needed.prefetch_related("texts").iterator(chunk_size=AT_ONCE)


def answer_lines(survey: Survey, definition: SurveyDefinition) -> Iterator[str]:
    """Yield the same as JSON, one answer a line, empty boxes left out."""
    for cells in answer_cells(survey, definition):
        filled: dict[str, Any] = {name: text for name, text in cells.items() if text}
        yield json.dumps(filled, ensure_ascii=False) + "\n"
