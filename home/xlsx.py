"""Workbooks written as they are sent: a row at a time, without a file and without holding the rows.

A workbook is a ZIP of XML (ECMA-376, part 1, 18.3). openpyxl makes an object of each cell: of a hundred thousand rows of
forty that is a minute and a half before the first byte. Here a cell is a piece of text, and most are alike.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NO_XML = dict.fromkeys((0xFFFE, 0xFFFF))
AT_ONCE, REMEMBERED = 500, 20_000
Sheet = tuple[str, Iterable[Sequence[Any]]]

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def xlsx_parts(sheets: Sequence[Sheet]) -> Iterator[bytes]:
    """Yield the bytes of a workbook with these sheets, by their names; None is an empty cell.

    What is harmless in a cell is the caller's to say (`home.spreadsheets`): here words are words, and run nothing.
    """
    sent = _Sent()
    with ZipFile(sent, "w", ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in _frame([title for title, _rows in sheets]):
            package.writestr(name, HEAD + content)
        for number, (_title, rows) in enumerate(sheets, 1):
            with package.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as file:
                for text in _sheet(rows):
                    file.write(text.encode())
                    yield sent.taken()
    yield sent.taken()


class _Sent(io.RawIOBase):
    """What a ZIP writes to: it can't go back, and is emptied as it fills."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.waiting.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        found = b"".join(self.waiting)
        self.waiting.clear()
        return found


def _sheet(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    yield f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>'
    known: dict[Any, str] = {None: "<c/>", "": "<c/>"}
    waiting = iter(rows)
    while some := list(islice(waiting, AT_ONCE)):
        lines = []
        for row in some:
            lines.append("<row>")
            lines += [known.get(value) or _cell(value, known) for value in row]
            lines.append("</row>")
        yield "".join(lines)
    yield "</sheetData></worksheet>"


def _cell(value: Any, known: dict[Any, str]) -> str:
    if not isinstance(value, str):  # True is 1 to a dictionary, so numbers are not remembered
        return f"<c><v>{float(value) if isinstance(value, float) else int(value)}</v></c>"
    words = escape(value.translate(NO_XML), {"\r": "&#13;"})
    text = f'<c t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'
    if len(value) < 12 and len(known) < REMEMBERED:
        known[value] = text
    return text


def _frame(titles: Sequence[str]) -> Iterator[tuple[str, str]]:
    numbers = range(1, len(titles) + 1)
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{each}.xml" ContentType="{KIND}.worksheet+xml"/>' for each in numbers
    )
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        f'package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>{parts}'
        "</Types>",
    )
    yield "_rels/.rels", _ties([("rId1", "officeDocument", "xl/workbook.xml")])
    sheets = "".join(
        f'<sheet name={quoteattr(title[:31])} sheetId="{each}" r:id="rId{each}"/>'
        for each, title in zip(numbers, titles, strict=True)
    )
    yield "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{TIES}"><sheets>{sheets}</sheets></workbook>'
    yield (
        "xl/_rels/workbook.xml.rels",
        _ties([(f"rId{each}", "worksheet", f"worksheets/sheet{each}.xml") for each in numbers]),
    )


def _ties(ties: Iterable[tuple[str, str, str]]) -> str:
    found = "".join(f'<Relationship Id="{key}" Type="{TIES}/{kind}" Target="{to}"/>' for key, kind, to in ties)
    return f'<Relationships xmlns="{PACKAGE}/relationships">{found}</Relationships>'
