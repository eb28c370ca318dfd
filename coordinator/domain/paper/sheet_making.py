"""From a pickup thought through to what goes on paper, and the refusal where a yes is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordinator.domain.agreements.holds import Hold, HoldState
from coordinator.domain.families.contacts import national_phone
from coordinator.domain.families.households import Household, first_name
from coordinator.domain.paper.cooler_plan import cooler_plan
from coordinator.domain.paper.sheets import (
    Handling,
    PhoneNote,
    PickupSheet,
    ScheduleRow,
    SheetLot,
    SheetStop,
    WeekSchedule,
    named_together,
)
from coordinator.domain.pickups.coolers import coolers_to_bring, quarts_needed
from coordinator.domain.pickups.plans import PickupKind, Stop, StopKind
from coordinator.domain.pickups.trip import TimedTrip, most_aboard, waiting_for
from coordinator.domain.volume import Volume, total
from coordinator.errors import UserError
from coordinator.sayings import Saying, joined, plural, saying

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from coordinator.domain.pickups.ordering import PickupPolicy
    from coordinator.domain.places.positions import Position
    from coordinator.domain.settings import Settings


class StopNotAgreedError(UserError):
    """A sheet would send somebody where not everybody has said yes; ``missing`` says whose, with codes."""

    def __init__(self, pickup_code: str, missing: tuple[Saying, ...]) -> None:
        super().__init__(
            saying("{pickup} cannot be printed: {missing} is missing.", pickup=pickup_code, missing=missing)
        )
        self.pickup_code = pickup_code
        self.missing = tuple(map(str, missing))


class NothingToPrintError(UserError):
    """A pickup without stops, or one that was cancelled, has no sheet."""


@dataclass(frozen=True, slots=True)
class PrintedPickup:
    """What a sheet is made from. ``givers`` and ``takers`` are the households of each hold, by hold code.

    ``second`` is who comes along on a run and takes turns at the wheel.
    """

    code: str
    timed: TimedTrip
    households: Mapping[int, Household]
    givers: Mapping[str, Household]
    takers: Mapping[str, Household]
    meeting_place: str = ""
    meeting_position: Position | None = None
    second: Household | None = None

    @property
    def carrier(self) -> Household | None:
        """Who carries the milk: the volunteer, or the family itself."""
        trip = self.timed.trip
        if trip.kind is PickupKind.RUN:
            return trip.driver.household if trip.driver else None
        return next(iter(self.takers.values()), None)


def on_paper(household: Household | None) -> str:
    """Return what goes on paper for a household: never a surname."""
    if household is None:
        return ""
    return household.name_on_paper or first_name(household.name)


def refuse_unless_agreed(pickup: PrintedPickup) -> None:
    """Let a sheet be made only when everybody concerned has said yes, and no two of them are paused.

    Raises:
        StopNotAgreedError: Naming whose yes or whose clinician's answer is missing, by code.
        NothingToPrintError: If nothing travels.
    """
    trip = pickup.timed.trip
    if not trip.holds:
        raise NothingToPrintError(
            saying("Nothing travels with {pickup} yet; add a hold to it first.", pickup=pickup.code)
        )
    missing = waiting_for(trip)
    released = tuple(
        saying("the milk of {hold}, which was released,", hold=hold.code)
        for hold in trip.holds
        if hold.state is HoldState.RELEASED
    )
    stopped = tuple(
        hold.pause.missing(hold.donor_code, hold.recipient_code) for hold in trip.holds if hold.pause
    )
    if missing or released or stopped:
        raise StopNotAgreedError(pickup.code, missing + released + tuple(dict.fromkeys(stopped)))


def make_sheet(
    pickup: PrintedPickup, printing: int, settings: Settings, handling: Handling, policy: PickupPolicy
) -> PickupSheet:
    """Return the sheet of *pickup* for its *printing*, counted from 1.

    Raises:
        StopNotAgreedError: If a yes is missing.
        NothingToPrintError: If nothing travels.
    """
    refuse_unless_agreed(pickup)
    trip = pickup.timed.trip
    names = {code: on_paper(home) for code, home in pickup.takers.items()}
    second = on_paper(pickup.second)
    carriers = named_together(on_paper(pickup.carrier), second)
    coolers, no_room = cooler_plan(pickup.timed, str(carriers), names, policy)
    several = len({hold.recipient_code for hold in trip.holds}) > 1
    return PickupSheet(
        pickup_code=pickup.code,
        sheet_number=f"{pickup.code}-{printing}",
        network_name=settings.network_name,
        coordinator_name=settings.coordinator_name,
        coordinator_phone=national_phone(settings.coordinator_phone),
        on=trip.on,
        carrier_first_name=on_paper(pickup.carrier),
        second_first_name=second,
        stops=tuple(_sheet_stop(pickup, stop, several=several) for stop in pickup.timed.stops),
        handling=handling,
        leave_by=pickup.timed.leave_by,
        kind=trip.kind,
        bring=_bring(pickup, policy),
        paper=settings.paper,
        unit=settings.volume_unit,
        distance_unit=settings.distance_unit,
        coolers=coolers,
        no_room=no_room,
        ask_before=tuple(dict.fromkeys(hold.lot_code for hold in trip.holds if hold.still_asked)),
        lunch=pickup.timed.lunch,
    )


def _sheet_stop(pickup: PrintedPickup, stop: Stop, *, several: bool) -> SheetStop:
    home = pickup.households[stop.household_id]
    is_meeting = stop.kind is StopKind.MEET
    lots = tuple(
        SheetLot(
            lot_code=hold.lot_code,
            bags=hold.bags,
            volume=hold.volume,
            only_from=hold.only_from,
            for_first_name=on_paper(pickup.takers[hold.code])
            if several and stop.kind is StopKind.PICK_UP
            else "",
            is_about=hold.is_about,
        )
        for hold in stop.holds
    )
    return SheetStop(
        number=stop.number,
        kind=stop.kind,
        first_name=on_paper(home),
        address_lines=(pickup.meeting_place,) if is_meeting else _home_lines(home),
        phone=national_phone(home.phone),
        phone_note=_phone_note(home.preferred_contact),
        window_from=stop.arrive or stop.window_from,
        window_to=stop.leave or stop.window_to,
        driver_note="" if is_meeting else home.driver_note,
        lots=lots,
        position=pickup.meeting_position if is_meeting else stop.position,
        check_road=stop.crosses_water,
    )


def _home_lines(home: Household) -> tuple[str, ...]:
    address = home.address
    town = " ".join(part for part in (address.town, address.state, address.zip_code) if part)
    return tuple(line for line in (address.street, town) if line)


def _phone_note(preferred: str) -> PhoneNote | None:
    words = preferred.casefold()
    if any(word in words for word in ("text", "sms", "message")):
        return PhoneNote.TEXT
    return PhoneNote.CALL if any(word in words for word in ("call", "phone", "ring")) else None


def _bring(pickup: PrintedPickup, policy: PickupPolicy) -> tuple[Saying, ...]:
    trip = pickup.timed.trip
    most = most_aboard(pickup.timed.stops)
    owned = trip.driver.coolers_qt if trip.driver and trip.kind is PickupKind.RUN else ()
    coolers = coolers_to_bring(most, owned, policy)
    if not coolers:
        return (
            saying("coolers of {quarts} quarts in all", quarts=quarts_needed(most, policy)),
            plural("{n} ice packs in each", "{n} ice packs in each", policy.ice_packs),
        )
    sizes = [
        saying("{count} × {quarts} qt", count=coolers.count(quarts), quarts=quarts)
        for quarts in sorted(set(coolers), reverse=True)
    ]
    packs = policy.ice_packs * len(coolers)
    return (
        plural("{n} cooler ({sizes})", "{n} coolers ({sizes})", len(coolers), sizes=joined(" + ", sizes)),
        plural("{n} ice packs", "{n} ice packs", packs),
    )


def make_schedule(monday: date, pickups: Sequence[PrintedPickup], settings: Settings) -> WeekSchedule:
    """Return the week from *monday*: one row per donor and family, those with every yes only."""
    rows = [row for pickup in pickups if _is_agreed(pickup) for row in _rows(pickup)]
    return WeekSchedule(
        week_start=monday,
        network_name=settings.network_name,
        coordinator_name=settings.coordinator_name,
        coordinator_phone=national_phone(settings.coordinator_phone),
        rows=tuple(rows),
        paper=settings.paper,
        unit=settings.volume_unit,
    )


def _is_agreed(pickup: PrintedPickup) -> bool:
    try:
        refuse_unless_agreed(pickup)
    except UserError:
        return False
    return True


def _rows(pickup: PrintedPickup) -> list[ScheduleRow]:
    pairs: dict[tuple[str, str], list[Hold]] = {}
    for hold in pickup.timed.trip.holds:
        pairs.setdefault((hold.donor_code, hold.recipient_code), []).append(hold)
    return [_row(pickup, holds) for holds in pairs.values()]


def _row(pickup: PrintedPickup, holds: Sequence[Hold]) -> ScheduleRow:
    giver, taker = pickup.givers[holds[0].code], pickup.takers[holds[0].code]
    given_at = [
        stop.arrive
        for stop in pickup.timed.stops
        if stop.kind is not StopKind.DROP and any(hold.code == holds[0].code for hold in stop.holds)
    ]
    trip, carrier = pickup.timed.trip, pickup.carrier
    return ScheduleRow(
        on=trip.on,
        at=next(iter(given_at), None) or trip.starts_at,
        carrier=str(named_together(on_paper(carrier), on_paper(pickup.second))),
        from_first_name=on_paper(giver),
        from_town=giver.address.town,
        to_first_name=on_paper(taker),
        to_town=taker.address.town,
        bags=_bags(holds),
        volume=total([hold.volume for hold in holds]) if holds else Volume(),
        phone=national_phone(carrier.phone) if carrier else "",
    )


def _bags(holds: Sequence[Hold]) -> int | None:
    counts = [hold.bags for hold in holds]
    return None if None in counts else sum(count for count in counts if count is not None)
