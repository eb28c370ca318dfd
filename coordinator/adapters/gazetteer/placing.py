"""Town, state and ZIP of an address compared: the place they agree on, or the two that contradict each other.

What is near is no contradiction: ``resources/near_places.toml`` draws the line and says why there.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from coordinator.adapters.gazetteer.near_places import line, town_radius_miles
from coordinator.adapters.gazetteer.towns import (
    NORTH_AMERICA,
    fsa_of,
    gazetteer,
    town_and_region,
)
from coordinator.domain.imports.place_parts import split_place
from coordinator.domain.places.names import rough_miles
from coordinator.domain.places.placing import Candidate, Doubt, Placing, Unplaced
from coordinator.domain.places.positions import Address, town_key
from coordinator.domain.places.short_forms import long_forms
from coordinator.domain.places.states import is_military, states_of_zip

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordinator.adapters.gazetteer.town_file import Town
    from coordinator.adapters.gazetteer.towns import Gazetteer
    from coordinator.domain.places.positions import Place

_REMEMBERED = 4096
_TWO_TOWNS = re.compile(r"\s*/\s*|\s+or\s+|\s*&\s*", re.IGNORECASE)


class Placer:
    """Places addresses out of a gazetteer, as ``KnownPlaces`` of the domain; usable from any thread."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._placed = lru_cache(maxsize=_REMEMBERED)(self._place)
        self._known = lru_cache(maxsize=_REMEMBERED)(self._is_town)

    def placing(self, address: Address) -> Placing:
        """Return where *address* is, or what speaks against it; the street is not looked at."""
        return self._placed(Address("", address.town, address.state, address.zip_code))

    def is_town(self, town: str, state: str = "") -> bool:
        """Tell whether there is a town of that name, in *state* if given."""
        return self._known(town, state)

    def is_abroad(self, text: str) -> bool:
        """Tell whether *text* names a country beyond the US and Canada."""
        code = "" if self._gazetteer.state_code(text) else self._gazetteer.country_code(text)
        return bool(code) and code not in NORTH_AMERICA

    def _is_town(self, town: str, state: str) -> bool:
        return bool(self._gazetteer.towns_named(town, self._gazetteer.state_code(state)))

    def _place(self, address: Address) -> Placing:
        town, region = town_and_region(address)
        code = self._gazetteer.state_code(region)
        if is_military(town, code, address.zip_code):
            return Placing(why=Unplaced.MILITARY)
        country = "" if code else self._gazetteer.country_code(region)
        by_zip = self._gazetteer.zip_place(address.zip_code)
        is_abroad = bool(country) and country not in NORTH_AMERICA
        if by_zip is None or is_abroad:
            is_known = is_abroad or self._is_listed(address.zip_code)
            return self._by_town(address, town, code, is_zip_known=is_known)
        doubt = self._doubt(address, town, code, by_zip)
        return Placing(None if doubt and doubt.is_far else by_zip, doubt)

    def _is_listed(self, zip_code: str) -> bool:
        """Whether the post office has such a ZIP, though it has no point; yes for none."""
        return not zip_code or any(self._post_office(zip_code))

    def _post_office(self, zip_code: str) -> tuple[str, str]:
        """Return town and state of a ZIP or a Canadian code; nothing of one that is not known."""
        if fsa := fsa_of(zip_code):
            rows = self._gazetteer.files.canada.ask("select name, state from fsa where code = ?", fsa)
        else:
            names = self._gazetteer.files.post_office.names()
            rows = names.ask("select town, state from zip where code = ?", zip_code[:5].zfill(5))
        return (rows[0][0].partition(" (")[0], rows[0][1]) if rows else ("", "")

    def _by_town(self, address: Address, town: str, code: str, *, is_zip_known: bool) -> Placing:
        place = self._gazetteer.locate(Address("", address.town, address.state))
        is_state = bool(code) if not town.strip() else not code and bool(self._gazetteer.state_code(town))
        if is_state:  # Maine is a town in New York, too
            return Placing(why=Unplaced.STATE_ONLY, is_zip_known=is_zip_known)
        if place is not None or not town.strip():
            why = None if place else Unplaced.BLANK
            return Placing(place, why=why, is_zip_known=is_zip_known)
        parts = split_place(town, self, code)
        if parts.state or parts.zip_code:  # all of it typed into the town's field
            told = Address("", parts.town, parts.state or code, parts.zip_code or address.zip_code)
            return self.placing(told)
        if two := self._two_towns(address, town, code):
            return Placing(None if two.is_far else two.first.place, two if two.is_far else None)
        is_several = not address.state.strip() and self.is_town(town)
        why = Unplaced.SEVERAL if is_several else Unplaced.UNKNOWN
        return Placing(why=why, is_zip_known=is_zip_known)

    def _two_towns(self, address: Address, town: str, code: str) -> Doubt | None:
        """Return what ``Rollinsford/Dover`` of one state may be."""
        parts = [part for part in _TWO_TOWNS.split(town) if part.strip()]
        found = [self._gazetteer.towns_named(part, code)[:1] for part in parts] if code else []
        if len(found) != 2 or not all(found):
            return None
        first, second = (self._of_town(one[0], one[0].name, address) for one in found)
        return Doubt(first, second, is_far=_gap(first.place, second.place) > line("two_towns").silent_miles)

    def _doubt(self, address: Address, town: str, code: str, by_zip: Place) -> Doubt | None:
        """Return what speaks against the ZIP: a town too far from it, or a state it is not of."""
        fsa = fsa_of(address.zip_code)
        of_zip = states_of_zip(fsa or address.zip_code[:5].zfill(5))
        is_other_state = bool(code) and code not in of_zip and code != self._post_office(address.zip_code)[1]
        if (
            not is_other_state
            and not self._is_in_main(town, of_zip)
            and self._is_called(address.zip_code, town)
        ):
            return None  # York and Wells: nothing has to be gathered for them
        there = self._nearest(self._named(town, code, of_zip), by_zip)
        if there is None:
            is_called = is_other_state and self._is_called(address.zip_code, town)
            return self._of_state(address, code, by_zip, is_far=not is_called) if is_other_state else None
        drawn = line("ZIP_of_another_state" if is_other_state else "FSA" if fsa else "ZIP")
        gap = _gap(self._wide_place(there), by_zip)
        if gap <= drawn.silent_miles or (not is_other_state and self._is_called(address.zip_code, town)):
            return None
        first, second = self._of_town(there, town.strip(), address), self._of_zip(address, by_zip)
        return Doubt(first, second, address.zip_code, is_far=gap > drawn.asked_miles)

    def _is_in_main(self, town: str, states: Iterable[str]) -> bool:
        main = self._gazetteer.files.main
        names = tuple(long_forms(town_key(town)))
        return any(main.named(name, state=state) for state in states for name in names)

    def _named(self, town: str, code: str, of_zip: Iterable[str]) -> list[Town]:
        """Return the towns meant by *town*: of the state that is told, else of the ZIP's, else of any."""
        if code:
            return self._gazetteer.towns_named(town, code)
        found = [one for state in of_zip for one in self._gazetteer.towns_named(town, state)]
        # A hamlet of the ZIP's that no list has may be a town elsewhere: only the better known count.
        main = self._gazetteer.files.main
        return found or next(filter(None, (main.named(name) for name in long_forms(town_key(town)))), [])

    def _nearest(self, towns: Iterable[Town], place: Place) -> Town | None:
        at = place.position
        return min(
            towns, key=lambda town: rough_miles(at, town.latitude_deg, town.longitude_deg), default=None
        )

    def _is_called(self, zip_code: str, town: str) -> bool:
        """Whether people write *town* for that ZIP, as the post office knows them."""
        if fsa_of(zip_code):
            return False
        known = self._gazetteer.files.post_office.called(zip_code)
        return not known.isdisjoint(long_forms(town_key(town)))

    def _of_town(self, town: Town, typed: str, address: Address) -> Candidate:
        """Return the town without a ZIP: which of its ZIPs it is nobody told."""
        place = self._wide_place(town)
        return Candidate(place.label, place, Address(address.street, typed, town.state))

    def _wide_place(self, town: Town) -> Place:
        """Return a town's place, as wide as it is large."""
        place = self._gazetteer.place_of(town)
        return replace(place, radius_miles=town_radius_miles(town.population, place.radius_miles))

    def _of_zip(self, address: Address, by_zip: Place) -> Candidate:
        town, state = self._post_office(address.zip_code)
        words = " ".join(part for part in (town, state) if part) or by_zip.label
        return Candidate(words, by_zip, Address(address.street, town, state, address.zip_code))

    def _of_state(self, address: Address, code: str, by_zip: Place, *, is_far: bool) -> Doubt:
        first = Candidate(code, None, Address(address.street, address.town, code))
        second = self._of_zip(address, by_zip)
        return Doubt(first, second, address.zip_code, is_far=is_far)


def _gap(one: Place | None, other: Place | None) -> float:
    """Return by how many miles two places miss being one; none or less for neighbours."""
    if one is None or other is None:
        return 0.0
    at = other.position
    apart = rough_miles(one.position, at.latitude_deg, at.longitude_deg)
    return apart - one.radius_miles - other.radius_miles


@cache
def placer() -> Placer:
    """Return the program's one, over its one gazetteer."""
    return Placer(gazetteer())
