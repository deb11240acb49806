"""Entries as a person sees them: names in their language, links that they may follow, what they may move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.agenda import Entry, State
from home.languages import LANGUAGE_CODES
from home.models import Department, Neighbourhood
from home.permissions import department_ids_of
from moderation.agenda.languages import NotedState, noted_states
from moderation.agenda.spans import Span, View
from moderation.permissions import can_reschedule_some

if TYPE_CHECKING:
    from residents.models import User

ROOM = {View.MONTH: 3, View.WEEK: 10}  # entries of one day, before "and more"


@dataclass(frozen=True)
class Shown:
    entry: Entry
    department: str
    places: str
    languages: str
    url: str
    move_url: str


@dataclass(frozen=True)
class Day:
    date: date
    entries: list[Shown]
    more: int = 0
    is_outside: bool = False

    @property
    def name(self) -> str:
        return date_format(self.date, "l j F")

    @property
    def is_today(self) -> bool:
        return self.date == timezone.localdate()


class Showing:
    """What is shown to `user` of a number of entries, in a fixed number of queries."""

    def __init__(self, user: User, entries: Sequence[Entry]) -> None:
        self.is_of_the_desk = can_reschedule_some(user)
        self.departments = {department.pk: department for department in Department.objects.all()}
        self.own = department_ids_of(user)
        self.places = {place.pk: place for place in Neighbourhood.objects.drawn()}
        waiting = {entry.document: entry.language for entry in entries if entry.state == State.WAITING}
        self.states: dict[UUID, NotedState] = noted_states(waiting) if waiting else {}
        closed = [entry.page for entry in entries if not self._may_open(entry)]
        self.live = {page.pk: page for page in Page.objects.live().filter(pk__in=closed)} if closed else {}
        self.now = timezone.now()

    def _may_open(self, entry: Entry) -> bool:
        """Whether the editor would open the text's draft for them (home.permissions), without asking page by page."""
        return self.is_of_the_desk or entry.department in self.own

    def show(self, entry: Entry) -> Shown:
        department = self.departments.get(entry.department) if entry.department else None
        places = [self.places[key].name for key in sorted(entry.neighbourhoods) if key in self.places]
        may_move = self.is_of_the_desk and entry.state == State.SCHEDULED
        return Shown(
            entry=entry,
            department=department.name if department else _("The commune"),
            places=", ".join(places) or (_("The whole commune") if department else ""),
            languages=self._languages(entry),
            url=self._url(entry),
            move_url=reverse("agenda_move", args=[entry.page]) if may_move else "",
        )

    def _url(self, entry: Entry) -> str:
        """Return where the title leads: the editor; else the live page; else nowhere."""
        if self._may_open(entry):
            return reverse("wagtailadmin_pages:edit", args=[entry.page])
        page = self.live.get(entry.page)
        return (page.url or "") if page else ""

    def _languages(self, entry: Entry) -> str:
        if entry.document in self.states and entry.state == State.WAITING:
            state = self.states[entry.document]
            return _("%(language)s: %(state)s") % {"language": state.language.upper(), "state": state}
        if len(entry.languages) == 1:
            return _("only in French") if entry.languages == ("fr",) else _("only in Dutch")
        return " + ".join(code.upper() for code in LANGUAGE_CODES if code in entry.languages)


def days_of(span: Span, entries: list[Entry], user: User) -> list[list[Day]]:
    """Return the rows of a grid; a busy day shows its first entries, and how many more there are."""
    by_day: dict[date, list[Entry]] = {}
    for entry in entries:
        by_day.setdefault(entry.day, []).append(entry)
    room = ROOM[span.view]
    # One more is shown rather than announced.
    fitting = {day: these if len(these) <= room + 1 else these[:room] for day, these in by_day.items()}
    showing = Showing(user, [entry for these in fitting.values() for entry in these])

    def day(date: date) -> Day:
        these = fitting.get(date, [])
        more = len(by_day.get(date, [])) - len(these)
        is_outside = span.view == View.MONTH and date.month != span.day.month
        return Day(date, [showing.show(entry) for entry in these], more, is_outside)

    return [[day(date) for date in week] for week in span.weeks]


def listed(entries: Sequence[Entry], user: User) -> list[Day]:
    """Return the entries under the days that have some."""
    showing = Showing(user, entries)
    days: dict[date, Day] = {}
    for entry in entries:
        days.setdefault(entry.day, Day(entry.day, [])).entries.append(showing.show(entry))
    return list(days.values())
