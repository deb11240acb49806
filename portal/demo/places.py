"""Places on the map that residents of the demo point out."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

from portal.demo.content import FOLDER

FURTHEST = 0.7  # of the way from the middle of a neighbourhood to its edge


def points_in(shares: dict[str, float], chance: random.Random) -> Iterator[tuple[float, float]]:
    """Yield points, as longitude and latitude, without end: so many in each neighbourhood as its share says."""
    features = json.loads((FOLDER / "neighbourhoods.geojson").read_text(encoding="utf-8"))["features"]
    edges = {each["properties"]["code"]: each["geometry"]["coordinates"][0] for each in features}
    while True:
        edge = edges[chance.choices(list(shares), list(shares.values()))[0]]
        middle = [sum(point[axis] for point in edge) / len(edge) for axis in (0, 1)]
        to, part = chance.choice(edge), FURTHEST * chance.random()
        yield middle[0] + part * (to[0] - middle[0]), middle[1] + part * (to[1] - middle[1])
