"""From a GeoJSON outline to a drawing, and what is said of an outline that can't be drawn."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from home.models import Neighbourhood
from home.outlines import Bounds, geographic, outline_of, projected

# About 700 m by 1,100 m, counter-clockwise as RFC 7946 asks of an exterior ring.
SQUARE = [[4.60, 50.70], [4.61, 50.70], [4.61, 50.71], [4.60, 50.71], [4.60, 50.70]]
POND = [[4.604, 50.704], [4.606, 50.704], [4.606, 50.706], [4.604, 50.706], [4.604, 50.704]]
ELSEWHERE = [[4.70, 50.70], [4.72, 50.70], [4.72, 50.72], [4.70, 50.72], [4.70, 50.70]]


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def multipolygon(*polygons: Any) -> dict[str, Any]:
    return {"type": "MultiPolygon", "coordinates": list(polygons)}


def drawn_rings(path: str) -> list[list[tuple[int, int]]]:
    """Read the `d` of a path back: its rings, in absolute positions."""
    rings = []
    for part in path.split("M")[1:]:
        start, steps = part.removesuffix("z").split("l")
        x, y = (int(number) for number in start.split())
        ring, numbers = [(x, y)], [int(number) for number in steps.split()]
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + across, y + down
            ring.append((x, y))
        rings.append(ring)
    return rings


def signed_area(ring: list[tuple[int, int]]) -> float:
    return sum(x * b - a * y for (x, y), (a, b) in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def reason(geometry: Any) -> str:
    with override("en"), pytest.raises(ValidationError) as refused:
        outline_of(geometry)
    return " ".join(refused.value.messages)


def test_positions_are_web_mercator_with_south_downwards():
    assert projected(0, 0) == (0, 0)
    assert projected(180, 0) == (20037508, 0)
    assert projected(0, 85.0511287798) == (0, -20037508)  # where the square world map ends
    assert projected(4.35, 50.86)[1] < projected(4.35, 50.85)[1]


def test_a_polygon_is_drawn_through_all_its_corners():
    outline = outline_of(polygon(SQUARE))
    (ring,) = drawn_rings(outline.path)
    assert set(ring) == {projected(*corner) for corner in SQUARE}


def test_the_box_holds_the_whole_drawing_and_the_view_box_a_margin_around_it():
    outline = outline_of(multipolygon([SQUARE], [ELSEWHERE]))
    corners = [projected(*corner) for corner in SQUARE + ELSEWHERE]
    assert outline.bounds == (
        min(x for x, _ in corners),
        min(y for _, y in corners),
        max(x for x, _ in corners),
        max(y for _, y in corners),
    )
    left, top, width, height = (int(number) for number in outline.bounds.view_box().split())
    assert left < outline.bounds.left
    assert top < outline.bounds.top
    assert left + width > outline.bounds.right
    assert top + height > outline.bounds.bottom


def test_each_part_of_a_multipolygon_is_drawn():
    assert len(drawn_rings(outline_of(multipolygon([SQUARE], [ELSEWHERE])).path)) == 2


def test_the_name_is_written_in_the_middle_of_the_largest_part():
    x, y = outline_of(multipolygon([SQUARE], [ELSEWHERE])).label
    middle = projected(4.71, 50.71)
    assert x == pytest.approx(middle[0], abs=5)
    assert y == pytest.approx(middle[1], abs=5)


@pytest.mark.parametrize("hole", [POND, POND[::-1]], ids=["same way round", "other way round"])
def test_a_hole_stays_open_whichever_way_round_the_file_draws_it(hole):
    """SVG fills by the nonzero rule: a hole drawn the same way round as what surrounds it would be filled."""
    around, within = drawn_rings(outline_of(polygon(SQUARE, hole)).path)
    assert signed_area(around) * signed_area(within) < 0


def test_holes_do_not_move_the_box():
    assert outline_of(polygon(SQUARE, POND)).bounds == outline_of(polygon(SQUARE)).bounds


def test_vertices_nearer_than_a_few_metres_are_left_out():
    crowded = [*SQUARE[:1], [4.60000001, 50.70000001], *SQUARE[1:]]
    assert outline_of(polygon(crowded)).path == outline_of(polygon(SQUARE)).path


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        ("4.6 50.7", "no coordinates"),
        ({"type": "Polygon"}, "no coordinates"),
        ({"type": "Polygon", "coordinates": []}, "no coordinates"),
        ({"type": "MultiPolygon", "coordinates": ["x"]}, "no coordinates"),
        ({"type": "Point", "coordinates": [4.6, 50.7]}, "is a “Point”"),
        ({"coordinates": [SQUARE]}, "must be a Polygon or a MultiPolygon"),
        (polygon(SQUARE[:3]), "fewer than four positions"),
        (polygon("abcd"), "fewer than four positions"),
        (polygon([[4.6], [4.61, 50.7], [4.61, 50.71], [4.6]]), "not two numbers"),
        (polygon([["west", "north"], *SQUARE[1:]]), "not two numbers"),
        (polygon([None, *SQUARE[1:]]), "not two numbers"),
        (polygon([{"x": 1}, *SQUARE[1:]]), "not two numbers"),
        (polygon([[149_000, 170_000], *SQUARE[1:]]), "outside the world"),
        (polygon([[4.6, 86], *SQUARE[1:]]), "outside the world"),
        (polygon([[float("nan"), 50.7], *SQUARE[1:]]), "outside the world"),
        (polygon([[4.6, 50.7]] * 5), "smaller than a house"),
        (multipolygon([]), "smaller than a house"),
    ],
)
def test_an_outline_that_cannot_be_drawn_is_refused_with_its_reason(geometry, said):
    assert said in reason(geometry)


def test_coordinates_of_the_belgian_grid_are_told_from_degrees():
    """Lambert 72 metres are what communes' own files often hold."""
    assert "longitude, latitude (WGS 84)" in reason(polygon([[149_000, 170_000]] * 4))


@given(
    st.lists(
        st.tuples(st.floats(-179, 179), st.floats(-84, 84)).map(list),
        min_size=4,
        max_size=30,
    )
)
def test_any_ring_in_the_world_is_drawn_within_its_box_or_refused(ring):
    try:
        outline = outline_of(polygon(ring))
    except ValidationError:
        return
    box = outline.bounds
    for drawn in drawn_rings(outline.path):
        assert all(box.left <= x <= box.right and box.top <= y <= box.bottom for x, y in drawn)


def test_a_neighbourhood_keeps_its_drawing_beside_its_outline():
    place = Neighbourhood(code="x", slug="x", name_fr="X", outline=polygon(SQUARE))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.models.Model.save", lambda self, *args, **kwargs: None)
        place.save()
        assert place.outline_path == outline_of(polygon(SQUARE)).path
        assert Bounds(*place.outline_bounds) == outline_of(polygon(SQUARE)).bounds
        place.outline = None
        place.save()
    assert (place.outline_path, place.outline_bounds, place.outline_label, place.view_box) == ("", None, None, "")


def test_a_neighbourhood_with_a_broken_outline_is_refused_when_it_is_checked():
    place = Neighbourhood(code="x", slug="x", name_fr="X", outline={"type": "Point", "coordinates": [4, 50]})
    with pytest.raises(ValidationError, match="Point"):
        place.clean()


@given(longitude=st.floats(-180, 180), latitude=st.floats(-80, 80))
def test_a_point_of_a_drawing_is_led_back_to_where_it_is_on_earth(longitude, latitude):
    found = geographic(*projected(longitude, latitude))
    assert found == pytest.approx((longitude, latitude), abs=1e-5)
