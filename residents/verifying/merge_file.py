"""A batch of letters as a table, for a commune that prints with its own word processor."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from residents.verifying.wording import Wording

HEAD = ["language", "name", "street", "town", "code", "valid", "address"]
FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would calculate


def merge_file(letters: Iterable[tuple[str, Wording]]) -> bytes:
    """Return the letters as CSV, in UTF-8 with its mark and with semicolons, as spreadsheets in Belgium read them.

    A cell that would begin a formula begins with an apostrophe.
    """
    text = StringIO()
    rows = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    rows.writerow(HEAD)
    for language, words in letters:
        cells = [language, *words.addressee, words.code, words.code_note, words.address]
        rows.writerow([harmless(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULAS) else cell
