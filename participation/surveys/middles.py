"""What lies in the middle of a column: mean, median and quartiles of what is measured, average ranks of what is ranked.

They are told only of columns in which no row is hidden. All is rounded to one digit behind the point.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from participation.surveys.definitions import QuestionDefinition
from participation.surveys.disclosure import SMALLEST
from participation.surveys.kinds import Kind
from participation.surveys.tables import Counted, Table


@dataclass(frozen=True)
class Middle:
    """`quartiles` are the lower and the upper one, of a number; `ranks` the average rank of each choice, by its id."""

    mean: float | None = None
    median: float | None = None
    quartiles: tuple[float, float] | None = None
    ranks: Mapping[str, float] = field(default_factory=dict)


NO_MIDDLE = Middle()


def middle_of(question: QuestionDefinition, table: Table, found: Counted, group: str) -> Middle:
    """Return what may be told of one column, none of whose rows is hidden."""
    if question.kind == Kind.RANKING:
        return Middle(ranks=_average_ranks(question, found, group))
    values: dict[Decimal, int] = {}
    if question.kind == Kind.NUMBER:
        cells = found.cells_of(question.key, "number")
        values = {Decimal(value): counts.get(group, 0) for value, counts in cells.items()}
    elif question.kind in {Kind.SCALE, Kind.MATRIX}:
        points = table.column(group).items()
        values = {Decimal(row.removeprefix("point:")): n for row, n in points if row.startswith("point:")}
    total = sum(values.values())
    if total < SMALLEST:
        return NO_MIDDLE
    mean = sum((value * count for value, count in values.items()), Decimal(0)) / total
    quartiles = None
    if question.kind == Kind.NUMBER:
        quartiles = (_rounded(_quantile(values, total, 1)), _rounded(_quantile(values, total, 3)))
    return Middle(_rounded(mean), _rounded(_quantile(values, total, 2)), quartiles)


def _rounded(number: Decimal) -> float:
    return round(float(number), 1)


def _quantile(values: Mapping[Decimal, int], total: int, quarter: int) -> Decimal:
    """Return a quartile as spreadsheets do (Hyndman and Fan 1996, type 7): between two people where it falls there."""
    whole, rest = divmod((total - 1) * quarter, 4)
    low = _ranked(values, whole)
    return low + (_ranked(values, whole + 1) - low) * Decimal(rest) / 4 if rest else low


def _ranked(values: Mapping[Decimal, int], rank: int) -> Decimal:
    """Return the value of the `rank`th person from below, the first one being 0."""
    for value in sorted(values):
        rank -= values[value]
        if rank < 0:
            return value
    return Decimal(0)


def _average_ranks(question: QuestionDefinition, found: Counted, group: str) -> dict[str, float]:
    """Return the averages where every choice was given every rank by 5 people or more.

    From an average and the first places, of which a table is shown, the others could be worked out (of three choices,
    exactly). Whoever didn't rank a choice isn't in its average.
    """
    ranked = found.cells_of(question.key, "rank")
    options = [option.id for option in question.options]
    counts = {
        option: {rank: ranked.get(f"{option}:{rank}", {}).get(group, 0) for rank in range(1, len(options) + 1)}
        for option in options
    }
    if any(count < SMALLEST for by_rank in counts.values() for count in by_rank.values()):
        return {}
    return {
        option: round(sum(rank * count for rank, count in by_rank.items()) / sum(by_rank.values()), 1)
        for option, by_rank in counts.items()
    }
