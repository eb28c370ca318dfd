"""Pins for the benchmarks of the map, the same for ours and the rival."""

from __future__ import annotations

import numpy as np

from coordinator.domain.maps.drawing import PIN_ROLES, Pin
from coordinator.domain.places.positions import Position, Precision

SOUTH_WEST, NORTH_EAST = (42.3, -72.0), (44.6, -69.0)


def many_pins(count: int, seed: int) -> tuple[Pin, ...]:
    """Return *count* pins of all kinds strewn evenly over southern Maine and what lies round it."""
    draw = np.random.default_rng(seed)
    places = draw.uniform(SOUTH_WEST, NORTH_EAST, (count, 2)).tolist()
    roles = draw.integers(0, len(PIN_ROLES), count).tolist()
    return tuple(
        Pin(f"P-{nth}", Position(latitude, longitude, Precision.ADDRESS), PIN_ROLES[role])
        for nth, ((latitude, longitude), role) in enumerate(zip(places, roles, strict=True))
    )
