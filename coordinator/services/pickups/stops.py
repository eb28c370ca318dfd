"""The stops of a pickup: made from what travels, put in the shortest order, moved by hand."""

from __future__ import annotations

from datetime import time

from sqlalchemy.orm import Session

from coordinator.db.drivers import drivers_by_id
from coordinator.db.holds import HeldMilk, held_milk, households_by_id
from coordinator.db.pickups import LoadRow, PickupRow, StopRow, stops_of
from coordinator.domain.pickups.ordering import Ways, insert_stop, keeps_precedence, order_stops, ways
from coordinator.domain.pickups.plans import PickupKind, StopKind
from coordinator.domain.records.balance import stops_needed
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.driving.drive_times import drive_times
from coordinator.services.pickups.reading import start_of

Before = list[tuple[int, int]]
Wanted = tuple[StopKind, int]
"""What happens at which household."""


def is_shortest(session: Session, pickup: PickupRow) -> bool:
    """Whether the order is as good as the program's own, so that nobody moved a stop on purpose."""
    rows = stops_of(session, pickup.id)
    if len(rows) < 2:
        return True
    way, before = _problem(session, pickup, rows, held_milk(session, LoadRow.pickup_id == pickup.id))
    here = tuple(range(len(rows)))
    return (
        keeps_precedence(here, before) and way.minutes(here) <= way.minutes(order_stops(way, before)) + 1e-6
    )


def sync_stops(session: Session, pickup: PickupRow, *, reorder: bool) -> None:
    """Make the stops what the loads need, in the shortest order with *reorder*.

    Without, the coordinator has moved a stop: the others keep her order, new ones go where they cost least.
    """
    session.flush()
    rows = stops_of(session, pickup.id)
    held = held_milk(session, LoadRow.pickup_id == pickup.id)
    wanted = _wanted(pickup.kind, held)
    for row in rows:
        if (row.kind, row.household_id) not in wanted:
            session.delete(row)
    kept = [row for row in rows if (row.kind, row.household_id) in wanted]
    known = {(row.kind, row.household_id) for row in kept}
    added = [
        StopRow(pickup_id=pickup.id, household_id=household_id, kind=kind, place=len(rows) + 1)
        for kind, household_id in wanted
        if (kind, household_id) not in known
    ]
    session.add_all(added)
    session.flush()
    if reorder:
        order_rows(session, pickup, [*kept, *added], held)
    elif added or len(kept) < len(rows):
        _insert_rows(session, pickup, kept, added, held)


def order_rows(session: Session, pickup: PickupRow, rows: list[StopRow], held: list[HeldMilk]) -> None:
    """Put *rows* in the shortest order."""
    way, before = _problem(session, pickup, rows, held)
    number([rows[index] for index in order_stops(way, before)])


def order_again(session: Session, pickup: PickupRow) -> None:
    """Put the stops of *pickup* in the shortest order, whatever was moved."""
    held = held_milk(session, LoadRow.pickup_id == pickup.id)
    order_rows(session, pickup, stops_of(session, pickup.id), held)


def move(session: Session, pickup: PickupRow, stop_id: int, place: int) -> None:
    """Move a stop to *place*, counted from 1; beyond the ends means at the end."""
    rows = stops_of(session, pickup.id)
    moved = next((row for row in rows if row.id == stop_id), None)
    if moved is None:
        raise UserError(saying("{pickup} has no such stop any more; look at it again.", pickup=pickup.code))
    rows.remove(moved)
    rows.insert(max(place - 1, 0), moved)
    number(rows)


def set_hours(
    session: Session, pickup: PickupRow, stop_id: int, opens: time | None, closes: time | None
) -> None:
    """Set the earliest and latest arrival at a stop."""
    row = next((row for row in stops_of(session, pickup.id) if row.id == stop_id), None)
    if row is None:
        raise UserError(saying("{pickup} has no such stop any more; look at it again.", pickup=pickup.code))
    if opens is not None and closes is not None and closes < opens:
        raise UserError(saying("The window ends before it begins; look at the two times again."))
    row.window_from, row.window_to = opens, closes


def _wanted(kind: PickupKind, held: list[HeldMilk]) -> dict[Wanted, None]:
    """Return the stops needed, each once, in a steady order."""
    return stops_needed(kind, [(one.donor_household_id, one.recipient_household_id) for one in held])


def number(rows: list[StopRow]) -> None:
    """Make the order of *rows* the one to drive."""
    for place, row in enumerate(rows, start=1):
        row.place = place


def _insert_rows(
    session: Session, pickup: PickupRow, kept: list[StopRow], added: list[StopRow], held: list[HeldMilk]
) -> None:
    rows = [*kept, *added]
    way, before = _problem(session, pickup, rows, held)
    order = tuple(range(len(kept)))
    for index in range(len(kept), len(rows)):
        order = insert_stop(way, before, order, index)
    number([rows[index] for index in order])


def _problem(
    session: Session, pickup: PickupRow, rows: list[StopRow], held: list[HeldMilk]
) -> tuple[Ways, Before]:
    """Return the minutes between the stops and which comes before which."""
    receivers = {one.recipient_household_id for one in held}
    homes = households_by_id(session, receivers | {row.household_id for row in rows})
    driver = drivers_by_id(session, {pickup.driver_id or 0}).get(pickup.driver_id or 0)
    start = start_of(pickup, driver, held, homes)
    way = ways(start, [homes[row.household_id].position for row in rows], start, drive_times(session))
    at = {(row.kind, row.household_id): index for index, row in enumerate(rows)}
    pairs = {
        (at[StopKind.PICK_UP, one.donor_household_id], at[StopKind.DROP, one.recipient_household_id])
        for one in held
        if (StopKind.PICK_UP, one.donor_household_id) in at
        and (StopKind.DROP, one.recipient_household_id) in at
    }
    return way, sorted(pairs)
