"""The files of results: CSV, XLSX and JSON, with the same cells as the page, hidden where the page hides them.

Nothing is gathered in memory: rows and texts are written as they come.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, astuple
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.text import slugify

from home.spreadsheets import harmless
from home.xlsx import XLSX_TYPE, xlsx_parts
from participation.models import Survey, WrittenAnswer
from participation.results.rows import NAMES, codebook, rows_of
from participation.results.texts import readable_texts
from participation.surveys.results import SurveyResults

AT_ONCE = 2000
TEXT_NAMES = ("question", "language", "text", "tags_fr", "tags_nl")
Cells = Sequence[Any]
RISKY = re.compile(r"^[=+\-@\t\r]|[\x00-\x08\x0b\x0c\x0e-\x1f]", re.MULTILINE)  # what `harmless` would change


def cell(value: Any) -> Any:
    """Return a value for a spreadsheet: numbers as they are, words that no program runs, nothing for what is hidden."""
    return harmless(value) if isinstance(value, str) else value


def cells(row: Cells) -> Cells:
    """Return a row for a spreadsheet. Of a hundred thousand rows of words, nearly all are left as they are."""
    try:
        is_plain = not RISKY.search("\n".join(row))
    except TypeError:  # numbers among them
        is_plain = False
    return row if is_plain else [cell(value) for value in row]


def csv_lines(rows: Iterable[Cells]) -> Iterator[str]:
    """Yield lines, many at a time; the first sign says that they are UTF-8, without which Excel reads "é" as two signs."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    waiting = iter(rows)
    yield "\ufeff"
    while some := list(islice(waiting, AT_ONCE)):
        writer.writerows(map(cells, some))
        yield file.getvalue()
        file.seek(0)
        file.truncate()


def xlsx(*sheets: tuple[str, Iterable[Cells]]) -> StreamingHttpResponse:
    """Answer with a workbook, sent as it is written."""
    harmless_sheets = [(title, map(cells, rows)) for title, rows in sheets]
    return StreamingHttpResponse(xlsx_parts(harmless_sheets), content_type=XLSX_TYPE)


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


def as_csv(page: Any, survey: Survey, results: SurveyResults) -> HttpResponseBase:
    response = StreamingHttpResponse(csv_lines(results_rows(results)), content_type="text/csv; charset=utf-8")
    return named(response, page, "csv")


def as_xlsx(page: Any, survey: Survey, results: SurveyResults) -> HttpResponseBase:
    texts = text_rows(readable_texts(survey, results), _numbers(results))
    workbook = xlsx(
        ("Résultats – Resultaten", results_rows(results)),
        ("Questions – Vragen", codebook_rows(results)),
        ("Textes – Teksten", texts),
    )
    return named(workbook, page, "xlsx")


def as_json(page: Any, survey: Survey, results: SurveyResults) -> HttpResponseBase:
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


def named(response: Any, page: Any, ending: str) -> HttpResponseBase:
    """Name the file after the survey, in letters that every computer can write."""
    word = {"fr": "resultats", "nl": "resultaten"}[page.locale.language_code]
    name = f"{slugify(page.title)[:60] or 'survey'}-{word}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    found: HttpResponseBase = response
    return found


KINDS: dict[str, Callable[[Any, Survey, SurveyResults], HttpResponseBase]] = {
    "csv": as_csv,
    "xlsx": as_xlsx,
    "json": as_json,
}
