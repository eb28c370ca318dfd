"""The towns' dots and names: enough to know where one is, few enough to see the pins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coordinator.domain.maps.drawing import Basemap, Primitive, Role, Shape, Symbol
from coordinator.domain.maps.labels import Box, Room, town_candidates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordinator.domain.maps.view import View

TOWN_DOT_PX = 4.0
SUBURB_PX = 22.0
"""A town this near a larger one is not named until one looks closer."""
PIXELS_PER_TOWN = 15_000.0
"""One town's name on this much of the picture."""
SIZES_PX = ((250_000, 14.0), (40_000, 12.5), (0, 11.0))
"""From how many people on a name is so large."""


def town_marks(view: View, basemap: Basemap, room: Room) -> Iterator[Primitive]:
    """Yield dots and names of the largest towns that have room; a city's suburbs are not named for it."""
    west, north, east, south = view.bounds()
    x, y = basemap.town_points.T
    shown = np.flatnonzero((x > west) & (x < east) & (y > north) & (y < south))
    named: list[Box] = []
    wanted = int(view.width * view.height / PIXELS_PER_TOWN)
    pixels = view.to_pixels(basemap.town_points[shown[: wanted * 12]])
    for nth, (index, (town_x, town_y)) in enumerate(zip(shown.tolist(), pixels.tolist(), strict=False)):
        if wanted <= 0:
            return
        if nth and np.hypot(*(pixels[:nth] - pixels[nth]).T).min() < SUBURB_PX:
            continue
        if any(left <= town_x <= right and top <= town_y <= bottom for left, top, right, bottom in named):
            continue  # its dot would lie under a larger town's name
        size = _size_px(int(basemap.town_population[index]))
        text = room.place(town_candidates(basemap.town_names[index], town_x, town_y, size))
        if text:
            wanted -= 1
            named.append(room.box_of(text))
            room.take_around(town_x, town_y, TOWN_DOT_PX)
            yield Symbol(town_x, town_y, Shape.DOT, Role.TOWN, TOWN_DOT_PX)
            yield text


def _size_px(population: int) -> float:
    return next(size for least, size in SIZES_PX if population >= least)
