"""The land beneath everything: what a painter may keep while pins change."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from coordinator.domain.maps.clip import clipped_rings, visible_lines
from coordinator.domain.maps.drawing import Basemap, Lines, Polygon, Polyline, Primitive, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordinator.domain.maps.view import View

COUNTIES_BELOW_MILES_PER_PX = 0.5
FINE_BELOW_DEG_PER_PX, COARSE_FROM_DEG_PER_PX = 0.0045, 0.024
"""Chosen so that a level's own simplification (see ``resources/_build``) stays below a pixel."""
STATES_BELOW_MILES_PER_PX = 7.0
"""Lines of states and the rivers: farther away they hide the land."""
LEAST_LAND_PX, LEAST_LAKE_PX = 1.2, 3.0
"""Smaller islands and lakes are specks."""


def level_of(view: View) -> int:
    """Return the level of detail a view needs: 0 the world, 1 a country, 2 a region and closer."""
    degrees_per_pixel = 360 / view.scale
    if degrees_per_pixel < FINE_BELOW_DEG_PER_PX:
        return 2
    return 1 if degrees_per_pixel < COARSE_FROM_DEG_PER_PX else 0


def compose_base(view: View, basemap: Basemap) -> list[Primitive]:
    """Return land, water and lines, clipped to the view: what a painter may keep while pins change.

    Where the view looks over the date line, the world goes on there.
    """
    return [item for copy in _copies(view) for item in _one_world(copy, basemap)]


def _copies(view: View) -> list[View]:
    """Return the views that show each copy of the world in sight, side by side."""
    left, _, right, _ = view.bounds()
    return [replace(view, centre_x=view.centre_x - nth) for nth in range(math.floor(left), math.ceil(right))]


def _one_world(view: View, basemap: Basemap) -> Iterator[Primitive]:
    level = level_of(view)

    def areas(rings: Lines, role: Role, least_px: float) -> Iterator[Primitive]:
        return (Polygon((ring,), role) for ring in clipped_rings(rings, view, level, least_px))

    def strokes(
        lines: Lines, role: Role, least_px: float = 0.0, width_px: float = 1.0, *, dashed: bool = False
    ) -> Iterator[Primitive]:
        pieces = visible_lines(lines, view, level, least_px)
        return (Polyline(points, role, width_px, dashed) for points in pieces)

    yield from areas(basemap.land, Role.LAND, LEAST_LAND_PX)
    is_near = view.miles_per_pixel() < STATES_BELOW_MILES_PER_PX
    if is_near:
        yield from strokes(basemap.rivers, Role.RIVER, LEAST_LAND_PX)
    yield from areas(basemap.lakes, Role.LAKE, LEAST_LAKE_PX)
    yield from areas(basemap.islands, Role.LAND, LEAST_LAKE_PX)
    if view.miles_per_pixel() < COUNTIES_BELOW_MILES_PER_PX:
        yield from strokes(basemap.counties, Role.COUNTY)
    yield from strokes(basemap.shores, Role.COAST, LEAST_LAKE_PX)
    yield from strokes(basemap.coast, Role.COAST, LEAST_LAND_PX)
    if is_near:
        yield from strokes(basemap.borders, Role.BORDER, width_px=1.4)
    yield from strokes(basemap.countries, Role.BORDER, width_px=2.0, dashed=True)
