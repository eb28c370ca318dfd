"""Where a ZIP or a town is, without a network.

Points come from ``resources/gazetteer*.sqlite`` (Census, GeoNames, Canadian FSAs; see ``resources/_build``).
The names that the post office knows and GeoNames does not (Cape Elizabeth, York) come from ``post_office``.
``Gazetteer`` places what was typed exactly, or not at all; what only looks alike is ``place_offers``'s.
"""

from __future__ import annotations

import re
import weakref
from functools import cache, cached_property
from typing import TYPE_CHECKING

from coordinator.adapters.gazetteer.gazetteer_files import GazetteerFiles
from coordinator.domain.places.positions import Address, Place, Position, Precision, town_key
from coordinator.domain.places.short_forms import long_forms
from coordinator.domain.places.states import state_code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordinator.adapters.gazetteer.town_file import Town

TOWN_RADIUS_MILES = 4.0
"""How far homes lie from a town's point: New England's towns are six miles square."""
POST_OFFICE_RADIUS_MILES = 4.5
"""90 of 100 of the post office's points lie this close to the Census point (7.19 km, measured)."""
NORTH_AMERICA = ("US", "CA")

_ZIP = re.compile(r"(\d{3,5})(?:-\d{4})?")
_CANADIAN = re.compile(
    r"([ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z])(?:[ -]?\d[ABCEGHJ-NPRSTV-Z]\d)?", re.IGNORECASE
)


class Gazetteer:
    """Reads the gazetteer files; usable from any thread. Close it, or let go of it."""

    def __init__(self) -> None:
        self.files = GazetteerFiles()
        self.close = weakref.finalize(self, self.files.close)

    def locate(self, address: Address) -> Place | None:
        """Return where *address* is: by its ZIP, else by town and state, else ``None``.

        A town without a state counts only if there is just one of that name. Another country is named in
        place of the state, or after a comma behind the town; its postal codes are nobody's ZIP. Streets are
        not looked at.
        """
        town, region = town_and_region(address)
        country = "" if self.state_code(region) else self.country_code(region)
        if country and country not in NORTH_AMERICA:
            return self._only(self.files.world.named(town_key(town), country=country))
        place = self.zip_place(address.zip_code)
        if place is None and country:
            place = self._only(self.files.main.named(town_key(town), country=country))
        return place or self.town_place(town, "" if country else region)

    def zip_place(self, zip_code: str) -> Place | None:
        """Return the middle of a ZIP's area, or of a Canadian FSA's.

        Zeros a spreadsheet ate are put back, ZIP+4 is cut, and so are the last three of ``M5V 2T6``.
        """
        if fsa := fsa_of(zip_code):
            return self._fsa_place(fsa)
        match = _ZIP.fullmatch(zip_code.strip())
        if match is None:
            return None
        code = match[1].zfill(5)
        query = "select latitude_deg, longitude_deg, radius_mi from zip where code = ?"
        for latitude, longitude, radius in self.files.main.ask(query, code):
            return Place(Position(latitude, longitude, Precision.ZIP), f"ZIP {code}", radius)
        return self._post_office_place(code)

    def town_place(self, town: str, state: str) -> Place | None:
        """Return a town by its name or a name the post office takes for it."""
        code = self.state_code(state)
        if state.strip() and not code:
            return None
        towns = self.towns_named(town, code)
        return self.place_of(towns[0]) if code and towns else self._only(towns)

    def towns_named(self, town: str, code: str = "") -> list[Town]:
        """Return the towns of that name, or of what it is short for, largest first; of one state if given."""
        key = town_key(town)
        names = tuple(long_forms(key)) if key else ()
        for name in names:
            if towns := self.files.main.named(name, state=code):
                return towns
        for name in names:
            if towns := self.files.post_office.names().named(name, state=code):
                # A town of that name goes before those the name is only accepted for.
                return [found for found in towns if found.population] or towns
        return []

    def state_code(self, state: str) -> str:
        """Return ``ME`` for ``Maine``, ``me`` or ``ME``; nothing for what is no state or province."""
        return state_code(state)

    def country_code(self, country: str) -> str:
        """Return ``GB`` for ``United Kingdom`` or ``UK``; nothing for what is no country."""
        key = town_key(country)
        rows = self.files.world.ask("select code from country where key = ?", key) if key else []
        return str(rows[0][0]) if rows else ""

    def place_of(self, town: Town) -> Place:
        """Return a town's place, called ``Kittery ME`` or ``Leeds, United Kingdom``."""
        position = Position(town.latitude_deg, town.longitude_deg, Precision.TOWN)
        region = f" {town.state}" if town.state else f", {self.country_names[town.country]}"
        return Place(position, town.name + region, TOWN_RADIUS_MILES)

    @cached_property
    def country_names(self) -> Mapping[str, str]:
        """Code -> name of every country."""
        return dict(self.files.world.ask("select code, name from country"))

    def _only(self, towns: list[Town]) -> Place | None:
        return self.place_of(towns[0]) if len(towns) == 1 else None

    def _fsa_place(self, code: str) -> Place | None:
        query = "select latitude_deg, longitude_deg, radius_mi from fsa where code = ?"
        for latitude, longitude, radius in self.files.canada.ask(query, code):
            return Place(Position(latitude, longitude, Precision.ZIP), f"FSA {code}", radius)
        return None

    def _post_office_place(self, code: str) -> Place | None:
        """Return the post office's point of a ZIP that has no area of its own (boxes, single buildings)."""
        query = "select latitude_deg, longitude_deg from zip where code = ? and latitude_deg is not null"
        for latitude, longitude in self.files.post_office.names().ask(query, code):
            return Place(
                Position(latitude, longitude, Precision.ZIP), f"ZIP {code}", POST_OFFICE_RADIUS_MILES
            )
        return None


def fsa_of(text: str) -> str:
    """Return ``M5V`` of ``M5V 2T6``, ``m5v2t6`` or ``M5V``; nothing of what is no Canadian postal code."""
    match = _CANADIAN.fullmatch(text.strip())
    return match[1].upper() if match else ""


def town_and_region(address: Address) -> tuple[str, str]:
    """Return town and state or country; ``Lyon, France`` in the town's place holds both."""
    if address.state.strip() or "," not in address.town:
        return address.town, address.state
    town, _, region = address.town.rpartition(",")
    return town, region


@cache
def gazetteer() -> Gazetteer:
    """Return the program's one gazetteer, opened when first asked."""
    return Gazetteer()
