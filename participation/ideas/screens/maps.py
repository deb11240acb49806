"""Ideas on a drawing of the commune: near ones are grouped, and a group opens into the part of the map it stands for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.db.models import Count, F, Max, Min

from home.models import Neighbourhood
from home.outlines import Bounds, geographic, projected
from home.tiles import Tiles
from participation.ideas.cells import Squares, degrees_at
from participation.ideas.listing import kept
from participation.ideas.querysets import IdeaQuerySet
from participation.ideas.screens.lists import IdeaListForm
from participation.models import Idea

NARROWEST = 160  # metres: a drawing of less would show a marker larger than the street
MIDDLE = 0.5  # of a square: there its marker stands, so that no two hide each other


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
    newest_alone: int  # how many are drawn where words are found in more; 0 where these are all
    tiles: Tiles | None


def map_of(form: IdeaListForm, address: str, results: PaginatorPage) -> IdeaMap | None:
    """Return the map of the ideas that `form` filters, in two queries; None where there is nothing to draw on."""
    places = [place for place in form.neighbourhoods if place.outline_bounds]
    pages: Any = results.paginator
    total, cut_at = pages.count, pages.cut_at
    ideas = form.filtered()
    if cut_at:
        ideas = Idea.objects.filter(pk__in=ideas.newest_first().values("pk")[:cut_at])
    ideas = ideas.on_the_map()
    bounds = _bounds(form.cleaned_data.get("box"), places, ideas)
    if bounds is None:
        return None
    shown = Squares.within((*geographic(bounds.left, bounds.bottom), *geographic(bounds.right, bounds.top)))
    ideas = ideas.within(shown)
    rows = kept(ideas, f"map-{shown.step}", lambda: _counted(ideas, shown.step))
    alone = [row["one"] for row in rows if row["count"] == 1]
    known = Idea.objects.on_board(form.board.board_key).public().filter(number__in=alone) if alone else []
    by_number = {idea.number: idea for idea in known}
    radius = round(max(bounds.right - bounds.left, bounds.bottom - bounds.top) / 70)
    markers = [_marker(row, by_number.get(row["one"]), form, address, radius, 1 << shown.step) for row in rows]
    without_place = 0 if cut_at else max(0, total - sum(marker.count for marker in markers))
    return IdeaMap(bounds.view_box(), places, markers, without_place, cut_at, Tiles.configured())


def _bounds(box: tuple[float, ...] | None, places: Sequence[Neighbourhood], ideas: IdeaQuerySet) -> Bounds | None:
    """Return what is drawn: the box that was asked for, else the commune, else where the ideas are."""
    if box is None:
        found = Bounds.around(place.outline_bounds for place in places if place.outline_bounds)
        if found is not None:
            return found
        ends: Any = ideas.aggregate(west=Min("column"), north=Min("row"), east=Max("column"), south=Max("row"))
        if ends["west"] is None:
            return None
        box = Squares(**ends).box()
    west, south, east, north = box
    (left, bottom), (right, top) = projected(west, south), projected(east, north)
    edge = max(0, NARROWEST - max(right - left, bottom - top)) // 2
    return Bounds(left - edge, top - edge, right + edge, bottom + edge)


def _counted(ideas: IdeaQuerySet, step: int) -> tuple[list[dict[str, Any]], int]:
    rows = _grouped(ideas, step)
    return rows, sum(row["count"] for row in rows)


def _grouped(ideas: IdeaQuerySet, step: int) -> list[dict[str, Any]]:
    """Return the ideas by squares, in whole numbers that an index has: no idea is read from the table."""
    squares = ideas.order_by().annotate(across=F("column").bitrightshift(step), down=F("row").bitrightshift(step))
    return list(
        squares.values("across", "down").annotate(
            count=Count("*"), one=Min("number"),
            west=Min("column"), north=Min("row"), east=Max("column"), south=Max("row"),
        ).order_by("down", "across")
    )  # fmt: skip


def _marker(
    row: dict[str, Any], alone: Idea | None, form: IdeaListForm, address: str, radius: int, side: int
) -> Marker:
    if alone is not None and alone.longitude is not None and alone.latitude is not None:
        x, y = projected(alone.longitude, alone.latitude)
        return Marker(x, y, radius, 1, f"{address}{alone.slug}/", f"{alone.number}. {alone.title}", alone.language)
    x, y = projected(*degrees_at((row["across"] + MIDDLE) * side, (row["down"] + MIDDLE) * side))
    larger = round(radius * (1.25 + 0.35 * math.log10(row["count"])))
    box = ",".join(f"{degrees:.5f}" for degrees in Squares(row["west"], row["north"], row["east"], row["south"]).box())
    return Marker(x, y, larger, row["count"], f"{address}?{form.query(box=box, view='map')}#map")
