"""Pickups read from the tables and thought through, for the page and for paper alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from sqlalchemy.orm import Session

from coordinator.adapters.policies.day import load_day_policy
from coordinator.adapters.policies.driving import load_driving_policy
from coordinator.adapters.policies.handling import load_handling
from coordinator.adapters.policies.pickups import load_pickup_policy
from coordinator.db.drivers import drivers_by_id
from coordinator.db.holds import HeldMilk, codes_of_holds, held_by_pickup, households_by_id
from coordinator.db.pickups import (
    DeliveryRow,
    OverruledRow,
    PickupRow,
    StopRow,
    deliveries_by_pickup,
    overruled_by_pickup,
    second_drivers,
    stops_by_pickup,
    to_overruled,
)
from coordinator.domain.driving.odometers import Odometer
from coordinator.domain.driving.roads import Roads
from coordinator.domain.families.contacts import national_phone
from coordinator.domain.families.drivers import Driver
from coordinator.domain.families.households import Household
from coordinator.domain.paper.sheet_making import PrintedPickup, make_sheet
from coordinator.domain.paper.sheets import PickupSheet, fingerprint
from coordinator.domain.pickups.lunch import Lunch
from coordinator.domain.pickups.overruled import Overruled
from coordinator.domain.pickups.plans import (
    Delivered,
    Pickup,
    PickupKind,
    PickupState,
    PickupSummary,
    Stop,
    StopKind,
)
from coordinator.domain.pickups.skills import needs_of
from coordinator.domain.pickups.trip import (
    Trip,
    stopped_by_name,
    think_through,
    waited_for_by_name,
    waiting_for,
)
from coordinator.domain.places.positions import Position, Precision
from coordinator.domain.settings import Settings
from coordinator.domain.volume import Volume, total
from coordinator.errors import UserError
from coordinator.services.driving.drive_times import drive_times, way_of
from coordinator.services.settings.values import load_settings
from coordinator.services.suitability.told_before import asked_before


@dataclass(frozen=True, slots=True)
class LoadedPickup:
    """A pickup with everything its page and its sheet are made from."""

    row: PickupRow
    printed: PrintedPickup
    deliveries: tuple[Delivered, ...]
    settings: Settings
    overruled: tuple[Overruled, ...] = ()


def loaded(session: Session, row: PickupRow, today: date) -> LoadedPickup:
    """Return the pickup of *row*, thought through for *today*, with what is still asked of its milk."""
    around = _around(session, [row])
    if row.state is PickupState.PLANNED:
        held = around.held.get(row.id, [])
        asked = asked_before(session, held, today)
        around.held[row.id] = [
            replace(one, hold=replace(one.hold, still_asked=asked[one.hold.code])) for one in held
        ]
    return _loaded(row, around, today)


def all_loaded(session: Session, rows: Sequence[PickupRow], today: date) -> list[LoadedPickup]:
    """Return the pickups of *rows* in their order; everything around them is read once for all."""
    if not rows:
        return []
    around = _around(session, rows)
    return [_loaded(row, around, today) for row in rows]


@dataclass(frozen=True, slots=True)
class _Around:
    """What is read once for many pickups: the rows by pickup id, the values by their own id."""

    held: dict[int, list[HeldMilk]]
    stops: dict[int, list[StopRow]]
    deliveries: dict[int, list[DeliveryRow]]
    hold_codes: dict[int, str]
    households: dict[int, Household]
    drivers: dict[int, Driver]
    seconds: dict[int, int]
    overruled: dict[int, list[OverruledRow]]
    settings: Settings
    times: Roads


def _around(session: Session, rows: Sequence[PickupRow]) -> _Around:
    ids = [row.id for row in rows]
    held = held_by_pickup(session, ids)
    stops, deliveries = stops_by_pickup(session, ids), deliveries_by_pickup(session, ids)
    homes = {stop.household_id for found in stops.values() for stop in found}
    for one in chain.from_iterable(held.values()):
        homes |= {one.donor_household_id, one.recipient_household_id}
    settings, seconds = load_settings(session), second_drivers(session, ids)
    return _Around(
        held=held,
        stops=stops,
        deliveries=deliveries,
        hold_codes=codes_of_holds(session, {one.hold_id for one in chain.from_iterable(deliveries.values())}),
        households=households_by_id(session, homes),
        drivers=_drivers(session, rows, seconds),
        seconds=seconds,
        overruled=overruled_by_pickup(session, ids),
        settings=settings,
        times=drive_times(session, settings),
    )


def _loaded(row: PickupRow, around: _Around, today: date) -> LoadedPickup:
    held, households = around.held.get(row.id, []), around.households
    driver = around.drivers.get(row.driver_id or 0) if row.kind is PickupKind.RUN else None
    second_id = around.seconds.get(row.id)
    second = around.drivers.get(second_id) if driver and second_id and second_id != row.driver_id else None
    homes = [households[stop.household_id] for stop in around.stops.get(row.id, ())]
    trip = Trip(
        kind=row.kind,
        on=row.on_day,
        starts_at=row.starts_at,
        start=start_of(row, driver, held, households),
        stops=tuple(to_stop(row, stop, held, households) for stop in around.stops.get(row.id, ())),
        holds=tuple(one.hold for one in held),
        driver=driver,
        driver_yes_on=row.driver_yes_on,
        second=second,
        volume_unit=around.settings.volume_unit,
        distance_unit=around.settings.distance_unit,
        lunch=_lunch(row),
        custody_note=load_day_policy().custody_note(next((one.address.state for one in homes), "")),
    )
    printed = PrintedPickup(
        code=row.code,
        timed=think_through(trip, around.times, load_pickup_policy(), today),
        households=households,
        givers={one.hold.code: households[one.donor_household_id] for one in held},
        takers={one.hold.code: households[one.recipient_household_id] for one in held},
        meeting_place=row.meeting_place,
        meeting_position=meeting_position(row),
        second=second.household if second else None,
    )
    deliveries = around.deliveries.get(row.id, ())
    delivered = tuple(to_delivered(around.hold_codes[one.hold_id], one) for one in deliveries)
    overruled = around.overruled.get(row.id, ())
    return LoadedPickup(row, printed, delivered, around.settings, tuple(map(to_overruled, overruled)))


def start_of(
    row: PickupRow, driver: Driver | None, held: list[HeldMilk], households: dict[int, Household]
) -> Position | None:
    """Return where the carrier sets out and comes back to."""
    if row.kind is PickupKind.RUN:
        return driver.position if driver else None
    return households[held[0].recipient_household_id].position if held else None


def meeting_position(row: PickupRow) -> Position | None:
    """Return where the families meet, if it was put on the map."""
    if row.meeting_latitude_deg is None or row.meeting_longitude_deg is None:
        return None
    return Position(row.meeting_latitude_deg, row.meeting_longitude_deg, Precision.BY_HAND)


def to_pickup(found: LoadedPickup) -> Pickup:
    """Return the pickup as its page shows it, with its road where a server told it."""
    shown = _to_pickup(found)
    return replace(shown, way=way_of(found.settings, shown))


def _to_pickup(found: LoadedPickup) -> Pickup:
    row, timed = found.row, found.printed.timed
    carrier = found.printed.carrier
    return Pickup(
        code=row.code,
        kind=row.kind,
        state=row.state,
        on=row.on_day,
        starts_at=row.starts_at,
        driver_code=timed.trip.driver.code if timed.trip.driver else "",
        carrier=carrier.name if carrier else "",
        driver_yes_on=row.driver_yes_on,
        meeting_place=row.meeting_place,
        meeting_position=found.printed.meeting_position,
        note=row.note,
        start=timed.trip.start,
        stops=timed.stops,
        holds=timed.trip.holds,
        deliveries=found.deliveries,
        miles=timed.miles,
        minutes=timed.minutes,
        awaited=waiting_for(timed.trip) if row.state is PickupState.PLANNED else (),
        rules=timed.rules if row.state is PickupState.PLANNED else (),
        prints=row.prints,
        printed_at=row.printed_at,
        changed_since_printed=_changed_since_printed(found),
        version=row.version,
        road_miles=timed.road_miles,
        road_host=timed.road_host,
        home_crosses_water=timed.home_crosses_water,
        odometer=_odometer(row),
        sheet_note=row.sheet_note,
        second_code=timed.trip.second.code if timed.trip.second else "",
        second=timed.trip.second.household.name if timed.trip.second else "",
        lunch=timed.lunch,
        overruled=found.overruled,
        asked=timed.asked if row.state is PickupState.PLANNED else (),
    )


def _lunch(row: PickupRow) -> Lunch | None:
    if row.lunch_at is None or row.lunch_minutes is None:
        return None
    return Lunch(row.lunch_at, row.lunch_minutes)


def _odometer(row: PickupRow) -> Odometer | None:
    if row.odometer_start_miles is None or row.odometer_end_miles is None:
        return None
    return Odometer(row.odometer_start_miles, row.odometer_end_miles)


def to_summary(found: LoadedPickup) -> PickupSummary:
    """Return the pickup as a line of the week. ``bags`` counts only bags that were counted."""
    row, trip = found.row, found.printed.timed.trip
    bags, volume = _carried(found)
    carrier = found.printed.carrier
    return PickupSummary(
        code=row.code,
        kind=row.kind,
        state=row.state,
        on=row.on_day,
        starts_at=row.starts_at,
        carrier=carrier.name if carrier else "",
        stops=len(trip.stops),
        bags=bags,
        volume=volume,
        awaited=waited_for_by_name(trip, carrier.name if carrier else "")
        if row.state is PickupState.PLANNED
        else (),
        changed_since_printed=_changed_since_printed(found),
        prints=row.prints,
        from_towns=tuple(dict.fromkeys(hold.donor_town for hold in trip.holds if hold.donor_town)),
        to_towns=tuple(dict.fromkeys(hold.recipient_town for hold in trip.holds if hold.recipient_town)),
        driver_code=trip.driver.code if trip.driver else "",
        driver_yes_on=row.driver_yes_on,
        meeting_place=row.meeting_place if row.kind is PickupKind.MEET else "",
        printed_at=row.printed_at,
        stopped=stopped_by_name(trip) if row.state is PickupState.PLANNED else (),
        second=trip.second.household.name if trip.second else "",
    )


def _carried(found: LoadedPickup) -> tuple[int, Volume]:
    """Return the bags and the milk that travel, and of a settled pickup what arrived."""
    if found.row.state is PickupState.SETTLED:
        arrived = found.deliveries
        return sum(one.bags or 0 for one in arrived), total([one.delivered for one in arrived])
    held = found.printed.timed.trip.holds
    return sum(hold.bags or 0 for hold in held), total([hold.volume for hold in held])


def sheet_of(found: LoadedPickup) -> PickupSheet:
    """Return the sheet of the pickup's next printing.

    Raises:
        StopNotAgreedError: If a yes is missing.
        NothingToPrintError: If nothing travels.
    """
    sheet_number = found.row.prints + 1
    return make_sheet(found.printed, sheet_number, found.settings, load_handling(), load_pickup_policy())


def digest_of(found: LoadedPickup) -> str:
    """Return what tells whether the plan on the sheet has changed.

    It is taken with the estimate as shipped: a server that answers today and not tomorrow, or one more
    odometer to learn from, moves every time by a minute and changes no plan. Raises like ``sheet_of``.
    """
    timed = think_through(
        found.printed.timed.trip, load_driving_policy(), load_pickup_policy(), found.row.on_day
    )
    as_shipped = replace(found, printed=replace(found.printed, timed=timed))
    return fingerprint(sheet_of(as_shipped))


def _changed_since_printed(found: LoadedPickup) -> bool:
    if not found.row.prints or found.row.state is not PickupState.PLANNED:
        return False
    try:
        return digest_of(found) != found.row.printed_digest
    except UserError:
        return True  # what was printed would not be printed again


def _drivers(session: Session, rows: Sequence[PickupRow], seconds: dict[int, int]) -> dict[int, Driver]:
    ids = {row.driver_id for row in rows if row.driver_id is not None and row.kind is PickupKind.RUN}
    return drivers_by_id(session, ids | set(seconds.values()))


def to_stop(row: PickupRow, stop: StopRow, held: list[HeldMilk], households: dict[int, Household]) -> Stop:
    """Return a stop as a value, without its place in time."""
    home = households[stop.household_id]
    here = [one for one in held if _is_here(one, stop)]
    gives = stop.kind is not StopKind.DROP
    code = (here[0].hold.donor_code if gives else here[0].hold.recipient_code) if here else ""
    return Stop(
        id=stop.id,
        number=stop.place,
        kind=stop.kind,
        household_id=stop.household_id,
        code=code,
        name=home.name,
        name_on_paper=home.name_on_paper,
        town=home.address.town,
        phone=national_phone(home.phone),
        position=meeting_position(row) if stop.kind is StopKind.MEET else home.position,
        window_from=stop.window_from,
        window_to=stop.window_to,
        arrive=None,
        leave=None,
        miles_before=None,
        minutes_before=None,
        holds=tuple(one.hold for one in here),
        arrived_at=stop.arrived_at,
        freezer_at=stop.freezer_at,
        needs=needs_of(home),
    )


def _is_here(one: HeldMilk, stop: StopRow) -> bool:
    if stop.kind is StopKind.DROP:
        return one.recipient_household_id == stop.household_id
    return one.donor_household_id == stop.household_id


def to_delivered(hold_code: str, row: DeliveryRow) -> Delivered:
    """Return what is written down of a hold, as a value."""
    return Delivered(
        hold_code,
        row.delivered,
        row.bags,
        row.left_behind,
        row.lost,
        row.condition,
        row.nobody_home,
        row.note,
        row.received_by,
        row.with_driver,
    )
