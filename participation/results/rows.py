"""Results as rows of a table, one for each cell that a page could show: files of every kind are written from these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from home.models import Neighbourhood
from participation.results.words import Columns, both, row_words
from participation.surveys.definitions import QuestionDefinition, SurveyDefinition, Words
from participation.surveys.disclosure import SMALLEST
from participation.surveys.results import SurveyResults, TableResult


@dataclass(frozen=True)
class Row:
    """One cell. `count` and `share` are None where the cell is hidden; `share` is of those who answered, in percent.

    `line` is the line of a matrix, `cell` the code of the answer, `column` that of the group; each with its words.
    """

    question: int
    key: str
    kind: str
    question_fr: str
    question_nl: str
    line: str
    line_fr: str
    line_nl: str
    cell: str
    answer_fr: str
    answer_nl: str
    column: str
    column_fr: str
    column_nl: str
    seen: int
    answered: int
    count: int | None
    share: float | None
    mean: float | None
    median: float | None


NAMES = tuple(Row.__dataclass_fields__)


def rows_of(results: SurveyResults) -> Iterator[Row]:
    """Yield every cell that is shown, or hidden, in the order of the page; what is withheld has no row at all."""
    names = Columns(Neighbourhood.objects.drawn())
    for number, result in enumerate(results.questions, 1):
        for table in result.tables:
            yield from _rows(number, result.question, table, names)


def _rows(number: int, question: QuestionDefinition, table: TableResult, names: Columns) -> Iterator[Row]:
    lines = {row.id: row.words for row in question.rows}
    line = lines.get(table.part, Words())
    for group, column in table.columns.items():
        called = both(names.words, group)
        for cell, count in column.cells.items():
            words = both(row_words, question, cell, names)
            yield Row(
                question=number,
                key=question.key,
                kind=question.kind.value,
                question_fr=question.text.in_language("fr"),
                question_nl=question.text.in_language("nl"),
                line=table.part,
                line_fr=line.in_language("fr"),
                line_nl=line.in_language("nl"),
                cell=cell,
                answer_fr=words["fr"],
                answer_nl=words["nl"],
                column=group,
                column_fr=called["fr"],
                column_nl=called["nl"],
                seen=column.seen,
                answered=column.answered,
                count=count.count,
                share=count.share,
                mean=column.mean,
                median=column.median,
            )


def codebook(definition: SurveyDefinition) -> dict[str, Any]:
    """Return what was asked, in both languages, and what the codes stand for. Nothing of how the portal keeps it."""
    return {
        "title": definition.title.to_json(),
        "terms": {name: value for name, value in asdict(definition.terms).items() if name != "neighbourhoods"},
        "smallest_group": SMALLEST,
        "questions": [_described(number, each) for number, each in enumerate(definition.questions, 1)],
    }


def _described(number: int, question: QuestionDefinition) -> dict[str, Any]:
    options = [
        {"id": option.id, "words": option.words.to_json(), "no_longer_offered": option.is_retired}
        for option in question.options
    ]
    return {
        "number": number,
        "key": question.key,
        "kind": question.kind.value,
        "text": question.text.to_json(),
        "help": question.help_text.to_json(),
        "required": question.is_required,
        "no_longer_asked": question.is_retired,
        "unit": question.unit.to_json(),
        "points": question.scale_points if (question.low_words or question.rows or question.kind == "scale") else None,
        "first_point": question.low_words.to_json(),
        "last_point": question.high_words.to_json(),
        "options": options,
        "shows_when": question.shows_when.to_json() if question.shows_when else None,
    }
