"""The counts of a survey as tables, from its tallies in one query, before anything is hidden. For `results` alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Sum

from participation.models import Survey
from participation.surveys.cells import ANSWERED, BALLOTS, NO_OPINION_CELL, WHOLE
from participation.surveys.conditions import conditions_of
from participation.surveys.definitions import Operator, QuestionDefinition, SurveyDefinition
from participation.surveys.disclosure import POOL, pooled
from participation.surveys.kinds import EXCLUSIVE, OTHER, Kind

ALL = "all"
BINS = 8
FINEST = Decimal("0.0001")  # between two numbers: what is at most 10 lies below 10.0001
ByGroup = dict[str, int]


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
    rows = list(survey.tallies.filter(count__gt=0).values_list(*fields).annotate(total=Sum("count")).order_by())
    whole: ByGroup = defaultdict(int)
    for question, _cell, place, language, is_paper, total in rows:
        if question == WHOLE:
            for group in (f"place:{place}", language, way(is_paper)):
                whole[group] += total
    places = pooled({group: total for group, total in whole.items() if group.startswith("place:")})
    column_of = {group: column for column, groups in places.items() for group in groups}
    found = Counted(pool=places.get(POOL, ()))
    for question, cell, place, language, is_paper, total in rows:
        groups = (ALL, language, way(is_paper), column_of.get(f"place:{place}", POOL))
        found.add(question, cell, groups, total)
    families: dict[str, tuple[str, ...]] = {
        "language": ("fr", "nl"),
        "way": ("screen", "paper"),
        "place": tuple(places),
    }
    for name, family in families.items():
        present = tuple(group for group in family if found.of(WHOLE, BALLOTS).get(group, 0))
        if len(present) > 1:
            found.breakdowns[name] = present
    return found


def way(is_paper: bool) -> str:
    return "paper" if is_paper else "screen"


@dataclass(frozen=True)
class Table:
    """Rows by group. `is_exclusive` rows add up to `totals`, who answered, "no opinion" among them.

    `part` names one of several tables of a question: the line of a matrix. `marks_most` is how many rows one person may
    be in, where that is limited. A text has one row: that there is an answer.
    """

    question: str
    rows: Mapping[str, ByGroup]
    totals: ByGroup
    is_exclusive: bool = True
    part: str = ""
    marks_most: int | None = None

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
        most = int(question.most) if question.most is not None else None
        return [Table(question.key, rows, totals, is_exclusive=False, marks_most=most)]
    return [Table(question.key, rows, totals)]


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
        return {f"near:{middle}": dict(counts) for middle, counts in sorted(found.cells_of(key, "near").items())}
    return {ANSWERED: dict(found.of(key, ANSWERED))}


def _periods(key: str, found: Counted) -> dict[str, ByGroup]:
    """Dates by month; by year where they lie further than two years apart."""
    days = sorted(found.cells_of(key, "date"))
    signs = 7 if days and int(days[-1][:4]) - int(days[0][:4]) <= 2 else 4
    rows: dict[str, ByGroup] = {}
    for day in days:
        name = f"period:{day[:signs]}"
        rows[name] = _sum(rows.get(name, {}), found.of(key, f"date:{day}"))
    return rows


def _bins(question: QuestionDefinition, definition: SurveyDefinition, found: Counted) -> dict[str, ByGroup]:
    """Numbers in ranges, `range:<from>:<below>`, cut where a later question's condition cuts; else in equal parts."""
    cells = {Decimal(value): counts for value, counts in found.cells_of(question.key, "number").items()}
    rows: dict[str, ByGroup] = {}
    edges = _edges(question, definition, sorted(cells))
    for number, counts in sorted(cells.items()):
        below = sum(edge <= number for edge in edges)
        low, high = ("" if below == 0 else edges[below - 1]), ("" if below == len(edges) else edges[below])
        name = f"range:{low}:{high}"
        rows[name] = _sum(rows.get(name, {}), counts)
    return rows


def _edges(question: QuestionDefinition, definition: SurveyDefinition, numbers: list[Decimal]) -> list[Decimal]:
    bounds = {
        Decimal(condition.values[0]) + (FINEST if condition.operator == Operator.AT_MOST else 0)
        for each in definition.questions
        for condition in conditions_of(definition, each)
        if condition.question == question.key and condition.values
    }
    if bounds or not numbers or numbers[0] == numbers[-1]:
        return sorted(bounds)
    step = max((numbers[-1] - numbers[0]) / BINS, Decimal(1)).to_integral_value(rounding="ROUND_CEILING")
    start = numbers[0].to_integral_value(rounding="ROUND_FLOOR")
    return [start + step * number for number in range(1, BINS + 1) if start + step * number <= numbers[-1]]
