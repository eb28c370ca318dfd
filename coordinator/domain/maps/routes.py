"""A run on the map: its way and its numbered stops."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from coordinator.domain.maps.drawing import Polyline, Primitive, Role, Shape, Symbol
from coordinator.domain.maps.frame import FOOT_PX
from coordinator.domain.maps.labels import Room
from coordinator.domain.maps.spread import pushed_apart
from coordinator.domain.maps.towns import TOWN_DOT_PX

if TYPE_CHECKING:
    from coordinator.domain.maps.drawing import Route
    from coordinator.domain.maps.view import View

STOP_PX = 19.0
LETTER_PX = 8.0


def stop_marks(view: View, route: Route | None) -> tuple[list[Primitive], list[Symbol]]:
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


def route_line(view: View, route: Route | None) -> list[Polyline]:
    """Return the way of the run as one line, or nothing."""
    return [Polyline(view.project(route.way or route.stops), Role.ROUTE, width_px=2.5)] if route else []


def keep_off_line(room: Room, line: Polyline, view: View) -> None:
    """Keep names off a line by marks along it, as close as the smallest letter is high."""
    for start, end in pairwise(line.points):
        steps = int(min(np.hypot(*(end - start)), 4 * view.width) // LETTER_PX) + 1
        for x, y in (start + (end - start) * np.linspace(0, 1, steps + 1)[:, None]).tolist():
            room.take_around(x, y, line.width_px)
