"""What happens to pages in a period: a source of the editorial calendar that features build theirs on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision, WorkflowState

from home.agenda import Entry, Period, State
from home.languages import active_language

Row = dict[str, Any]
PUBLIC = Q(live=True) | Q(expired=True)


@dataclass(frozen=True)
class Pending:
    """Approved for an hour of the period, by page; and before the desk, by page: when, and whether that is wanted."""

    scheduled: dict[int, datetime]
    waiting: dict[int, tuple[datetime, bool]]


class Document:
    """The pages of one text, one for each language; `first` is the reader's, or the other one where there is none."""

    def __init__(self, rows: list[Row], language: str) -> None:
        self.rows = sorted(rows, key=lambda row: (row["locale__language_code"] != language, row["pk"]))
        self.first = self.rows[0]

    def entry(self, state: State, when: datetime | date, among: list[Row], **more: Any) -> Entry:
        """Return an entry that holds for the pages `among` those of the text."""
        draft = state in (State.SCHEDULED, State.WAITING)
        page = among[0] if draft else self.first
        return Entry(
            document=page["translation_key"],
            state=state,
            when=when,
            title=(draft and page["draft_title"]) or page["title"],
            language=page["locale__language_code"],
            page=page["pk"],
            languages=tuple(sorted(row["locale__language_code"] for row in among)),
            **more,
        )

    def earliest(self, field: str) -> tuple[Any, list[Row]]:
        """Return the first value of `field` on a page that readers found or find, and the pages that have one."""
        rows = [row for row in self.rows if row[field] and (row["live"] or row["expired"])]
        return min((row[field] for row in rows), default=None), rows


class PagesSource(ABC):
    """Published, scheduled, waiting, going offline; a feature adds its own fields and moments in a subclass."""

    states: tuple[State, ...] = (State.PUBLISHED, State.SCHEDULED, State.WAITING, State.OFFLINE)
    fields: tuple[str, ...] = ()

    @abstractmethod
    def pages(self) -> QuerySet[Page]:
        """Return the pages of the feature, of both languages."""

    def is_in(self, period: Period) -> Q:
        """Which pages have a moment of their own in `period`."""
        return PUBLIC & (Q(first_published_at__range=period.moments) | Q(expire_at__range=period.moments))

    @abstractmethod
    def about(self, documents: list[Document]) -> dict[UUID, dict[str, Any]]:
        """Return the kind, department and neighbourhoods of each document, by its key."""

    def __call__(self, period: Period) -> Iterable[Entry]:
        pending = Pending(_scheduled(period), self._waiting(period))
        documents = self._documents(period, pending)
        about = self.about(documents)
        for document in documents:
            more = about[document.first["translation_key"]]
            yield from (entry for entry in self.moments(document, pending, **more) if entry.when in period)

    def moments(self, document: Document, pending: Pending, **more: Any) -> Iterator[Entry]:
        """Yield what ever happens to the text; what falls outside the period is left out by the caller."""
        for field, state in (("first_published_at", State.PUBLISHED), ("expire_at", State.OFFLINE)):
            when, rows = document.earliest(field)
            if when:
                yield document.entry(state, when, rows, **more)
        rows = [row for row in document.rows if row["pk"] in pending.scheduled]
        if rows:
            when = min(pending.scheduled[row["pk"]] for row in rows)
            yield document.entry(State.SCHEDULED, when, rows, **more)
        rows = [row for row in document.rows if row["pk"] in pending.waiting]
        if rows:
            when, is_wanted = pending.waiting[rows[0]["pk"]]
            words = _("waiting, wanted for") if is_wanted else _("waiting since")
            yield document.entry(State.WAITING, when, rows, words=words, **more)

    def _documents(self, period: Period, pending: Pending) -> list[Document]:
        pages = self.pages()
        found = pages.filter(self.is_in(period) | Q(pk__in=[*pending.scheduled, *pending.waiting]))
        return documents_of(pages.filter(translation_key__in=found.values("translation_key")), self.fields)

    def _waiting(self, period: Period) -> dict[int, tuple[datetime, bool]]:
        """A text stands on the day it is wanted for, as its latest draft says; without one, on that of its proposal."""
        states = WorkflowState.objects.filter(
            status=WorkflowState.STATUS_IN_PROGRESS, base_content_type=ContentType.objects.get_for_model(Page)
        )
        since = {int(pk): when for pk, when in states.values_list("object_id", "created_at")}
        drafts = self.pages().filter(pk__in=since).values_list("pk", "latest_revision__content__go_live_at")
        waiting = {}
        for pk, wanted in drafts:
            moment = parse_datetime(wanted) if wanted else None
            when = (moment, True) if moment else (since[pk], False)
            if when[0] in period:
                waiting[pk] = when
        return waiting


def _scheduled(period: Period) -> dict[int, datetime]:
    revisions = Revision.objects.page_revisions().filter(approved_go_live_at__range=period.moments)
    return {int(pk): when for pk, when in revisions.values_list("object_id", "approved_go_live_at")}


def documents_of(pages: QuerySet[Page], fields: Sequence[str]) -> list[Document]:
    """Return the texts that `pages` are, in one query, with these fields of theirs beside those that an entry needs."""
    names = ("pk", "translation_key", "locale__language_code", "title", "draft_title", "live", "expired")
    documents, language = defaultdict(list), active_language()
    for row in pages.order_by().values(*names, "first_published_at", "expire_at", *fields):
        documents[row["translation_key"]].append(row)
    return [Document(rows, language) for rows in documents.values()]


class OwnPagesSource(PagesSource):
    """The commune's own pages: no department speaks in them, and they are for everybody."""

    kind = "page"

    def __init__(self, *models: type[Page]) -> None:
        self.models = models

    def pages(self) -> QuerySet[Page]:
        pages: QuerySet[Page] = Page.objects.type(*self.models)
        return pages

    def about(self, documents: list[Document]) -> dict[UUID, dict[str, Any]]:
        return {document.first["translation_key"]: {"kind": self.kind} for document in documents}
