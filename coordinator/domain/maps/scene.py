"""Composes a map: base map, pins, lines, rings, a run and their labels as primitives in painting order."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from coordinator.domain.maps.clip import clipped_rings, visible_lines
from coordinator.domain.maps.drawing import (
    SHAPES,
    Anchor,
    Basemap,
    Layers,
    Polygon,
    Polyline,
    Primitive,
    Ring,
    Role,
    ScaleBar,
    Shape,
    Symbol,
    Text,
)
from coordinator.domain.maps.labels import Measure, Room, estimated_width, town_candidates
from coordinator.domain.maps.lines import match_lines
from coordinator.domain.maps.spread import pushed_apart, spiral
from coordinator.domain.places import KM_PER_MILE, DistanceUnit, Position

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coordinator.domain.maps.drawing import Pin, Route
    from coordinator.domain.maps.view import View

PIN_PX, STOP_PX, TOWN_DOT_PX = 13.0, 19.0, 4.0
ORIGIN_PX, FOOT_PX = 9.0, 18.0
"""Size of the words that say where the data are from, and the strip kept for them."""
LETTER_PX = 8.0
SUBURB_PX = 22.0
"""A town this near a larger one is not named until one looks closer."""
COUNTIES_BELOW_MILES_PER_PX = 0.5
PIXELS_PER_TOWN = 15_000.0
"""One town's name on this much of the picture: enough to know where one is, few enough to see the pins."""
EARTH_RADIUS_MILES = 3958.8


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


def compose_overlay(
    view: View,
    basemap: Basemap,
    layers: Layers,
    unit: DistanceUnit = DistanceUnit.MI,
    measure: Measure = estimated_width,
) -> list[Primitive]:
    """Return rings, lines, pins, the run and every label; no label lies over a pin, a label or the frame.

    Args:
        view: What is shown.
        basemap: For the towns' names and the attribution.
        layers: What lies on the map.
        unit: Of the scale bar.
        measure: Widths of texts; a painter that has fonts passes its own.
    """
    room = Room(view.width, view.height, measure)
    leads, stops = _stop_marks(view, layers.route)
    symbols = [*pin_symbols(view, layers.pins), *stops]
    for symbol in symbols:
        room.take_around(symbol.x, symbol.y, symbol.size_px)
    _keep_free(room, compose_frame(view, basemap, layers, unit, measure), measure)
    routes = _route_line(view, layers.route)
    for line in routes:
        _keep_off_line(room, line, view)
    rings = [item for ring in layers.rings for item in _ring(view, ring, room)]
    strokes, words = match_lines(view, layers.lines, room, measure)
    towns = list(_towns(view, basemap, room))
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
    return [*_frame(view, basemap, unit, measure), *_legend(layers.legend)]


def pin_symbols(view: View, pins: Sequence[Pin]) -> list[Symbol]:
    """Return the pins in view, the emphasised last; those at one place (one ZIP) are spread to be seen."""
    points = spiral(view.project([pin.position for pin in pins]), PIN_PX)
    symbols = [
        Symbol(
            x,
            y,
            SHAPES[pin.role],
            pin.role,
            size_px=PIN_PX * (1.3 if pin.emphasised else 1),
            code=pin.code,
            emphasised=pin.emphasised,
        )
        for pin, (x, y) in zip(pins, points, strict=True)
        if -PIN_PX < x < view.width + PIN_PX and -PIN_PX < y < view.height + PIN_PX
    ]
    return sorted(symbols, key=lambda symbol: symbol.emphasised)


def _stop_marks(view: View, route: Route | None) -> tuple[list[Primitive], list[Symbol]]:
    """Return thin lines from moved numbers to their places, and the stops' numbers, none over another."""
    if route is None:
        return [], []
    numbers = route.numbers or tuple(str(nth) for nth in range(1, len(route.stops) + 1))
    half = STOP_PX / 2 + 3
    all_marked = [(stop, number) for stop, number in zip(route.stops, numbers, strict=True) if number]
    shown = view.shows([stop for stop, _ in all_marked])
    marked = [one for one, is_shown in zip(all_marked, shown, strict=True) if is_shown]
    places = view.project([stop for stop, _ in marked])
    spots = pushed_apart(places, STOP_PX + 2, (half, half), (view.width - half, view.height - half - FOOT_PX))
    leads: list[Primitive] = []
    for place, spot in zip(places, spots, strict=True):
        if np.hypot(*(spot - place)) > 1:
            leads.append(Polyline(np.stack((place, spot)), Role.STOP, width_px=1.0))
            leads.append(Symbol(float(place[0]), float(place[1]), Shape.DOT, Role.ROUTE, TOWN_DOT_PX))
    symbols = [
        Symbol(x, y, Shape.CIRCLE, Role.STOP, STOP_PX, number)
        for (x, y), (_, number) in zip(spots.tolist(), marked, strict=True)
    ]
    return leads, symbols


