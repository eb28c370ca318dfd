"""Places offered while a name is typed, and the one a point lies near."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coordinator.domain.places.positions import Place, Position

REGION_MILES = 60.0
"""How far a network's own region reaches, roughly: towns inside it are offered before larger ones outside."""
_REGION_PULL = 4.0
"""In powers of ten of inhabitants: a village of the region goes before a city at the other coast."""
_EARTH_RADIUS_MILES = 3958.8


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """A town, a ZIP or a Canadian FSA as it is offered; whoever takes it fills the fields from it.

    ``country`` is its two letters. ``is_exact`` is false where the name is only spelt alike; such a hit is
    for choosing, it places nobody by itself.
    """

    town: str
    state: str
    zip_code: str
    country: str
    place: Place
    is_exact: bool = True

    @property
    def region(self) -> str:
        """What stands in the state's field: its two letters, or the name of another country."""
        return self.state or self.place.label.rpartition(", ")[2]

    @property
    def line(self) -> str:
        """One line to choose by: ``Kittery ME``, ``03904 Kittery ME``, ``Leeds, United Kingdom``."""
        if not self.zip_code:
            return self.place.label
        return " ".join(part for part in (self.zip_code, self.town, self.state) if part)


def rough_miles(a: Position, latitude_deg: float, longitude_deg: float) -> float:
    """Return the distance on a sphere, to 0.6 %: for choosing the nearest, never for showing."""
    north, other = math.radians(a.latitude_deg), math.radians(latitude_deg)
    east = math.radians(longitude_deg - a.longitude_deg)
    half = math.sin((other - north) / 2) ** 2 + math.cos(north) * math.cos(other) * math.sin(east / 2) ** 2
    return 2 * _EARTH_RADIUS_MILES * math.asin(math.sqrt(min(1.0, half)))


def standing(query: str, names: tuple[str, ...], population: int, miles: float | None) -> float:
    """Return how well a place answers *query*; the largest is the best.

    It is a power of ten of inhabitants. Nearness adds to it, up to four. A name that only begins with the
    query stands one below the whole name, one with the query at a later word two below.

    Args:
        query: What was typed, as a ``town_key``.
        names: How the place may be written, as keys: ``kittery``, ``kittery me``.
        population: Inhabitants.
        miles: To the network's own region; ``None`` if there is none yet.
    """
    fit = 0 if query in names else 1 if any(name.startswith(query) for name in names) else 2
    pull = 0.0 if miles is None else _REGION_PULL * math.exp(-miles / REGION_MILES)
    return math.log10(population + 1000) + pull - fit


def most_slips(query: str) -> int:
    """Return how many letters of *query* may be wrong, missing or swapped: two in a long name, else one."""
    if len(query) < 4:
        return 0
    return 1 if len(query) < 7 else 2


def abbreviates(short: str, full: str) -> bool:
    """Tell whether *short* is *full* with letters left out of its words: ``s portland``, ``new york mls``."""
    pairs = list(zip(short.split(), full.split(), strict=False))
    same_count = len(short.split()) == len(full.split())
    return short != full and same_count and all(_is_left_of(word, whole) for word, whole in pairs)


def _is_left_of(word: str, whole: str) -> bool:
    rest = iter(whole)
    return word[:1] == whole[:1] and all(letter in rest for letter in word)
