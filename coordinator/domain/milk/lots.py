"""Lots: bags of one donor with a range of expression dates, in somebody's freezer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from coordinator.domain.places.positions import Position
from coordinator.domain.volume import Volume
from coordinator.sayings import NOTHING, Saying, saying


class Freezer(StrEnum):
    """Where milk is kept; which of them defrosts itself matters to how long it keeps.

    ``DEEP`` stands alone; whether it defrosts itself was not told.
    """

    FRIDGE_FREEZER = "freezer above fridge"
    SIDE_BY_SIDE = "side-by-side freezer"
    CHEST = "chest freezer"
    UPRIGHT_FROST_FREE = "upright freezer, frost-free"
    DEEP_MANUAL = "deep freezer, manual defrost"
    DEEP = "deep freezer"

    @property
    def words(self) -> Saying:
        """The freezer in words."""
        return _FREEZER_WORDS[self]


_FREEZER_WORDS = {
    Freezer.FRIDGE_FREEZER: saying("freezer above fridge"),
    Freezer.SIDE_BY_SIDE: saying("side-by-side freezer"),
    Freezer.CHEST: saying("chest freezer"),
    Freezer.UPRIGHT_FROST_FREE: saying("upright freezer, frost-free"),
    Freezer.DEEP_MANUAL: saying("deep freezer, manual defrost"),
    Freezer.DEEP: saying("deep freezer"),
}


class KeptIn(StrEnum):
    """How milk is kept now; ``None`` beside it stands for the freezer, where the network's lots lie."""

    FREEZER = "freezer"
    FRIDGE = "fridge"
    COOLER = "cooler with ice packs"
    ROOM = "room"
    THAWED = "thawed"

    @property
    def words(self) -> Saying:
        """The place in words."""
        return _PLACE_WORDS[self]


_PLACE_WORDS = {
    KeptIn.FREEZER: saying("freezer"),
    KeptIn.FRIDGE: saying("fridge"),
    KeptIn.COOLER: saying("cooler with ice packs"),
    KeptIn.ROOM: saying("room"),
    KeptIn.THAWED: saying("thawed"),
}


class HeatTreated(StrEnum):
    """Whether bags were scalded or pasteurised; ``None`` beside it means not asked."""

    NO = "no"
    SOME = "some bags"
    ALL = "all"

    @property
    def words(self) -> Saying:
        """The answer in words."""
        return _HEAT_WORDS[self]


_HEAT_WORDS = {
    HeatTreated.NO: saying("no"),
    HeatTreated.SOME: saying("some bags"),
    HeatTreated.ALL: saying("all"),
}


@dataclass(frozen=True, slots=True)
class Promise:
    """Milk held, agreed or handed over of which only bags dated ``only_from`` or later are taken.

    What ``is_gone`` was handed over or lost and does not lie with the donor any more.
    """

    only_from: date
    volume: Volume
    bags: int | None = None
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Lot:
    """Bags of one donor. ``free`` is what nobody holds, has agreed on, got or lost.

    Nor was it kept, discarded or referred to a milk bank: so much is ``elsewhere``; nor is it with a
    volunteer since a run left it behind: so much is ``carried``.

    ``volume`` and ``bags`` are what was offered; ``None`` bags or dates were not told, nor is a ``volume`` of
    nothing. ``is_estimate`` marks a figure typed as "about". ``thawed_on`` is told of thawed milk.
    ``taken_bags`` were counted for ``counted`` of what is not free any more; ``promises`` name those of it
    that take only newer bags.
    """

    code: str
    donor_code: str
    volume: Volume
    bags: int | None
    expressed_from: date | None
    expressed_to: date | None
    freezer: Freezer | None = None
    heat_treated: HeatTreated | None = None
    is_estimate: bool = False
    free: Volume = field(default_factory=Volume)
    held: Volume = field(default_factory=Volume)
    delivered: Volume = field(default_factory=Volume)
    lost: Volume = field(default_factory=Volume)
    elsewhere: Volume = field(default_factory=Volume)
    note: str = ""
    place: KeptIn | None = None
    thawed_on: date | None = None
    taken_bags: int = 0
    counted: Volume = field(default_factory=Volume)
    promises: tuple[Promise, ...] = ()
    carried: Volume = field(default_factory=Volume)
    id: int = 0
    version: int = 1

    @property
    def is_told(self) -> bool:
        """Whether anybody said how much there is; nobody offers none."""
        return bool(self.volume)

    @property
    def free_bags(self) -> int | None:
        """How many bags the free milk is in; ``None`` when bags were not counted.

        Those nobody took. Milk that was taken uncounted took its bags by ounces, one begun as a whole one.
        """
        if self.bags is None or not self.is_told:
            return None
        uncounted = self.volume - self.free - self.counted
        by_ounces = -(-self.bags * uncounted.microlitres // self.volume.microlitres)
        return max(0, self.bags - self.taken_bags - by_ounces) if self.free > Volume() else 0


@dataclass(frozen=True, slots=True)
class LotRow:
    """A lot as the table of all milk shows it."""

    lot: Lot
    donor_name: str
    town: str


class GivenState(StrEnum):
    """How far milk is on its way to a family."""

    ON_HOLD = "on hold"
    AGREED = "agreed"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True)
class MilkGiven:
    """One line of *Who has her milk?*: a family, when, how much, from which lot of whom.

    ``against`` is what was against it when it came though it was no fit.
    """

    recipient_code: str
    recipient_name: str
    lot_code: str
    on: date
    volume: Volume
    bags: int | None
    state: GivenState
    position: Position | None = None
    donor_code: str = ""
    donor_name: str = ""
    against: Saying = NOTHING
