"""The consultations in the editorial calendar: when each phase begins, and when an outcome is owed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.agenda import Entry, Period, State
from home.agenda_of_pages import PUBLIC, Document, PagesSource, Pending
from participation.kinds import CONSULTATION
from participation.models import ConsultationPage, Phase

KINDS = [(CONSULTATION, gettext_lazy("Consultation"))]
LONGEST = timedelta(days=730)  # within which an outcome may be promised


class ConsultationsSource(PagesSource):
    """What pages have; each phase on its first day; and the day by which the outcome is promised, until it is given."""

    states = (*PagesSource.states, State.PHASE)
    fields = ("department_id", "outcome_published_on", "outcome_within_days")

    def pages(self) -> QuerySet[ConsultationPage]:
        pages: QuerySet[ConsultationPage] = ConsultationPage.objects.all()
        return pages

    def is_in(self, period: Period) -> Q:
        phases = Phase.objects.filter(consultation=OuterRef("pk"))
        begins = Exists(phases.filter(starts_on__range=(period.first, period.last)))
        may_be_owed = Exists(phases.filter(ends_on__range=(period.first - LONGEST, period.last)))
        owed = Q(may_be_owed) & Q(outcome_published_on__isnull=True)
        return super().is_in(period) | (PUBLIC & (Q(begins) | owed))

    def about(self, documents: list[Document]) -> dict[UUID, dict[str, Any]]:
        keys = [document.first["pk"] for document in documents]
        places, phases = defaultdict(set), defaultdict(list)
        through = ConsultationPage.neighbourhoods.through.objects.filter(consultationpage__in=keys)
        for page, place in through.values_list("consultationpage", "neighbourhood"):
            places[page].add(place)
        rows = Phase.objects.filter(consultation__in=keys).order_by("starts_on")
        for row in rows.values("consultation", "name", "starts_on", "ends_on", key=F("translation_key")):
            phases[row["consultation"]].append(row)
        return {
            row["translation_key"]: {
                "kind": CONSULTATION,
                "department": row["department_id"],
                "neighbourhoods": frozenset(places[row["pk"]]),
                "phases": phases[row["pk"]],
            }
            for row in (document.first for document in documents)
        }

    def moments(self, document: Document, pending: Pending, **more: Any) -> Iterator[Entry]:
        phases = more.pop("phases")
        yield from super().moments(document, pending, **more)
        rows = [row for row in document.rows if row["live"] or row["expired"]]
        if not rows or not phases:
            return
        for phase in phases:
            words = _("phase: %(name)s") % {"name": phase["name"]}
            yield document.entry(State.PHASE, phase["starts_on"], rows, words=words, part=str(phase["key"]), **more)
        if document.first["outcome_published_on"] is None:
            due_on = _due_on(document, phases)
            yield document.entry(State.PHASE, due_on, rows, words=_("outcome promised"), part="outcome", **more)


def _due_on(document: Document, phases: list[dict[str, Any]]) -> date:
    last: date = max(phase["ends_on"] for phase in phases)
    return last + timedelta(days=document.first["outcome_within_days"])
