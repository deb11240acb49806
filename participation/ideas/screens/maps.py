"""Ideas on a drawing of the commune: near ones are grouped, and a group opens into the part of the map it stands for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, F, FloatField, Max, Min
from django.db.models.functions import Cast, Floor

from home.models import Neighbourhood
from home.outlines import Bounds, projected
from participation.ideas.querysets import IdeaQuerySet
from participation.ideas.screens.drawing import degrees_of
from participation.ideas.screens.lists import IdeaListForm
from participation.models import Idea

CELLS = 12  # across the drawing; what stands in one cell is one marker
SMALLEST_CELL = 0.0001  # degrees: some ten metres, below which nothing is parted any more
EDGE = 0.00002


@dataclass(frozen=True)
class Marker:
    """One idea, or several that stand near each other; `x`, `y` and `radius` are metres of the drawing."""

    x: int
    y: int
    radius: int
    count: int
    url: str
    title: str = ""
    language: str = ""

    @property
    def text_y(self) -> float:
        return self.y + self.radius * 0.35

    @property
    def text_size(self) -> float:
        return self.radius * 1.05


@dataclass(frozen=True)
class IdeaMap:
    view_box: str
    places: Sequence[Neighbourhood]
    markers: Sequence[Marker]
    without_place: int


def map_of(form: IdeaListForm, address: str, *, total: int) -> IdeaMap | None:
    """Return the map of the `total` ideas that `form` filters, in three queries; None where there is nothing to draw on."""
    places = [place for place in Neighbourhood.objects.drawn() if place.outline_bounds]
    ideas = form.filtered()
    bounds = _bounds(form.cleaned_data.get("box"), places, ideas)
    if bounds is None:
        return None
    west, south = degrees_of(bounds.left, bounds.bottom)
    east, north = degrees_of(bounds.right, bounds.top)
    cell = max((east - west) / CELLS, (north - south) / CELLS, SMALLEST_CELL)
    rows = list(_cells(ideas.on_the_map(), west, south, cell))
    alone = {row["one"] for row in rows if row["count"] == 1}
    known = Idea.objects.on_board(form.board.board_key).filter(number__in=alone) if alone else []
    by_number = {idea.number: idea for idea in known}
    radius = round(max(bounds.right - bounds.left, bounds.bottom - bounds.top) / 70)
    markers = [_marker(row, by_number.get(row["one"]), form, address, radius) for row in rows]
    on_map = sum(marker.count for marker in markers)
    return IdeaMap(bounds.view_box(), places, markers, total - on_map)


def _bounds(box: tuple[float, ...] | None, places: Sequence[Neighbourhood], ideas: IdeaQuerySet) -> Bounds | None:
    if box is None:
        found = Bounds.around(place.outline_bounds for place in places if place.outline_bounds)
        if found is not None:
            return found
        ends: Any = ideas.on_the_map().aggregate(
            west=Min("longitude"), south=Min("latitude"), east=Max("longitude"), north=Max("latitude")
        )
        if ends["west"] is None:
            return None
        box = (ends["west"] - EDGE, ends["south"] - EDGE, ends["east"] + EDGE, ends["north"] + EDGE)
    west, south, east, north = box
    (left, bottom), (right, top) = projected(west, south), projected(east, north)
    return Bounds(left, top, max(right, left + 1), max(bottom, top + 1))


def _cells(ideas: IdeaQuerySet, west: float, south: float, cell: float) -> Any:
    def step(name: str, begin: float) -> Floor:
        return Floor(Cast((F(name) - begin) / cell, FloatField()))

    cells = ideas.order_by().annotate(column=step("longitude", west), row=step("latitude", south))
    return cells.values("column", "row").annotate(
        count=Count("pk"), x=Avg("longitude"), y=Avg("latitude"), one=Min("number"),
        west=Min("longitude"), south=Min("latitude"), east=Max("longitude"), north=Max("latitude"),
    )  # fmt: skip


def _marker(row: dict[str, Any], alone: Idea | None, form: IdeaListForm, address: str, radius: int) -> Marker:
    x, y = projected(row["x"], row["y"])
    if alone is not None:
        return Marker(x, y, radius, 1, f"{address}{alone.slug}/", f"{alone.number}. {alone.title}", alone.language)
    larger = round(radius * (1.25 + 0.35 * math.log10(row["count"])))
    ends = (row["west"] - EDGE, row["south"] - EDGE, row["east"] + EDGE, row["north"] + EDGE)
    box = ",".join(f"{degrees:.5f}" for degrees in ends)
    return Marker(x, y, larger, row["count"], f"{address}?{form.query(box=box, view='map')}#map")
