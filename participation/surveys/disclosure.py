"""What may be shown of the counts: none under 5, and none that could be found, or known to be under 5, by subtraction.

What is published is fixed: of each question a table of rows (what was answered) in the column of all, and in those of
three breakdowns: language, way (screen or paper), neighbourhood. No two breakdowns are crossed. Where rows exclude
each other they add up to the column's total, which is published.

*Column of all.* If any row is hidden, at least two are, and together they hold 5 or more. All that is then known of them
is their sum, so each may be anything from 0 to it.

*A breakdown* hides the same rows in all its columns, those of the column of all among them; at least two; and in each
column they hold 5 or more. What is hidden is thus a whole block, of which only margins are known. In such a block a cell
may be anything between its Fréchet bounds, max(0, row + column - sum) and min(row, column) (Fréchet 1940; Dobra and
Fienberg, PNAS 2000): the upper one is 5 or more, the lower one is below it. Rows hidden in the column of all have no
known margin but that of all together, which every breakdown leaves as free, so that two breakdowns tell no more than one.

Where that can't be had, the breakdown, or the question, is withheld whole. That somebody left a question open is no
answer, and isn't protected. `tests/participation/surveys/test_disclosure.py` attacks all this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SMALLEST = 5
POOL = "together"  # the column of the places that are shown together
Counts = Mapping[str, int]
Hidden = frozenset[str]


def hidden_rows(counts: Counts) -> Hidden | None:
    """Return the rows to hide in the column of all; None where nothing of it may be shown, its total neither."""
    if sum(counts.values()) < SMALLEST:
        return None
    hidden = {row for row, count in counts.items() if count < SMALLEST}
    shown = sorted(counts.keys() - hidden, key=lambda row: (counts[row], row))
    while hidden and shown and not _is_safe(hidden, [counts]):
        hidden.add(shown.pop(0))
    return frozenset(hidden)


def hidden_in_breakdown(columns: Mapping[str, Counts], hidden_in_all: Hidden) -> Hidden | None:
    """Return the rows to hide in every column of a breakdown; None where the breakdown can't be shown.

    `columns` are its columns by group, each with every row.
    """
    each = list(columns.values())
    if len(each) < 2 or any(sum(counts.values()) < SMALLEST for counts in each):
        return None
    rows = each[0].keys()
    hidden = set(hidden_in_all) | {row for row in rows for counts in each if counts[row] < SMALLEST}
    smallest = {row: min(counts[row] for counts in each) for row in rows}
    shown = sorted(rows - hidden, key=lambda row: (smallest[row], row))
    while hidden and shown and not _is_safe(hidden, each):
        hidden.add(shown.pop(0))
    return frozenset(hidden)


def _is_safe(hidden: set[str], columns: Iterable[Counts]) -> bool:
    return len(hidden) >= 2 and all(sum(counts[row] for row in hidden) >= SMALLEST for counts in columns)


@dataclass(frozen=True)
class Limits:
    """How many rows one person is in, where several may be marked; `apart` are rows that exclude all others."""

    least: int = 1
    most: int | None = None
    apart: frozenset[str] = frozenset()


def hidden_marks(
    columns: Iterable[Counts], totals: Iterable[int], limits: Limits, *, hidden_in_all: Hidden = frozenset()
) -> Hidden | None:
    """Return the rows to hide where several may be marked, in columns whose `totals` people answered; None for all.

    Each row is a table of two, marked and not marked by those who marked any, and is hidden in all these columns when
    either is under 5 in one. The limits tie rows to each other: what they leave to those that are hidden must let each
    be 5 or more, and let 5 or more be without it.
    """
    pairs = list(zip(columns, totals, strict=True))
    if not pairs or any(total < SMALLEST for _counts, total in pairs):
        return None
    rows = pairs[0][0].keys()
    hidden = set(hidden_in_all) | {
        row for row in rows for counts, total in pairs if not _is_large(row, counts, total, limits)
    }
    shown = sorted(rows - hidden, key=lambda row: (min(counts[row] for counts, _total in pairs), row))
    while hidden and not all(_are_free(hidden, counts, total, limits) for counts, total in pairs):
        if not shown:
            return None
        hidden.add(shown.pop(0))
    return frozenset(hidden)


def _is_large(row: str, counts: Counts, total: int, limits: Limits) -> bool:
    marking = total if row in limits.apart else total - sum(counts.get(each, 0) for each in limits.apart)
    return SMALLEST <= counts[row] <= marking - SMALLEST


def _are_free(hidden: set[str], counts: Counts, total: int, limits: Limits) -> bool:
    """Whether everything that fits what is shown leaves each hidden row, and those who are not in it, room for 5."""
    others = [count for row, count in counts.items() if row not in hidden and row not in limits.apart]
    told, number = sum(others), len(hidden - limits.apart)
    low = high = total - sum(counts.get(each, 0) for each in limits.apart)  # how many marked any
    if hidden & limits.apart:
        low = max([*others, -(-told // limits.most) if limits.most else 0])
        high = min(total, told // (limits.least - number)) if limits.least > number else total
        if not (total - low >= SMALLEST and high >= SMALLEST and high > low):
            return False
    if not number:
        return True
    largest = min(high, limits.most * high - told) if limits.most else high
    smallest = max(0, limits.least * high - told - (number - 1) * high)
    return largest >= SMALLEST and high - smallest >= SMALLEST and largest > smallest


def pooled(totals: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """Return which groups are shown together, by the name of the column: those under 5 are, so that they hold 5 or more.

    One that is small alone takes the next smallest along: a pool of one would be no pool.
    """
    order = sorted((group for group, total in totals.items() if total > 0), key=lambda group: (totals[group], group))
    pool: list[str] = []
    while order and (totals[order[0]] < SMALLEST or (pool and not _is_pool(pool, totals))):
        pool.append(order.pop(0))
    columns: dict[str, tuple[str, ...]] = {group: (group,) for group in sorted(order)}
    return {**columns, POOL: tuple(sorted(pool))} if pool else columns


def _is_pool(pool: list[str], totals: Mapping[str, int]) -> bool:
    return len(pool) >= 2 and sum(totals[group] for group in pool) >= SMALLEST


def tells_apart(rows: Iterable[str], hidden: Hidden) -> bool:
    """Whether a count of these rows together tells something of hidden ones that isn't known from what is shown.

    It does when some of the hidden rows are among them and others aren't.
    """
    inside = hidden & set(rows)
    return bool(inside) and inside != hidden
