"""Looking an address up at a server: what would be sent, and what came back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from coordinator.domain.places.positions import Position, Precision
from coordinator.sayings import Saying, read_back, saying

if TYPE_CHECKING:
    from coordinator.domain.places.positions import Address


class Level(StrEnum):
    """What a server knew of an address, best first."""

    HOUSE = "house"
    STREET = "street"
    ZIP = "ZIP"
    TOWN = "town"
    REGION = "region"


PRECISION_OF_LEVEL = {
    Level.HOUSE: Precision.ADDRESS,
    Level.STREET: Precision.TOWN,  # the nearest of our words; it promises no more than it holds
    Level.ZIP: Precision.ZIP,
    Level.TOWN: Precision.TOWN,
    Level.REGION: Precision.TOWN,
}
LOOKED_UP = {
    Level.HOUSE: saying("address, looked up"),
    Level.STREET: saying("street, looked up"),
    Level.ZIP: saying("ZIP, looked up"),
    Level.TOWN: saying("town, looked up"),
    Level.REGION: saying("region, looked up"),
}
"""How well a place is known that a server found, as it is stored and shown (``place_words``)."""
FAR_MILES = 30.0
"""An answer farther from the offline position than a ZIP or a town is wide may be another town's street."""


@dataclass(frozen=True, slots=True)
class FoundAddress:
    """A server's answer: where, what it called it, and how far off the home may be."""

    position: Position
    level: Level
    label: str
    radius_miles: float = 0.0


@dataclass(frozen=True, slots=True)
class Enquiry:
    """What would be sent for a family, and to whom; nothing has been sent.

    ``present`` is where the family stands now, ``offline`` where its ZIP or town puts it.
    """

    code: str
    query: str
    host: str
    agent: str
    is_on: bool
    present: Position | None
    present_label: str
    offline: Position | None


@dataclass(frozen=True, slots=True)
class Reply:
    """What is known of an enquiry; ``found`` is None where the server knows no such address.

    ``miles_off`` is the straight line from the offline position, ``is_remembered`` says that nothing was
    sent because the same question had been answered before.
    """

    query: str
    found: FoundAddress | None
    miles_off: float | None
    is_remembered: bool

    @property
    def is_far(self) -> bool:
        """Whether the answer is to be confirmed because it lies far from where ZIP or town put the family."""
        return self.miles_off is not None and self.miles_off > FAR_MILES

    @property
    def can_be_used(self) -> bool:
        """Whether it tells more than the state or the county, which place nobody."""
        return self.found is not None and self.found.level is not Level.REGION


@cache
def place_words(stored: str) -> Saying:
    """Return how well a place is known, stored in English; a town's name stays as it is."""
    return read_back(stored, ((one.code, one.source) for one in (*_OFFLINE, *LOOKED_UP.values())))


_OFFLINE = (
    saying("ZIP {code}", code=""),
    saying("FSA {code}", code=""),
    saying("by hand"),
    saying("uncertain: {first} or {second}", first="", second=""),
    saying("no place on the map (military address)"),
)


def query_of(address: Address) -> str:
    """Return what to ask for: the address in one line."""
    return address.line


def normalised(query: str) -> str:
    """Return *query* as answers are remembered by it: case and doubled spaces make no other question."""
    return " ".join(query.casefold().replace(",", " , ").split())
