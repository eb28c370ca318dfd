"""Rings of equal distance around a place."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from coordinator.domain.maps.drawing import Anchor, Polyline, Primitive, Ring, Role, Text
from coordinator.domain.maps.labels import Room
from coordinator.domain.places.positions import KM_PER_MILE, DistanceUnit, Position

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordinator.domain.maps.view import View

EARTH_RADIUS_MILES = 3958.8
ROUND_DISTANCES = (10, 25, 50)
"""In the unit in force: near enough to meet, an evening's drive, half a day's."""


def rings_around(centre: Position, unit: DistanceUnit) -> tuple[Ring, ...]:
    """Return rings at round distances around *centre*, with their words."""
    per_unit = 1.0 if unit is DistanceUnit.MI else 1 / KM_PER_MILE
    return tuple(Ring(centre, amount * per_unit, f"{amount} {unit}") for amount in ROUND_DISTANCES)


def ring_marks(view: View, ring: Ring, room: Room) -> Iterator[Primitive]:
    """Yield the ring and, where there is room on it, its words."""
    points = view.project(ring_positions(ring))
    yield Polyline(points, Role.RING, width_px=1.5, dashed=True)
    if ring.label:
        spots = [points[nth % 72].tolist() for nth in (0, 9, 63, 18, 54, 36)]
        text = room.place([Text(x, y - 3, ring.label, Role.RING, anchor=Anchor.MIDDLE) for x, y in spots])
        if text:
            yield text


def ring_positions(ring: Ring) -> list[Position]:
    """Return 73 places around the centre, from north by east, the last the first again.

    On the sphere: the line drawn is thicker than the 0.3 % between sphere and ellipsoid.
    """
    bearing = np.linspace(0, 2 * np.pi, 73)
    angle = min(ring.radius_miles / EARTH_RADIUS_MILES, math.pi / 2)
    latitude, longitude = math.radians(ring.centre.latitude_deg), math.radians(ring.centre.longitude_deg)
    sines = math.sin(latitude) * math.cos(angle) + math.cos(latitude) * math.sin(angle) * np.cos(bearing)
    latitudes = np.arcsin(np.clip(sines, -1, 1))
    east = np.sin(bearing) * math.sin(angle) * math.cos(latitude)
    longitudes = longitude + np.arctan2(east, math.cos(angle) - math.sin(latitude) * np.sin(latitudes))
    degrees = np.degrees(np.column_stack((latitudes, np.clip(longitudes, -np.pi, np.pi)))).tolist()
    return [Position(north, east, ring.centre.precision) for north, east in degrees]
