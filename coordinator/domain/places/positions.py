"""Where a household is, how precisely we know it, and how far two places are apart."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from coordinator.domain.text import folded
from coordinator.sayings import saying


class Precision(StrEnum):
    """How well a position is known, best first."""

    BY_HAND = "by hand"
    ADDRESS = "address"
    ZIP = "ZIP"
    TOWN = "town"
    UNCERTAIN = "uncertain"  # two places contradict each other: no position until it is answered


@dataclass(frozen=True, slots=True)
class Position:
    """A point in WGS 84 degrees and how precisely it stands for the address."""

    latitude_deg: float
    longitude_deg: float
    precision: Precision

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude_deg <= 90 and -180 <= self.longitude_deg <= 180):
            raise ValueError("latitude or longitude out of range")


@dataclass(frozen=True, slots=True)
class Address:
    """What was typed as an address, tidied; any part may be empty."""

    street: str = ""
    town: str = ""
    state: str = ""
    zip_code: str = ""

    @property
    def line(self) -> str:
        """One line as printed: ``299 Elm Ln, Rollinsford NH 03869``."""
        region = " ".join(part for part in (self.state, self.zip_code) if part)
        last = " ".join(part for part in (self.town, region) if part)
        return ", ".join(part for part in (self.street, last) if part)


class DistanceUnit(StrEnum):
    """How distances are shown and typed."""

    MI = "mi"
    KM = "km"


KM_PER_MILE = 1.609344
"""International mile: NIST Special Publication 811, Appendix B."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address was put, and the words for how well: ``ZIP 04005``, ``Rollinsford NH``."""

    position: Position
    label: str
    radius_miles: float = 0.0


def town_key(text: str) -> str:
    """Return *text* as towns and states are compared: no accents, case, stops or doubled spaces.

    ``St. Albans`` and ``Saint Albans``, ``Mt Vernon`` and ``Mount Vernon`` are the same town.
    """
    letters = "".join(letter if letter.isalnum() else " " for letter in folded(text) if letter not in ".'’")
    return " ".join(_LONG_FORMS.get(word, word) for word in letters.split())


_LONG_FORMS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


def is_exact(*positions: Position) -> bool:
    """Tell whether all *positions* stand for the very address, so that tenths of a mile mean something."""
    return all(place.precision in (Precision.ADDRESS, Precision.BY_HAND) for place in positions)


def format_distance(miles: float, unit: DistanceUnit, *, exact: bool) -> str:
    """Return a distance as shown: ``about 4 mi``, or ``4.4 mi`` if both ends are *exact* and it is below 10.

    Rounds half away from zero; a distance that is not exact and rounds to nothing is ``under 1 mi``.
    """
    amount = miles if unit is DistanceUnit.MI else miles * KM_PER_MILE
    if exact and math.floor(amount * 10 + 0.5) < 100:
        return f"{math.floor(amount * 10 + 0.5) / 10:.1f} {unit}"
    whole = math.floor(amount + 0.5)
    if exact:
        return f"{whole:,} {unit}"
    if not whole:
        return str(saying("under 1 {unit}", unit=unit.value))
    figure = f"{whole:,}"
    return str(saying("about {figure} {unit}", figure=figure, unit=unit.value))


def distance_miles(a: Position, b: Position) -> float:
    """Return the straight-line geodesic between *a* and *b* in international miles: the figure shown.

    Source:
        Karney, "Algorithms for geodesics", J. Geodesy 87 (2013) 43-55, doi:10.1007/s00190-012-0578-z, as
        implemented by ``geopy.distance.geodesic``.
    """
    from geopy.distance import geodesic  # noqa: PLC0415 - 50 ms that the first window does not need

    ends = ((a.latitude_deg, a.longitude_deg), (b.latitude_deg, b.longitude_deg))
    return float(geodesic(*ends).kilometers) / KM_PER_MILE
