"""OSRM and Valhalla as the tests play them: the road is 1.5 straight miles, driven at 40 mph."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlsplit

from coordinator.domain.places.positions import Position, Precision, distance_miles
from tests.web_server import WebServer, send

METRES = 1609.344
Spot = tuple[float, float]


def road_miles(a: Spot, b: Spot) -> float:
    ends = [Position(north, east, Precision.ADDRESS) for north, east in (a, b)]
    return 1.5 * distance_miles(*ends)


def minutes(a: Spot, b: Spot) -> float:
    return road_miles(a, b) / 40 * 60


def osrm(handler: BaseHTTPRequestHandler) -> None:
    """Answer ``/table`` and ``/route``; the road bends half way a little to the north."""
    asked = urlsplit(handler.path)
    _, service, _, _, places = asked.path.split("/")
    spots = [(float(north), float(east)) for east, north in (p.split(",") for p in places.split(";"))]
    if service == "route":
        points = [[east, north] for north, east in _bent(spots)]
        _say(handler, {"code": "Ok", "routes": [{"geometry": {"type": "LineString", "coordinates": points}}]})
        return
    query = parse_qs(asked.query)
    starts, ends = (
        [spots[int(index)] for index in query[name][0].split(";")] for name in ("sources", "destinations")
    )
    _say(
        handler,
        {
            "code": "Ok",
            "durations": [[minutes(a, b) * 60 for b in ends] for a in starts],
            "distances": [[road_miles(a, b) * METRES for b in ends] for a in starts],
        },
    )


def valhalla(server: WebServer, handler: BaseHTTPRequestHandler) -> None:
    """Answer ``/sources_to_targets`` and ``/route``, a leg at a time as Valhalla does."""
    body = json.loads(server.bodies[-1])
    if handler.path.endswith("/route"):
        spots = [(place["lat"], place["lon"]) for place in body["locations"]]
        legs = [{"shape": encoded(_bent(list(pair)))} for pair in pairwise(spots)]
        _say(handler, {"trip": {"status": 0, "legs": legs}})
        return
    starts, ends = ([(p["lat"], p["lon"]) for p in body[name]] for name in ("sources", "targets"))
    cells = [[{"distance": road_miles(a, b), "time": minutes(a, b) * 60} for b in ends] for a in starts]
    _say(handler, {"sources_to_targets": cells, "units": "miles"})


def encoded(spots: list[Spot]) -> str:
    """Return an encoded polyline with six decimals, as its format says it is made."""
    letters, before = [], (0, 0)
    for spot in spots:
        here = (round(spot[0] * 1e6), round(spot[1] * 1e6))
        for number in (here[0] - before[0], here[1] - before[1]):
            value = ~(number << 1) if number < 0 else number << 1
            while value >= 32:
                letters.append(chr((value & 31 | 32) + 63))
                value >>= 5
            letters.append(chr(value + 63))
        before = here
    return "".join(letters)


def _bent(spots: list[Spot]) -> list[Spot]:
    road = [spots[0]]
    for a, b in pairwise(spots):
        road += [((a[0] + b[0]) / 2 + 0.01, (a[1] + b[1]) / 2), b]
    return road


def _say(handler: BaseHTTPRequestHandler, answer: dict[str, Any]) -> None:
    send(handler, json.dumps(answer).encode(), "application/json")
