"""Holds that reserve milk for a baby, and the yeses that make them agreements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coordinator.domain.agreements.pair_pauses import PairPause
from coordinator.domain.volume import Volume
from coordinator.sayings import Saying, saying


class HoldState(StrEnum):
    """Where a hold stands. ``OPEN`` holds expire; an expired one is ``OPEN`` with its last day past."""

    OPEN = "open"
    AGREED = "agreed"
    RELEASED = "released"
    DONE = "done"

    @property
    def words(self) -> Saying:
        """The state as it is shown."""
        return _STATES[self]


_STATES = {
    HoldState.OPEN: saying("open"),
    HoldState.AGREED: saying("agreed"),
    HoldState.RELEASED: saying("released"),
    HoldState.DONE: saying("done"),
}


class Side(StrEnum):
    """Who says yes."""

    DONOR = "donor"
    FAMILY = "family"


class MessageKind(StrEnum):
    """The messages a coordinator pastes; an address is only in the last, after both yeses."""

    ASK_DONOR = "ask the donor"
    ASK_FAMILY = "ask the family"
    CONFIRM_TIME = "confirm the time"
    ADDRESS = "address after both yeses"


@dataclass(frozen=True, slots=True)
class Hold:
    """Milk of one lot reserved for one baby, with both families' yes where given.

    ``is_about``: it takes only the newer bags of its lot, and nobody counted how much these hold.
    ``still_asked`` is what is to be asked before it goes, where a caller read it: who agreed may not know.
    ``pause`` is that of the two, while they are paused: none of it is carried until they go on.
    """

    code: str
    lot_code: str
    donor_code: str
    donor_name: str
    donor_town: str
    recipient_code: str
    recipient_name: str
    recipient_town: str
    volume: Volume
    bags: int | None
    only_from: date | None
    made_on: date
    expires_on: date
    state: HoldState
    donor_yes_on: date | None = None
    family_yes_on: date | None = None
    pickup_code: str = ""
    is_about: bool = False
    still_asked: tuple[Saying, ...] = ()
    pause: PairPause | None = None

    def is_expired(self, today: date) -> bool:
        """Whether the milk is free again because nobody agreed in time; the last day still counts."""
        return self.state is HoldState.OPEN and today > self.expires_on

    @property
    def is_agreed(self) -> bool:
        """Whether both families have said yes."""
        return self.donor_yes_on is not None and self.family_yes_on is not None


def still_counts(state: HoldState, expires_on: date, today: date) -> bool:
    """Whether a hold keeps its milk from others on *today*."""
    return state is HoldState.AGREED or (state is HoldState.OPEN and today <= expires_on)
