"""What goes on paper: a pickup sheet and the week's schedule, as plain values.

A driver sees first names, addresses, phones and counts. There is no field for a surname, a health answer or
a reason for needing milk, and one field of free text ("For the driver"), so that none can slip through.
A stop without the yes of both families never becomes a ``SheetStop``: the service refuses it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from coordinator.domain.pickups.lunch import Lunch
from coordinator.domain.pickups.plans import PickupKind, StopKind
from coordinator.domain.places.positions import DistanceUnit
from coordinator.domain.settings import Paper
from coordinator.domain.volume import Volume, VolumeUnit, total
from coordinator.sayings import Saying, saying

if TYPE_CHECKING:
    from datetime import time

    from coordinator.domain.places.positions import Position


class PhoneNote(StrEnum):
    """How somebody would rather be reached."""

    CALL = "call"
    TEXT = "text"

    @property
    def words(self) -> Saying:
        """What stands behind the number."""
        return saying("(call)") if self is PhoneNote.CALL else saying("(text)")


@dataclass(frozen=True, slots=True)
class HandlingRule:
    """One value about handling milk, where it was seen, and who says otherwise.

    ``status`` is ``primary``, ``copy`` or ``unverified``; ``differs`` is empty when no source disagrees.
    """

    value: int | str
    unit: str
    authority: str
    seen_in: str
    status: str
    checked: date
    differs: str = ""


@dataclass(frozen=True, slots=True)
class Handling:
    """The handling lines of a sheet; ``review`` says that a clinician has to look at them."""

    cooler_with_ice_packs: HandlingRule
    thawed_in_refrigerator: HandlingRule
    refreeze_thawed: HandlingRule
    ice_crystals: HandlingRule
    review: str


@dataclass(frozen=True, slots=True)
class SheetLot:
    """Bags of one lot to hand over at a stop.

    ``only_from`` stands for "only bags dated … or later"; ``is_about`` when nobody counted these.
    ``for_first_name`` says whose they are when a run serves several families.
    """

    lot_code: str
    bags: int | None
    volume: Volume
    only_from: date | None = None
    for_first_name: str = ""
    is_about: bool = field(default=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetStop:
    """One place on the way.

    ``address_lines`` are the street and the town of a home, or the name and the street of a meeting place;
    ``phone`` is in national form. ``driver_note`` is the "For the driver" note and nothing else.
    ``check_road`` says that the straight line from the stop before crosses water.
    """

    number: int
    kind: StopKind
    first_name: str
    address_lines: tuple[str, ...]
    phone: str
    phone_note: PhoneNote | None = None
    window_from: time | None = None
    window_to: time | None = None
    driver_note: str = ""
    lots: tuple[SheetLot, ...] = ()
    position: Position | None = None
    check_road: bool = False


@dataclass(frozen=True, slots=True)
class TagLoad:
    """What a cooler holds for one stop; ``is_all`` unless some of the lot is in another cooler."""

    stop_number: int
    first_name: str
    lot_code: str
    bags: int | None
    volume: Volume
    is_all: bool = True
    is_about: bool = False


@dataclass(frozen=True, slots=True)
class CoolerTag:
    """What is tied to a cooler. It can be found by anybody: no address and no phone of a family."""

    number: int
    of: int
    quarts: int
    ice_packs: int
    carrier_first_name: str
    loads: tuple[TagLoad, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PickupSheet:
    """One carrier's trip on one day, as printed.

    ``sheet_number`` names the pickup and its printing (``P-0142-1``); the QR code holds it. ``bring`` are
    short phrases such as "6 ice packs". ``policy_line`` names the profile the lots were judged by.
    ``ask_before`` are the lots about which an answer is still open on the day of printing, which is no part
    of the plan: when it comes in, no sheet is an old one. What the question is no driver reads.
    ``coolers`` say what goes into which, ``no_room`` what goes into none: both follow from the rest.
    """

    pickup_code: str
    sheet_number: str
    network_name: str
    coordinator_name: str
    coordinator_phone: str
    on: date
    carrier_first_name: str
    stops: tuple[SheetStop, ...]
    handling: Handling
    leave_by: time | None = None
    kind: PickupKind = PickupKind.RUN
    bring: tuple[str | Saying, ...] = ()
    paper: Paper = Paper.LETTER
    unit: VolumeUnit = VolumeUnit.OZ
    distance_unit: DistanceUnit = DistanceUnit.MI
    clock_24h: bool = False
    policy_line: str = ""
    ask_before: tuple[str, ...] = field(default=(), repr=False)
    coolers: tuple[CoolerTag, ...] = field(default=(), repr=False)
    no_room: Volume = field(default=Volume(), repr=False)
    lunch: Lunch | None = field(default=None, repr=False)
    second_first_name: str = field(default="", repr=False)

    @property
    def carriers(self) -> Saying | str:
        """Who carries, by first names: the volunteer, and who comes along."""
        return named_together(self.carrier_first_name, self.second_first_name)

    @property
    def lots_carried(self) -> tuple[SheetLot, ...]:
        """Every lot once: as handed over by the donors, or as dropped when nothing is picked up."""
        given = [lot for stop in self.stops if stop.kind is not StopKind.DROP for lot in stop.lots]
        dropped = [lot for stop in self.stops if stop.kind is StopKind.DROP for lot in stop.lots]
        return tuple(given or dropped)

    @property
    def bags(self) -> int | None:
        """All bags carried; ``None`` when some were not counted."""
        counts = [lot.bags for lot in self.lots_carried]
        return None if None in counts else sum(count for count in counts if count is not None)

    @property
    def is_about(self) -> bool:
        """Whether nobody counted how much some of it is."""
        return any(lot.is_about for lot in self.lots_carried)

    @property
    def volume(self) -> Volume:
        """All milk carried."""
        return total([lot.volume for lot in self.lots_carried])


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRow:
    """One way of milk in the week, from a donor to a family; first names and towns only."""

    on: date
    at: time | None
    carrier: str
    from_first_name: str
    from_town: str
    to_first_name: str
    to_town: str
    bags: int | None
    volume: Volume
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekSchedule:
    """One page: what moves in the seven days from ``week_start``."""

    week_start: date
    network_name: str
    coordinator_name: str
    coordinator_phone: str
    rows: tuple[ScheduleRow, ...] = ()
    paper: Paper = Paper.LETTER
    unit: VolumeUnit = VolumeUnit.OZ
    clock_24h: bool = False


def named_together(first: str, second: str) -> Saying | str:
    """Return "Ana and Bo", or the one of them there is."""
    if first and second:
        return saying("{one} and {other}", one=first, other=second)
    return first or second


def fingerprint(sheet: PickupSheet) -> str:
    """Return 64 hexadecimal digits that change when anything on the sheet changes.

    Kept with a printing, they tell whether the pickup has "changed since printed". The number of the
    printing itself does not count, nor where a handling line was seen and when that was checked.
    """
    about = [(stop.number, lot) for stop in sheet.stops for lot in stop.lots if lot.is_about]
    # Told apart only where it is so: sheets printed by versions that did not know "about" stay as they are.
    bring = tuple(one.in_english if isinstance(one, Saying) else one for one in sheet.bring)
    plain = replace(sheet, sheet_number="", bring=bring, handling=_as_printed(sheet.handling))
    # The same of what sheets printed by earlier versions did not know of.
    more = (about, sheet.lunch, sheet.second_first_name)
    told = "".join([repr(plain), *(repr(one) for one in more if one)])
    return hashlib.sha256(told.encode()).hexdigest()


def _as_printed(handling: Handling) -> Handling:
    """Return *handling* without what no sheet shows of it."""

    def plain(rule: HandlingRule) -> HandlingRule:
        return replace(rule, seen_in="", status="", checked=date.min)

    return replace(
        handling,
        cooler_with_ice_packs=plain(handling.cooler_with_ice_packs),
        thawed_in_refrigerator=plain(handling.thawed_in_refrigerator),
        refreeze_thawed=plain(handling.refreeze_thawed),
        ice_crystals=plain(handling.ice_crystals),
    )
