"""The commune in squares, so that what stands near each other is found and counted without any arithmetic on degrees.

The squares are those of a web map (Web Mercator): at each level every one of the level above is cut in four.
"""

from __future__ import annotations

import math
from typing import NamedTuple

DEEPEST = 22  # some six metres in Belgium
SIDE = 1 << DEEPEST  # squares across the world at the deepest level
MOST_ACROSS = 8  # of a drawing: what stands in one square is one marker


class Square(NamedTuple):
    """One square of the deepest level, counted from the north-west."""

    column: int
    row: int


def square_of(longitude: float, latitude: float) -> Square:
    across = (longitude + 180) / 360
    steep = math.asinh(math.tan(math.radians(max(-85.0, min(85.0, latitude)))))
    down = (1 - steep / math.pi) / 2
    return Square(min(SIDE - 1, int(across * SIDE)), min(SIDE - 1, int(down * SIDE)))


def degrees_at(column: float, row: float) -> tuple[float, float]:
    """Return longitude and latitude of a point that is counted in squares: x.5 is the middle of square x."""
    steep = math.pi * (1 - 2 * row / SIDE)
    return column / SIDE * 360 - 180, math.degrees(math.atan(math.sinh(steep)))


class Squares(NamedTuple):
    """A part of the map, in squares of the deepest level, its last ones included."""

    west: int
    north: int
    east: int
    south: int

    @classmethod
    def within(cls, box: tuple[float, float, float, float]) -> Squares:
        """Return those that a box holds, from west, south, east and north in degrees."""
        west, south, east, north = box
        first, last = square_of(west, north), square_of(east, south)
        return cls(first.column, first.row, last.column, last.row)

    def box(self) -> tuple[float, float, float, float]:
        """Return a box that holds these and no others, however its degrees are rounded to a metre."""
        west, north = degrees_at(self.west + 0.25, self.north + 0.25)
        east, south = degrees_at(self.east + 0.75, self.south + 0.75)
        return west, south, east, north

    @property
    def step(self) -> int:
        """How many levels above the deepest its markers are grouped: by squares of 2 to that power on a side."""
        longest = max(self.east - self.west, self.south - self.north) + 1
        return max(0, math.ceil(math.log2(longest / MOST_ACROSS)))
