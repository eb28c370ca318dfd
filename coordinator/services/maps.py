"""The map's outlines and towns, for whoever draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.adapters import basemap

if TYPE_CHECKING:
    from coordinator.domain.maps.drawing import Basemap


def load_basemap() -> Basemap:
    """Return the shipped base map, read once; about 0.1 s the first time."""
    return basemap.load_basemap()
