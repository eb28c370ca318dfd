"""The parts of the printed set beside the run sheet, as plain values; ``privacy`` says what each may show.

There is no field for what a part may not show: a slip has none for the family, a receipt none for the donor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordinator.domain.paper.privacy import Part
from coordinator.domain.settings import Paper
from coordinator.domain.volume import VolumeUnit
from coordinator.sayings import NOTHING, Saying

if TYPE_CHECKING:
    from datetime import date, time

    from coordinator.domain.agreements.thank_you import Card
    from coordinator.domain.paper.sheets import PickupSheet
    from coordinator.domain.volume import Volume


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What stands on top of every part: which pickup, when, and whom to ring."""

    sheet_number: str
    on: date
    network_name: str
    coordinator_name: str
    coordinator_phone: str
    paper: Paper = Paper.LETTER
    unit: VolumeUnit = VolumeUnit.OZ
    clock_24h: bool = False


@dataclass(frozen=True, slots=True)
class SlipLot:
    """Bags a donor hands over."""

    lot_code: str
    bags: int | None
    volume: Volume
    only_from: date | None = None
    is_about: bool = False


@dataclass(frozen=True, slots=True)
class HandOverSlip:
    """What stays with a donor: what she gave, on which day, and to whom of the network she gave it."""

    donor_first_name: str
    carrier_first_name: str
    window_from: time | None
    window_to: time | None
    lots: tuple[SlipLot, ...]


@dataclass(frozen=True, slots=True)
class ReceiptLot:
    """Bags a family gets. ``use_by`` is the last day of the oldest, by ``rule``."""

    lot_code: str
    bags: int | None
    volume: Volume
    expressed_from: date | None
    expressed_to: date | None
    use_by: date | None
    rule: Saying = NOTHING
    is_about: bool = False


@dataclass(frozen=True, slots=True)
class SourcedLine:
    """A rule about handling milk, and who says so."""

    said: Saying
    source: Saying


@dataclass(frozen=True, slots=True)
class Receipt:
    """What stays with a family: what came, how long it keeps, and how it is thawed, each with its source."""

    family_first_name: str
    carrier_first_name: str
    lots: tuple[ReceiptLot, ...]
    handling: tuple[SourcedLine, ...]
    policy_title: str
    review: str


@dataclass(frozen=True, slots=True)
class CopyLine:
    """A hold on the coordinator's copy."""

    hold_code: str
    lot_code: str
    donor_code: str
    donor_name: str
    family_code: str
    family_name: str
    bags: int | None
    volume: Volume
    is_about: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSet:
    """All that is printed for a pickup; the tags are of the coolers on its run sheet."""

    head: Letterhead
    sheet: PickupSheet
    slips: tuple[HandOverSlip, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    cards: tuple[Card, ...] = ()
    copy: tuple[CopyLine, ...] = ()
    both_sides: bool = False
    parts: frozenset[Part] = frozenset()

    def has(self, part: Part) -> bool:
        """Whether *part* is printed: it was asked for, and there is something in it."""
        return part in self.parts and bool(self._of(part))

    def _of(self, part: Part) -> object:
        return {
            Part.RUN_SHEET: self.sheet.stops,
            Part.TAGS: self.sheet.coolers,
            Part.SLIPS: self.slips,
            Part.RECEIPTS: self.receipts,
            Part.CARDS: self.cards,
            Part.COPY: self.copy,
        }[part]
