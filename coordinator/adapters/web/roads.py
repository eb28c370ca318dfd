"""Asks a server for roads: OSRM (``/table``, ``/route``) or Valhalla (``/sources_to_targets``, ``/route``).

Only coordinates are sent. An answer is looked at before it is believed: as many rows and columns as were
asked for, every figure a finite number that is not below zero, every point on the globe.

Source:
    OSRM HTTP API v5.27 and Valhalla API, their documentation. An OSRM server answers in metres and seconds;
    Valhalla in the unit asked for and in seconds, and its lines are encoded polylines with six decimals.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeGuard

from coordinator.adapters.web.requests import Patience, WebError, get_json, post_json
from coordinator.domain.driving.roads import Drive, Spot
from coordinator.domain.places.positions import KM_PER_MILE
from coordinator.domain.settings import RoadServer
from coordinator.sayings import saying

if TYPE_CHECKING:
    from coordinator.domain.driving.roads import RoadQuestion

METRES_PER_MILE = KM_PER_MILE * 1000
PATIENCE = Patience(seconds=8.0)
"""An estimate stands there already; nobody waits for more than that."""

MOST = 1e9
"""Metres or seconds; further or longer no road goes. Not a number is no less than anything."""

Table = list[list[Drive | None]]
"""A row for each start, a drive for each end; ``None`` where there is no road."""


class RoadClient(Protocol):
    """A server that knows roads."""

    def table(self, starts: Sequence[Spot], ends: Sequence[Spot]) -> Table:
        """Return the drives from each start to each end.

        Raises:
            WebError: If the server gives no answer that can be used.
        """
        ...

    def route(self, stops: Sequence[Spot]) -> tuple[Spot, ...]:
        """Return the road through *stops*, in their order; raises like ``table``."""
        ...


def client_for(question: RoadQuestion) -> RoadClient:
    """Return the client of the server in *question*."""
    kind = Valhalla if question.server is RoadServer.VALHALLA else Osrm
    return kind(question.url.rstrip("/"), question.agent)


class Osrm:
    """An OSRM server. It takes coordinates as longitude and latitude."""

    def __init__(self, url: str, agent: str) -> None:
        self._url = url
        self._agent = agent

    def table(self, starts: Sequence[Spot], ends: Sequence[Spot]) -> Table:
        """Return the drives from each start to each end; see ``RoadClient``."""
        places = ";".join(_lon_lat(place) for place in (*starts, *ends))
        query = {
            "sources": ";".join(str(index) for index in range(len(starts))),
            "destinations": ";".join(str(len(starts) + index) for index in range(len(ends))),
            "annotations": "duration,distance",
        }
        answer = self._get(f"table/v1/driving/{places}", query)
        seconds = _grid(answer.get("durations"), len(starts), len(ends), self._url)
        metres = _grid(answer.get("distances"), len(starts), len(ends), self._url)
        return [
            [_drive(metre, second, METRES_PER_MILE, self._url) for metre, second in zip(*rows, strict=True)]
            for rows in zip(metres, seconds, strict=True)
        ]

    def route(self, stops: Sequence[Spot]) -> tuple[Spot, ...]:
        """Return the road through *stops*; see ``RoadClient``."""
        places = ";".join(_lon_lat(place) for place in stops)
        query = {"overview": "full", "geometries": "geojson", "steps": "false"}
        answer = self._get(f"route/v1/driving/{places}", query)
        try:
            points = answer["routes"][0]["geometry"]["coordinates"]
            return _line([(point[1], point[0]) for point in points], self._url)
        except (KeyError, IndexError, TypeError):
            raise _not_roads(self._url) from None

    def _get(self, path: str, query: dict[str, str]) -> dict[str, Any]:
        answer = get_json(f"{self._url}/{path}", query, agent=self._agent, patience=PATIENCE)
        if not isinstance(answer, dict) or answer.get("code") != "Ok":
            raise _not_roads(self._url)
        return answer


class Valhalla:
    """A Valhalla server."""

    def __init__(self, url: str, agent: str) -> None:
        self._url = url
        self._agent = agent

    def table(self, starts: Sequence[Spot], ends: Sequence[Spot]) -> Table:
        """Return the drives from each start to each end; see ``RoadClient``."""
        body = {
            "sources": [_lat_lon(place) for place in starts],
            "targets": [_lat_lon(place) for place in ends],
            "costing": "auto",
            "units": "miles",
        }
        answer = self._post("sources_to_targets", body)
        grid = _grid(answer.get("sources_to_targets"), len(starts), len(ends), self._url)
        return [[self._cell(cell) for cell in row] for row in grid]

    def route(self, stops: Sequence[Spot]) -> tuple[Spot, ...]:
        """Return the road through *stops*; see ``RoadClient``."""
        body = {
            "locations": [_lat_lon(place) for place in stops],
            "costing": "auto",
            "units": "miles",
            "directions_type": "none",
        }
        answer = self._post("route", body)
        try:
            legs = [decoded(leg["shape"]) for leg in answer["trip"]["legs"]]
        except (KeyError, TypeError, ValueError):
            raise _not_roads(self._url) from None
        return _line([point for leg in legs for point in leg], self._url)

    def _cell(self, cell: object) -> Drive | None:
        if not isinstance(cell, dict):
            raise _not_roads(self._url)
        return _drive(cell.get("distance"), cell.get("time"), 1.0, self._url)

    def _post(self, path: str, body: object) -> dict[str, Any]:
        answer = post_json(f"{self._url}/{path}", body, agent=self._agent, patience=PATIENCE)
        if not isinstance(answer, dict):
            raise _not_roads(self._url)
        return answer


def decoded(shape: str, decimals: int = 6) -> list[Spot]:
    """Return the points of an encoded polyline.

    Each number is the difference to the one before, its sign in the lowest bit, cut into five-bit pieces,
    the lowest first, each plus 63 as a letter; all but the last have 32 added.

    Raises:
        ValueError: If *shape* is no such line.

    Source:
        Google, "Encoded Polyline Algorithm Format"; Valhalla, "Decoding a route's shape" (six decimals).
    """
    numbers: list[int] = []
    value = shift = 0
    for letter in shape:
        piece = ord(letter) - 63
        if not 0 <= piece < 64 or shift > 35:
            raise ValueError("no encoded polyline")
        value |= (piece & 31) << shift
        shift += 5
        if piece < 32:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    if shift or len(numbers) % 2:
        raise ValueError("an encoded polyline that was cut off")
    points: list[Spot] = []
    latitude = longitude = 0
    for north, east in zip(numbers[::2], numbers[1::2], strict=True):
        latitude, longitude = latitude + north, longitude + east
        points.append((latitude / 10**decimals, longitude / 10**decimals))
    return points


def _lon_lat(place: Spot) -> str:
    return f"{place[1]:.4f},{place[0]:.4f}"


def _lat_lon(place: Spot) -> dict[str, float]:
    return {"lat": place[0], "lon": place[1]}


def _grid(found: object, rows: int, columns: int, url: str) -> list[list[Any]]:
    """Return *found* if it is a table of that size; raises ``WebError``."""
    if (
        not isinstance(found, list)
        or len(found) != rows
        or any(not isinstance(row, list) or len(row) != columns for row in found)
    ):
        raise _not_roads(url)
    return found


def _drive(distance: object, seconds: object, per_mile: float, url: str) -> Drive | None:
    """Return one drive, ``None`` where the server knows no road; raises ``WebError``."""
    if distance is None or seconds is None:
        return None
    return Drive(_figure(distance, url) / per_mile, _figure(seconds, url) / 60)


def _figure(found: object, url: str) -> float:
    if isinstance(found, bool) or not isinstance(found, int | float) or not 0 <= found <= MOST:
        raise _not_roads(url)
    return float(found)


def _line(points: Sequence[tuple[object, object]], url: str) -> tuple[Spot, ...]:
    found = [
        (float(latitude), float(longitude))
        for latitude, longitude in points
        if _is_degrees(latitude, 90) and _is_degrees(longitude, 180)
    ]
    if len(found) < max(len(points), 2):
        raise _not_roads(url)
    return tuple(found)


def _is_degrees(found: object, most: int) -> TypeGuard[float]:
    return isinstance(found, int | float) and abs(found) <= most


def _not_roads(url: str) -> WebError:
    return WebError(
        url, lambda host: saying("{host} answered with something that is no table of roads.", host=host)
    )
