"""Neighbourhoods from a GeoJSON file, as communes publish them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from home.models.places import TINTS, Neighbourhood

NAMELESS = "quartier-wijk"  # the address where neither name nor code has a letter that could stand in one


class NeighbourhoodImportError(Exception):
    """The file, or one of its features, can't be used; the message says which and why."""


@dataclass(frozen=True)
class Columns:
    """What the file calls each property. An empty name means that the file has none."""

    code: str = "code"
    name_fr: str = "name"
    name_nl: str = ""
    slug: str = ""
    households: str = "households"
    population: str = "population"


@dataclass
class Outcome:
    """What an import did, by code."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


def _no_number(constant: str) -> None:
    """Refuse what Python reads as a number and JSON does not have (RFC 8259, section 6): NaN, Infinity."""
    raise ValueError(constant)


def read_features(file: Path) -> list[dict[str, Any]]:
    """Return the features of a GeoJSON FeatureCollection. Raises NeighbourhoodImportError when it isn't one."""
    try:
        content = json.loads(file.read_text(encoding="utf-8-sig"), parse_constant=_no_number)
    except OSError as error:
        raise NeighbourhoodImportError(
            _("%(file)s can't be read: %(reason)s") % {"file": file, "reason": error.strerror}
        ) from error
    except ValueError as error:
        raise NeighbourhoodImportError(
            _("%(file)s is not valid JSON: %(reason)s") % {"file": file, "reason": error}
        ) from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not features:
        raise NeighbourhoodImportError(_("%(file)s is not a GeoJSON FeatureCollection with features.") % {"file": file})
    return features


def _count(properties: dict[str, Any], column: str) -> int | None:
    """Return a whole number; None when the file doesn't tell it. Raises ValidationError."""
    value = properties.get(column) if column else None
    if value in (None, ""):
        return None
    try:
        number, whole = float(value), int(float(value))
    except (TypeError, ValueError, OverflowError):
        number = whole = -1
    if number < 0 or number != whole:
        raise ValidationError(
            _("“%(column)s” is “%(value)s”; it must be a whole number, 0 or more.") % {"column": column, "value": value}
        )
    return whole


def _text(properties: dict[str, Any], column: str) -> str:
    value = properties.get(column) if column else None
    return str(value).strip() if value is not None else ""


def _values(feature: Any, columns: Columns) -> dict[str, Any]:
    """Return the fields of one neighbourhood that the file tells. Raises ValidationError with what is wrong."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        raise ValidationError(_("It has no properties."))
    values: dict[str, Any] = {
        name: _text(properties, getattr(columns, name)) for name in ("code", "name_fr", "name_nl")
    }
    for name in ("code", "name_fr"):
        if not values[name]:
            raise ValidationError(
                _("The property “%(column)s” is missing or empty.") % {"column": getattr(columns, name)}
            )
    values["slug"] = _text(properties, columns.slug)
    for name in ("households", "population"):
        values[name] = _count(properties, getattr(columns, name))
    values["outline"] = feature.get("geometry")
    return {name: value for name, value in values.items() if value not in (None, "")}


def _called(feature: Any, columns: Columns) -> str:
    """Return what tells a feature from the others: its name, its code, or "?"."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return "?"
    return _text(properties, columns.name_fr) or _text(properties, columns.code) or "?"


def _free_slug(wanted: str, taken: set[str]) -> str:
    slug, number = wanted, 2
    while slug in taken:
        slug, number = f"{wanted[:56]}-{number}", number + 1
    return slug


def _checked(features: Iterable[Any], columns: Columns) -> Iterator[dict[str, Any]]:
    """Yield the fields of each feature; raise NeighbourhoodImportError naming the first one that is wrong."""
    seen: set[str] = set()
    for number, feature in enumerate(features, start=1):
        try:
            values = _values(feature, columns)
            if values["code"] in seen:
                raise ValidationError(_("The code “%(code)s” stands in the file twice.") % {"code": values["code"]})
            seen.add(values["code"])
            place = Neighbourhood(**{"slug": "x", **values})
            place.clean_fields()
            place.clean()
        except ValidationError as error:
            raise NeighbourhoodImportError(
                _("Feature %(number)d (%(name)s): %(problem)s")
                % {"number": number, "name": _called(feature, columns), "problem": " ".join(error.messages)}
            ) from error
        yield values


def _store(values: dict[str, Any], stored: dict[str, Neighbourhood], outcome: Outcome) -> None:
    """Make or update one neighbourhood. Its address and tint are kept once given; what the file doesn't tell, too."""
    code = values["code"]
    place = stored.get(code)
    if place is None:
        slug = values.pop("slug", "") or Neighbourhood.slug_for(values["name_fr"], values.get("name_nl", ""))
        slug = slug or slugify(code) or NAMELESS
        slug = _free_slug(slug, {other.slug for other in stored.values()})
        place = stored[code] = Neighbourhood(**values, slug=slug, tint=len(stored) % TINTS + 1)
        place.save()
        outcome.created.append(code)
        return
    values = {name: value for name, value in values.items() if name != "slug"}
    if all(getattr(place, name) == value for name, value in values.items()):
        outcome.unchanged.append(code)
        return
    for name, value in values.items():
        setattr(place, name, value)
    place.save()
    outcome.updated.append(code)


def import_neighbourhoods(features: Iterable[Any], *, columns: Columns, dry_run: bool = False) -> Outcome:
    """Make or update a neighbourhood for each feature, all or none; never delete one.

    What is in the database and not in the file is reported as `absent`. Raises NeighbourhoodImportError.
    """
    outcome = Outcome()
    with transaction.atomic():
        stored = {place.code: place for place in Neighbourhood.objects.select_for_update()}
        known = set(stored)
        found = set()
        for values in _checked(features, columns):
            found.add(values["code"])
            _store(values, stored, outcome)
        outcome.absent = sorted(known - found)
        if dry_run:
            transaction.set_rollback(True)
    return outcome
