"""Cut the world into cells, so that a map reads only what it shows.

A cell of depth *d* is 360 / 2**d degrees wide and high, counted from 180° W and 90° S.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import numpy as np
import shapely


class Cell(NamedTuple):
    """A square of the map; ``column`` counts from the west, ``row`` from the south."""

    depth: int
    column: int
    row: int

    def box(self, more_deg: float = 0.0) -> shapely.Polygon:
        """Return the square, *more_deg* larger on each side."""
        size = 360 / 2**self.depth
        west, south = self.column * size - 180, self.row * size - 90
        return shapely.box(west - more_deg, south - more_deg, west + size + more_deg, south + size + more_deg)

    def parts(self, depth: int) -> Iterator[Cell]:
        """Yield the cells of *depth* within this one."""
        times = 2 ** (depth - self.depth)
        for column, row in product(range(times), repeat=2):
            yield Cell(depth, self.column * times + column, self.row * times + row)

    def within(self, depth: int) -> Cell:
        """Return the cell of a smaller *depth* that holds this one."""
        shift = self.depth - depth
        return Cell(depth, self.column >> shift, self.row >> shift)


WORLD = (Cell(1, 0, 0), Cell(1, 1, 0))


def cells_of(depth: int) -> list[Cell]:
    """Return all cells of *depth*."""
    return [part for half in WORLD for part in half.parts(depth)]


def cut(
    geometries: list[shapely.Geometry], wanted: set[Cell], overlap_deg: float = 0.0
) -> Iterator[tuple[Cell, np.ndarray]]:
    """Yield each cell of *wanted* (all of one depth) with what of *geometries* lies in it.

    Areas reach *overlap_deg* into the cells beside them: painted one beside the other, no gap shows.
    """
    if not wanted:
        return
    depth = next(iter(wanted)).depth
    branches = {cell.within(level) for cell in wanted for level in range(1, depth + 1)}
    waiting = [(half, np.array(geometries, dtype=object)) for half in WORLD if half in branches]
    while waiting:
        cell, parts = waiting.pop()
        parts = _clipped(parts, cell.box(overlap_deg))
        if not len(parts):
            continue
        if cell.depth == depth:
            yield cell, parts
        else:
            waiting += [(part, parts) for part in cell.parts(cell.depth + 1) if part in branches]


def _clipped(parts: np.ndarray, box: shapely.Polygon) -> np.ndarray:
    """Return the simple pieces of *parts* inside *box*."""
    west, south, east, north = box.bounds
    bounds = shapely.bounds(parts)
    touch = (bounds[:, 0] < east) & (bounds[:, 2] > west) & (bounds[:, 1] < north) & (bounds[:, 3] > south)
    inside = (bounds[:, 0] > west) & (bounds[:, 2] < east) & (bounds[:, 1] > south) & (bounds[:, 3] < north)
    crossing = shapely.get_parts(shapely.intersection(parts[touch & ~inside], box))
    kinds = shapely.get_dimensions(parts[:1])
    crossing = crossing[(shapely.get_dimensions(crossing) == kinds) & ~shapely.is_empty(crossing)]
    return np.concatenate((parts[touch & inside], crossing))
