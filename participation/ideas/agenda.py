"""Idea boards in the editorial calendar: when one may write, support and comment, and by when answers are promised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext

from home.agenda import Entry, Period, State
from home.agenda_of_pages import PUBLIC, Document, PagesSource, Pending, documents_of
from participation.models import Idea, IdeaBoardPage

BOARD = "idea-board"
KINDS = [(BOARD, gettext_lazy("Idea board"))]
OPENING = {
    "ideas": gettext_lazy("ideas begin"),
    "supports": gettext_lazy("supports begin"),
    "comments": gettext_lazy("comments begin"),
}
CLOSING = {
    "ideas": gettext_lazy("ideas end"),
    "supports": gettext_lazy("supports end"),
    "comments": gettext_lazy("comments end"),
}
ENDS = {"from": (OPENING, gettext_lazy("opens")), "until": (CLOSING, gettext_lazy("closes"))}
MOMENTS = tuple(f"{what}_{end}" for what in OPENING for end in ENDS)


class BoardsSource(PagesSource):
    """What pages have; and the first and last moment of what one can do on a board, told once where all of it coincides."""

    states = (*PagesSource.states, State.PHASE)
    fields = ("department_id", "has_supports", "has_comments", *MOMENTS)

    def pages(self) -> QuerySet[IdeaBoardPage]:
        pages: QuerySet[IdeaBoardPage] = IdeaBoardPage.objects.all()
        return pages

    def is_in(self, period: Period) -> Q:
        moments = Q()
        for name in MOMENTS:
            moments |= Q(**{f"{name}__range": period.moments})
        return super().is_in(period) | (PUBLIC & moments)

    def about(self, documents: list[Document]) -> dict[UUID, dict[str, Any]]:
        if not documents:
            return {}
        keys = [document.first["pk"] for document in documents]
        places = defaultdict(set)
        through = IdeaBoardPage.neighbourhoods.through.objects.filter(ideaboardpage__in=keys)
        for page, place in through.values_list("ideaboardpage", "neighbourhood"):
            places[page].add(place)
        return {
            row["translation_key"]: {
                "kind": BOARD,
                "department": row["department_id"],
                "neighbourhoods": frozenset(places[row["pk"]]),
            }
            for row in (document.first for document in documents)
        }

    def moments(self, document: Document, pending: Pending, **more: Any) -> Iterator[Entry]:
        yield from super().moments(document, pending, **more)
        rows = [row for row in document.rows if row["live"] or row["expired"]]
        if not rows:
            return
        for part, words, when in _moments(document.first):
            yield document.entry(State.PHASE, when, rows, words=words, part=part, **more)


def _moments(row: dict[str, Any]) -> Iterator[tuple[str, str | Promise, Any]]:
    """Yield the part, the words and the moment of each opening and closing of one board."""
    offered = [what for what in OPENING if what == "ideas" or row[f"has_{what}"]]
    for end, (each, all_at_once) in ENDS.items():
        found = {what: row[f"{what}_{end}"] for what in offered}
        if len(found) > 1 and len(set(found.values())) == 1:
            found, words = {"": found["ideas"]}, {"": all_at_once}
        else:
            words = dict(each)
        for what, when in found.items():
            if when:
                yield f"{end}-{what}".rstrip("-"), words[what], when


class AnswersDueSource:
    """How many ideas of a board are promised an answer by a day, and have none; on that day."""

    def __call__(self, period: Period) -> Iterator[Entry]:
        due = _due(period)
        if not due:
            return
        source = BoardsSource()
        pages = source.pages().filter(PUBLIC, translation_key__in=due)
        documents = documents_of(pages, source.fields)
        about = source.about(documents)
        for document in documents:
            key = document.first["translation_key"]
            for day, count in due[key]:
                words = ngettext("%(count)d answer promised", "%(count)d answers promised", count) % {"count": count}
                part = f"answers-{day.isoformat()}"
                yield document.entry(State.PHASE, day, document.rows, words=words, part=part, **about[key])


def _due(period: Period) -> dict[UUID, list[tuple[date, int]]]:
    owed = Idea.objects.awaiting_answer().filter(answer_due_on__range=(period.first, period.last)).order_by()
    counted = owed.values_list("board", "answer_due_on").annotate(count=Count("pk"))
    found = defaultdict(list)
    for board, day, count in counted.order_by("answer_due_on"):
        found[board].append((day, count))
    return found
