"""The gazetteer behind geopy's interface, so that an online service can stand in its place.

Apart from ``gazetteer`` because importing geopy's base class costs 0.1 s that a start does not need.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Literal, overload

from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

from coordinator.domain.places import Address

if TYPE_CHECKING:
    from coordinator.adapters.gazetteer import Gazetteer
    from coordinator.domain.places import Place

# geopy's loggers write whole addresses. The level quiets all of them, but somebody may set it back.
logging.getLogger("geopy").setLevel(logging.CRITICAL + 1)
logging.getLogger("geopy").disabled = True

_ZIP_AT_END = re.compile(r"[\s,]*\b(\d{5})(?:-\d{4})?\s*$")


class OfflineGeocoder(Geocoder):  # type: ignore[misc]  # geopy is untyped
    """Geocodes ``299 Elm Ln, Rollinsford NH 03869``, ``York, Maine`` or ``04005`` without a network."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        super().__init__()
        self._gazetteer = gazetteer

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
        """Return the place meant by *query*; ``None`` if nothing is.

        ``raw`` holds ``precision`` ('ZIP' or 'town'), ``radius_mi`` (how far off the home may well be) and
        ``label`` ('ZIP 04005'). With ``exactly_one=False`` the answer is a list of one.
        """
        place = self._gazetteer.locate(self.parse(query))
        if place is None:
            return None
        return _location(place) if exactly_one else [_location(place)]

    def parse(self, query: str) -> Address:
        """Return the town, state and ZIP at the end of a one-line address; the street is left out."""
        zip_match = _ZIP_AT_END.search(query)
        rest = query[: zip_match.start()] if zip_match else query
        words = rest.replace(",", " , ").split()
        state_words = next(
            (count for count in (3, 2, 1) if self._gazetteer.state_code(" ".join(words[-count:]))), 0
        )
        if state_words == len(words):  # "New York" alone is a town too
            state_words = 0
        town = " ".join(words[: len(words) - state_words]).strip(" ,").rpartition(",")[2].strip()
        state = " ".join(words[len(words) - state_words :])
        return Address(town=town, state=state, zip_code=zip_match[1] if zip_match else "")


def _location(place: Place) -> Location:
    point = (place.position.latitude_deg, place.position.longitude_deg)
    raw = {
        "precision": place.position.precision.value,
        "radius_mi": place.radius_miles,
        "label": place.label,
    }
    return Location(place.label, point, raw)
