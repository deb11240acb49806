"""A workbook that is written as it is sent opens in other programs, and holds what was given."""

from __future__ import annotations

import io
from itertools import repeat

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from home.xlsx import xlsx_parts

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=[*map(chr, range(32)), "\ufffe", "\uffff"]))
NUMBERS = st.floats(-1e9, 1e9).map(lambda number: round(number, 3))
CELLS = st.one_of(st.none(), WORDS.filter(bool), st.integers(-(10**12), 10**12), NUMBERS)


def opened(*sheets: object) -> object:
    return load_workbook(io.BytesIO(b"".join(xlsx_parts(list(sheets)))), read_only=True)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=6))
def test_what_is_written_is_read_again(rows):
    book = opened(("Réponses & <co>", rows), ("Deux", [["a\nb"]]))
    assert book.sheetnames == ["Réponses & <co>", "Deux"]
    read = [list(row) for row in book.worksheets[0].iter_rows(max_col=3, values_only=True)] if rows else []
    assert read[: len(rows)] == rows
    assert next(book.worksheets[1].iter_rows(values_only=True)) == ("a\nb",)


def test_it_is_sent_while_it_is_written():
    """Its first parts leave before its last rows are asked for."""
    asked = []

    def rows():
        for row in repeat(["x" * 50, 0], 50_000):
            asked.append(row)
            yield row

    parts = xlsx_parts([("x", rows())])
    while not next(parts):
        pass
    assert len(asked) < 50_000
    assert sum(map(len, parts)) > 0
