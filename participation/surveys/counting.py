"""Moving the tallies with each ballot, and counting them anew. Who moves them holds the survey's row (`locked`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import F

from participation.models import Ballot, Survey, Tally
from participation.surveys.cells import cells_of

Watch = Callable[[Iterable[Ballot]], Iterable[Ballot]]
Row = tuple[int, str, bool, str, str]  # place, language, on paper, question, cell


def locked(key: UUID) -> Survey:
    return Survey.objects.locked(key)


def count_in(ballot: Ballot) -> None:
    _move(ballot, by=1)


def count_out(ballot: Ballot) -> None:
    _move(ballot, by=-1)


def _move(ballot: Ballot, *, by: int) -> None:
    """Add a ballot to its cells, or take it away: three queries, however many cells."""
    cells = cells_of(ballot.seen, ballot.answers)
    where = {
        "survey_id": ballot.survey_id,
        "place": ballot.place,
        "language": ballot.language,
        "is_paper": ballot.is_paper,
    }
    rows = Tally.objects.filter(**where, question__in={question for question, _cell in cells})
    known = {(question, cell): pk for pk, question, cell in rows.values_list("pk", "question", "cell")}
    Tally.objects.filter(pk__in=[known[cell] for cell in cells if cell in known]).update(count=F("count") + by)
    missing = [
        Tally(**where, question=question, cell=cell, count=by) for question, cell in sorted(cells - known.keys())
    ]
    Tally.objects.bulk_create(missing)
    Survey.objects.filter(pk=ballot.survey_id).update(
        answers=F("answers") + by, paper_answers=F("paper_answers") + (by if ballot.is_paper else 0)
    )


def counted_anew(ballots: Iterable[Ballot]) -> Counter[Row]:
    found: Counter[Row] = Counter()
    for ballot in ballots:
        where = (ballot.place, ballot.language, ballot.is_paper)
        found.update((*where, *cell) for cell in cells_of(ballot.seen, ballot.answers))
    return found


@transaction.atomic
def recount(*, key: UUID, dry_run: bool = False, watch: Watch | None = None) -> dict[Row, tuple[int, int]]:
    """Count a survey's ballots anew; return what differed, as (kept, counted), and put it right unless `dry_run`.

    `watch` wraps the ballots: a progress bar. Nobody can answer meanwhile.
    """
    survey = locked(key)
    ballots: Iterable[Ballot] = survey.ballots.iterator(chunk_size=2000)
    counted = counted_anew(watch(ballots) if watch else ballots)
    fields = ("place", "language", "is_paper", "question", "cell", "count")
    kept = {row[:5]: row[5] for row in survey.tallies.filter(count__gt=0).values_list(*fields)}
    differences = {
        row: (kept.get(row, 0), counted[row])
        for row in kept.keys() | counted.keys()
        if kept.get(row, 0) != counted[row]
    }
    if not dry_run and (differences or _counters_differ(survey)):
        _write(survey, counted)
    return differences


def _counters_differ(survey: Survey) -> bool:
    paper = survey.ballots.filter(is_paper=True).count()
    return (survey.answers, survey.paper_answers) != (survey.ballots.count(), paper)


def _write(survey: Survey, counted: Counter[Row]) -> None:
    names = ("place", "language", "is_paper", "question", "cell")
    told = {row[:5]: row[5] for row in survey.tallies.filter(told__gt=0).values_list(*names, "told")}
    survey.tallies.all().delete()
    rows = (
        Tally(survey=survey, count=counted[row], told=told.get(row, 0), **dict(zip(names, row, strict=True)))
        for row in {**counted, **dict.fromkeys(told, 0)}
    )
    Tally.objects.bulk_create(rows, batch_size=1000)
    survey.answers = survey.ballots.count()
    survey.paper_answers = survey.ballots.filter(is_paper=True).count()
    survey.save(update_fields=["answers", "paper_answers"])
