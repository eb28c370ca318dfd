"""Street addresses from a Nominatim server, behind geopy's interface.

geopy asks and we carry: its ``Nominatim`` builds the question, ``web`` keeps deadline, size and silence. What
the answer means we read ourselves, because a server may be wrong or hostile.
"""

from __future__ import annotations

import logging
import math
import re
from typing import TYPE_CHECKING, Any

from geopy.adapters import BaseSyncAdapter
from geopy.geocoders import Nominatim
from geopy.location import Location

from coordinator.adapters.web import requests
from coordinator.domain.places.lookups import PRECISION_OF_LEVEL, FoundAddress, Level
from coordinator.domain.places.positions import KM_PER_MILE, Position
from coordinator.sayings import Saying, saying

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# geopy's loggers write whole addresses. The level quiets all of them, but somebody may set it back.
logging.getLogger("geopy").setLevel(logging.CRITICAL + 1)
logging.getLogger("geopy").disabled = True

PATIENCE = requests.Patience(seconds=10.0, most_bytes=200_000)
_LONGEST_LABEL = 200
_STREET_RANK, _TOWN_RANK = 26, 13
_HOUSE_RANK = 30
"""Nominatim's address ranks: 30 a house or a thing with a point, 26 a street, 13 to 25 towns and parts of
them, below that counties and states.

Source: Nominatim manual, "Place Ranking" (nominatim.org/release-docs).
"""


class WrongAnswerError(requests.WebError):
    """JSON, but no answer to a question about an address."""

    def __init__(self, url: str) -> None:
        super().__init__(url, _no_place)


def _no_place(host: str) -> Saying:
    return saying("{host} answered with something that is no place; look at its address again.", host=host)


class _Carrier(BaseSyncAdapter):  # type: ignore[misc] # geopy is untyped
    """Carries geopy's questions over our web client; geopy's own proxies and certificates are not used."""

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:  # noqa: ANN401 - JSON
        patience = requests.Patience(timeout, PATIENCE.most_bytes)
        return requests.get_json(url, agent=headers["User-Agent"], patience=patience)

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        raise NotImplementedError


class OnlineGeocoder(Nominatim):  # type: ignore[misc] # geopy is untyped
    """Geocodes one address at the server *url*; ``raw["found"]`` is the answer as ours.

    Args:
        url: The server's base, such as ``https://nominatim.openstreetmap.org``.
        agent: How the program introduces itself.
        wait_for_turn: Returns when the next question may go out.
    """

    def __init__(self, url: str, agent: str, wait_for_turn: Callable[[], None]) -> None:
        scheme, _, rest = url.partition("://")
        if scheme not in ("http", "https"):
            raise requests.WebError(url, requests.no_address)
        super().__init__(
            domain=rest.strip("/"),
            scheme=scheme,
            user_agent=agent,
            timeout=PATIENCE.seconds,
            adapter_factory=_Carrier,
        )
        self._url = url
        self._wait_for_turn = wait_for_turn
        self._query = ""

    def geocode(self, query: str, **options: Any) -> Location | None:  # noqa: ANN401 - geopy's own options
        """Return the place meant by *query*, None if the server knows none.

        Raises:
            WebError: If there was no answer, or none that can be used.
        """
        self._wait_for_turn()
        self._query = query
        return super().geocode(query, **({"limit": 1, "addressdetails": True} | options))

    def locate(self, query: str) -> FoundAddress | None:
        """Return the place meant by *query* as ours, None if the server knows none. Raises likewise."""
        location = self.geocode(query)
        return None if location is None else location.raw["found"]

    def _parse_json(self, places: object, exactly_one: bool) -> Location | list[Location] | None:  # noqa: FBT001 - geopy's
        if not isinstance(places, list):
            raise WrongAnswerError(self._url)
        try:
            found = [_location(read_place(place, self._query)) for place in places]
        except (TypeError, ValueError, KeyError, OverflowError):
            raise WrongAnswerError(self._url) from None
        if not found:
            return None
        return found[0] if exactly_one else found


def read_place(place: dict[str, Any], query: str) -> FoundAddress:
    """Return what one item of a server's answer says.

    Raises:
        TypeError, ValueError, KeyError, OverflowError: If it is no place on the globe.
    """
    label = place["display_name"]
    if not isinstance(label, str):
        raise TypeError
    level = _level(place, query)
    position = Position(_degrees(place["lat"]), _degrees(place["lon"]), PRECISION_OF_LEVEL[level])
    radius = 0.0 if level is Level.HOUSE else _radius_miles(place.get("boundingbox"))
    printable = "".join(letter if letter.isprintable() else " " for letter in label)
    return FoundAddress(position, level, printable[:_LONGEST_LABEL], radius)


def _level(place: dict[str, Any], query: str) -> Level:
    """Return how exact the answer is; a house is only the one that was asked for."""
    parts = place.get("address")
    number = str(parts.get("house_number", "")) if isinstance(parts, dict) else ""
    asked = set(re.findall(r"\w+", query.casefold()))
    is_asked_for = bool(number) and set(re.findall(r"\w+", number.casefold())) <= asked
    rank = place.get("place_rank")
    rank = rank if isinstance(rank, int) else 0
    kind = place.get("addresstype", place.get("type"))
    if is_asked_for and rank in (0, _HOUSE_RANK):
        return Level.HOUSE
    if kind == "postcode":
        return Level.ZIP
    if rank >= _STREET_RANK or place.get("class") == "highway":
        return Level.STREET
    return Level.TOWN if rank >= _TOWN_RANK else Level.REGION


def _degrees(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise TypeError
    number = float(value)
    if not math.isfinite(number):
        raise ValueError
    return number


def _radius_miles(box: object) -> float:
    """Return half the diagonal of a bounding box (south, north, west, east in degrees)."""
    if not isinstance(box, list) or len(box) != 4:
        return 0.0
    south, north, west, east = map(_degrees, box)
    high = (north - south) / 2
    wide = (east - west) / 2 * math.cos(math.radians((north + south) / 2))
    return math.hypot(high, wide) * 111.2 / KM_PER_MILE


def _location(found: FoundAddress) -> Location:
    point = (found.position.latitude_deg, found.position.longitude_deg)
    raw = {
        "precision": found.position.precision.value,
        "radius_mi": found.radius_miles,
        "label": found.label,
        "level": found.level.value,
        "found": found,
    }
    return Location(found.label, point, raw)
