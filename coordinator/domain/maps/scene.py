"""Composes a map: base map, pins, lines, rings, a run and their labels as primitives in painting order."""

from __future__ import annotations

from coordinator.domain.maps.base import compose_base
from coordinator.domain.maps.drawing import Basemap, Layers, Primitive, Symbol, Symbols, Text
from coordinator.domain.maps.frame import frame_marks, keep_free, legend_marks
from coordinator.domain.maps.labels import Measure, Room, estimated_width
from coordinator.domain.maps.lines import match_lines
from coordinator.domain.maps.pins import PlacedPins, placed_pins
from coordinator.domain.maps.rings import ring_marks
from coordinator.domain.maps.routes import keep_off_line, route_line, stop_marks
from coordinator.domain.maps.towns import town_marks
from coordinator.domain.maps.view import View
from coordinator.domain.places.positions import DistanceUnit

__all__ = ["compose", "compose_base", "compose_frame", "compose_overlay"]


def compose(
    view: View,
    basemap: Basemap,
    layers: Layers,
    unit: DistanceUnit = DistanceUnit.MI,
    measure: Measure = estimated_width,
) -> list[Primitive]:
    """Return the whole picture in painting order: ``compose_base``, ``_overlay`` and ``_frame``."""
    return [
        *compose_base(view, basemap),
        *compose_overlay(view, basemap, layers, unit, measure),
        *compose_frame(view, basemap, layers, unit, measure),
    ]


def compose_overlay(
    view: View,
    basemap: Basemap,
    layers: Layers,
    unit: DistanceUnit = DistanceUnit.MI,
    measure: Measure = estimated_width,
    placed: PlacedPins | None = None,
) -> list[Primitive]:
    """Return rings, lines, pins, the run and every label; no label lies over a pin, a label or the frame.

    Args:
        view: What is shown.
        basemap: For the towns' names and the attribution.
        layers: What lies on the map.
        unit: Of the scale bar.
        measure: Widths of texts; a painter that has fonts passes its own.
        placed: Where the pins stand, if whoever asks has found that out already.
    """
    room = Room(view.width, view.height, measure)
    leads, stops = stop_marks(view, layers.route)
    symbols = [*(placed or placed_pins(view, layers)).marks(), *stops]
    for symbol in symbols:
        if isinstance(symbol, Symbols):
            room.take_points(symbol.points, symbol.size_px)
        elif isinstance(symbol, Symbol):
            room.take_around(symbol.x, symbol.y, symbol.size_px)
    for box in layers.covered:
        room.take(box)
    keep_free(room, compose_frame(view, basemap, layers, unit, measure), measure)
    routes = route_line(view, layers.route)
    for line in routes:
        keep_off_line(room, line, view)
    rings = [item for ring in layers.rings for item in ring_marks(view, ring, room)]
    strokes, words = match_lines(view, layers.lines, room, measure)
    towns = list(town_marks(view, basemap, room))
    dots = [item for item in towns if isinstance(item, Symbol)]
    names = [item for item in towns if isinstance(item, Text)]
    return [*dots, *rings, *routes, *leads, *strokes, *names, *symbols, *words]


def compose_frame(
    view: View,
    basemap: Basemap,
    layers: Layers,
    unit: DistanceUnit = DistanceUnit.MI,
    measure: Measure = estimated_width,
) -> list[Primitive]:
    """Return what stays where it is while the map is pulled: scale bar, origin of the data, legend."""
    return [*frame_marks(view, basemap, unit, measure), *legend_marks(layers.legend, measure)]
