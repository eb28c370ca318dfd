"""Places offered while somebody types, and the town a point lies near. Nothing here places a family."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from coordinator.adapters.gazetteer.place_search import TownSearch
from coordinator.adapters.gazetteer.towns import fsa_of, gazetteer
from coordinator.domain.places.names import PlaceHit, abbreviates, rough_miles
from coordinator.domain.places.positions import Place, Position, Precision, town_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordinator.adapters.gazetteer.town_file import Town, TownFile
    from coordinator.adapters.gazetteer.towns import Gazetteer

ABROAD_BEYOND_MILES = 30.0
"""Farther than this from any town of the US and Canada, a point is looked for in other countries."""
NEAR_ZIP_MILES = 25.0
_SMALLER_ABROAD = 2.5
"""Powers of ten of inhabitants that a town of another country stands behind ours."""

_ZIP_BEGINNING = re.compile(r"\d{3,5}")
_FSA_BEGINNING = re.compile(r"[A-Z]\d[A-Z]?", re.IGNORECASE)


class PlaceOffers:
    """Offers places out of a gazetteer; usable from any thread.

    The post office's names are among them once they were gathered (``prepare``); nothing here waits for them.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._files = gazetteer.files
        self._here = TownSearch(self._files_here, dict(self._files.main.ask("select key, code from state")))
        countries = dict(self._files.world.ask("select key, code from country"))
        self._abroad = TownSearch(lambda: (self._files.world,), countries)

    @property
    def is_ready(self) -> bool:
        """Whether the post office's names are among what is offered."""
        return self._files.post_office.names_if_there() is not None

    def prepare(self) -> None:
        """Gather the post office's names if nobody has; about two seconds, once a machine."""
        self._files.post_office.names()

    def suggest(self, text: str, limit: int = 8, near: Position | None = None) -> tuple[PlaceHit, ...]:
        """Return what *text* may become, best first: towns, ZIPs (three digits or more), FSAs.

        A town may be followed by its state or country. Towns of other countries must be 300 times as
        large to stand beside ours. Only where no name begins so, names are offered that are spelt alike,
        marked as such.

        Args:
            text: What was typed so far; towns from two letters on.
            limit: The most to return.
            near: The middle of the network's own region; its towns come first.
        """
        text = text.strip()
        if _ZIP_BEGINNING.fullmatch(text):
            return self._zips(text, limit, near)
        if _FSA_BEGINNING.fullmatch(text) or fsa_of(text):
            return self._fsas(fsa_of(text) or text.upper(), limit)
        query = town_key(text)
        if len(query) < 2 or text.isdigit():
            return ()
        abroad = self._abroad.beginning(query, near, limit)
        ranked = self._here.beginning(query, near, 2 * limit)
        ranked += [(rank - _SMALLER_ABROAD, town) for rank, town in abroad]
        ranked.sort(key=lambda one: -one[0])
        if ranked:
            towns = _without_short_forms([town for _, town in ranked])
            return _told_apart(self._hit(town) for town in towns)[:limit]
        return self.spellings(*self._split(query), limit, near)

    def spellings(
        self, town: str, state: str = "", limit: int = 8, near: Position | None = None
    ) -> tuple[PlaceHit, ...]:
        """Return towns spelt like *town*, in *state* if there are any; fewest slips first."""
        key, code = town_key(town), self._gazetteer.state_code(state)
        towns = self._here.spelt_like(key, code, near, limit) if code else []
        towns = towns or self._here.spelt_like(key, "", near, limit)
        return tuple(self._hit(found, is_exact=found.key == key) for found in towns)

    def named(self, town: str, state: str = "", limit: int = 8) -> tuple[PlaceHit, ...]:
        """Return the places of exactly that name, largest first, wherever they are."""
        key, code = town_key(town), self._gazetteer.state_code(state)
        if state.strip() and not code:
            country = self._gazetteer.country_code(state)
            files: tuple[TownFile, ...] = (*self._files_here(), self._files.world) if country else ()
            return tuple(self._hit(one) for file in files for one in file.named(key, country=country))[:limit]
        files = self._files_here() if code else (*self._files_here(), self._files.world)
        return tuple(self._hit(one) for file in files for one in file.named(key, state=code))[:limit]

    def has_zip(self, zip_code: str) -> bool:
        """Tell whether there is such a ZIP or FSA, also one without a place of its own."""
        post = self._files.post_office.names_if_there()
        is_listed = post is not None and bool(
            post.ask("select 1 from zip where code = ?", zip_code.strip()[:5])
        )
        return is_listed or self._gazetteer.zip_place(zip_code) is not None

    def nearest(self, position: Position) -> PlaceHit | None:
        """Return the town *position* lies nearest to, with the nearest ZIP; ``None`` far out at sea."""
        found = [one for file in self._files_here() if (one := file.nearest_town(position))]
        if not found or min(miles for _, miles in found) > ABROAD_BEYOND_MILES:
            found += [one for one in [self._files.world.nearest_town(position)] if one]
        if not found:
            return None
        town, _ = min(found, key=lambda one: one[1])
        zip_row = self._files.main.nearest("zip", position) if town.country == "US" else None
        code = zip_row[0][0] if zip_row and zip_row[1] <= NEAR_ZIP_MILES else ""
        return PlaceHit(town.name, town.state, code, town.country, self._gazetteer.place_of(town))

    def _files_here(self) -> tuple[TownFile, ...]:
        post = self._files.post_office.names_if_there()
        return (self._files.main, post) if post else (self._files.main,)

    def _split(self, query: str) -> tuple[str, str]:
        """Return town and state of ``kitery new hampshire``; no state if none is named."""
        words = query.split()
        for count in (3, 2, 1):
            state = " ".join(words[-count:])
            if len(words) > count and self._gazetteer.state_code(state):
                return " ".join(words[:-count]), state
        return query, ""

    def _hit(self, town: Town, *, is_exact: bool = True) -> PlaceHit:
        place = self._gazetteer.place_of(town)
        return PlaceHit(town.name, town.state, "", town.country, place, is_exact=is_exact)

    def _zips(self, digits: str, limit: int, near: Position | None) -> tuple[PlaceHit, ...]:
        query = "select code, latitude_deg, longitude_deg from zip where code between ? and ? || ':'"
        points = {code: point for code, *point in self._files.main.ask(query, digits, digits)}
        post = self._files.post_office.names_if_there()
        if post is not None:
            for code, *point in post.ask(f"{query} and latitude_deg is not null", digits, digits):
                points.setdefault(code, point)
        codes = sorted(points, key=lambda code: (rough_miles(near, *points[code]) if near else 0.0, code))[
            :limit
        ]
        return tuple(hit for code in codes if (hit := self._zip_hit(code, post)))

    def _zip_hit(self, code: str, post: TownFile | None) -> PlaceHit | None:
        place = self._gazetteer.zip_place(code)
        named = post.ask("select town, state from zip where code = ?", code) if post else []
        town, state = named[0] if named else ("", "")
        return PlaceHit(town, state, code, "US", place) if place else None

    def _fsas(self, beginning: str, limit: int) -> tuple[PlaceHit, ...]:
        rows = self._files.canada.ask(
            "select * from fsa where code between ? and ? || '~' order by code limit ?",
            beginning,
            beginning,
            limit,
        )
        hits = []
        for code, state, name, radius, latitude, longitude in rows:
            place = Place(Position(latitude, longitude, Precision.ZIP), f"FSA {code}", radius)
            hits.append(PlaceHit(name.partition(" (")[0], state, code, "CA", place))
        return tuple(hits)


def _without_short_forms(towns: list[Town]) -> list[Town]:
    """Leave out what the post office accepts as short for another of *towns*: Cape Eliz, S Portland."""
    return [
        town
        for town in towns
        if town.population
        or not any(other.state == town.state and abbreviates(town.key, other.key) for other in towns)
    ]


def _told_apart(hits: Iterable[PlaceHit]) -> tuple[PlaceHit, ...]:
    """Return the first of each line: two places of one name in one state look the same in a list."""
    lines: dict[str, PlaceHit] = {}
    for hit in hits:
        lines.setdefault(hit.line, hit)
    return tuple(lines.values())


@cache
def place_offers() -> PlaceOffers:
    """Return the program's one, over its one gazetteer."""
    return PlaceOffers(gazetteer())
