"""Where a ZIP or a town is, without a network.

Points come from ``resources/gazetteer.sqlite`` (Census, GeoNames; see ``resources/_build``). The names that
the post office knows and GeoNames does not (Cape Elizabeth, York) come from the ``zipcodes`` package at run
time: it costs half a second, so it is asked only for what the file lacks.
"""

from __future__ import annotations

import re
import sqlite3
import threading
import weakref
from contextlib import ExitStack
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from coordinator.domain.places import Place, Position, Precision, town_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordinator.domain.places import Address

TOWN_RADIUS_MILES = 4.0
"""How far homes lie from a town's point: New England's towns are six miles square."""
POST_OFFICE_RADIUS_MILES = 4.5
"""90 of 100 of the post office's points lie this close to the Census point (7.19 km, measured)."""

_ZIP = re.compile(r"(\d{3,5})(?:-\d{4})?")


class Gazetteer:
    """Reads one gazetteer file; usable from any thread. Close it, or let go of it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._names: dict[str, dict[str, list[str]]] = {}
        files = ExitStack()
        path = files.enter_context(resources.as_file(resources.files("resources") / "gazetteer.sqlite"))
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        files.callback(self._connection.close)
        self.close = weakref.finalize(self, files.close)

    def locate(self, address: Address) -> Place | None:
        """Return where *address* is: by its ZIP, else by town and state, else ``None``.

        A town without a state counts only if there is just one of that name. Streets are not looked at.
        """
        return self.zip_place(address.zip_code) or self.town_place(address.town, address.state)

    def zip_place(self, zip_code: str) -> Place | None:
        """Return the middle of a ZIP's area; zeros a spreadsheet ate are put back, ZIP+4 is cut."""
        match = _ZIP.fullmatch(zip_code.strip())
        if match is None:
            return None
        code = match[1].zfill(5)
        rows = self._ask("select latitude_deg, longitude_deg, radius_mi from zip where code = ?", code)
        for latitude, longitude, radius in rows:
            return Place(Position(latitude, longitude, Precision.ZIP), f"ZIP {code}", radius)
        return _post_office_place(code)

    def town_place(self, town: str, state: str) -> Place | None:
        """Return a town by its name or a name the post office takes for it."""
        key, code = town_key(town), self.state_code(state)
        if not key or (state.strip() and not code):
            return None
        rows = self._ask(
            "select * from town where key = ? and ? in (state, '') order by population desc", key, code
        )
        if rows and (code or len(rows) == 1):
            _, region, _, name, _, latitude, longitude = rows[0]
            position = Position(latitude, longitude, Precision.TOWN)
            return Place(position, f"{name} {region}", TOWN_RADIUS_MILES)
        return None if rows else self._post_town(key, town.strip(), code)

    def state_code(self, state: str) -> str:
        """Return ``ME`` for ``Maine``, ``me`` or ``ME``; nothing for what is no state or province."""
        rows = self._ask("select code from state where key = ?", town_key(state))
        return str(rows[0][0]) if rows else ""

    def _post_town(self, key: str, town: str, state: str) -> Place | None:
        """Return the middle of the ZIPs the post office delivers to under this town's name."""
        codes = self._post_names(state).get(key, [])
        states = {state} if state else {str(row["state"]) for code in codes for row in _post_office(code)}
        places = [place for code in codes if (place := self.zip_place(code))]
        if not places or len(states) != 1:
            return None
        latitude = sum(place.position.latitude_deg for place in places) / len(places)
        longitude = sum(place.position.longitude_deg for place in places) / len(places)
        label = f"{town.title() if town.islower() or town.isupper() else town} {states.pop()}"
        return Place(Position(latitude, longitude, Precision.TOWN), label, TOWN_RADIUS_MILES)

    def _post_names(self, state: str) -> dict[str, list[str]]:
        """Return town key -> ZIPs of a state (of all, if empty); a town's own ZIPs go before aliases."""
        with self._lock:
            if state not in self._names:
                self._names[state] = _index(_post_office_rows(state))
            return self._names[state]

    def _ask(self, query: str, *values: str) -> list[Any]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()


def _index(rows: Iterable[dict[str, Any]]) -> dict[str, list[str]]:
    own: dict[str, list[str]] = {}
    aliases: dict[str, list[str]] = {}
    for row in rows:
        own.setdefault(town_key(row["city"]), []).append(row["zip_code"])
        for name in row["acceptable_cities"]:
            aliases.setdefault(town_key(name), []).append(row["zip_code"])
    return aliases | own


def _post_office_rows(state: str) -> list[dict[str, Any]]:
    import zipcodes  # noqa: PLC0415 - 40 MB that most look-ups do not need

    look_up: Any = zipcodes
    rows = look_up.filter_by(state=state) if state else look_up.list_all()
    return [row for row in rows if row["zip_code_type"] != "MILITARY"]


def _post_office(code: str) -> list[dict[str, Any]]:
    import zipcodes  # noqa: PLC0415 - as above

    look_up: Any = zipcodes
    return list(look_up.matching(code))


def _post_office_place(code: str) -> Place | None:
    """Return the post office's point of a ZIP that has no area of its own (boxes, single buildings)."""
    for row in _post_office(code):
        latitude, longitude = float(row["lat"] or 0), float(row["long"] or 0)
        if (latitude, longitude) != (0.0, 0.0):
            return Place(
                Position(latitude, longitude, Precision.ZIP), f"ZIP {code}", POST_OFFICE_RADIUS_MILES
            )
    return None


@cache
def gazetteer() -> Gazetteer:
    """Return the program's one gazetteer, opened when first asked."""
    return Gazetteer()
