"""Results as a page shows them: of each question its bars, in the column that was chosen, and its table of all columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from home.languages import active_language
from home.models import Neighbourhood
from home.outlines import projected
from participation.results.words import PLACE, Columns, row_words
from participation.surveys.definitions import QuestionDefinition
from participation.surveys.disclosure import POOL
from participation.surveys.kinds import WRITTEN, Kind
from participation.surveys.middles import Middle
from participation.surveys.results import Column, Count, QuestionResult, SurveyResults, TableResult
from participation.surveys.tables import ALL


@dataclass(frozen=True)
class Bar:
    """One row: in the chosen column, and in every column that is shown, in their order."""

    label: str
    chosen: Count
    counts: Sequence[Count]
    is_right: bool = False


@dataclass(frozen=True)
class Spot:
    """A square of the map with answers; `x`, `y` and `radius` in the map's own metres."""

    x: int
    y: int
    radius: int
    count: int


@dataclass(frozen=True)
class Rank:
    label: str
    average: float


@dataclass(frozen=True)
class Chart:
    """One table of a question; `title` is the line of a matrix, or ""."""

    title: str
    seen: int
    answered: int
    columns: Sequence[str]
    answered_by_column: Sequence[int]
    bars: Sequence[Bar]
    middle: Middle
    ranks: Sequence[Rank] = ()
    spots: Sequence[Spot] = ()

    @property
    def has_hidden(self) -> bool:
        return any(count.count is None for bar in self.bars for count in bar.counts)


@dataclass(frozen=True)
class Earlier:
    """Words of a question or a choice that were corrected while people were answering."""

    before: str
    now: str


@dataclass(frozen=True)
class Shown:
    """One question of the page; `number` counts from 1 and stays when others are added. No charts: nothing may be shown."""

    number: int
    question: QuestionDefinition
    text: str
    charts: Sequence[Chart]
    earlier: Sequence[Earlier] = field(default=())

    @property
    def anchor(self) -> str:
        return f"question-{self.number}"

    @property
    def is_written(self) -> bool:
        return self.question.kind in WRITTEN

    @property
    def is_there(self) -> bool:
        """Whether the column that was chosen tells something of it."""
        return bool(self.charts)


class Charts:
    """Makes the charts of one survey in the active language, in one column."""

    def __init__(self, results: SurveyResults, places: Iterable[Neighbourhood], column: str = ALL) -> None:
        self.results, self.column = results, column
        self.names = Columns(places)

    def all(self, earlier: Mapping[str, Sequence[Earlier]]) -> list[Shown]:
        return [self._shown(at, result, earlier) for at, result in enumerate(self.results.questions, 1)]

    def _shown(self, number: int, result: QuestionResult, earlier: Mapping[str, Sequence[Earlier]]) -> Shown:
        question = result.question
        text = question.text.in_language(active_language())
        charts = [self._chart(question, table) for table in result.tables if self.column in table.columns]
        return Shown(number, question, text, charts, earlier.get(question.key, ()))

    def _chart(self, question: QuestionDefinition, table: TableResult) -> Chart:
        chosen = table.columns[self.column]
        groups = self._groups(table)
        titles = {row.id: row.words.in_language(active_language()) for row in question.rows}
        right = {f"mark:{option.id}" for option in question.options if option.is_right}
        bars = [
            Bar(
                row_words(question, row, self.names),
                count,
                [table.columns[group].cells[row] for group in groups],
                row in right,
            )
            for row, count in chosen.cells.items()
        ]
        return Chart(
            title=titles.get(table.part, ""),
            seen=chosen.seen,
            answered=chosen.answered,
            columns=[self.names.words(group) for group in groups],
            answered_by_column=[table.columns[group].answered for group in groups],
            bars=bars,
            middle=chosen.middle,
            ranks=_ranks(question, chosen),
            spots=_spots(chosen) if question.kind == Kind.PLACE else (),
        )

    def _groups(self, table: TableResult) -> list[str]:
        """All together, languages and ways; of the neighbourhoods only the one that was chosen: a screen has its width."""
        return [group for group in table.columns if not _is_place(group) or group == self.column]


def _is_place(column: str) -> bool:
    return column.startswith(PLACE) or column == POOL


def _ranks(question: QuestionDefinition, column: Column) -> list[Rank]:
    words = {option.id: option.words.in_language(active_language()) for option in question.options}
    return sorted((Rank(words[key], rank) for key, rank in column.middle.ranks.items()), key=lambda rank: rank.average)


def _spots(column: Column) -> list[Spot]:
    """The area of a spot is as its count: the largest is some 250 m across the commune's map."""
    shown = {row: count.count for row, count in column.cells.items() if _is_drawn(row) and count.count}
    largest = max(shown.values(), default=0)
    found = []
    for row, count in shown.items():
        longitude, latitude = (float(part) for part in row.removeprefix("near:").split(":"))
        x, y = projected(longitude, max(-85.0, min(85.0, latitude)))
        found.append(Spot(x, y, round(80 + 320 * (count / largest) ** 0.5), count))
    return sorted(found, key=lambda spot: -spot.count)


def _is_drawn(row: str) -> bool:
    return row.startswith("near:") and row != f"near:{POOL}"


@dataclass(frozen=True)
class Comparison:
    """Who answered beside who lives there, in percent."""

    label: str
    answers: int
    share: float
    inhabitants: int
    share_there: float
    tint: int = 0


def compared(results: SurveyResults, places: Sequence[Neighbourhood]) -> list[Comparison]:
    """Compare those who told their neighbourhood with the population; none where neighbourhoods aren't shown apart.

    Where small neighbourhoods are shown together, so are their inhabitants. Those where nobody answered count, too.
    """
    groups = [group for group in results.breakdowns.get("place", ()) if group != f"{PLACE}0"]
    if not groups:
        return []
    by_column = {f"{PLACE}{place.pk}": place for place in places}
    names = Columns(places)
    inhabitants = {group: _inhabitants(group, results.pool, by_column) for group in groups}
    everybody = sum(place.population for place in places)
    answers = sum(results.answers[group] for group in groups)
    if not everybody:
        return []
    return [
        Comparison(
            label=names.words(group),
            answers=results.answers[group],
            share=round(100 * results.answers[group] / answers, 1),
            inhabitants=inhabitants[group],
            share_there=round(100 * inhabitants[group] / everybody, 1),
            tint=by_column[group].tint if group in by_column else 0,
        )
        for group in groups
    ]


def _inhabitants(group: str, pool: Sequence[str], places: Mapping[str, Neighbourhood]) -> int:
    members = pool if group == POOL else (group,)
    return sum(places[member].population for member in members if member in places)
