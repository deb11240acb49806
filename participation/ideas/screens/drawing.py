"""From the commune's drawing (home.outlines) back to degrees."""

from __future__ import annotations

import math

from home.outlines import EARTH_RADIUS


def degrees_of(x: float, y: float) -> tuple[float, float]:
    """Return longitude and latitude (WGS 84) of a point of the drawing, in metres with y downwards."""
    latitude = 2 * math.atan(math.exp(-y / EARTH_RADIUS)) - math.pi / 2
    return math.degrees(x / EARTH_RADIUS), math.degrees(latitude)
