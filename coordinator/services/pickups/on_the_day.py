"""What goes otherwise than planned: a stop that is cancelled, a family that collects its milk itself.

Each is one action and one step of undo. What does not travel any more stays promised to its family and waits
to be planned another way; nothing of it stays on the run.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from coordinator.db.base import by_code, next_code
from coordinator.db.database import Database
from coordinator.db.holds import HeldMilk, held_milk
from coordinator.db.pickups import LoadRow, PickupRow, StopRow, loads_of, stops_of
from coordinator.db.recipients import RecipientRow
from coordinator.db.writing import writing_of
from coordinator.domain.codes import CodeLetter
from coordinator.domain.pickups.plans import PickupKind, PickupState, StopKind
from coordinator.domain.records.history import Action
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.pickups import stops
from coordinator.services.pickups.planning import changing


def cancel_stop(database: Database, code: str, stop_id: int) -> tuple[str, ...]:
    """Take a stop off a planned pickup with all the milk it was for, and return the holds that wait again.

    A stop that nothing is for any more goes with it. Without any milk left the pickup is cancelled.

    Raises:
        UserError: If the pickup is closed, or has no such stop any more.
    """
    action = Action("pickup.stop_cancelled", saying("Cancelled a stop of {pickup}", pickup=code.upper()))
    with changing(database, code, action) as (session, row):
        stop = next((one for one in stops_of(session, row.id) if one.id == stop_id), None)
        if stop is None:
            raise UserError(saying("{pickup} has no such stop any more; look at it again.", pickup=row.code))
        here = [one for one in held_milk(session, LoadRow.pickup_id == row.id) if _is_for(stop, one)]
        _take_off(session, row, here)
        holds = tuple(one.hold.code for one in here)
        label = saying("Cancelled a stop of {pickup}; {holds} wait again", pickup=row.code, holds=holds)
        writing_of(session).action = Action("pickup.stop_cancelled", label)
        return holds


def let_collect(database: Database, code: str, recipient: str) -> tuple[str, ...]:
    """Let a family of a planned run collect its milk itself that day; return the codes of its own pickups.

    One for each donor it goes to. The run keeps what it carries for others, or is cancelled.

    Raises:
        UserError: If it is no run, it is closed, or it carries nothing for the family.
    """
    action = Action(
        "pickup.collected_instead",
        saying("{family} collects what {pickup} was to bring", family=recipient.upper(), pickup=code.upper()),
    )
    with changing(database, code, action) as (session, row):
        family = by_code(session, RecipientRow, recipient)
        if row.kind is not PickupKind.RUN:
            raise UserError(saying("{pickup} is no volunteer run.", pickup=row.code))
        hers = [
            one for one in held_milk(session, LoadRow.pickup_id == row.id) if one.recipient_id == family.id
        ]
        if not hers:
            raise UserError(
                saying("{pickup} brings nothing to {family}.", pickup=row.code, family=family.code)
            )
        donors = dict.fromkeys(one.donor_household_id for one in hers)
        reorder = stops.is_shortest(session, row)
        codes = tuple(
            _own_pickup(session, row, [one for one in hers if one.donor_household_id == donor])
            for donor in donors
        )
        _close_up(session, row, reorder=reorder)
        return codes


def _is_for(stop: StopRow, one: HeldMilk) -> bool:
    """Whether a hold is picked up, dropped or handed over at a stop."""
    home = one.recipient_household_id if stop.kind is StopKind.DROP else one.donor_household_id
    return stop.household_id == home


def _take_off(session: Session, row: PickupRow, gone: list[HeldMilk]) -> None:
    """Take holds off a pickup with the stops that only they needed."""
    reorder = stops.is_shortest(session, row)
    for load in _loads(session, row, gone):
        session.delete(load)
    _close_up(session, row, reorder=reorder)


def _loads(session: Session, row: PickupRow, held: list[HeldMilk]) -> list[LoadRow]:
    ids = {one.id for one in held}
    return [load for load in loads_of(session, row.id) if load.hold_id in ids]


def _close_up(session: Session, row: PickupRow, *, reorder: bool) -> None:
    """Leave the stops that what is left needs; a pickup without any milk is cancelled."""
    session.flush()
    if loads_of(session, row.id):
        stops.sync_stops(session, row, reorder=reorder)
    else:
        row.state = PickupState.CANCELLED


def _own_pickup(session: Session, run: PickupRow, held: list[HeldMilk]) -> str:
    """Plan that the family of *held* collects it from one donor on the run's day; return its code.

    What ties a hold to the run moves, and is not made anew: a hold travels once, also while it is undone.
    """
    row = PickupRow(
        code=next_code(session, CodeLetter.PICKUP), kind=PickupKind.FAMILY_COLLECTS, on_day=run.on_day
    )
    session.add(row)
    session.flush()
    for load in _loads(session, run, held):
        load.pickup_id = row.id
    stops.sync_stops(session, row, reorder=True)
    return row.code
