"""The counts of a survey as tables, from its tallies in one query, before anything is hidden. For `results` alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db.models import Q, Sum

from participation.models import Survey
from participation.surveys.cells import ANSWERED, BALLOTS, NO_OPINION_CELL, WHOLE, WORDS
from participation.surveys.conditions import conditions_of
from participation.surveys.definitions import Operator, QuestionDefinition, SurveyDefinition
from participation.surveys.disclosure import POOL, SMALLEST, Limits, pooled
from participation.surveys.kinds import EXCLUSIVE, OTHER, Kind

ALL = "all"
BINS = 8
FINEST = Decimal("0.0001")  # between two numbers: what is at most 10 lies below 10.0001
ByGroup = dict[str, int]
Bound = Decimal | str  # of a range; "" for none


@dataclass
class Counted:
    """`cells[question][cell][group]`; the groups of each breakdown that has more than one; those shown together."""

    cells: dict[str, dict[str, ByGroup]] = field(default_factory=dict)
    breakdowns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pool: tuple[str, ...] = ()

    def add(self, question: str, cell: str, groups: Iterable[str], count: int) -> None:
        by_group = self.cells.setdefault(question, {}).setdefault(cell, {})
        for group in groups:
            by_group[group] = by_group.get(group, 0) + count

    def of(self, question: str, cell: str) -> Mapping[str, int]:
        return self.cells.get(question, {}).get(cell, {})

    def cells_of(self, question: str, kind: str) -> dict[str, ByGroup]:
        """Return the cells `<kind>:<value>` of a question, by value."""
        start = f"{kind}:"
        cells = self.cells.get(question, {})
        return {cell.removeprefix(start): counts for cell, counts in cells.items() if cell.startswith(start)}


def counted(survey: Survey) -> Counted:
    """Sum the tallies by group: all, fr, nl, screen, paper, place:<number>, and the small places together."""
    fields = ("question", "cell", "place", "language", "is_paper")
    tallies = survey.tallies.filter(count__gt=0).order_by()
    return _grouped(tallies.values_list(*fields).annotate(total=Sum("count")))


def counted_and_told(survey: Survey) -> tuple[Counted, Counted]:
    """Return what is counted and what was last told (`surveys.telling`), without neighbourhoods, in one query."""
    fields = ("question", "cell", "language", "is_paper")
    tallies = survey.tallies.filter(Q(count__gt=0) | Q(told__gt=0)).order_by()
    rows = list(tallies.values_list(*fields).annotate(Sum("count"), Sum("told")))
    found, told = (
        _grouped(((*row[:2], None, *row[2:4], row[at]) for row in rows if row[at]), with_places=False) for at in (4, 5)
    )
    return found, told


def _grouped(sums: Iterable[tuple[Any, ...]], *, with_places: bool = True) -> Counted:
    """Put sums by question, cell, place, language, way into their groups."""
    rows = list(sums)
    whole: ByGroup = defaultdict(int)
    for question, _cell, place, _language, _is_paper, total in rows:
        if question == WHOLE:
            whole[f"place:{place}"] += total
    pools = pooled(whole) if with_places else {}
    column_of = {group: column for column, groups in pools.items() for group in groups}
    found = Counted(pool=pools.get(POOL, ()))
    for question, cell, place, language, is_paper, total in rows:
        groups = [ALL, language, way(is_paper)] + ([column_of.get(f"place:{place}", POOL)] if with_places else [])
        found.add(question, cell, groups, total)
    _break_down(found, pools)
    return found


def _break_down(found: Counted, pools: Mapping[str, tuple[str, ...]]) -> None:
    families: dict[str, tuple[str, ...]] = {"language": ("fr", "nl"), "way": ("screen", "paper"), "place": tuple(pools)}
    for name, family in families.items():
        present = tuple(group for group in family if found.of(WHOLE, BALLOTS).get(group, 0))
        if len(present) > 1:
            found.breakdowns[name] = present


def way(is_paper: bool) -> str:
    return "paper" if is_paper else "screen"


@dataclass(frozen=True)
class Table:
    """Rows by group. `is_exclusive` rows add up to `totals`, who answered, "no opinion" among them.

    `part` names one of several tables of a question: the line of a matrix. `limits` say how many rows one person may
    be in, where they don't exclude each other. A text has one row: that there is an answer.
    """

    question: str
    rows: Mapping[str, ByGroup]
    totals: ByGroup
    is_exclusive: bool = True
    part: str = ""
    limits: Limits = field(default_factory=Limits)

    def column(self, group: str) -> dict[str, int]:
        return {row: counts.get(group, 0) for row, counts in self.rows.items()}


def tables_of(question: QuestionDefinition, definition: SurveyDefinition, found: Counted) -> list[Table]:
    """Return what is counted of a question: one table, or one for each line of a matrix."""
    totals = _sum(found.of(question.key, ANSWERED), found.of(question.key, NO_OPINION_CELL))
    if question.kind == Kind.MATRIX:
        return [_line(question, row.id, found) for row in question.rows]
    rows = _rows(question, definition, found)
    if question.has_no_opinion or found.of(question.key, NO_OPINION_CELL):
        rows["no_opinion"] = dict(found.of(question.key, NO_OPINION_CELL))
    if question.kind == Kind.SEVERAL:
        return [Table(question.key, rows, totals, is_exclusive=False, limits=_limits(question))]
    return [Table(question.key, rows, totals)]


def _limits(question: QuestionDefinition) -> Limits:
    """Whoever answered has marked one at least, or has no opinion. Bounds may have been set later: they tie no one then."""
    most = int(question.most) if question.most is not None else None
    return Limits(max(1, int(question.least or 1)), most, frozenset({NO_OPINION_CELL}))


def _sum(*parts: Mapping[str, int]) -> ByGroup:
    total: ByGroup = defaultdict(int)
    for part in parts:
        for group, count in part.items():
            total[group] += count
    return dict(total)


def _line(question: QuestionDefinition, row: str, found: Counted) -> Table:
    points = range(1, question.scale_points + 1)
    rows = {f"point:{point}": dict(found.of(question.key, f"row:{row}:{point}")) for point in points}
    return Table(question.key, rows, _sum(*rows.values()), part=row)


def _rows(question: QuestionDefinition, definition: SurveyDefinition, found: Counted) -> dict[str, ByGroup]:
    key = question.key
    if question.kind in EXCLUSIVE or question.kind == Kind.SEVERAL:
        marks = [option.id for option in question.options]
        if question.has_other or found.of(key, f"mark:{OTHER}"):
            marks.append(OTHER)
        return {f"mark:{mark}": dict(found.of(key, f"mark:{mark}")) for mark in marks}
    if question.kind == Kind.SCALE:
        points = range(1, question.scale_points + 1)
        return {f"point:{point}": dict(found.of(key, f"point:{point}")) for point in points}
    if question.kind == Kind.RANKING:
        return {f"first:{option.id}": dict(found.of(key, f"rank:{option.id}:1")) for option in question.options}
    if question.kind == Kind.NUMBER:
        return _bins(question, definition, found)
    if question.kind == Kind.DATE:
        return _periods(key, found)
    if question.kind == Kind.PLACE:
        return _together("near", _places(key, found))
    return {ANSWERED: dict(found.of(key, ANSWERED))}


def _places(key: str, found: Counted) -> dict[str, ByGroup]:
    """Squares of the map, neighbourhoods where no more is known, and what nothing but words tell."""
    rows: dict[str, ByGroup] = {
        f"{kind}:{value}": dict(counts)
        for kind in ("near", "area")
        for value, counts in sorted(found.cells_of(key, kind).items())
    }
    words = found.of(key, WORDS)
    return {**rows, WORDS: dict(words)} if words else rows


def _together(kind: str, rows: dict[str, ByGroup]) -> dict[str, ByGroup]:
    """Show the rows with fewer than 5 as one: that they are listed at all would tell that somebody is in each."""
    shown = pooled({row: counts.get(ALL, 0) for row, counts in rows.items()})
    found = {row: rows[row] for row in rows if row in shown}
    return {**found, f"{kind}:{POOL}": _sum(*(rows[row] for row in shown[POOL]))} if POOL in shown else found


def _periods(key: str, found: Counted) -> dict[str, ByGroup]:
    """Dates by month; by year where they lie further than two years apart."""
    days = sorted(found.cells_of(key, "date"))
    signs = 7 if days and int(days[-1][:4]) - int(days[0][:4]) <= 2 else 4
    rows: dict[str, ByGroup] = {}
    for day in days:
        name = f"period:{day[:signs]}"
        rows[name] = _sum(rows.get(name, {}), found.of(key, f"date:{day}"))
    return _together("period", rows)


def _bins(question: QuestionDefinition, definition: SurveyDefinition, found: Counted) -> dict[str, ByGroup]:
    """Numbers in ranges, `range:<from>:<below>`: cut where a later question's condition cuts, all of them listed; else in
    equal parts, of which neighbours are shown as one until each holds 5."""
    cells = {Decimal(value): counts for value, counts in found.cells_of(question.key, "number").items()}
    cuts = _cuts(question, definition)
    edges = cuts or _edges(sorted(cells))
    bounds: list[Bound] = ["", *edges, ""]
    bins: list[tuple[Bound, Bound, ByGroup]] = [(low, high, {}) for low, high in pairwise(bounds) if cells]
    for number, counts in cells.items():
        at = sum(edge <= number for edge in edges)
        bins[at] = (*bins[at][:2], _sum(bins[at][2], counts))
    if not cuts:
        bins = _large(each for each in bins if each[2])
    return {f"range:{low}:{high}": counts for low, high, counts in bins}


def _large(bins: Iterable[tuple[Bound, Bound, ByGroup]]) -> list[tuple[Bound, Bound, ByGroup]]:
    """Put each range with fewer than 5 together with the one after it, the last one with the one before."""
    found: list[tuple[Bound, Bound, ByGroup]] = []
    for each in bins:
        if found and found[-1][2].get(ALL, 0) < SMALLEST:
            found.append(_joined(found.pop(), each))
        else:
            found.append(each)
    if len(found) > 1 and found[-1][2].get(ALL, 0) < SMALLEST:
        last = found.pop()
        found.append(_joined(found.pop(), last))
    return found


def _joined(one: tuple[Bound, Bound, ByGroup], other: tuple[Bound, Bound, ByGroup]) -> tuple[Bound, Bound, ByGroup]:
    return one[0], other[1], _sum(one[2], other[2])


def _cuts(question: QuestionDefinition, definition: SurveyDefinition) -> list[Decimal]:
    return sorted(
        {
            Decimal(condition.values[0]) + (FINEST if condition.operator == Operator.AT_MOST else 0)
            for each in definition.questions
            for condition in conditions_of(definition, each)
            if condition.question == question.key and condition.values
        }
    )


def _edges(numbers: list[Decimal]) -> list[Decimal]:
    if not numbers or numbers[0] == numbers[-1]:
        return []
    step = max((numbers[-1] - numbers[0]) / BINS, Decimal(1)).to_integral_value(rounding="ROUND_CEILING")
    start = numbers[0].to_integral_value(rounding="ROUND_FLOOR")
    return [start + step * number for number in range(1, BINS + 1) if start + step * number <= numbers[-1]]
