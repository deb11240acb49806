"""Results as they may be shown: everything that a page, a file or a figure says of a survey comes from here.

A column is that of all, or of one group: `fr`, `nl`, `screen`, `paper`, `place:<number>` (0: not told), and `together`
for the neighbourhoods with fewer than 5 answers. None stands for what is hidden (`surveys.disclosure`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from participation.models import Survey
from participation.surveys import disclosure
from participation.surveys.actions import live_definition
from participation.surveys.cells import ANSWERED, BALLOTS, NO_OPINION_CELL, SEEN, WHOLE
from participation.surveys.conditions import conditions_of, holds
from participation.surveys.definitions import Condition, Operator, QuestionDefinition, SurveyDefinition
from participation.surveys.disclosure import SMALLEST, Hidden
from participation.surveys.middles import NO_MIDDLE, Middle, middle_of
from participation.surveys.tables import ALL, Counted, Table, counted, tables_of
from participation.surveys.telling import told


@dataclass(frozen=True)
class Count:
    """How many, and what share of those who answered, in percent; both None where hidden."""

    count: int | None
    share: float | None


@dataclass(frozen=True)
class Column:
    """One table in one column. `cells` are by row (`surveys.tables`); `middle` stands only where none is hidden.

    `seen` is by how many the question was shown to, `answered` how many answered, "no opinion" among them.
    """

    seen: int
    answered: int
    cells: Mapping[str, Count]
    middle: Middle = NO_MIDDLE

    @property
    def mean(self) -> float | None:
        return self.middle.mean

    @property
    def median(self) -> float | None:
        return self.middle.median


@dataclass(frozen=True)
class TableResult:
    """One table of a question, by column; a column that is missing is withheld. `part` is the line of a matrix, or ""."""

    part: str
    columns: Mapping[str, Column]


@dataclass(frozen=True)
class QuestionResult:
    """What may be shown of a question; `tables` are empty where nothing may."""

    question: QuestionDefinition
    tables: tuple[TableResult, ...]

    @property
    def is_withheld(self) -> bool:
        return not any(table.columns for table in self.tables)


@dataclass(frozen=True)
class SurveyResults:
    """`answers` are the ballots by column, `breakdowns` the columns of each that is shown, `pool` whose are together."""

    definition: SurveyDefinition
    answers: Mapping[str, int]
    breakdowns: Mapping[str, tuple[str, ...]]
    pool: tuple[str, ...]
    questions: tuple[QuestionResult, ...]

    @property
    def is_withheld(self) -> bool:
        """Whether there are too few answers to show anything, even how many."""
        return ALL not in self.answers


def definition_answered(survey: Survey) -> SurveyDefinition | None:
    """Return what the results are told by: the pages' words, or those last answered where the pages are gone."""
    version = survey.versions.last()
    return live_definition(survey.pk) or (version.definition if version else None)


def results_of(survey: Survey, *, is_running: bool = False) -> SurveyResults | None:
    """Return what may be shown of a survey's answers; None as long as nobody has answered. Who may see it is not asked.

    While it runs they move in steps, and without neighbourhoods (`surveys.telling`).
    """
    definition = definition_answered(survey)
    if not (definition and survey.answers):
        return None
    return shown_results(definition, told(survey, definition) if is_running else counted(survey))


def shown_results(definition: SurveyDefinition, found: Counted) -> SurveyResults:
    """Return what may be shown of these counts."""
    ballots = found.of(WHOLE, BALLOTS)
    breakdowns = {
        name: groups
        for name, groups in found.breakdowns.items()
        if all(ballots.get(group, 0) >= SMALLEST for group in groups)
    }
    columns = [ALL, *(group for groups in breakdowns.values() for group in groups)]
    enough = ballots.get(ALL, 0) >= SMALLEST
    showing = _Showing(definition, found, breakdowns)
    questions = tuple(QuestionResult(each, showing.tables(each) if enough else ()) for each in definition.questions)
    answers = {group: ballots[group] for group in columns} if enough else {}
    return SurveyResults(definition, answers, breakdowns if enough else {}, found.pool, questions)


