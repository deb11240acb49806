"""From a GeoJSON outline to a line that an inline SVG can draw.

Coordinates are Web Mercator metres (EPSG:3857) with y downwards, rounded to a metre, so that the outlines of one commune
fit together in one drawing whichever of them is drawn, and are written once, when the outline is saved.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

EARTH_RADIUS = 6_378_137.0  # metres, WGS 84
SMALLEST_STEP = 4  # metres: a vertex nearer than this to the last one is left out
Ring = list[tuple[int, int]]


class Bounds(NamedTuple):
    """The box around a drawing, in metres."""

    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def around(cls, boxes: Iterable[Iterable[int]]) -> Bounds | None:
        found = [Bounds(*box) for box in boxes]
        if not found:
            return None
        return cls(
            min(box.left for box in found),
            min(box.top for box in found),
            max(box.right for box in found),
            max(box.bottom for box in found),
        )

    def view_box(self, margin: float = 0.03) -> str:
        """Return the `viewBox` of an SVG that shows the whole box, with a margin around it."""
        width, height = self.right - self.left, self.bottom - self.top
        edge = round(max(width, height) * margin)
        return f"{self.left - edge} {self.top - edge} {width + 2 * edge} {height + 2 * edge}"


class Outline(NamedTuple):
    """A drawable outline: the `d` of an SVG path, the box around it, and where its name is written."""

    path: str
    bounds: Bounds
    label: tuple[int, int]


def projected(longitude: float, latitude: float) -> tuple[int, int]:
    x = math.radians(longitude) * EARTH_RADIUS
    y = math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)) * EARTH_RADIUS
    return round(x), -round(y)


def geographic(x: float, y: float) -> tuple[float, float]:
    """Return longitude and latitude of a point of a drawing, in degrees: the inverse of `projected`."""
    longitude = math.degrees(x / EARTH_RADIUS)
    return longitude, math.degrees(2 * math.atan(math.exp(-y / EARTH_RADIUS)) - math.pi / 2)


def _position(value: Any) -> tuple[float, float]:
    try:
        longitude, latitude = float(value[0]), float(value[1])
    except (TypeError, ValueError, IndexError, KeyError) as error:
        raise ValidationError(_("The outline has a position that is not two numbers.")) from error
    if not (-180 <= longitude <= 180 and -85 <= latitude <= 85):
        raise ValidationError(
            _("The outline has a position outside the world; coordinates are longitude, latitude (WGS 84).")
        )
    return longitude, latitude


def _polygons(geometry: Any) -> list[Any]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if not isinstance(coordinates, list) or not coordinates:
        raise ValidationError(_("The outline has no coordinates."))
    if kind == "Polygon":
        return [coordinates]
    if kind == "MultiPolygon":
        return coordinates
    raise ValidationError(_("The outline is a “%(kind)s”; it must be a Polygon or a MultiPolygon.") % {"kind": kind})


def _rings(geometry: Any) -> Iterator[Ring]:
    """Yield what surrounds one way round and holes the other, so that a drawing leaves holes open (SVG 2, fill-rule)."""
    for polygon in _polygons(geometry):
        if not isinstance(polygon, list):
            raise ValidationError(_("The outline has no coordinates."))
        for number, positions in enumerate(polygon):
            if not isinstance(positions, list) or len(positions) < 4:
                raise ValidationError(_("The outline has a ring of fewer than four positions."))
            ring = _thinned([projected(*_position(position)) for position in positions])
            yield ring if (_area(ring) > 0) == (number == 0) else ring[::-1]


def _thinned(ring: Ring) -> Ring:
    kept = ring[:1]
    for point in ring[1:]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= SMALLEST_STEP:
            kept.append(point)
    return kept


def _drawn(ring: Ring) -> str:
    """Write a ring with relative steps: a third of the bytes that absolute positions take."""
    (x, y), rest = ring[0], ring[1:]
    steps = []
    for next_x, next_y in rest:
        steps.append(f"{next_x - x} {next_y - y}")
        x, y = next_x, next_y
    return f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps)}z"


def _area(ring: Ring) -> float:
    """Return the signed area of a ring, in square metres (the shoelace formula)."""
    following = ring[1:] + ring[:1]
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in zip(ring, following, strict=True)) / 2


def _middle(ring: Ring) -> tuple[int, int]:
    """Return the centroid of a ring's area, counted from its first point so that the products stay small."""
    (left, top), area = ring[0], _area(ring)
    near = [(x - left, y - top) for x, y in ring]
    if not area:
        return left, top
    across = down = 0.0
    for (x, y), (next_x, next_y) in zip(near, near[1:] + near[:1], strict=True):
        cross = x * next_y - next_x * y
        across += (x + next_x) * cross
        down += (y + next_y) * cross
    return left + round(across / (6 * area)), top + round(down / (6 * area))


def outline_of(geometry: Any) -> Outline:
    """Turn a GeoJSON Polygon or MultiPolygon (WGS 84) into a drawable outline.

    Raises ValidationError, with a sentence that says what is wrong, when it isn't one.
    """
    rings = [ring for ring in _rings(geometry) if len(ring) >= 3]
    if not rings:
        raise ValidationError(_("The outline is smaller than a house."))
    points = [point for ring in rings for point in ring]
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    bounds = Bounds(min(xs), min(ys), max(xs), max(ys))
    return Outline(
        "".join(_drawn(ring) for ring in rings), bounds, _middle(max(rings, key=lambda ring: abs(_area(ring))))
    )
