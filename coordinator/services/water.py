"""How much of a straight line is water, measured once for each pair of places."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np

from coordinator.services.maps import load_basemap

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from coordinator.domain.places import Position
    from coordinator.domain.roads import OverWater

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
    """Return the measure that comes with the base map; a program without one marks no line."""
    # PLUG: once ``domain/maps/water.py`` is there for good, import it at the top instead.
    if importlib.util.find_spec("coordinator.domain.maps.water") is None:
        return lambda _, ends: np.zeros(len(ends))
    water = importlib.import_module("coordinator.domain.maps.water")
    return partial(water.miles_over_water, load_basemap())
