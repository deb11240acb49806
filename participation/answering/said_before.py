"""What the page says before one answers: who may, until when, who will know what, and what becomes of the answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from home.templatetags.home_tags import moment, names
from participation.surveys.terms import Access, ResultsFor, ResultsWhen

if TYPE_CHECKING:
    from participation.models import SurveyPage


@dataclass(frozen=True)
class Said:
    icon: str
    title: str
    sentences: tuple[str, ...]


def said_before(page: SurveyPage, *, now: datetime) -> list[Said]:
    return [
        Said("people", _("Who may answer"), _who(page)),
        Said("calendar", _("Until when"), (_until(page, now),)),
        Said("lock", _("Who knows what you answer"), _privacy(page)),
        Said("document", _("What becomes of the answers"), what_becomes(page)),
    ]


def _who(page: SurveyPage) -> tuple[str, ...]:
    if page.access == Access.ANYONE:
        return (
            _("Everybody, once for each browser, without an account."),
            _("Nobody shows who they are, so the results are an indication, not a count of residents."),
        )
    once = _("Each person answers once, in French or in Dutch.")
    if page.access == Access.SIGNED_IN:
        return _("Everybody who is signed in."), once
    if page.access == Access.VERIFIED:
        return _("Verified residents: people who have shown once that they live in the commune."), once
    places = {"places": names(page.neighbourhoods.all())}
    return _("Verified residents of %(places)s.") % places, once


def _until(page: SurveyPage, now: datetime) -> str:
    if page.opens_at and page.opens_at > now:
        if page.closes_at:
            words = {"opens": moment(page.opens_at), "closes": moment(page.closes_at)}
            return _("From %(opens)s until %(closes)s.") % words
        return _("From %(opens)s on.") % {"opens": moment(page.opens_at)}
    if page.closes_at is None:
        return _("It has no end yet.")
    words = {"closes": moment(page.closes_at)}
    return (_("It closed on %(closes)s.") if page.has_closed(now) else _("Until %(closes)s.")) % words


def _privacy(page: SurveyPage) -> tuple[str, ...]:
    place = (_("Your neighbourhood is kept with your answer, to compare places."),) if _keeps_place(page) else ()
    if page.is_open_about_who_answered:
        return (
            _("It is not anonymous: your answer is kept with your account, and the commune knows that it is yours."),
            _("You can change it until the survey closes."),
            *place,
        )
    if page.access == Access.ANYONE:
        return (
            _("It is anonymous: we keep neither a name nor an address, only the day."),
            _("Once sent, an answer can’t be changed. A cookie then notes that this browser has answered."),
            *place,
        )
    return (
        _(
            "It is anonymous: that you answered is kept apart from what you answered, and nobody can join the two again."
        ),
        _("So an answer can’t be changed once it is sent."),
        *place,
    )


def _keeps_place(page: SurveyPage) -> bool:
    return page.asks_neighbourhood or page.access == Access.VERIFIED_THERE


def what_becomes(page: SurveyPage) -> tuple[str, ...]:
    staff = _("The commune’s staff see results while the survey runs.")
    early = (staff,) if page.staff_see_running_results and page.results_when != ResultsWhen.LIVE else ()
    if page.results_when == ResultsWhen.NEVER:
        return _("The results are not published. The department that asks works with them."), *early
    when = {
        ResultsWhen.LIVE: _("The results are shown here while the survey runs."),
        ResultsWhen.CLOSING: _("The results are shown here once the survey is closed."),
        ResultsWhen.OUTCOME: _("The results are shown here once the commune has said what it does with them."),
    }[ResultsWhen(page.results_when)]
    who = {
        ResultsFor.EVERYBODY: _("Everybody can see them."),
        ResultsFor.ANSWERED: _("Those who answered can see them."),
        ResultsFor.STAFF: _("Only the commune’s staff see them."),
    }[ResultsFor(page.results_for)]
    return when, who, *early
