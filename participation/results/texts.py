"""Written answers that are shown with the results: those that somebody of the commune has looked at and let through.

The words of "other" are shown only where its count is: they could be counted. A question's own texts are shown once 5
people wrote something; what tells of a place, where none of its rows is hidden. In which language one wrote is no secret
of theirs: the words tell it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from participation.models import AnswerTag, Survey, WrittenAnswer
from participation.surveys.cells import ANSWERED
from participation.surveys.kinds import OTHER, WRITTEN, Kind
from participation.surveys.results import QuestionResult, SurveyResults
from participation.surveys.tables import ALL

AT_FIRST = 3  # of each language, below a question


def readable_parts(result: QuestionResult) -> list[str]:
    """Return of which parts of a question texts may be shown: "" for its own, "other" for those beside that choice."""
    if result.question.kind in WRITTEN:
        return [""] if _is_told(result, ANSWERED) else []
    if result.question.kind == Kind.PLACE:
        return [""] if _tells_all(result) else []
    return [OTHER] if _is_told(result, f"mark:{OTHER}") else []


def _tells_all(result: QuestionResult) -> bool:
    """Whether no row is hidden: an address that is shown says in which row its author is."""
    column = result.tables[0].columns.get(ALL) if result.tables else None
    return bool(column and all(count.count is not None for count in column.cells.values()))


def _is_told(result: QuestionResult, row: str) -> bool:
    column = result.tables[0].columns.get(ALL) if result.tables else None
    return bool(column and row in column.cells and column.cells[row].count)


def readable_texts(survey: Survey, results: SurveyResults | None) -> QuerySet[WrittenAnswer]:
    """Return the texts that may be read beside these results, in an order that tells nothing."""
    shown = WrittenAnswer.objects.filter(survey=survey, state=WrittenAnswer.State.SHOWN).order_by("pk")
    parts = [
        Q(question=each.question.key, part=part)
        for each in (results.questions if results else ())
        for part in readable_parts(each)
    ]
    return shown.filter(reduce(or_, parts)) if parts else shown.none()


@dataclass
class Said:
    """What was written to one question: how many texts are shown, their tags with counts, and the first of them."""

    count: int = 0
    tags: list[tuple[AnswerTag, int]] = field(default_factory=list)
    first: list[WrittenAnswer] = field(default_factory=list)


def said(survey: Survey, results: SurveyResults) -> dict[str, Said]:
    """Return what stands below each question that has texts, by its key, in three queries."""
    texts = readable_texts(survey, results)
    found: dict[str, Said] = {}
    for row in texts.order_by().values("question").annotate(count=Count("pk")):
        found[row["question"]] = Said(count=row["count"])
    if not found:
        return {}
    for question, tag, count in tag_counts(texts):
        found[question].tags.append((tag, count))
    numbered = Window(RowNumber(), partition_by=[F("question"), F("language")], order_by="pk")
    for text in texts.annotate(at=numbered).filter(at__lte=AT_FIRST).order_by("language", "pk"):
        found[text.question].first.append(text)
    return found


def tag_counts(texts: QuerySet[WrittenAnswer]) -> list[tuple[str, AnswerTag, int]]:
    """Return how many of these texts have each tag, by question, most first."""
    rows: Any = texts.order_by().exclude(tags=None).values_list("question", "tags").annotate(count=Count("pk"))
    tags: Mapping[int, AnswerTag] = AnswerTag.objects.in_bulk({tag for _question, tag, _count in rows})
    return [(question, tags[tag], count) for question, tag, count in sorted(rows, key=lambda row: (-row[2], row[1]))]
