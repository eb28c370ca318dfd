"""Offering towns and ZIPs while they are typed, and saying where a point is. All of it offline."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from sqlalchemy import select

from coordinator.adapters.gazetteer.place_offers import place_offers
from coordinator.adapters.gazetteer.towns import gazetteer
from coordinator.db.households import HouseholdRow
from coordinator.domain.places.positions import Address, Position, Precision

if TYPE_CHECKING:
    from coordinator.db.database import Database
    from coordinator.domain.places.names import PlaceHit


@dataclass(frozen=True, slots=True)
class Unknown:
    """A town that is in no list, with the state where only that is wrong, and the one that may be meant."""

    typed: str
    nearest: PlaceHit | None


def suggest_places(text: str, near: Position | None = None, limit: int = 8) -> tuple[PlaceHit, ...]:
    """Return the places *text* may become, best first; under a millisecond, a few where a name is misspelt.

    Never waits: what ``prepare_places`` gathers is among them once it is there.
    """
    return place_offers().suggest(text, limit, near)


def prepare_places() -> None:
    """Gather the names of the post office, two seconds of work once a machine; else just open them."""
    place_offers().prepare()


def are_places_prepared() -> bool:
    """Whether the names of the post office are there; until then a town may seem unknown that is not."""
    return place_offers().is_ready


def unknown_town(town: str, state: str, near: Position | None = None) -> Unknown | None:
    """Return what to say of a town that is in no list; ``None`` if it is in one or not sure yet."""
    if not town.strip() or not are_places_prepared():
        return None
    code = gazetteer().state_code(state)
    if place_offers().named(town, code, 1) or gazetteer().locate(Address(town=town, state=state)):
        return None
    spelt_alike = place_offers().spellings(town, code, 1, near)
    nearest = spelt_alike[0] if spelt_alike else None
    typed = f"{town.strip()} {code}" if nearest and nearest.is_exact else town.strip()
    return Unknown(typed, nearest)


def is_zip_known(zip_code: str) -> bool:
    """Tell whether there is such a ZIP or Canadian code; yes for an empty one, and while that is not sure."""
    return not zip_code.strip() or not are_places_prepared() or place_offers().has_zip(zip_code)


def near_words(position: Position) -> str:
    """Return ``Rollinsford NH`` for a point near it; nothing far out at sea."""
    hit = place_offers().nearest(position)
    return hit.place.label if hit else ""


def own_region(database: Database) -> Position | None:
    """Return the middle of the network: half its families live north of it, half east."""
    point = select(HouseholdRow.latitude_deg, HouseholdRow.longitude_deg)
    with database.reading() as session:
        points = [tuple(row) for row in session.execute(point.where(HouseholdRow.latitude_deg.is_not(None)))]
    if not points:
        return None
    latitudes, longitudes = zip(*points, strict=True)
    return Position(median(latitudes), median(longitudes), Precision.TOWN)
