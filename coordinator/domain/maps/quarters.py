"""Which of a gazetteer's places a map names: towns as people call them, not their quarters.

GeoNames lists "New South Memphis", "South Portland Gardens" and "Wells Beach Station" beside the towns they
are part of, some with more people than the town has.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NEAR_DEG = 0.07
"""About 5 miles from south to north."""

PARTS = frozenset(
    {"Beach", "Center", "Corner", "Estates", "Foreside", "Gardens", "Harbor", "Heights", "Hills", "Junction"}
    | {"Mills", "Park", "Point", "Station", "Terrace", "Village"}
)
SIDES = frozenset({"Central", "East", "New", "North", "Northeast", "Northwest", "Old", "South", "Southeast"})
SIDES |= {"Southwest", "West"}
TOWN_OF_ITS_OWN = 6_000
"""South Portland and North Andover are towns, South Eliot is a part of Eliot."""

NEW_ENGLAND = frozenset({"CT", "MA", "ME", "NH", "RI", "VT"})
MIDDLES = (" Center", " Station", " Village")
"""There a town's middle is listed in place of the town: Hollis Center is in Hollis."""
MIDDLE_AT_MOST = 20_000

MISTAKEN = frozenset(
    {("Meads", "KY"), ("West Scarborough", "ME"), ("North Bath", "ME"), ("East Concord", "NH")}
)
"""Quarters and hamlets that GeoNames lists with all the people of the town or city beside them."""
CALLED = {
    ("Wells Beach Station", "ME"): "Wells",
    ("York Beach", "ME"): "York",
    ("Bow Bog", "NH"): "Bow",
}
"""Quarters listed with the people of a town that is not listed itself."""


class Town(NamedTuple):
    """A place of the gazetteer."""

    name: str
    state: str
    latitude_deg: float
    longitude_deg: float
    population: int

    def is_near(self, other: Town) -> bool:
        """Tell whether both are within a few miles."""
        apart = abs(self.longitude_deg - other.longitude_deg)
        return abs(self.latitude_deg - other.latitude_deg) < NEAR_DEG and apart < 1.4 * NEAR_DEG


def towns_to_name(places: Sequence[Town]) -> list[Town]:
    """Return the towns in the order given, without their quarters."""
    by_name: dict[tuple[str, str], list[Town]] = defaultdict(list)
    for place in places:
        by_name[place[:2]].append(place)
    kept = []
    for place in places:
        name = place[0]
        # Most names are one word, and this runs for 25,000 of them while somebody waits for the map.
        if " " in name and (name.partition(" ")[0] in SIDES or name.rpartition(" ")[2] in PARTS):
            if not _is_quarter(place, by_name):
                kept.append(_called(place, by_name))
        elif place[:2] not in MISTAKEN:
            kept.append(_called(place, by_name) if " " in name else place)
    return kept


def _is_quarter(place: Town, by_name: dict[tuple[str, str], list[Town]]) -> bool:
    """Tell whether a town lies beside *place* whose name *place* bears with something added."""
    if place[:2] in MISTAKEN:
        return True
    return any(town.is_near(place) for stem in _stems(place) for town in by_name.get((stem, place.state), ()))


def _stems(place: Town) -> Iterator[str]:
    """Yield the names of the towns *place* may be a part of."""
    words = place.name.split(" ")
    if len(words) > 1 and words[-1] in PARTS:
        yield " ".join(words[:-1])
        yield from _without_sides(words[:-1], place.population)
    yield from _without_sides(words, place.population)


def _without_sides(words: list[str], population: int) -> Iterator[str]:
    sides = 0
    while sides < len(words) - 1 and words[sides] in SIDES:
        sides += 1
        if sides > 1 or population < TOWN_OF_ITS_OWN:
            yield " ".join(words[sides:])


def _called(place: Town, by_name: dict[tuple[str, str], list[Town]]) -> Town:
    """Return *place* under the town's name where it is that town's middle."""
    town = CALLED.get(place[:2])
    if town and (town, place.state) not in by_name:
        return place._replace(name=town)
    if place.state in NEW_ENGLAND and place.name.endswith(MIDDLES) and place.population < MIDDLE_AT_MOST:
        for middle in MIDDLES:
            stem = place.name.removesuffix(middle)
            if stem != place.name and (stem, place.state) not in by_name:
                return place._replace(name=stem)
    return place
