"""The events of a consultation for a reader's own calendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from home.addresses import absolute, host
from home.icalendar import Event, calendar

if TYPE_CHECKING:
    from participation.models.phases import ConsultationEvent


def calendar_of(page: Any, events: Iterable[ConsultationEvent], *, name: str) -> HttpResponse:
    """Return `events` of the consultation `page` as a file called `name`."""
    content = calendar((_entry(page, event) for event in events), name=page.title, now=timezone.now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slugify(name) or "agenda"}.ics"'
    return response


def _entry(page: Any, event: ConsultationEvent) -> Event:
    """The identifier is the same in both languages, so that whoever takes both has the event once."""
    return Event(
        uid=f"{event.translation_key}@{host()}",
        when=event.starts_at,
        until=event.ends_at,
        summary=event.title,
        place=event.place,
        description="\n".join(filter(None, [event.description, page.title])),
        url=absolute(page.url or "/"),
        category=page.department.name,
    )
