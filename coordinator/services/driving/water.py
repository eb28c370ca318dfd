"""How much of a straight line is water, measured once for each pair of places."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from coordinator.domain.driving.roads import OverWater
    from coordinator.domain.places.positions import Position

MOST_REMEMBERED = 200_000

_measured: dict[tuple[Position, Position], float] = {}


def miles_over_water(start: Position, ends: Sequence[Position | None]) -> NDArray[np.float64]:
    """Return how many miles of the straight line from *start* to each end lie over sea or a large lake.

    Not a number where an end is unknown. The first call reads the base map.
    """
    new = [end for end in dict.fromkeys(ends) if end is not None and (start, end) not in _measured]
    if new:
        if len(_measured) > MOST_REMEMBERED:
            _measured.clear()
        _measured.update(zip(((start, end) for end in new), _measure()(start, new).tolist(), strict=True))
    return np.array([np.nan if end is None else _measured.get((start, end), np.nan) for end in ends])


@cache
def _measure() -> OverWater:
    """Return the measure on the shipped base map, which is read then."""
    from coordinator.adapters.map_files.basemap import load_basemap  # noqa: PLC0415 - the first window shows no match
    from coordinator.domain.maps import water  # noqa: PLC0415 - likewise

    return partial(water.miles_over_water, load_basemap())
