"""The register of streets, as a commune exports it: a CSV file, a line for each section of a street."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.text import slugify
from django.utils.translation import gettext as _

from home.models.streets import StreetSection
from home.streets.folding import folded

DELIMITERS = (";", ",", "\t", "|")
LARGEST = 99_999  # house number
Side = StreetSection.Side
SIDES = {
    **dict.fromkeys(("", "both", "tous", "toutes", "les deux", "beide", "alle", "allemaal", "b"), Side.BOTH),
    **dict.fromkeys(("odd", "impair", "impairs", "oneven", "onpaar", "i", "o"), Side.ODD),
    **dict.fromkeys(("even", "pair", "pairs", "paar", "p", "e"), Side.EVEN),
}


class StreetImportError(Exception):
    """The file, or one of its lines, can't be used; the message says which and why."""


@dataclass(frozen=True)
class StreetColumns:
    """What the file calls each column. An empty name means that the file has none."""

    code: str = "code"
    name_fr: str = "name_fr"
    name_nl: str = "name_nl"
    first: str = "first"
    last: str = "last"
    side: str = "side"
    neighbourhood: str = "neighbourhood"

    @property
    def named(self) -> list[str]:
        return [name for name in vars(self).values() if name]


@dataclass(frozen=True)
class Row:
    """One section of a street, as a line of the file tells it."""

    line: int
    code: str
    name_fr: str
    name_nl: str
    side: str
    first: int
    last: int
    neighbourhood: str

    @property
    def numbers(self) -> tuple[int, int]:
        """The first and the last house number that this side has between its bounds."""
        if self.side == Side.BOTH:
            return self.first, self.last
        parity = int(self.side == Side.ODD)
        return self.first + (self.first % 2 != parity), self.last - (self.last % 2 != parity)

    def overlaps(self, other: Row) -> bool:
        """Whether a house may stand in both."""
        if Side.BOTH not in (self.side, other.side) and self.side != other.side:
            return False
        (first, last), (its_first, its_last) = self.numbers, other.numbers
        return first <= its_last and its_first <= last


def read_register(file: Path, *, columns: StreetColumns, delimiter: str = "", encoding: str = "") -> list[Row]:
    """Return the lines of a register. Raises StreetImportError naming the line that can't be read, and why.

    Without `encoding` a file is UTF-8 or, where it can't be, Windows-1252; with a byte order mark, what that says.
    Without `delimiter` it is the sign that parts the first line into the columns that were named.
    """
    text = _decoded(file, encoding)
    if "\x00" in text:
        raise StreetImportError(_("%(file)s holds signs that are no text: is it a CSV file?") % {"file": file})
    delimiter = {"tab": "\t", "\\t": "\t"}.get(delimiter, delimiter) or _delimiter_of(text, columns)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [name.strip() for name in next(reader, [])]
        _check_header(header, columns)
        rows = list(_rows(reader, header, columns))
    except csv.Error as error:
        raise _at(reader.line_num, str(error)) from error
    if not rows:
        raise StreetImportError(_("%(file)s has no street below its first line.") % {"file": file})
    return rows


def _decoded(file: Path, encoding: str) -> str:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise StreetImportError(
            _("%(file)s can't be read: %(reason)s") % {"file": file, "reason": error.strerror}
        ) from error
    if encoding:
        guesses = [encoding]
    elif content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        guesses = ["utf-16"]
    else:
        guesses = ["utf-8-sig", "cp1252"]
    for guess in guesses:
        try:
            return content.decode(guess)
        except (UnicodeDecodeError, LookupError):
            continue
    raise StreetImportError(
        _("%(file)s is not in the encoding %(encoding)s; name its own with --encoding.")
        % {"file": file, "encoding": " / ".join(guesses)}
    )


def _delimiter_of(text: str, columns: StreetColumns) -> str:
    first = text.split("\n", 1)[0]

    def fits(sign: str) -> tuple[int, int]:
        cells = {cell.strip(' \r"') for cell in first.split(sign)}
        return len(cells & set(columns.named)), len(cells)

    return max(DELIMITERS, key=fits)


def _check_header(header: list[str], columns: StreetColumns) -> None:
    missing = [name for name in columns.named if name not in header]
    if missing:
        raise StreetImportError(
            _("The file has no column “%(missing)s”. It has: %(columns)s. Name yours with the options.")
            % {"missing": "”, “".join(missing), "columns": ", ".join(filter(None, header)) or "–"}
        )


def _at(line: int, problem: str) -> StreetImportError:
    return StreetImportError(_("Line %(line)d: %(problem)s") % {"line": line, "problem": problem})


def _rows(reader: Iterator[list[str]], header: list[str], columns: StreetColumns) -> Iterator[Row]:
    for cells in reader:
        line = reader.line_num  # type: ignore[attr-defined]
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            raise _at(
                line,
                _("it has %(count)d cells, and the first line has %(expected)d.")
                % {"count": len(cells), "expected": len(header)},
            )
        named = dict(zip(header, (cell.strip() for cell in cells), strict=True))
        yield _row(line, {name: named.get(column, "") for name, column in vars(columns).items()}, columns)


def _row(line: int, values: dict[str, str], columns: StreetColumns) -> Row:
    name_fr = values["name_fr"] or values["name_nl"]
    if not folded(name_fr):
        raise _at(line, _("the street has no name."))
    row = Row(
        line=line,
        code=values["code"] or _code_of(line, values, columns),
        name_fr=name_fr,
        name_nl=values["name_nl"],
        side=_side(line, values["side"]),
        first=_number(line, columns.first, values["first"], empty=0),
        last=_number(line, columns.last, values["last"], empty=LARGEST),
        neighbourhood=values["neighbourhood"],
    )
    if row.numbers[0] > row.numbers[1]:
        raise _at(
            line,
            _("no house number of this side stands between %(first)d and %(last)d.")
            % {"first": row.first, "last": row.last},
        )
    for value, most in ((row.code, 40), (row.name_fr, 120), (row.name_nl, 120)):
        if len(value) > most:
            raise _at(line, _("“%(value)s…” is longer than %(most)d signs.") % {"value": value[:30], "most": most})
    return row


def _code_of(line: int, values: dict[str, str], columns: StreetColumns) -> str:
    """Name a street by its two names where the file has no codes at all."""
    if columns.code:
        raise _at(line, _("the column “%(column)s” is empty.") % {"column": columns.code})
    return slugify(folded(f"{values['name_fr']} {values['name_nl']}"))


def _side(line: int, value: str) -> str:
    try:
        return SIDES[" ".join(value.casefold().split())]
    except KeyError as error:
        raise _at(line, _("“%(value)s” is no side: write odd, even or both.") % {"value": value[:30]}) from error


def _number(line: int, column: str, value: str, *, empty: int) -> int:
    if not value:
        return empty
    if not re.fullmatch(r"[0-9]{1,5}(\.0+)?", value):  # a spreadsheet may write 12 as 12.0
        raise _at(
            line,
            _("“%(column)s” is “%(value)s”; it must be a house number from 0 to %(most)d.")
            % {"column": column, "value": value[:30], "most": LARGEST},
        )
    return int(value.split(".")[0])
