"""Brings the streets in the database to what the commune's register says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from home.models import Neighbourhood, Street, StreetSection
from home.streets.register import Row, StreetImportError


@dataclass
class Outcome:
    """What an import did, by the streets' codes."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    sections: int = 0


def import_streets(rows: Iterable[Row], *, dry_run: bool = False) -> Outcome:
    """Make or update each street with exactly the sections that `rows` give it, all or none; never delete a street.

    What is in the database and not in the file is reported as `absent`. Raises StreetImportError.
    """
    try:
        with transaction.atomic():
            outcome = _import(rows)
            if dry_run:
                transaction.set_rollback(True)
    except IntegrityError as error:
        raise StreetImportError(
            _("Somebody else imported streets at the same moment. Nothing was changed: try again.")
        ) from error
    return outcome


def _import(rows: Iterable[Row]) -> Outcome:
    stored = {street.code: street for street in Street.objects.select_for_update()}
    places = {place.code: place.pk for place in Neighbourhood.objects.drawn()}
    streets = _by_street(rows, places)
    outcome = Outcome(absent=sorted(set(stored) - set(streets)), sections=sum(map(len, streets.values())))
    known = _stored_sections(streets)
    new: list[Street] = []
    changed: dict[str, list[Row]] = {}
    for code, sections in streets.items():
        first, street = sections[0], stored.get(code)
        is_new = street is None
        street = street or Street(code=code)
        differs = is_new or _rename(street, first) | (known.get(code, set()) != _sections(sections, places))
        (outcome.created if is_new else outcome.updated if differs else outcome.unchanged).append(code)
        if is_new:
            _rename(street, first)
            new.append(street)
        if differs:
            stored[code], changed[code] = street, sections
    Street.objects.bulk_create(new, batch_size=500)
    Street.objects.bulk_update(
        [stored[code] for code in outcome.updated], ["name_fr", "name_nl", "search_text"], batch_size=200
    )
    _replace_sections({stored[code].pk: sections for code, sections in changed.items()}, places)
    return outcome


def _rename(street: Street, row: Row) -> bool:
    """Give a street the names of the file; a Dutch one that the file does not tell is kept. Return whether it changed."""
    before = (street.name_fr, street.name_nl)
    street.name_fr, street.name_nl = row.name_fr, row.name_nl or street.name_nl
    street.fold()
    return before != (street.name_fr, street.name_nl)


def _by_street(rows: Iterable[Row], places: dict[str, int]) -> dict[str, list[Row]]:
    """Return the rows of each street, in the order of the file; raise StreetImportError at the first that can't be."""
    streets: dict[str, list[Row]] = {}
    for row in rows:
        problem = _problem(row, streets.setdefault(row.code, []), places)
        if problem:
            raise StreetImportError(_("Line %(line)d: %(problem)s") % {"line": row.line, "problem": problem})
        streets[row.code].append(row)
    return streets


def _problem(row: Row, earlier: list[Row], places: dict[str, int]) -> str:
    if row.neighbourhood not in places:
        known = ", ".join(sorted(places)) or "–"
        return _("no neighbourhood has the code “%(code)s”. There are: %(known)s.") % {
            "code": row.neighbourhood[:40],
            "known": known,
        }
    if earlier and (row.name_fr, row.name_nl) != (earlier[0].name_fr, earlier[0].name_nl):
        return _("the street %(code)s is called “%(name)s” here and “%(other)s” in line %(line)d.") % {
            "code": row.code,
            "name": " / ".join(filter(None, (row.name_fr, row.name_nl))),
            "other": " / ".join(filter(None, (earlier[0].name_fr, earlier[0].name_nl))),
            "line": earlier[0].line,
        }
    for other in earlier:
        if row.overlaps(other):
            return _("its house numbers %(first)d to %(last)d overlap those of line %(line)d on the same side.") % {
                "first": row.first,
                "last": row.last,
                "line": other.line,
            }
    return ""


def _sections(rows: Iterable[Row], places: dict[str, int]) -> set[tuple[Any, ...]]:
    return {(row.side, row.first, row.last, places[row.neighbourhood]) for row in rows}


def _stored_sections(streets: Iterable[str]) -> dict[str, set[tuple[Any, ...]]]:
    wanted = set(streets)
    known: dict[str, set[tuple[Any, ...]]] = {}
    rows = StreetSection.objects.values_list("street__code", "side", "first_number", "last_number", "neighbourhood")
    for code, *section in rows.order_by():
        if code in wanted:
            known.setdefault(code, set()).add(tuple(section))
    return known


def _replace_sections(changed: dict[int, list[Row]], places: dict[str, int]) -> None:
    keys = list(changed)
    for start in range(0, len(keys), 500):
        StreetSection.objects.filter(street__in=keys[start : start + 500]).delete()
    StreetSection.objects.bulk_create(
        (
            StreetSection(
                street_id=key,
                neighbourhood_id=places[row.neighbourhood],
                side=row.side,
                first_number=row.first,
                last_number=row.last,
            )
            for key, rows in changed.items()
            for row in rows
        ),
        batch_size=500,
    )
