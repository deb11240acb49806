"""Everything that is kept of one person, for the screen and to take along."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from home.languages import active_language
from home.models import CommuneSettings
from residents.personal_data import Group, Holding, registered

ON_A_SCREEN = 10


@dataclass(frozen=True)
class Part:
    """The rows of one table, as far as they are shown, and how many more there are."""

    holding: Holding
    rows: list[dict[str, Any]]
    more: int = 0


@dataclass(frozen=True)
class Section:
    """A part of the register with what is kept of this person; `empty` names the tables that hold nothing of them."""

    group: Group
    parts: list[Part] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)


def sections_of(user: Any, *, limit: int | None = None) -> list[Section]:
    """Return what is kept of `user` by group, in the reader's language; at most `limit` rows of each table."""
    sections = {group: Section(group) for group in Group}
    for holding in registered():
        section, found = sections[holding.group], holding.of(user)
        rows = [holding.export(row) for row in (found.iterator(chunk_size=500) if limit is None else found[:limit])]
        if not rows:
            section.empty.append(holding.heading)
            continue
        more = found.count() - len(rows) if limit is not None and len(rows) == limit else 0
        section.parts.append(Part(holding, rows, more))
    return [section for section in sections.values() if section.parts]


def as_words(value: Any) -> str:
    """Write a value as one reads it, in the reader's language."""
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, list | tuple):
        return ", ".join(as_words(each) for each in value)
    return str(value)


def as_data(user: Any, *, now: datetime) -> dict[str, Any]:
    """Return everything for a machine: times with their zone, nothing left out."""
    return {
        "commune": CommuneSettings.load().both_names,
        "made": timezone.localtime(now).isoformat(timespec="seconds"),
        "language": active_language(),
        "register": [
            {
                "table": part.holding.model._meta.label,
                "title": part.holding.heading,
                "group": str(section.group.label),
                "what": str(part.holding.what),
                "why": str(part.holding.why),
                "kept": str(part.holding.kept),
                "rows": part.rows,
            }
            for section in sections_of(user)
            for part in section.parts
        ],
    }
