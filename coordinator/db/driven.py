"""Runs of which the odometer was typed back in."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.drivers import DriverRow
from coordinator.db.households import HouseholdRow, to_position
from coordinator.db.pickups import PickupRow, StopRow
from coordinator.domain.pickups.plans import PickupKind, PickupState
from coordinator.domain.places.positions import Position


def driven_runs(session: Session) -> list[tuple[float, list[Position]]]:
    """Return (miles driven, the path there and back) of every settled run whose places are all known."""
    driven = PickupRow.odometer_end_miles - PickupRow.odometer_start_miles
    query = (
        sa.select(PickupRow.id, driven, HouseholdRow)
        .join(DriverRow, DriverRow.id == PickupRow.driver_id)
        .join(HouseholdRow, HouseholdRow.id == DriverRow.household_id)
        .where(PickupRow.state == PickupState.SETTLED, PickupRow.kind == PickupKind.RUN, driven.is_not(None))
    )
    homes = {pickup_id: (miles, _place(home)) for pickup_id, miles, home in session.execute(query)}
    if not homes:
        return []
    stops: dict[int, list[Position | None]] = {pickup_id: [] for pickup_id in homes}
    rows = session.execute(
        sa.select(StopRow.pickup_id, HouseholdRow)
        .join(HouseholdRow, HouseholdRow.id == StopRow.household_id)
        .where(StopRow.pickup_id.in_(homes))
        .order_by(StopRow.pickup_id, StopRow.place, StopRow.id)
    )
    for pickup_id, home in rows:
        stops[pickup_id].append(_place(home))
    paths = ((miles, [home, *stops[pickup_id], home]) for pickup_id, (miles, home) in homes.items())
    return [
        (miles, known)
        for miles, path in paths
        if miles is not None and len(known := [place for place in path if place is not None]) == len(path)
    ]


def _place(home: HouseholdRow) -> Position | None:
    return to_position(home.latitude_deg, home.longitude_deg, home.precision)
