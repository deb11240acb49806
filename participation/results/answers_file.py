"""The answers one by one, for staff, of surveys that said openly that they are not anonymous.

Of any other survey there is no such file: a neighbourhood, a language and ten answers are enough to know a neighbour
again. The columns are those of a spreadsheet of paper answers (`paper.codes`), so that what leaves can come in again.
No file says whose an answer is.

Two queries, however many answers, read side by side in the order of the ballots' random keys; no object is made for a row.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from home.models import Neighbourhood
from participation.models import Survey, WrittenAnswer
from participation.paper.codes import Box, boxes_of, cell_reader
from participation.paper.sheets import column_names
from participation.surveys.answers import field_of
from participation.surveys.definitions import SurveyDefinition
from participation.surveys.kinds import OTHER

AT_ONCE = 2000
Texts = dict[str, str]


def answer_rows(survey: Survey, definition: SurveyDefinition) -> Iterator[list[str]]:
    """Yield the names of the columns, then a row for each answer, in an order that tells nothing."""
    yield column_names(definition)
    codes = dict(Neighbourhood.objects.values_list("pk", "code"))
    columns = [_column(box, codes) for box in boxes_of(definition)]
    for language, place, answers, texts in _ballots(survey):
        row = [language, codes.get(place, "")]
        for key, field, read in columns:
            value = answers.get(key)
            if value is None:
                row.append("")
            else:
                row.append(texts.get(field, "") if read is None else read(value))
        yield row


def _column(box: Box, codes: dict[int, str]) -> tuple[str, str, Any]:
    """Return the question, where its words are, and what reads the cell; a neighbourhood is told by its code."""
    words = field_of(box.question.key, OTHER if box.part == OTHER else "")
    if box.part == "near":
        return box.question.key, words, lambda value: codes.get(value.get("area"), "")
    return box.question.key, words, cell_reader(box)


def _ballots(survey: Survey) -> Iterator[tuple[str, int, dict[str, Any], Texts]]:
    """Yield each ballot with its own words."""
    ballots = survey.ballots.order_by("pk").values_list("pk", "language", "place", "answers")
    texts = WrittenAnswer.objects.filter(ballot__survey=survey).order_by("ballot_id")
    found = iter(texts.values_list("ballot_id", "question", "part", "text").iterator(chunk_size=AT_ONCE))
    waiting: tuple[UUID, str, str, str] | None = None
    is_over = False
    for key, language, place, answers in ballots.iterator(chunk_size=AT_ONCE):
        own: Texts = {}
        while not is_over and (waiting is None or waiting[0] <= key):
            if waiting is not None and waiting[0] == key:
                own[field_of(waiting[1], waiting[2])] = waiting[3]
            waiting = next(found, None)
            is_over = waiting is None
        yield language, place, answers, own


def answer_lines(survey: Survey, definition: SurveyDefinition) -> Iterator[str]:
    """Yield the same as JSON, one answer a line, empty boxes left out."""
    rows = answer_rows(survey, definition)
    names = next(rows)
    lines: list[str] = []
    for row in rows:
        filled = {name: text for name, text in zip(names, row, strict=True) if text}
        lines.append(json.dumps(filled, ensure_ascii=False) + "\n")
        if len(lines) == AT_ONCE:
            yield "".join(lines)
            lines.clear()
    yield "".join(lines)
