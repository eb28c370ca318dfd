"""Places by the beginning of their name, and by a name spelt nearly right: for offering, not for placing."""

from __future__ import annotations

import threading
from bisect import bisect_left
from typing import TYPE_CHECKING

from coordinator.domain.places.names import REGION_MILES, most_slips, rough_miles, standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from coordinator.adapters.gazetteer.town_file import Town, TownFile
    from coordinator.domain.places.positions import Position

_LOOKED_AT = 40
"""How many of the largest towns are weighed; those of the network's own region always are."""
_REACH_MILES = 2 * REGION_MILES


class TownSearch:
    """Searches several town files as one; usable from any thread.

    Args:
        files: Returns the files that are there by now.
        regions: Key -> code of what is written for a state or, for towns without one, for a country.
    """

    def __init__(self, files: Callable[[], tuple[TownFile, ...]], regions: Mapping[str, str]) -> None:
        self._files = files
        self._regions = regions
        self._lock = threading.Lock()
        self._around: tuple[object, _Beginnings] = (None, _Beginnings({}))
        self._keys: tuple[int, tuple[str, ...]] = (0, ())
        self._written: dict[str, list[str]] = {}
        for key, code in regions.items():
            self._written.setdefault(code, []).append(key)

    def beginning(self, query: str, near: Position | None, limit: int) -> list[tuple[float, Town]]:
        """Return towns whose name begins with *query*, a ``town_key``, and how well each stands; best first.

        A state or country may follow the name, itself only begun: ``york me``, ``york mai``.
        """
        found = {
            town: None
            for words, regions in self._readings(query)
            for file in self._files()
            for town in file.beginning(words, _LOOKED_AT, regions)
        }
        if near is not None:
            found |= dict.fromkeys(self._of_region(near).of(query))
        return self._ranked(query, found, near)[:limit]

    def spelt_like(self, query: str, state: str, near: Position | None, limit: int) -> list[Town]:
        """Return towns whose name is a letter or two off *query*, fewest slips first."""
        from rapidfuzz import process  # noqa: PLC0415 - typed right, a name needs no rapidfuzz
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - likewise

        most = most_slips(query)
        if not most:
            return []
        alike = process.extract(
            query, self._all_keys(), scorer=OSA.distance, score_cutoff=most, limit=_LOOKED_AT
        )
        slips = {key: int(distance) for key, distance, _ in alike}
        found = [town for key in slips for file in self._files() for town in file.named(key, state=state)]
        best = [town for _, town in self._ranked(query, found, near)]
        return sorted(best, key=lambda town: slips[town.key])[:limit]

    def _names_of(self, town: Town) -> tuple[str, ...]:
        """Return how a town may be written, as keys: alone, and with its state or country behind it."""
        written = self._written.get(town.state or town.country, ())
        return town.key, *(f"{town.key} {region}" for region in written)

    def _readings(self, query: str) -> Iterator[tuple[str, list[str]]]:
        """Yield *query* as a name, and as a name with the states or countries its last words may begin."""
        yield query, []
        words = query.split()
        for count in range(1, min(4, len(words))):
            tail = " ".join(words[-count:])
            if codes := {code for key, code in self._regions.items() if key.startswith(tail)}:
                yield " ".join(words[:-count]), sorted(codes)

    def _ranked(self, query: str, towns: Iterable[Town], near: Position | None) -> list[tuple[float, Town]]:
        def rank(town: Town) -> float:
            miles = None if near is None else rough_miles(near, town.latitude_deg, town.longitude_deg)
            return standing(query, self._names_of(town), town.population, miles)

        return sorted(((rank(town), town) for town in towns), key=lambda one: -one[0])

    def _of_region(self, near: Position) -> _Beginnings:
        """Return the towns around *near*; kept, for she types on."""
        files = self._files()
        key = (near, len(files))
        with self._lock:
            if self._around[0] != key:
                towns = {town for file in files for town in file.around(near, _REACH_MILES)}
                self._around = (key, _Beginnings({town: self._names_of(town) for town in towns}))
            return self._around[1]

    def _all_keys(self) -> tuple[str, ...]:
        files = self._files()
        with self._lock:
            if self._keys[0] != len(files):
                self._keys = (len(files), tuple(sorted({key for file in files for key in file.names()})))
            return self._keys[1]


class _Beginnings:
    """Towns by the beginning of how they may be written, and of each word of their name."""

    def __init__(self, names: Mapping[Town, tuple[str, ...]]) -> None:
        entries = sorted((text, town) for town, written in names.items() for text in _entries(*written))
        self._texts = [text for text, _ in entries]
        self._towns = [town for _, town in entries]

    def of(self, query: str) -> list[Town]:
        """Return the towns written so, or with more behind it."""
        first = bisect_left(self._texts, query)
        return self._towns[first : bisect_left(self._texts, f"{query}\U0010ffff", lo=first)]


def _entries(key: str, *longer: str) -> Iterator[str]:
    words = key.split()
    yield from (" ".join(words[start:]) for start in range(len(words)))
    yield from longer
