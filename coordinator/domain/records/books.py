"""What is written about a lot, a pickup and a family, as the rules of the books look at it (``balance``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordinator.domain.agreements.holds import HoldState, still_counts
from coordinator.domain.pickups.plans import PickupKind, PickupState, StopKind
from coordinator.domain.volume import Volume


@dataclass(frozen=True, slots=True)
class HoldBook:
    """What is written about one hold; ``came``, ``stayed`` and ``lost`` are its delivery's, if it has one.

    ``pickup_code`` is of the planned pickup it travels with; ``is_own`` where donor and family are one.
    """

    code: str
    state: HoldState
    volume: Volume
    bags: int | None
    only_from: date | None
    made_on: date
    expires_on: date
    donor_yes_on: date | None
    family_yes_on: date | None
    family_code: str
    family_removed_on: date | None
    pickup_code: str = ""
    came: Volume | None = None
    stayed: Volume = Volume()  # noqa: RUF009 - immutable
    lost: Volume = Volume()  # noqa: RUF009 - immutable
    gone_bags: int | None = None
    is_own: bool = False

    @property
    def is_delivered(self) -> bool:
        """Whether a delivery says what became of it."""
        return self.came is not None

    def counts(self, today: date) -> bool:
        """Whether it keeps milk from others on *today*."""
        return still_counts(self.state, self.expires_on, today)


@dataclass(frozen=True, slots=True)
class FateBook:
    """What is written about milk of a lot that no family got."""

    volume: Volume
    bags: int | None = None


@dataclass(frozen=True, slots=True)
class LotBook:
    """What is written about one lot, every hold of it, and what of it no family got."""

    code: str
    volume: Volume
    bags: int | None
    first: date | None
    last: date | None
    removed_on: date | None
    donor_code: str
    donor_removed_on: date | None
    holds: tuple[HoldBook, ...] = ()
    fates: tuple[FateBook, ...] = ()

    def day(self, today: date) -> date:
        """Return *today*, or the latest day a hold was made if that is later: a clock may have been wrong."""
        return max([today, *(hold.made_on for hold in self.holds)])


@dataclass(frozen=True, slots=True)
class LoadBook:
    """A hold that travels with a pickup, or that the pickup has delivered; and from whose home to whose."""

    hold_code: str
    state: HoldState
    giver: int
    taker: int
    is_loaded: bool = True
    is_delivered: bool = False


@dataclass(frozen=True, slots=True)
class PickupBook:
    """What is written about one pickup; its ``stops`` as kind and household, in the order to drive."""

    code: str
    kind: PickupKind
    state: PickupState
    volunteer_code: str = ""
    volunteer_removed_on: date | None = None
    loads: tuple[LoadBook, ...] = ()
    stops: tuple[tuple[StopKind, int], ...] = ()
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FamilyBook:
    """A household: the codes of its living roles, and whether it was merged into one that lives.

    ``pairs`` are its standing pairs that go on, those with the same donor together.
    """

    id: int
    donors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    drivers: tuple[str, ...] = ()
    is_merged: bool = False
    merged_into_merged: bool = False
    pairs: tuple[tuple[str, ...], ...] = ()
