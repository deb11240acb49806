"""Spreadsheets of paper answers: read row by row, tried first, and then taken in; a refused row says why.

The first row names the columns: `language` (fr or nl), `neighbourhood` (its code, address or name; may be missing), then
the boxes of the form (`paper.codes`). Empty rows are left out.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from home.languages import LANGUAGE_CODES
from home.models import Neighbourhood
from participation.models import PaperBatch
from participation.paper.codes import boxes_of, read_typed
from participation.surveys.definitions import SurveyDefinition
from participation.surveys.errors import RefusedError
from participation.surveys.paper import begin_batch, enter_paper_answer
from participation.surveys.places import placed
from participation.surveys.storing import Answer

LANGUAGE, NEIGHBOURHOOD = "language", "neighbourhood"
MOST_ROWS = 2000
Row = dict[str, str]


class UnreadableFileError(Exception):
    """The file as a whole can't be used; the message says why and what to do."""


@dataclass(frozen=True)
class Refused:
    """A row that isn't taken; `number` as the spreadsheet counts it, the first row of names being 1."""

    number: int
    problems: list[str]


@dataclass
class Report:
    """What an import would do, or did."""

    taken: int = 0
    refused: list[Refused] = field(default_factory=list)
    batch: PaperBatch | None = None


def rows_of_file(file: Any, name: str) -> list[Row]:
    """Return the rows of a CSV or XLSX file, by the names of its columns. Raises UnreadableFileError."""
    table = list(_xlsx_rows(file) if name.lower().endswith(".xlsx") else _csv_rows(file))
    if not table:
        raise UnreadableFileError(_("This file is empty. Begin with the example."))
    names = [text.strip().casefold() for text in table[0]]
    if LANGUAGE not in names:
        raise UnreadableFileError(
            _("The first row names no column “%(column)s”. Begin with the example.") % {"column": LANGUAGE}
        )
    if len(table) - 1 > MOST_ROWS:
        raise UnreadableFileError(_("This file has more than 2,000 rows. Divide it and import the parts."))
    return [dict(zip(names, row, strict=False)) for row in table[1:]]


def _csv_rows(file: Any) -> Iterator[list[str]]:
    content = file.read()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # as Excel on Windows saves it
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text.replace("\x00", "")), delimiter=delimiter)
    except csv.Error as error:
        raise UnreadableFileError(_("This file is no CSV that can be read. Save it again as CSV (UTF-8).")) from error


def _xlsx_rows(file: Any) -> Iterator[list[str]]:
    try:
        book = load_workbook(file, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for at, row in enumerate(sheet.iter_rows(values_only=True)):
            if at > MOST_ROWS + 1:
                break
            yield [_text(value) for value in row]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError, TypeError) as error:
        raise UnreadableFileError(_("This file is no XLSX that can be read. Save it again, or as CSV.")) from error


def _text(value: Any) -> str:
    """Return a cell as somebody would have typed it: 3.0 is 3, a date is a day."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (datetime, date)):
        return value.strftime("%Y-%m-%d")
    return str(value)


class Reader:
    """Reads the rows of one survey."""

    def __init__(self, definition: SurveyDefinition) -> None:
        self.definition = definition
        self.boxes = {box.name: box for box in boxes_of(definition)}
        self.places: dict[str, int] = {}
        for place in Neighbourhood.objects.drawn():
            for called in (place.name_nl, place.name_fr, place.slug, place.code):
                self.places[called.casefold()] = place.pk

    def read(self, row: Mapping[str, str]) -> Answer:
        """Return the answer of a row. Raises ValidationError with everything that is wrong, in its columns."""
        problems = []
        language = row.get(LANGUAGE, "").strip().casefold()
        if language not in LANGUAGE_CODES:
            problems.append(_("language: write fr or nl."))
        place = row.get(NEIGHBOURHOOD, "").strip().casefold()
        if place and place not in self.places:
            problems.append(_("neighbourhood: “%(typed)s” is none of the commune’s.") % {"typed": place[:40]})
        cells = {name: self._cell(name, text) for name, text in row.items() if name in self.boxes}
        typed = read_typed(self.definition, cells)
        problems += [f"{name}: {' '.join(messages)}" for name, messages in typed.errors.items()]
        if problems:
            raise ValidationError(problems)
        answers = placed(self.definition, typed.reading.answers)
        return Answer(answers, language, self.places.get(place, 0), self.definition.digest)

    def _cell(self, name: str, text: str) -> str:
        if self.boxes[name].part != "near":
            return _unquoted(text)
        return str(self.places.get(text.strip().casefold(), text))

    def all(self, rows: Iterable[Row]) -> Iterator[tuple[int, Answer | list[str]]]:
        """Yield each row that isn't empty, with its number: its answer, or what is wrong with it."""
        for number, row in enumerate(rows, 2):
            if not any(text.strip() for text in row.values()):
                continue
            try:
                yield number, self.read(row)
            except ValidationError as error:
                yield number, error.messages


def _unquoted(text: str) -> str:
    """Take off the sign with which a spreadsheet says that a cell is words: our own files have it."""
    return text[1:] if text[:2] in {"'=", "'+", "'-", "'@"} else text


def unknown_columns(rows: list[Row], definition: SurveyDefinition) -> list[str]:
    """Return the columns that say nothing to this survey: a mistyped name would lose its answers."""
    known = {LANGUAGE, NEIGHBOURHOOD, "", *(box.name for box in boxes_of(definition))}
    return [name for name in (rows[0] if rows else {}) if name not in known]


def tried(rows: list[Row], definition: SurveyDefinition) -> Report:
    """Say what an import would do, and change nothing."""
    report = Report()
    for number, found in Reader(definition).all(rows):
        if isinstance(found, Answer):
            report.taken += 1
        else:
            report.refused.append(Refused(number, found))
    return report


@transaction.atomic
def import_rows(rows: list[Row], *, survey_key: UUID, definition: SurveyDefinition, by: Any, now: datetime) -> Report:
    """Take in the rows that can be read, in one batch; of each row all, or nothing.

    Raises IntegrityError when a batch of the same rows counts already.
    """
    batch = begin_batch(survey_key=survey_key, by=by, now=now, file_digest=digest_of(rows))
    report = Report(batch=batch)
    for number, found in Reader(definition).all(rows):
        if not isinstance(found, Answer):
            report.refused.append(Refused(number, found))
            continue
        try:
            enter_paper_answer(batch=batch, answer=found, now=now)
        except ValidationError as error:
            report.refused.append(Refused(number, error.messages))
        except RefusedError as error:
            report.refused.append(Refused(number, [str(error)]))
        else:
            report.taken += 1
    return report


def digest_of(rows: list[Row]) -> str:
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def column_names(definition: SurveyDefinition) -> list[str]:
    """Return the first row of a spreadsheet for this survey."""
    return [LANGUAGE, NEIGHBOURHOOD, *(box.name for box in boxes_of(definition))]
