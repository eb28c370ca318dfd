"""The gazetteer behind geopy's interface, so that an online service can stand in its place.

Apart from ``gazetteer`` because importing geopy's base class costs 0.1 s that a start does not need.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any, Literal, overload

from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from coordinator.adapters.gazetteer.place_offers import PlaceOffers
from coordinator.adapters.gazetteer.towns import NORTH_AMERICA
from coordinator.domain.places.positions import Address, Position, Precision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coordinator.adapters.gazetteer.towns import Gazetteer
    from coordinator.domain.places.names import PlaceHit
    from coordinator.domain.places.positions import Place

# geopy's loggers write whole addresses. The level quiets all of them, but somebody may set it back.
logging.getLogger("geopy").setLevel(logging.CRITICAL + 1)
logging.getLogger("geopy").disabled = True

_CODE_AT_END = re.compile(r"[\s,]*\b(?:(\d{5})(?:-\d{4})?|([A-Z]\d[A-Z](?: ?\d[A-Z]\d)?))\s*$", re.IGNORECASE)
MOST_ANSWERS = 10


class OfflineGeocoder(Geocoder):  # type: ignore[misc]  # geopy is untyped
    """Geocodes ``299 Elm Ln, Rollinsford NH 03869``, ``York, Maine`` or ``Leeds, UK`` without a network.

    ``raw`` of an answer holds ``precision`` ('ZIP' or 'town'), ``radius_mi`` (how far off the home may well
    be), ``label`` ('ZIP 04005') and ``is_exact`` (false where a name is only spelt alike).
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        super().__init__()
        self._gazetteer = gazetteer
        self._offers = PlaceOffers(gazetteer)

    @overload
    def geocode(
        self, query: str, *, exactly_one: Literal[True] = True, timeout: object = ...
    ) -> Location | None: ...
    @overload
    def geocode(
        self, query: str, *, exactly_one: Literal[False], timeout: object = ...
    ) -> list[Location] | None: ...
    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,  # noqa: ARG002 - geopy's interface; nothing here can hang
    ) -> Location | list[Location] | None:
        """Return the place meant by *query*; ``None`` if nothing is, or if it may be several.

        With ``exactly_one=False`` the answer is a list to choose from: all of that name, largest first, else
        those spelt alike.
        """
        readings = list(self._readings(query))
        places = [place for address in readings if (place := self._gazetteer.locate(address))]
        if exactly_one:
            return _location(places[0]) if places else None
        found = [_location(place) for place in places[:1]] or [_hit(hit) for hit in self._several(readings)]
        return found or None

    @overload
    def reverse(
        self, query: object, *, exactly_one: Literal[True] = True, timeout: object = ...
    ) -> Location | None: ...
    @overload
    def reverse(
        self, query: object, *, exactly_one: Literal[False], timeout: object = ...
    ) -> list[Location] | None: ...
    def reverse(
        self,
        query: object,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,  # noqa: ARG002 - as above
    ) -> Location | list[Location] | None:
        """Return the town that *query* lies nearest to, called ``03869 Rollinsford NH``; ``None`` at sea.

        Args:
            query: What geopy takes for a point: ``(latitude, longitude)``, a ``Point`` or a text.
            exactly_one: Whether to give the answer itself or a list of one.
            timeout: Not needed here.

        Raises:
            ValueError: If *query* is no point.
        """
        point = Point(query)
        hit = self._offers.nearest(Position(point.latitude, point.longitude, Precision.BY_HAND))
        if hit is None:
            return None
        return _hit(hit) if exactly_one else [_hit(hit)]

    def parse(self, query: str) -> Address:
        """Return the town, state and ZIP at the end of a one-line address; the street is left out."""
        code = _CODE_AT_END.search(query)
        rest, state = _split_off(query[: code.start()] if code else query, self._gazetteer.state_code)
        return Address(town=_last_part(rest), state=state, zip_code=(code[1] or code[2]) if code else "")

    def _readings(self, query: str) -> Iterator[Address]:
        """Yield how *query* may be meant: with a country at its end, else without.

        Norway is a town in Maine too; nobody means Canada, Kentucky, by ``Moncton, Canada``.
        """
        rest, country = _split_off(query, self._gazetteer.country_code)
        code = self._gazetteer.country_code(country)
        inside = self.parse(rest)
        if code == "CA" and not (inside.state or inside.zip_code):
            yield Address(town=inside.town, state=country)
        elif code in NORTH_AMERICA:
            yield inside
        else:
            if code:
                yield Address(town=_last_part(rest), state=country)
            yield self.parse(query)

    def _several(self, readings: list[Address]) -> tuple[PlaceHit, ...]:
        named = [hit for one in readings for hit in self._offers.named(one.town, one.state, MOST_ANSWERS)]
        address = readings[-1]
        return tuple(named) or self._offers.spellings(address.town, address.state, MOST_ANSWERS)


def _split_off(query: str, code_of: Callable[[str], str]) -> tuple[str, str]:
    """Return *query* without its last words, and those, if *code_of* knows them; never all words."""
    words = query.replace(",", " , ").split()
    most = min(3, len(words) - 1)
    count = next((count for count in range(most, 0, -1) if code_of(" ".join(words[-count:]))), 0)
    return " ".join(words[: len(words) - count]), " ".join(words[len(words) - count :]).strip(" ,")


def _last_part(text: str) -> str:
    return text.strip(" ,").rpartition(",")[2].strip()


def _hit(hit: PlaceHit) -> Location:
    return _location(hit.place, hit.line, is_exact=hit.is_exact)


def _location(place: Place, address: str = "", *, is_exact: bool = True) -> Location:
    point = (place.position.latitude_deg, place.position.longitude_deg)
    raw: dict[str, Any] = {
        "precision": place.position.precision.value,
        "radius_mi": place.radius_miles,
        "label": place.label,
        "is_exact": is_exact,
    }
    return Location(address or place.label, point, raw)
