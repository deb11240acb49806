"""Spreadsheets of ideas: read from CSV or XLSX, and written so that no cell runs as a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]

from home.spreadsheets import CONTROL, harmless

MOST_ROWS = 5000
CSV, XLSX = "csv", "xlsx"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def read_rows(file: IO[bytes], *, name: str) -> list[dict[str, str]]:
    """Return the rows of a file by the words of its first line, in small letters. Raises ValidationError."""
    rows = _xlsx(file) if name.lower().endswith(".xlsx") else _csv(file)
    if not rows:
        raise ValidationError(_("This file is empty."))
    heads = [str(head or "").strip().casefold() for head in rows[0]]
    found = [dict(zip(heads, map(_plain, row), strict=False)) for row in rows[1:] if any(_plain(cell) for cell in row)]
    if len(found) > MOST_ROWS:
        raise ValidationError(_("This file has more than %(most)d rows. Divide it.") % {"most": MOST_ROWS})
    return found


def _plain(cell: Any) -> str:
    return "" if cell is None else str(cell).translate(CONTROL).strip()


def _csv(file: IO[bytes]) -> list[list[str]]:
    try:
        text = file.read().decode("utf-8-sig")
        separator = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValidationError(_("This file can't be read. Save it as CSV (UTF-8) or XLSX, and try again.")) from error


def _xlsx(file: IO[bytes]) -> list[Sequence[Any]]:
    try:
        book = load_workbook(file, read_only=True, data_only=True)
        return [row for number, row in enumerate(book.worksheets[0].values) if number <= MOST_ROWS + 1]
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError) as error:
        raise ValidationError(_("This file can't be read. Save it as CSV (UTF-8) or XLSX, and try again.")) from error


def _cell(value: Any) -> Any:
    """Numbers and days stay what they are; words can't begin a formula."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else harmless(str(value if value is not None else ""))


def written(kind: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a file of that kind, CSV or XLSX."""
    lines = ([_cell(value) for value in row] for row in rows)
    out = io.BytesIO()
    if kind == XLSX:
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        for line in [list(heads), *lines]:
            sheet.append(line)
        book.save(out)
    else:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=";").writerows([list(heads), *lines])
        out.write(text.getvalue().encode("utf-8-sig"))
    return out.getvalue()
