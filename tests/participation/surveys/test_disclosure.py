"""Small groups stay hidden: from a reader, and from one who subtracts whatever is published from whatever else."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from participation.surveys.disclosure import (
    SMALLEST,
    Limits,
    hidden_in_breakdown,
    hidden_marks,
    hidden_rows,
    pooled,
    tells_apart,
)

ROWS = ("a", "b", "c", "d")


def splits(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to share `total` among `parts`."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in splits(total - first, parts - 1):
            yield first, *rest


Block = list[tuple[int, ...]]  # a column for each group, a cell for each hidden row


def blocks(sums: list[int], rows: dict[str, int | None]) -> Iterator[Block]:
    """Every content of the hidden cells that fits the columns' sums and the rows' known sums (None: not known)."""
    for columns in itertools.product(*(splits(total, len(rows)) for total in sums)):
        totals = [sum(cells) for cells in zip(*columns, strict=True)]
        if all(known is None or known == total for known, total in zip(rows.values(), totals, strict=True)):
            yield list(columns)


cells = st.integers(0, 9)


@st.composite
def breakdown_tables(draw: st.DrawFn) -> list[dict[str, dict[str, int]]]:
    """Two breakdowns of the same answers, each into two columns."""
    rows = ROWS[: draw(st.integers(2, 3))]
    totals = {row: draw(st.integers(0, 9)) for row in rows}
    found = []
    for _number in range(2):
        first = {row: draw(st.integers(0, totals[row])) for row in rows}
        found.append({"x": first, "y": {row: totals[row] - first[row] for row in rows}})
    return found


@settings(deadline=None, max_examples=150)
@given(breakdown_tables())
def test_whoever_tries_everything_that_fits_what_is_published_finds_no_hidden_cell(tables):
    """All contents that agree with every number shown, in both breakdowns: none pins a cell, or bounds it below 5."""
    totals = {row: sum(column[row] for column in tables[0].values()) for row in tables[0]["x"]}
    in_all = hidden_rows(totals)
    if in_all is None:
        return
    fitting = [found for found in (contents_of(columns, in_all, totals) for columns in tables) if found]
    known = set(splits(sum(totals[row] for row in in_all), len(in_all))) if in_all else {()}
    both = known.intersection(*fitting)
    if in_all:
        assert_free([[values] for values in both])
    for by_hidden in fitting:
        assert_free([block for key in both for block in by_hidden[key]])


def contents_of(
    columns: dict[str, dict[str, int]], in_all: frozenset[str], totals: dict[str, int]
) -> dict[tuple[int, ...], list[Block]]:
    """Every content of a breakdown's hidden cells, by what it makes of the rows hidden in the column of all."""
    hidden = hidden_in_breakdown(columns, in_all)
    if not hidden:
        return {}
    assert in_all <= hidden
    assert all(column[row] >= SMALLEST for column in columns.values() for row in totals.keys() - hidden)
    order = sorted(hidden, key=lambda row: (row not in in_all, row))
    rows = {row: None if row in in_all else totals[row] for row in order}
    found: dict[tuple[int, ...], list[Block]] = {}
    for block in blocks([sum(column[row] for row in order) for column in columns.values()], rows):
        key = tuple(sum(column[at] for column in block) for at in range(len(in_all)))
        found.setdefault(key, []).append(block)
    return found


def assert_free(contents: list[Block]) -> None:
    assert contents
    for group in range(len(contents[0])):
        for row in range(len(contents[0][0])):
            values = {block[group][row] for block in contents}
            assert len(values) > 1
            assert max(values) >= SMALLEST


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40), min_size=1))
def test_in_the_column_of_all_nothing_small_is_shown_and_hidden_rows_are_never_alone(counts):
    hidden = hidden_rows(counts)
    if hidden is None:
        assert sum(counts.values()) < SMALLEST
        return
    assert all(count >= SMALLEST for row, count in counts.items() if row not in hidden)
    left = sum(counts[row] for row in hidden)
    assert not hidden or (len(hidden) >= 2 and left >= SMALLEST) or hidden == set(counts)


def test_results_without_small_groups_are_shown_whole():
    counts = {"a": 50, "b": 30, "c": 5}
    assert hidden_rows(counts) == frozenset()
    assert hidden_in_breakdown({"x": {"a": 20, "b": 20}, "y": {"a": 30, "b": 10}}, frozenset()) == frozenset()


def test_a_small_row_takes_the_next_smallest_along():
    assert hidden_rows({"a": 50, "b": 3, "c": 9}) == {"b", "c"}


def test_a_breakdown_with_a_small_group_is_withheld():
    assert hidden_in_breakdown({"x": {"a": 50, "b": 50}, "y": {"a": 3, "b": 1}}, frozenset()) is None


@settings(deadline=None)
@given(
    st.lists(st.sets(st.sampled_from("abc"), min_size=1), min_size=1, max_size=30),
    st.sampled_from([None, 1, 2]),
    st.integers(0, 9),
)
def test_of_several_marks_neither_who_marked_nor_who_did_not_is_a_small_group(people, most, without_opinion):
    people = [frozenset(sorted(marks)[:most]) for marks in people]
    counts = {**{row: sum(row in marks for marks in people) for row in "abc"}, "none": without_opinion}
    limits = Limits(most=most, apart=frozenset({"none"}))
    hidden = hidden_marks([counts], [len(people) + without_opinion], limits)
    if hidden is None:
        return
    for row in counts.keys() - hidden:
        everybody = len(people) + (without_opinion if row == "none" else 0)
        assert SMALLEST <= counts[row] <= everybody - SMALLEST


def test_a_limit_that_leaves_few_to_a_hidden_choice_takes_another_along():
    """Each of 30 marks three of four: 28, 29 and 16 are known to make 17, and 28 and 29 to be 27 at least."""
    counts = {"a": 28, "b": 29, "c": 16, "d": 17}
    assert hidden_marks([counts], [30], Limits(least=3, most=3)) != {"a", "b"}
    assert hidden_marks([counts], [30], Limits()) == {"a", "b"}


def test_no_opinion_is_no_shelter_for_the_few_who_did_not_mark_a_choice():
    """Of 30, 6 have no opinion and 22 marked the first choice: 2 of those who marked any did not."""
    hidden = hidden_marks([{"a": 22, "b": 12, "none": 6}], [30], Limits(apart=frozenset({"none"})))
    assert "a" in (hidden or {"a"})


def test_where_everything_follows_from_the_limits_nothing_is_shown():
    assert hidden_marks([{"a": 30}], [30], Limits()) is None


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12)))
def test_small_places_are_shown_together_with_another_or_alone_when_they_are_large(totals):
    columns = pooled(totals)
    together = columns.pop("together", ())
    assert all(totals[group] >= SMALLEST for group in columns)
    assert sorted([*columns, *together]) == sorted(group for group, total in totals.items() if total)
    if together and columns:
        assert len(together) >= 2
        assert sum(totals[group] for group in together) >= SMALLEST


def test_a_follow_up_tells_of_hidden_rows_when_it_parts_them():
    assert tells_apart(["a"], frozenset("ab"))
    assert not tells_apart(["a", "b"], frozenset("ab"))
    assert not tells_apart(["c"], frozenset("ab"))
