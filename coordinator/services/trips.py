"""Pickups read from the tables and thought through, for the page and for paper alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from coordinator.adapters.driving import load_driving_policy
from coordinator.adapters.handling import load_handling
from coordinator.adapters.pickup_policy import load_pickup_policy
from coordinator.db.drivers import DriverRow, to_driver
from coordinator.db.holds import HeldMilk, held_milk, households_by_id
from coordinator.db.households import HouseholdRow
from coordinator.db.pickups import DeliveryRow, LoadRow, PickupRow, StopRow, deliveries_of, stops_of
from coordinator.domain.contacts import national_phone
from coordinator.domain.drivers import Driver
from coordinator.domain.households import Household
from coordinator.domain.pickups import (
    Delivered,
    Odometer,
    Pickup,
    PickupKind,
    PickupState,
    PickupSummary,
    Stop,
    StopKind,
)
from coordinator.domain.places import Position, Precision
from coordinator.domain.sheet_making import PrintedPickup, make_sheet
from coordinator.domain.sheets import PickupSheet, fingerprint
from coordinator.domain.trips import Trip, think_through, waiting_for
from coordinator.domain.volume import total
from coordinator.errors import UserError
from coordinator.services.driving import drive_times, way_of
from coordinator.services.settings import load_settings


@dataclass(frozen=True, slots=True)
class LoadedPickup:
    """A pickup with everything its page and its sheet are made from."""

    row: PickupRow
    printed: PrintedPickup
    deliveries: tuple[Delivered, ...]


def loaded(session: Session, row: PickupRow, today: date) -> LoadedPickup:
    """Return the pickup of *row*, thought through for *today*."""
    held = held_milk(session, LoadRow.pickup_id == row.id)
    stops = stops_of(session, row.id)
    ids = {stop.household_id for stop in stops}
    ids |= {one.donor_household_id for one in held} | {one.recipient_household_id for one in held}
    households = households_by_id(session, ids)
    settings, driver = load_settings(session), _driver(session, row)
    trip = Trip(
        kind=row.kind,
        on=row.on_day,
        starts_at=row.starts_at,
        start=start_of(row, driver, held, households),
        stops=tuple(_stop(row, stop, held, households) for stop in stops),
        holds=tuple(one.hold for one in held),
        driver=driver,
        driver_yes_on=row.driver_yes_on,
        volume_unit=settings.volume_unit,
        distance_unit=settings.distance_unit,
    )
    printed = PrintedPickup(
        code=row.code,
        timed=think_through(trip, drive_times(session), load_pickup_policy(), today),
        households=households,
        givers={one.hold.code: households[one.donor_household_id] for one in held},
        takers={one.hold.code: households[one.recipient_household_id] for one in held},
        meeting_place=row.meeting_place,
        meeting_position=meeting_position(row),
    )
    return LoadedPickup(row, printed, _deliveries(session, row, held))


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


def to_pickup(session: Session, found: LoadedPickup) -> Pickup:
    """Return the pickup as its page shows it, with its road where a server told it."""
    shown = _to_pickup(session, found)
    return replace(shown, way=way_of(load_settings(session), shown))


def _to_pickup(session: Session, found: LoadedPickup) -> Pickup:
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
        waiting_for=waiting_for(timed.trip) if row.state is PickupState.PLANNED else (),
        broken=timed.broken if row.state is PickupState.PLANNED else (),
        prints=row.prints,
        printed_at=row.printed_at,
        changed_since_printed=_changed_since_printed(session, found),
        version=row.version,
        road_miles=timed.road_miles,
        road_host=timed.road_host,
        home_crosses_water=timed.home_crosses_water,
        odometer=_odometer(row),
    )


def _odometer(row: PickupRow) -> Odometer | None:
    if row.odometer_start_miles is None or row.odometer_end_miles is None:
        return None
    return Odometer(row.odometer_start_miles, row.odometer_end_miles)


def to_summary(session: Session, found: LoadedPickup) -> PickupSummary:
    """Return the pickup as a line of the week. ``bags`` counts only bags that were counted."""
    row, trip = found.row, found.printed.timed.trip
    carrier = found.printed.carrier
    return PickupSummary(
        code=row.code,
        kind=row.kind,
        state=row.state,
        on=row.on_day,
        starts_at=row.starts_at,
        carrier=carrier.name if carrier else "",
        stops=len(trip.stops),
        bags=sum(hold.bags or 0 for hold in trip.holds),
        volume=total([hold.volume for hold in trip.holds]),
        waiting_for=waiting_for(trip) if row.state is PickupState.PLANNED else (),
        changed_since_printed=_changed_since_printed(session, found),
        prints=row.prints,
        from_towns=tuple(dict.fromkeys(hold.donor_town for hold in trip.holds if hold.donor_town)),
        to_towns=tuple(dict.fromkeys(hold.recipient_town for hold in trip.holds if hold.recipient_town)),
    )


def sheet_of(session: Session, found: LoadedPickup) -> PickupSheet:
    """Return the sheet of the pickup's next printing.

    Raises:
        StopNotAgreedError: If a yes is missing.
        NothingToPrintError: If nothing travels.
    """
    settings = load_settings(session)
    return make_sheet(found.printed, found.row.prints + 1, settings, load_handling(), load_pickup_policy())


def digest_of(session: Session, found: LoadedPickup) -> str:
    """Return what tells whether the plan on the sheet has changed.

    It is taken with the estimate as shipped: a server that answers today and not tomorrow, or one more
    odometer to learn from, moves every time by a minute and changes no plan. Raises like ``sheet_of``.
    """
    timed = think_through(
        found.printed.timed.trip, load_driving_policy(), load_pickup_policy(), found.row.on_day
    )
    as_shipped = replace(found, printed=replace(found.printed, timed=timed))
    return fingerprint(sheet_of(session, as_shipped))


def _changed_since_printed(session: Session, found: LoadedPickup) -> bool:
    if not found.row.prints or found.row.state is not PickupState.PLANNED:
        return False
    try:
        return digest_of(session, found) != found.row.printed_digest
    except UserError:
        return True  # what was printed would not be printed again


def _driver(session: Session, row: PickupRow) -> Driver | None:
    if row.kind is not PickupKind.RUN or row.driver_id is None:
        return None
    driver = session.get_one(DriverRow, row.driver_id)
    return to_driver(session, driver, session.get_one(HouseholdRow, driver.household_id))


def _stop(row: PickupRow, stop: StopRow, held: list[HeldMilk], households: dict[int, Household]) -> Stop:
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
    )


def _is_here(one: HeldMilk, stop: StopRow) -> bool:
    if stop.kind is StopKind.DROP:
        return one.recipient_household_id == stop.household_id
    return one.donor_household_id == stop.household_id


def _deliveries(session: Session, row: PickupRow, held: list[HeldMilk]) -> tuple[Delivered, ...]:
    codes = {one.id: one.hold.code for one in held}
    return tuple(_delivered(codes[one.hold_id], one) for one in deliveries_of(session, row.id))


def _delivered(hold_code: str, row: DeliveryRow) -> Delivered:
    return Delivered(
        hold_code,
        row.delivered,
        row.bags,
        row.left_behind,
        row.lost,
        row.condition,
        row.nobody_home,
        row.note,
    )
