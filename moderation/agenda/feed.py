"""The calendar at a private address, for a person's own program."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from home import agenda
from home.addresses import absolute
from home.agenda import Period
from home.icalendar import Event, calendar
from home.languages import in_active_language
from home.models import CommuneSettings
from moderation.agenda.actions import note_reading
from moderation.agenda.shown import Showing, Shown
from moderation.models import CalendarFeed
from moderation.permissions import can_see_agenda

PAST, AHEAD = timedelta(days=60), timedelta(days=400)
READ_EVERY = timedelta(hours=1)


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer as long as the person may see the calendar; every other address is one that isn't there."""
    feed = CalendarFeed.objects.at(token).select_related("user").first()
    if feed is None or not can_see_agenda(feed.user):
        raise Http404
    now = timezone.now()
    note_reading(feed=feed, now=now)
    with translation.override(feed.language):
        content = _calendar_of(feed.user, now)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _calendar_of(user: Any, now: Any) -> bytes:
    today = timezone.localdate(now)
    entries = agenda.entries(Period(today - PAST, today + AHEAD))
    showing = Showing(user, entries)
    name = _("Calendar of %(commune)s") % {"commune": in_active_language(CommuneSettings.load(), "name")}
    return calendar((_event(showing.show(entry)) for entry in entries), name=name, now=now, every=READ_EVERY)


def _event(shown: Shown) -> Event:
    entry = shown.entry
    lines = [entry.said, shown.department, shown.places, shown.languages]
    return Event(
        uid="-".join(filter(None, (str(entry.document), entry.state, entry.part))) + f"@{absolute('/').split('/')[2]}",
        when=entry.when,
        summary=f"{entry.title} ({entry.state.label})",
        description="\n".join(filter(None, lines)),
        url=absolute(shown.url) if shown.url else "",
        category=str(entry.state.label),
    )