def _route_line(view: View, route: Route | None) -> list[Polyline]:
    return [Polyline(view.project(route.stops), Role.ROUTE, width_px=2.5)] if route else []


def _keep_off_line(room: Room, line: Polyline, view: View) -> None:
    """Keep names off a line by marks along it, as close as the smallest letter is high."""
    for start, end in pairwise(line.points):
        steps = int(min(np.hypot(*(end - start)), 4 * view.width) // LETTER_PX) + 1
        for x, y in (start + (end - start) * np.linspace(0, 1, steps + 1)[:, None]).tolist():
            room.take_around(x, y, line.width_px)


def _ring(view: View, ring: Ring, room: Room) -> Iterator[Primitive]:
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


def _towns(view: View, basemap: Basemap, room: Room) -> Iterator[Primitive]:
    """Yield dots and names of the largest towns that have room; a city's suburbs are not named for it."""
    left, top, right, bottom = view.bounds()
    x, y = basemap.town_points.T
    shown = np.flatnonzero((x > left) & (x < right) & (y > top) & (y < bottom))
    wanted = int(view.width * view.height / PIXELS_PER_TOWN)
    pixels = view.to_pixels(basemap.town_points[shown[: wanted * 12]])
    for nth, (index, (town_x, town_y)) in enumerate(zip(shown.tolist(), pixels.tolist(), strict=False)):
        if wanted <= 0:
            return
        if nth and np.hypot(*(pixels[:nth] - pixels[nth]).T).min() < SUBURB_PX:
            continue
        size = 13.0 if basemap.town_population[index] >= 50_000 else 11.0
        text = room.place(town_candidates(basemap.town_names[index], town_x, town_y, size))
        if text:
            wanted -= 1
            yield Symbol(town_x, town_y, Shape.DOT, Role.TOWN, TOWN_DOT_PX)
            yield text


def _frame(view: View, basemap: Basemap, unit: DistanceUnit, measure: Measure) -> list[Primitive]:
    """Return the scale bar and, beneath it, where the map's data come from, on as many lines as it needs."""
    per_pixel = view.miles_per_pixel() * (KM_PER_MILE if unit is DistanceUnit.KM else 1)
    amount = _round_amount(per_pixel * min(130.0, view.width / 3))
    origin = _lines_within(basemap.attribution, view.width - 12, measure)
    first = view.height - 6 - ORIGIN_PX * 1.2 * (len(origin) - 1)
    texts = [
        Text(view.width - 6, first + ORIGIN_PX * 1.2 * nth, line, Role.ATTRIBUTION, ORIGIN_PX, Anchor.END)
        for nth, line in enumerate(origin)
    ]
    bar = ScaleBar(12.0, first - FOOT_PX, amount / per_pixel, f"{amount:,g} {unit}")
    return [bar, *texts]


def _lines_within(text: str, width: float, measure: Measure) -> list[str]:
    """Return *text* whole when it fits, else a line for each part between the dots."""
    if not text:
        return []
    return [text] if measure(text, ORIGIN_PX) <= width else text.split(" · ")


def _round_amount(most: float) -> float:
    """Return the largest of 1, 2, 5, 10, 20, … (or .5, .2, …) not above *most*."""
    power = 10.0 ** math.floor(math.log10(most))
    return next(step * power for step in (5.0, 2.0, 1.0) if step * power <= most)


def _legend(entries: Sequence[tuple[Role, str]]) -> list[Primitive]:
    rows = [(18.0, 18.0 + 18.0 * nth, role, text) for nth, (role, text) in enumerate(entries)]
    marks: list[Primitive] = [Symbol(x, y, SHAPES[role], role, PIN_PX) for x, y, role, _ in rows]
    return marks + [Text(x + 13, y + 4, text, role, 12) for x, y, role, text in rows]


def _keep_free(room: Room, frame: Sequence[Primitive], measure: Measure) -> None:
    for item in frame:
        if isinstance(item, Text):
            room.take_text(item)
        elif isinstance(item, Symbol):
            room.take_around(item.x, item.y, item.size_px)
        elif isinstance(item, ScaleBar):
            width = max(item.length_px, measure(item.text, 11))
            room.take((item.x - 2, item.y - 20, item.x + width + 2, item.y + 4))
