"""Somebody who takes everything that is published of a survey and works out, by linear programming, what it hides.

Unknown is how many people there are of each kind: of each language, way and place, with each set of answers that the form
allows. Each number that is published is an equation. Of each cell that is hidden the smallest and the largest value that
fit them all are found (the bounds of Dobra and Fienberg, by the simplex method).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product

from participation.surveys.answers import Given
from participation.surveys.cells import ANSWERED, BALLOTS, NO_OPINION_CELL, SEEN, WHOLE, cells_of
from participation.surveys.conditions import conditions_of, shown
from participation.surveys.definitions import QuestionDefinition, SurveyDefinition
from participation.surveys.kinds import EXCLUSIVE, OTHER, Kind
from participation.surveys.results import SurveyResults
from participation.surveys.tables import ALL, Counted, tables_of, way

Answers = dict[str, Given]
Cells = frozenset[tuple[str, str]]
TINY = 1e-7


@dataclass(frozen=True)
class Somebody:
    """A kind of person: where they are counted, and what they add one to."""

    language: str
    is_paper: bool
    place: int
    cells: Cells

    @property
    def groups(self) -> tuple[str, ...]:
        return ALL, self.language, way(self.is_paper), f"place:{self.place}"


def possible_answers(question: QuestionDefinition) -> Iterator[Given]:
    if question.has_no_opinion:
        yield Given({"no_opinion": True})
    ids = [option.id for option in question.offered] + ([OTHER] if question.has_other else [])
    if question.kind in EXCLUSIVE:
        yield from (Given({"marks": [each]}) for each in ids)
    elif question.kind == Kind.SEVERAL:
        least, most = int(question.least or 1), int(question.most or len(ids))
        chosen = chain.from_iterable(combinations(ids, count) for count in range(least, most + 1))
        yield from (Given({"marks": list(marks)}) for marks in chosen)
    elif question.kind == Kind.SCALE:
        yield from (Given({"point": point}) for point in range(1, question.scale_points + 1))
    elif question.kind == Kind.MATRIX:
        points = range(1, question.scale_points + 1)
        rows = [row.id for row in question.offered]
        yield from (Given({"rows": dict(zip(rows, each, strict=True))}) for each in product(points, repeat=len(rows)))


def possible_people(definition: SurveyDefinition) -> set[Cells]:
    """Every set of answers that can be sent, as what it adds one to."""
    found: list[Answers] = [{}]
    for question in definition.questions:
        more = []
        for answers in found:
            is_shown = question.key in shown(definition, answers)
            if not (is_shown and question.is_required):
                more.append(answers)
            if is_shown:
                more += [{**answers, question.key: given} for given in possible_answers(question)]
        found = more
    return {counted_as(definition, answers) for answers in found}


def counted_as(definition: SurveyDefinition, answers: Answers) -> Cells:
    values = {key: given.value for key, given in answers.items()}
    return frozenset(cells_of(shown(definition, answers), values))


def counted_of(people: Sequence[Somebody], places: Mapping[str, tuple[str, ...]]) -> Counted:
    """Count them as the tallies do; `places` are the columns of neighbourhoods with the groups in each."""
    found = Counted()
    column_of = {group: column for column, groups in places.items() for group in groups}
    for each in people:
        groups = [column_of.get(group, group) for group in each.groups]
        for question, cell in each.cells:
            found.add(question, cell, groups, 1)
    ballots = found.of(WHOLE, BALLOTS)
    for name, family in (("language", ("fr", "nl")), ("way", ("screen", "paper")), ("place", tuple(places))):
        present = tuple(group for group in family if ballots.get(group, 0))
        if len(present) > 1:
            found.breakdowns[name] = present
    return found


class Attack:
    """`kinds` are all kinds of people there may be; `places` the columns of neighbourhoods, as they are published."""

    def __init__(
        self, results: SurveyResults, kinds: Sequence[Somebody], places: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.results, self.kinds = results, kinds
        self.columns = {group: (group,) for kind in kinds for group in kind.groups} | dict(places)
        self.polytope = Polytope(*self._published())

    def vector(self, group: str, is_counted: Callable[[Cells], bool]) -> list[float]:
        members = set(self.columns[group])
        return [float(bool(members & set(kind.groups)) and is_counted(kind.cells)) for kind in self.kinds]

    def row(self, group: str, question: str, *cells: str) -> list[float]:
        return self.vector(group, lambda found: any((question, cell) in found for cell in cells))

    def _published(self) -> tuple[list[list[float]], list[float]]:
        rows, values = [], []
        for group, count in self.results.answers.items():
            rows.append(self.row(group, WHOLE, BALLOTS))
            values.append(float(count))
        for result in self.results.questions:
            for table in result.tables:
                for group, column in table.columns.items():
                    key = result.question.key
                    rows += [self.row(group, key, SEEN), self.row(group, key, *answering(result.question, table.part))]
                    values += [float(column.seen), float(column.answered)]
                    for cell, count in column.cells.items():
                        if count.count is not None:
                            rows.append(self.row(group, key, counted_cell(table.part, cell)))
                            values.append(float(count.count))
        return rows, values

    def bounds(self, group: str, question: str, cells: Sequence[str], without: str = "") -> tuple[float, float]:
        target = self.row(group, question, *cells)
        if without:
            target = [one - other for one, other in zip(target, self.row(group, question, without), strict=True)]
        return self.bounds_of(target)

    def bounds_of(self, target: list[float]) -> tuple[float, float]:
        return self.polytope.least(target), -self.polytope.least([-each for each in target])


def answering(question: QuestionDefinition, part: str) -> tuple[str, ...]:
    """The cells of which one at least says that somebody answered."""
    if part:
        return tuple(f"row:{part}:{point}" for point in range(1, question.scale_points + 1))
    return "answered", "no_opinion"


def counted_cell(part: str, cell: str) -> str:
    return cell.replace("point:", f"row:{part}:") if part else cell


class Polytope:
    """The points x >= 0 with `rows` x = `values`, of which one is known to exist; by the simplex method, with dense rows."""

    def __init__(self, rows: list[list[float]], values: list[float]) -> None:
        self.size = len(rows[0])
        distinct = {tuple(row): value for row, value in zip(rows, values, strict=True)}
        count = len(distinct)
        self.table = [
            [*row, *(float(at == other) for other in range(count)), value]
            for at, (row, value) in enumerate(distinct.items())
        ]
        self.basis = [self.size + at for at in range(count)]
        self._optimise([0.0] * self.size + [1.0] * count)
        for at in range(count - 1, -1, -1):  # rows that say nothing new keep an artificial variable of value 0
            if self.basis[at] >= self.size:
                entering = next((each for each in range(self.size) if abs(self.table[at][each]) > TINY), None)
                if entering is None:
                    del self.table[at], self.basis[at]
                else:
                    self._pivot(at, entering)
        self.table = [[*row[: self.size], row[-1]] for row in self.table]

    def least(self, target: list[float]) -> float:
        return self._optimise(list(target))

    def _optimise(self, costs: list[float]) -> float:
        reduced = [*costs, 0.0]
        for at, variable in enumerate(self.basis):
            cost = reduced[variable]
            if cost:
                reduced = [one - cost * other for one, other in zip(reduced, self.table[at], strict=True)]
        while True:
            entering = next((at for at in range(len(costs)) if reduced[at] < -TINY), None)  # Bland: the first one
            if entering is None:
                return -reduced[-1]
            leaving = self._leaving(entering)
            self._pivot(leaving, entering)
            cost = reduced[entering]
            reduced = [one - cost * other for one, other in zip(reduced, self.table[leaving], strict=True)]

    def _leaving(self, entering: int) -> int:
        ratios = [
            (row[-1] / row[entering], self.basis[at], at) for at, row in enumerate(self.table) if row[entering] > TINY
        ]
        smallest = min(ratio for ratio, _variable, _at in ratios)
        return min((variable, at) for ratio, variable, at in ratios if ratio <= smallest + TINY)[1]

    def _pivot(self, leaving: int, entering: int) -> None:
        row = self.table[leaving]
        by = row[entering]
        row = self.table[leaving] = [each / by for each in row]
        for at, other in enumerate(self.table):
            factor = other[entering]
            if at != leaving and abs(factor) > 1e-12:
                self.table[at] = [one - factor * each for one, each in zip(other, row, strict=True)]
        self.basis[leaving] = entering


Small = tuple[str, str, tuple[str, ...], str]


def small_groups(definition: SurveyDefinition, found: Counted, smallest: int) -> Iterator[Small]:
    """Yield what must not be known: of each question, in each column, the cells with fewer than `smallest` people.

    Of several choices also those who marked any and not this one. As (column, question, cells, without that cell).
    """
    columns = [ALL, *(group for groups in found.breakdowns.values() for group in groups)]
    for question in definition.questions:
        for table in tables_of(question, definition, found):
            for cell, group in product(table.rows, columns):
                count = table.rows[cell].get(group, 0)
                if count < smallest:
                    yield group, question.key, (counted_cell(table.part, cell),), ""
                marking = found.of(question.key, ANSWERED).get(group, 0)
                if question.kind == Kind.SEVERAL and cell != NO_OPINION_CELL and marking - count < smallest:
                    yield group, question.key, (ANSWERED,), cell


def crossed_groups(definition: SurveyDefinition, people: Sequence[Somebody], smallest: int) -> Iterator[Cells]:
    """Yield pairs of answers, to two questions that a third rests on, that fewer than `smallest` people gave together."""
    for question in definition.questions:
        sources = {condition.question for condition in conditions_of(definition, question)}
        given = [sorted({cell for each in people for cell in each.cells if cell[0] == key}) for key in sorted(sources)]
        for pair in product(*given) if len(given) == 2 else ():
            telling = [cell for _key, cell in pair if cell not in {SEEN, ANSWERED}]
            if len(telling) == 2 and sum(frozenset(pair) <= each.cells for each in people) < smallest:
                yield frozenset(pair)
