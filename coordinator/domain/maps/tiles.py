"""Which pictures of a tiled map a view shows, and where: pure arithmetic.

A tiled map cuts the web-mercator square into 2**zoom columns and rows, counted from the north-west corner.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordinator.domain.maps.drawing import Basemap
    from coordinator.domain.maps.view import View

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

TILE_PX = 256.0
"""How large a tile is meant to be seen, whatever its picture has."""

CLOSEST_ZOOM = 22
LARGER = 0.2
"""How far a zoom is held back, in zooms."""
MOST_TILES = 240
"""More than this is no view but a download; a 4K screen of the smallest tiles has 200."""


@dataclass(frozen=True, slots=True, order=True)
class Tile:
    """One square of a tiled map."""

    zoom: int
    column: int
    row: int

    def ancestor(self, levels: int) -> Tile:
        """Return the tile *levels* further out that holds this one."""
        return Tile(self.zoom - levels, self.column >> levels, self.row >> levels)

    def box(self) -> Box:
        """Return its square in mercator units (see ``view.mercator``)."""
        side = 0.5**self.zoom
        return self.column * side, self.row * side, (self.column + 1) * side, (self.row + 1) * side

    def part_of(self, ancestor: Tile) -> Box:
        """Return where in *ancestor* this tile lies, as parts of its width and height, 0..1."""
        levels = self.zoom - ancestor.zoom
        side = 0.5**levels
        left = (self.column - (ancestor.column << levels)) * side
        top = (self.row - (ancestor.row << levels)) * side
        return left, top, left + side, top + side


@dataclass(frozen=True, slots=True)
class TileLimits:
    """How far a tiled map reaches: its zooms, both inclusive, and its mercator rectangle."""

    min_zoom: int = 0
    max_zoom: int = 19
    box: Box = (0.0, 0.0, 1.0, 1.0)


def zoom_for(view: View, ratio: float, limits: TileLimits) -> int:
    """Return the zoom whose tiles are drawn nearest to their own size, rather larger than smaller.

    Their letters are small, so they are enlarged up to 1.62 times rather than shrunk below 0.81. On a screen
    with *ratio* device pixels to one of the view neither is right: pixel for pixel the letters shrink by
    *ratio*, and enlarged by it they blur. Half of each is taken.
    """
    ideal = math.log2(view.scale / TILE_PX) + math.log2(max(ratio, 1.0)) / 2
    return min(max(round(ideal - LARGER), limits.min_zoom), limits.max_zoom)


def tiles_in(view: View, ratio: float, limits: TileLimits) -> list[Tile]:
    """Return the tiles that show *view*, those in the middle first; each piece of it lies in one of them.

    Nothing where the view lies outside the limits, or would take more than ``MOST_TILES``: so far out a map
    that begins at a close zoom has nothing to show.
    """
    zoom = zoom_for(view, ratio, limits)
    columns, rows = _spans(view.bounds(), zoom, limits.box)
    if len(columns) * len(rows) > MOST_TILES:
        return []
    middle = (view.centre_x * 2**zoom - 0.5, view.centre_y * 2**zoom - 0.5)
    tiles = [Tile(zoom, column, row) for row in rows for column in columns]
    return sorted(tiles, key=lambda tile: math.dist((tile.column, tile.row), middle))


def _spans(shown: Box, zoom: int, within: Box) -> tuple[range, range]:
    """Return the columns and the rows of *zoom* that touch both rectangles."""
    count = 2**zoom
    low = [max(shown[axis], within[axis], 0.0) for axis in (0, 1)]
    high = [min(shown[axis + 2], within[axis + 2], 1.0) for axis in (0, 1)]
    columns, rows = (
        range(math.floor(start * count), min(math.ceil(end * count), count)) if end > start else range(0)
        for start, end in zip(low, high, strict=True)
    )
    return columns, rows


def pixels_of(tile: Tile, view: View, ratio: float) -> Box:
    """Return where *tile* is drawn, in pixels of the view, its edges on whole device pixels.

    Neighbours share their edge, so that no seam shows and no pixel is drawn twice.
    """
    left, top, right, bottom = tile.box()
    shown = view.bounds()
    step = view.scale * ratio
    return (
        round((left - shown[0]) * step) / ratio,
        round((top - shown[1]) * step) / ratio,
        round((right - shown[0]) * step) / ratio,
        round((bottom - shown[1]) * step) / ratio,
    )


def without_towns(basemap: Basemap) -> Basemap:
    """Return *basemap* with its land only."""
    nothing = np.empty(0, dtype=np.int64)
    return replace(basemap, town_names=(), town_points=np.empty((0, 2)), town_population=nothing)


def towns_beside(basemap: Basemap, tiles: Sequence[Tile]) -> Basemap:
    """Return *basemap* without the towns under *tiles*, which name them already."""
    if not tiles or not len(basemap.town_points):
        return basemap
    under = np.zeros(len(basemap.town_points), dtype=bool)
    for zoom in {tile.zoom for tile in tiles}:
        cells = np.floor(basemap.town_points * 2**zoom).astype(np.int64)
        taken = np.array([(tile.column << 32) | tile.row for tile in tiles if tile.zoom == zoom])
        under |= np.isin((cells[:, 0] << 32) | cells[:, 1], taken)
    kept = np.flatnonzero(~under)
    return replace(
        basemap,
        town_names=tuple(basemap.town_names[index] for index in kept.tolist()),
        town_points=basemap.town_points[kept],
        town_population=basemap.town_population[kept],
    )
