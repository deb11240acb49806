"""The files of results: CSV, XLSX and JSON, with the same cells as the page, hidden where the page hides them.

Nothing is gathered in memory: rows and texts are written as they come.
"""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, astuple
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.text import slugify
from openpyxl import Workbook

from home.spreadsheets import harmless
from participation.models import Survey, SurveyPage, WrittenAnswer
from participation.results.rows import NAMES, codebook, rows_of
from participation.results.texts import readable_texts
from participation.surveys.results import SurveyResults

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_ONCE = 2000
TEXT_NAMES = ("question", "language", "text", "tags_fr", "tags_nl")
Cells = Iterable[Any]


class Echo:
    """What `csv` writes to: it gives the line back."""

    def write(self, line: str) -> str:
        return line


def cell(value: Any) -> Any:
    """Return a value for a spreadsheet: numbers as they are, words that no program runs, nothing for what is hidden."""
    return harmless(value) if isinstance(value, str) else value


def csv_lines(rows: Iterable[Cells]) -> Iterator[str]:
    """Yield lines; the first sign says that they are UTF-8, without which Excel reads "é" as two signs."""
    writer = csv.writer(Echo(), delimiter=";")
    yield "\ufeff"
    for row in rows:
        yield writer.writerow(["" if value is None else cell(value) for value in row])


def xlsx_file(sheets: Iterable[tuple[str, Iterable[Cells]]]) -> Any:
    """Return an open file on disk that goes away by itself; rows go straight to it, one at a time."""
    book = Workbook(write_only=True)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([cell(value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever answers with it closes it
    book.save(file)
    file.seek(0)
    return file


def results_rows(results: SurveyResults) -> Iterator[Cells]:
    yield NAMES
    yield from (astuple(row) for row in rows_of(results))


def text_rows(texts: QuerySet[WrittenAnswer], numbers: dict[str, int]) -> Iterator[Cells]:
    yield TEXT_NAMES
    yield from (
        (numbers[text.question], text.language, text.text, _tags(text, "fr"), _tags(text, "nl"))
        for text in _one_by_one(texts)
    )


def _one_by_one(texts: QuerySet[WrittenAnswer]) -> Iterator[WrittenAnswer]:
    return texts.prefetch_related("tags").order_by("pk").iterator(chunk_size=AT_ONCE)


def _tags(text: WrittenAnswer, code: str) -> str:
    return ", ".join(filter(None, (getattr(tag, f"name_{code}") for tag in text.tags.all())))


def codebook_rows(results: SurveyResults) -> Iterator[Cells]:
    yield "question", "kind", "text_fr", "text_nl", "option", "option_fr", "option_nl"
    for number, question in enumerate(results.definition.questions, 1):
        about = (number, question.kind.value, question.text.fr, question.text.nl)
        yield *about, None, None, None
        for option in question.options:
            yield *about, option.id, option.words.fr, option.words.nl


def _numbers(results: SurveyResults) -> dict[str, int]:
    return {question.key: number for number, question in enumerate(results.definition.questions, 1)}


def as_csv(page: SurveyPage, survey: Survey, results: SurveyResults) -> HttpResponseBase:
    response = StreamingHttpResponse(csv_lines(results_rows(results)), content_type="text/csv; charset=utf-8")
    return named(response, page, "csv")


def as_xlsx(page: SurveyPage, survey: Survey, results: SurveyResults) -> HttpResponseBase:
    texts = text_rows(readable_texts(survey, results), _numbers(results))
    sheets = (
        ("Résultats – Resultaten", results_rows(results)),
        ("Questions – Vragen", codebook_rows(results)),
        ("Textes – Teksten", texts),
    )
    return named(FileResponse(xlsx_file(sheets), content_type=XLSX_TYPE), page, "xlsx")


def as_json(page: SurveyPage, survey: Survey, results: SurveyResults) -> HttpResponseBase:
    return named(StreamingHttpResponse(json_parts(survey, results), content_type="application/json"), page, "json")


def json_parts(survey: Survey, results: SurveyResults) -> Iterator[str]:
    yield '{"codebook": ' + _json(codebook(results.definition))
    yield ', "answers": ' + _json(dict(results.answers)) + ', "results": [\n'
    yield from _listed(
        {name: value for name, value in asdict(row).items() if _is_code(name)} for row in rows_of(results)
    )
    yield '\n], "texts": [\n'
    numbers = _numbers(results)
    yield from _listed(
        {
            "question": numbers[text.question],
            "language": text.language,
            "text": text.text,
            "tags": [{"fr": tag.name_fr, "nl": tag.name_nl} for tag in text.tags.all()],
        }
        for text in _one_by_one(readable_texts(survey, results))
    )
    yield "\n]}\n"


def _is_code(name: str) -> bool:
    """What questions and choices are called stands in the codebook; what ranges and columns are, beside them."""
    return name not in {"question_fr", "question_nl", "kind"}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _listed(things: Iterable[Any]) -> Iterator[str]:
    for number, thing in enumerate(things):
        yield (",\n" if number else "") + _json(thing)


def named(response: Any, page: SurveyPage, ending: str) -> HttpResponseBase:
    """Name the file after the survey, in letters that every computer can write."""
    word = {"fr": "resultats", "nl": "resultaten"}[page.locale.language_code]
    name = f"{slugify(page.title)[:60] or 'survey'}-{word}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    found: HttpResponseBase = response
    return found


KINDS: dict[str, Callable[[SurveyPage, Survey, SurveyResults], HttpResponseBase]] = {
    "csv": as_csv,
    "xlsx": as_xlsx,
    "json": as_json,
}
