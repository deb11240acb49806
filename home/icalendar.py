"""Writes iCalendar (RFC 5545): the few properties that the calendars of the portal have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LINE_OCTETS = 75  # RFC 5545, 3.1
TEXT = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
CONTROL = dict.fromkeys([*range(0x20), 0x7F])  # not allowed in a value, the line break excepted (3.3.11)
del CONTROL[ord("\n")]


@dataclass(frozen=True)
class Event:
    """`when` is a date for the whole day. `uid` stays the same whatever becomes of the event.

    One takes part in what has an end, so that its hours are shown as taken; the others tell of a day or a moment.
    """

    uid: str
    when: datetime | date
    summary: str
    description: str
    url: str
    category: str
    until: datetime | None = None
    place: str = ""


def calendar(events: Iterable[Event], *, name: str, now: datetime, every: timedelta | None = None) -> bytes:
    """Return a calendar; with `every`, one that programs read again so often.

    With METHOD, DTSTAMP tells when the calendar was written (3.8.7.2), so no event needs a revision of its own.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Commune portal//Calendar//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    if every:
        hours = f"PT{int(every.total_seconds() // 3600)}H"
        lines += [f"REFRESH-INTERVAL;VALUE=DURATION:{hours}", f"X-PUBLISHED-TTL:{hours}"]
    for event in events:
        lines += _lines(event, now)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def _lines(event: Event, now: datetime) -> list[str]:
    if isinstance(event.when, datetime):
        start = [f"DTSTART:{_utc(event.when)}", *([f"DTEND:{_utc(event.until)}"] if event.until else [])]
    else:
        start = [f"DTSTART;VALUE=DATE:{event.when:%Y%m%d}", f"DTEND;VALUE=DATE:{event.when + timedelta(days=1):%Y%m%d}"]
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{_utc(now)}",
        *start,
        f"SUMMARY:{_text(event.summary)}",
        f"DESCRIPTION:{_text(event.description)}",
        *([f"LOCATION:{_text(event.place)}"] if event.place else []),
        f"CATEGORIES:{_text(event.category)}",
        *([f"URL:{event.url}"] if event.url else []),
        f"TRANSP:{'OPAQUE' if event.until else 'TRANSPARENT'}",
        "END:VEVENT",
    ]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    """Return `value` as a TEXT (3.3.11)."""
    return value.replace("\r\n", "\n").translate(CONTROL).translate(TEXT)


def folded(line: str) -> bytes:
    """Return `line` broken after at most 75 octets, never within a character (3.1)."""
    parts, rest, room = [], line.encode(), LINE_OCTETS
    while len(rest) > room:
        end = room
        while rest[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(rest[:end])
        rest, room = rest[end:], LINE_OCTETS - 1
    return b"\r\n ".join([*parts, rest]) + b"\r\n"
