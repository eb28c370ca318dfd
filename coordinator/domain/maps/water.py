"""How much of a straight line lies over water, where no road goes straight."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from coordinator.domain.maps.view import mercator
from coordinator.domain.places.distances import miles_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from coordinator.domain.maps.drawing import Basemap, Lines
    from coordinator.domain.places.positions import Position

BANDS_MILES = (0.0, 25.0, 150.0, 800.0, np.inf)
"""Ends as far away as each other share a grid, so that a far one does not coarsen the near ones'."""
GRID = 1000
"""Squares along the longer side of a grid: at 25 miles around, one is a twentieth of a mile."""
SAMPLES = 256
FINE_BELOW_MILES = 150.0
LAKE_LEVEL = 1
"""Lakes that a map of the country shows, from about 6 km²."""


def miles_over_water(
    basemap: Basemap, start: Position, ends: Sequence[Position | None]
) -> NDArray[np.float64]:
    """Return how many miles of the straight line from *start* to each end lie over the sea or a large lake.

    NaN where an end is not known. Good to about the width of a square of the grid: 0.05 miles for ends up to
    25 miles away, 3 miles across the continent. Rivers count only where they are sea (estuaries).
    """
    degrees = [(end.latitude_deg, end.longitude_deg) if end else (np.nan, np.nan) for end in ends]
    latitudes, longitudes = np.array(degrees, dtype=np.float64).reshape(-1, 2).T
    miles = miles_from(start, latitudes, longitudes)
    points = mercator(latitudes, longitudes)
    here = mercator(np.array([start.latitude_deg]), np.array([start.longitude_deg]))[0]
    over = np.where(np.isnan(miles), np.nan, 0.0)
    for near, far in pairwise(BANDS_MILES):
        chosen = np.flatnonzero((miles > near) & (miles <= far))
        if len(chosen):
            level = 2 if far <= FINE_BELOW_MILES else 1
            over[chosen] = miles[chosen] * _wet_share(basemap, level, here, points[chosen])
    return over


def _wet_share(
    basemap: Basemap, level: int, here: NDArray[np.float64], there: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the part 0..1 of each line that is over water."""
    low = np.minimum(there.min(axis=0), here)
    high = np.maximum(there.max(axis=0), here)
    square = float((high - low).max()) / GRID or 1.0
    size = np.asarray(np.ceil((high - low) / square) + 1, dtype=np.int64)
    land = _filled(basemap.land, level, low, square, size)
    land &= ~_filled(basemap.lakes, LAKE_LEVEL, low, square, size)
    land |= _filled(basemap.islands, LAKE_LEVEL, low, square, size)
    along = (np.arange(SAMPLES) + 0.5) / SAMPLES
    where = here + (there - here)[:, None, :] * along[:, None]
    columns, rows = np.moveaxis(((where - low) / square).astype(np.int64), 2, 0)
    return np.asarray(1.0 - land[rows, columns].mean(axis=1))


def _filled(
    lines: Lines, level: int, low: NDArray[np.float64], square: float, size: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return which squares' middles lie in a ring of *lines*; rows downwards, columns to the right.

    All edges are walked at once: each adds its direction to the first square right of it in every row it
    crosses, and a running sum along the row is the winding number. It is not zero inside, also where two
    cells of the map overlap.
    """
    touch = ((lines.high >= low) & (lines.low <= low + size * square)).all(axis=1)
    touch &= (lines.levels[:, 0] <= level) & (lines.levels[:, 1] >= level)
    starts, ends = _edges(lines, np.flatnonzero(touch))
    starts, ends = (starts - low) / square - 0.5, (ends - low) / square - 0.5
    first = np.clip(np.ceil(np.minimum(starts[:, 1], ends[:, 1])), 0, size[1]).astype(np.int64)
    last = np.clip(np.ceil(np.maximum(starts[:, 1], ends[:, 1])), 0, size[1]).astype(np.int64)
    counts = last - first
    edge = np.repeat(np.arange(len(counts)), counts)
    rows = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts - first, counts)
    step = ends - starts
    x = starts[edge, 0] + (rows - starts[edge, 1]) * step[edge, 0] / step[edge, 1]
    columns = np.clip(np.ceil(x), 0, size[0]).astype(np.int64)
    shape = (int(size[1]), int(size[0]) + 1)
    up = np.sign(step[edge, 1])
    turns = np.bincount(rows * shape[1] + columns, weights=up, minlength=shape[0] * shape[1])
    winding = np.cumsum(turns.reshape(shape).astype(np.int16), axis=1, dtype=np.int16)
    return np.asarray(winding[:, :-1] != 0)


def _edges(lines: Lines, chosen: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return both ends of every edge of the *chosen* rings, the closing ones among them."""
    counts = lines.starts[chosen + 1] - lines.starts[chosen]
    firsts = np.cumsum(counts) - counts
    which = np.arange(counts.sum()) + np.repeat(lines.starts[chosen] - firsts, counts)
    following = which + 1
    following[firsts + counts - 1] = lines.starts[chosen]
    return lines.points[which].astype(np.float64), lines.points[following].astype(np.float64)