@dataclass
class _Showing:
    """Goes through the questions in their order and remembers what it hid: what rests on a question depends on it.

    `hidden[question][breakdown]` are the hidden rows of its table, ALL for the column of all; missing where withheld.
    """

    definition: SurveyDefinition
    found: Counted
    breakdowns: Mapping[str, tuple[str, ...]]
    hidden: dict[str, dict[str, Hidden]] = field(default_factory=dict)
    sources: dict[str, Table] = field(default_factory=dict)

    def tables(self, question: QuestionDefinition) -> tuple[TableResult, ...]:
        tables = tables_of(question, self.definition, self.found)
        return tuple(TableResult(table.part, self._columns(question, table)) for table in tables)

    def _columns(self, question: QuestionDefinition, table: Table) -> dict[str, Column]:
        in_all = self._hide_in_all(table) if self._may_show(question, ALL, (ALL,)) else None
        if in_all is None:
            return {}
        hidden = {ALL: in_all}
        for name, groups in self.breakdowns.items():
            rows = self._hide_in(table, groups, in_all) if self._may_show(question, name, groups) else None
            if rows is not None:
                hidden[name] = rows
        self.hidden[question.key], self.sources[question.key] = hidden, table
        columns: dict[str, Column] = {}
        for name, rows in hidden.items():
            groups = (ALL,) if name == ALL else self.breakdowns[name]
            columns |= _ranked_alike({group: self._column(question, table, group, rows) for group in groups})
        return columns

    def _hide_in_all(self, table: Table) -> Hidden | None:
        if table.is_exclusive:
            return disclosure.hidden_rows(table.column(ALL))
        return disclosure.hidden_marks([table.column(ALL)], [table.totals.get(ALL, 0)], table.limits)

    def _hide_in(self, table: Table, groups: tuple[str, ...], in_all: Hidden) -> Hidden | None:
        columns = {group: table.column(group) for group in groups}
        if table.is_exclusive:
            return disclosure.hidden_in_breakdown(columns, in_all)
        totals = [table.totals.get(group, 0) for group in groups]
        return disclosure.hidden_marks(columns.values(), totals, table.limits, hidden_in_all=in_all)

    def _may_show(self, question: QuestionDefinition, name: str, groups: tuple[str, ...]) -> bool:
        """Whether how many saw and answered it tells of nothing that is hidden elsewhere."""
        seen = self.found.of(question.key, SEEN)
        if any(seen.get(group, 0) < SMALLEST for group in groups):
            return False
        conditions = self._telling(question)
        if len(conditions) > 1 and not self._may_cross(conditions, groups, seen):
            return False
        return all(self._is_known(condition, name, groups, seen) for condition in conditions)

    def _telling(self, question: QuestionDefinition) -> list[Condition]:
        """Return the conditions that say who sees it; one on which another's question rests itself says nothing more."""
        conditions = list(dict.fromkeys(conditions_of(self.definition, question)))
        above = [self.definition.by_key.get(condition.question) for condition in conditions]
        implied = {each for source in above if source for each in conditions_of(self.definition, source)}
        return [condition for condition in conditions if condition not in implied]

    def _may_cross(self, conditions: list[Condition], groups: tuple[str, ...], seen: Mapping[str, int]) -> bool:
        """Whether two conditions on questions that everybody saw part the people in four groups of 5 or more."""
        sources = [self.sources.get(condition.question) for condition in conditions]
        if len(sources) > 2 or len({condition.question for condition in conditions}) < 2:
            return False
        for group in groups:
            met = [_met(source, each, group) for source, each in zip(sources, conditions, strict=True) if source]
            everybody = {self.found.of(condition.question, SEEN).get(group, 0) for condition in conditions}
            if len(met) < 2 or None in met or everybody != {self.found.of(WHOLE, BALLOTS).get(group, 0)}:
                return False
            both, first, second = seen.get(group, 0), met[0] or 0, met[1] or 0
            if min(both, first - both, second - both, everybody.pop() - first - second + both) < SMALLEST:
                return False
        return True

    def _is_known(self, condition: Condition, name: str, groups: tuple[str, ...], seen: Mapping[str, int]) -> bool:
        """Whether how many met a condition is known from what is shown of the question that it rests on."""
        source, hidden = self.sources.get(condition.question), self.hidden.get(condition.question, {})
        if source is None or name not in hidden:
            return False
        if source.is_exclusive and disclosure.tells_apart(_rows_of(source, condition), hidden[name]):
            return False
        if not source.is_exclusive and (not _is_of_one_row(source, condition) or hidden[name] & _named(condition)):
            return False
        return self._leaves_enough(source, condition, groups, seen)

    def _leaves_enough(
        self, source: Table, condition: Condition, groups: tuple[str, ...], seen: Mapping[str, int]
    ) -> bool:
        """Whether those who met a condition and yet didn't see the question (it came later) are none, or 5 and more."""
        return all(not 0 < (_met(source, condition, group) or 0) - seen.get(group, 0) < SMALLEST for group in groups)

    def _column(self, question: QuestionDefinition, table: Table, group: str, hidden: Hidden) -> Column:
        answered, counts = table.totals.get(group, 0), table.column(group)
        cells = {
            row: Count(None, None) if row in hidden else Count(count, _share(count, answered))
            for row, count in counts.items()
        }
        seen = self.found.of(question.key, SEEN).get(group, 0)
        middle = NO_MIDDLE if hidden else middle_of(question, table, self.found, group)
        return Column(seen, answered, cells, middle)


def _ranked_alike(columns: dict[str, Column]) -> dict[str, Column]:
    """Tell average ranks in all columns of a breakdown or in none: one that is missing could be worked out."""
    if all(column.middle.ranks for column in columns.values()):
        return columns
    return {group: replace(column, middle=replace(column.middle, ranks={})) for group, column in columns.items()}


def _rows_of(source: Table, condition: Condition) -> list[str]:
    return [row for row in source.rows if holds(condition, {condition.question: frozenset({_value(row)})})]


def _named(condition: Condition) -> frozenset[str]:
    """The rows of a question of several choices that decide its condition."""
    if condition.operator == Operator.ANSWERED:
        return frozenset({NO_OPINION_CELL})
    return frozenset(value if value == NO_OPINION_CELL else f"mark:{value}" for value in condition.values)


def _is_of_one_row(source: Table, condition: Condition) -> bool:
    """Of two choices, how many marked either would tell how many marked both."""
    return len(_named(condition) & source.rows.keys()) <= 1


def _met(source: Table, condition: Condition, group: str) -> int | None:
    """How many met a condition, in one column; None where the rows don't tell."""
    if source.is_exclusive:
        return sum(source.rows[row].get(group, 0) for row in _rows_of(source, condition))
    if not _is_of_one_row(source, condition):
        return None
    named = sum(source.rows.get(row, {}).get(group, 0) for row in _named(condition))
    return named if condition.operator == Operator.IS else source.totals.get(group, 0) - named


def _value(row: str) -> str:
    """Return what a row stands for to a condition: an id, a point, "no_opinion", or the lower end of a range."""
    if row in {NO_OPINION_CELL, ANSWERED}:
        return row
    kind, value = row.split(":", 1)
    return (value.split(":")[0] or "-1e9") if kind == "range" else value


def _share(count: int, answered: int) -> float:
    return round(100 * count / answered, 1) if answered else 0.0
