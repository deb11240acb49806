"""A small line over the months, drawn beside the figures that say the same: decoration, so hidden from screen readers."""

from __future__ import annotations

from digests.reach.shown import Course

WIDTH, HEIGHT = 140, 40


def lines_of(course: Course, highest: int) -> list[str]:
    """Return the line as SVG points, broken where a month has no figure that is shown; `highest` is a percentage."""
    step = WIDTH / max(1, len(course.points) - 1)
    lines: list[list[str]] = [[]]
    for number, figure in enumerate(course.points):
        if figure is None or figure.percent is None:
            lines.append([])
            continue
        lines[-1].append(f"{number * step:.1f},{HEIGHT - 2 - (HEIGHT - 4) * figure.percent / max(1, highest):.1f}")
    return [" ".join(points) for points in lines if points]
