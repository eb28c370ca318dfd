"""The land beneath everything: what a painter may keep while pins change."""

from __future__ import annotations

from coordinator.domain.maps.clip import clipped_rings, visible_lines
from coordinator.domain.maps.drawing import Basemap, Polygon, Polyline, Primitive, Role
from coordinator.domain.maps.view import View

COUNTIES_BELOW_MILES_PER_PX = 0.5


def compose_base(view: View, basemap: Basemap) -> list[Primitive]:
    """Return land and lines, clipped to the view: what a painter may keep while pins change."""
    primitives: list[Primitive] = []
    rings = clipped_rings(basemap.land, view)
    if rings:
        primitives.append(Polygon(rings, Role.LAND))
    strokes = [(basemap.borders, Role.BORDER), (basemap.coast, Role.COAST)]
    if view.miles_per_pixel() < COUNTIES_BELOW_MILES_PER_PX:
        strokes.insert(0, (basemap.counties, Role.COUNTY))
    primitives += [Polyline(points, role) for lines, role in strokes for points in visible_lines(lines, view)]
    return primitives
