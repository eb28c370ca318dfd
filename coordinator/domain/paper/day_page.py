"""A day on one page for the coordinator: which runs there are, who carries, when, and whom they pass."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from coordinator.domain.families.contacts import national_phone
from coordinator.domain.paper.sheet_making import on_paper
from coordinator.domain.paper.sheets import named_together
from coordinator.domain.pickups.plans import PickupKind, StopKind
from coordinator.domain.settings import Paper
from coordinator.domain.volume import Volume, VolumeUnit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time

    from coordinator.domain.paper.parts import PrintedSet
    from coordinator.domain.paper.sheet_making import PrintedPickup
    from coordinator.domain.paper.sheets import PickupSheet
    from coordinator.sayings import Saying


@dataclass(frozen=True, slots=True)
class DayStopLine:
    """A stop of a run: its number, what happens, whose it is by first name, and the town."""

    number: int
    kind: StopKind
    first_name: str
    town: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """A run of the day. ``back_at`` is about when the carrier is home; ``None`` without a start."""

    sheet_number: str
    kind: PickupKind
    leave_at: time | None
    back_at: time | None
    carriers: Saying | str
    phone: str
    bags: int | None
    volume: Volume
    is_about: bool
    stops: tuple[DayStopLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPage:
    """The page that lies on top of a day's sets; ``not_printed`` says which pickup has none and why."""

    on: date
    network_name: str
    lines: tuple[DayLine, ...]
    not_printed: tuple[Saying, ...] = ()
    paper: Paper = Paper.LETTER
    unit: VolumeUnit = VolumeUnit.OZ
    clock_24h: bool = False


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """A day on paper: the page on top, then the set of each run."""

    page: DayPage
    sets: tuple[PrintedSet, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of its sheets."""
        return tuple(made.head.sheet_number for made in self.sets)


def day_line(pickup: PrintedPickup, sheet: PickupSheet) -> DayLine:
    """Return the line of a pickup whose run sheet is *sheet*."""
    timed, carrier = pickup.timed, pickup.carrier
    leave_at = timed.leave_by or timed.trip.starts_at
    return DayLine(
        sheet_number=sheet.sheet_number,
        kind=sheet.kind,
        leave_at=leave_at,
        back_at=_later(timed.trip.on, leave_at, timed.minutes),
        carriers=named_together(on_paper(carrier), on_paper(pickup.second)),
        phone=national_phone(carrier.phone) if carrier else "",
        bags=sheet.bags,
        volume=sheet.volume,
        is_about=sheet.is_about,
        stops=tuple(
            DayStopLine(stop.number, stop.kind, on_paper(pickup.households[stop.household_id]), stop.town)
            for stop in timed.stops
        ),
    )


def day_page(
    on: date, sets: Sequence[PrintedSet], lines: Sequence[DayLine], left_out: Sequence[Saying]
) -> DayPage:
    """Return the page for *sets*, of which there is one at least."""
    head = sets[0].head
    return DayPage(
        on=on,
        network_name=head.network_name,
        lines=tuple(lines),
        not_printed=tuple(left_out),
        paper=head.paper,
        unit=head.unit,
        clock_24h=head.clock_24h,
    )


def _later(on: date, at: time | None, minutes: int) -> time | None:
    return None if at is None else (datetime.combine(on, at) + timedelta(minutes=minutes)).time()
