"""Ideas from a file, with what was refused and why: the heads are those of the export (`participation.ideas.exports`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from home.languages import LANGUAGE_CODES
from home.models import Neighbourhood, Theme
from participation.ideas import errors
from participation.ideas.kinds import Way
from participation.ideas.permissions import can_type_in
from participation.ideas.writing import type_in_idea
from participation.models import Idea
from residents.display_names import LONGEST
from residents.models import User

NEEDED = ("title", "text")


@dataclass(frozen=True)
class Refused:
    """A row that was not taken, by its number in the file (the heads are row 1), and why."""

    row: int
    title: str
    why: str


@dataclass
class Report:
    taken: int = 0
    refused: list[Refused] = field(default_factory=list)


def import_ideas(
    *, board_key: UUID, rows: Iterable[Mapping[str, str]], user: User, language: str, now: datetime
) -> Report:
    """Bring in ideas; each row is taken whole or refused with a reason, and does not keep others from coming in.

    What stands on the board already, word for word, is refused: a file may be sent twice. Raises NotAllowedError.
    """
    if not can_type_in(user):
        raise errors.NotAllowedError
    report = Report()
    for number, row in enumerate(rows, start=2):
        try:
            with transaction.atomic():
                _bring_in(board_key, row, user, language, now)
            report.taken += 1
        except ValidationError as error:
            report.refused.append(Refused(number, row.get("title", "")[:80], " ".join(_sentences(error))))
    return report


def _sentences(error: ValidationError) -> list[str]:
    if hasattr(error, "error_dict"):
        return [f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items()]
    return list(error.messages)


def _bring_in(board_key: UUID, row: Mapping[str, str], user: User, language: str, now: datetime) -> Idea:
    values = _values(row, language)
    same = Idea.objects.on_board(board_key).sent().filter(title=values["title"], text=values["text"])
    if same.exists():
        raise ValidationError(_("This idea stands on the board already."))
    author = row.get("author", "")[:LONGEST]
    return type_in_idea(board_key=board_key, clerk=user, author_name=author, values=values, now=now, way=Way.IMPORTED)


def _values(row: Mapping[str, str], language: str) -> dict[str, Any]:
    for name in NEEDED:
        if not row.get(name):
            raise ValidationError({name: [_("This column is missing or empty.")]})
    code = (row.get("language") or language).lower()
    if code not in LANGUAGE_CODES:
        raise ValidationError({"language": [_("Write fr or nl.")]})
    return {
        "title": row["title"],
        "text": row["text"],
        "language": code,
        "place": row.get("place", "")[:120],
        "longitude": _degrees(row, "longitude"),
        "latitude": _degrees(row, "latitude"),
        "theme": _named(Theme, "theme", row, ("slug", "name_fr", "name_nl")),
        "neighbourhood": _named(Neighbourhood, "neighbourhood", row, ("code", "slug", "name_fr", "name_nl")),
    }


def _degrees(row: Mapping[str, str], name: str) -> float | None:
    if not row.get(name):
        return None
    try:
        return float(row[name].replace(",", "."))
    except ValueError as error:
        raise ValidationError({name: [_("Write degrees, such as 4.4521.")]}) from error


def _named(model: Any, name: str, row: Mapping[str, str], fields: tuple[str, ...]) -> Any:
    """Return the thing that a cell names; None for an empty one. Raises ValidationError for an unknown one."""
    value = row.get(name)
    if not value:
        return None
    by = Q()
    for each in fields:
        by |= Q(**{f"{each}__iexact": value})
    found = model.objects.filter(by).first()
    if found is None:
        raise ValidationError({name: [_("“%(value)s” is not known here.") % {"value": value[:40]}]})
    return found
