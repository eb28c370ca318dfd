"""Keeping what a sheet told besides ounces, and the queue of its notes until somebody dealt with them."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coordinator.adapters.policies.pickups import load_pickup_policy
from coordinator.db.agreements import HoldRow
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.milk import LotRow
from coordinator.db.pickups import DeliveryRow, PickupRow, StopRow, deliveries_by_pickup, stops_of
from coordinator.db.recipients import RecipientRow
from coordinator.domain.codes import CodeLetter, letter_of
from coordinator.domain.pickups.plans import PickupState, StopKind
from coordinator.domain.pickups.sheet_told import (
    OutOfFreezer,
    SheetNote,
    SheetTold,
    check_times,
    minutes_of,
    notes_of,
    out_of_freezer,
)
from coordinator.domain.records.history import Action
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.pickups.reading import all_loaded, loaded, to_pickup


def keep_told(session: Session, row: PickupRow, told: SheetTold, today: date) -> bool:
    """Write down in the caller's transaction what a sheet *told*; return whether anything changed.

    A note or times that change wait to be dealt with again.

    Raises:
        TimesDoubtError: If the times do not follow each other, and nobody is sure of them.
        UserError: If a stop is not of this pickup.
    """
    if not told.times and told.note is None:
        return False
    if not told.is_sure:
        check_times(to_pickup(loaded(session, row, today)).stops, told.times)
    stops = {stop.id: stop for stop in stops_of(session, row.id)}
    if any(one.stop_id not in stops for one in told.times):
        raise UserError(saying("{pickup} has no such stop any more; look at it again.", pickup=row.code))
    changed = [one for one in told.times if _differs(stops[one.stop_id], one.arrived_at, one.freezer_at)]
    before = {} if not changed else _long(session, row, today)
    for one in changed:
        stop = stops[one.stop_id]
        stop.arrived_at, stop.freezer_at = one.arrived_at, one.freezer_at
    if changed:
        session.flush()
        _wait_again(session, row, before, _long(session, row, today))
    note = row.sheet_note if told.note is None else told.note.strip()
    if is_other := note != row.sheet_note:
        row.sheet_note, row.sheet_note_dealt_on = note, None
    return bool(changed) or is_other


def minutes_out(database: Database, code: str, today: date) -> tuple[OutOfFreezer, ...]:
    """Return how long each hold of a settled pickup was out of a freezer, where its sheet told it.

    Raises:
        NotFoundError: If there is no such pickup.
    """
    with database.reading() as session:
        row = by_code(session, PickupRow, code)
        return out_of_freezer(to_pickup(loaded(session, row, today)), load_pickup_policy().cooler_hours)


def notes_waiting(database: Database, today: date) -> tuple[SheetNote, ...]:
    """Return what was written on paper and nobody has dealt with, the latest sheet first."""
    with database.reading() as session:
        rows = list(session.scalars(_may_wait(session)))
        return tuple(note for row in rows for note in _notes(session, row, today))


def deal_with(database: Database, code: str, today: date) -> None:
    """Note that what a sheet told of a hold, or as a whole of its pickup, is dealt with; undo brings it back.

    Raises:
        NotFoundError: If there is no such hold or pickup.
        UserError: If nothing of it waits.
    """
    said = saying("Dealt with the note of {code}", code=code.upper())
    with database.writing(Action("note.dealt", said), today) as session:
        pickup, came = _written_on(session, code)
        waiting = _notes(session, pickup, today) if pickup is not None else ()
        if pickup is None or code.upper() not in {one.code for one in waiting}:
            raise UserError(saying("No note of {code} waits any more.", code=code.upper()))
        if came is None:
            pickup.sheet_note_dealt_on = today
        else:
            came.note_dealt_on = today


def _written_on(session: Session, code: str) -> tuple[PickupRow | None, DeliveryRow | None]:
    """Return the pickup of a code, and of a hold's what came of it."""
    if letter_of(code) is CodeLetter.PICKUP:
        return by_code(session, PickupRow, code), None
    hold = by_code(session, HoldRow, code)
    came = session.scalar(sa.select(DeliveryRow).where(DeliveryRow.hold_id == hold.id))
    return (None if came is None else session.get(PickupRow, came.pickup_id)), came


def _differs(stop: StopRow, *times: object) -> bool:
    return (stop.arrived_at, stop.freezer_at) != times


def _long(session: Session, row: PickupRow, today: date) -> dict[str, int]:
    """Return the minutes of the holds that were out of a freezer too long, by code."""
    found = out_of_freezer(to_pickup(loaded(session, row, today)), load_pickup_policy().cooler_hours)
    return {one.hold_code: one.minutes for one in found if one.is_long}


def _wait_again(session: Session, row: PickupRow, before: dict[str, int], after: dict[str, int]) -> None:
    """Let a hold wait to be dealt with whose minutes became too many, or others that are too many."""
    for came in deliveries_by_pickup(session, [row.id])[row.id]:
        code = session.get_one(HoldRow, came.hold_id).code
        if code in after and after[code] != before.get(code):
            came.note_dealt_on = None


def _may_wait(session: Session) -> sa.Select[PickupRow]:
    """Ask for the settled pickups of which a note, or milk that was out too long, is not dealt with."""
    noted = sa.exists().where(
        DeliveryRow.pickup_id == PickupRow.id, DeliveryRow.note_dealt_on.is_(None), DeliveryRow.note != ""
    )
    whole = sa.and_(PickupRow.sheet_note != "", PickupRow.sheet_note_dealt_on.is_(None))
    long = PickupRow.id.in_(_with_long(session))
    query = sa.select(PickupRow).where(PickupRow.state == PickupState.SETTLED, sa.or_(whole, noted, long))
    return query.order_by(PickupRow.on_day.desc(), PickupRow.code)


def _with_long(session: Session) -> set[int]:
    """Return the ids of pickups with milk that was out of a freezer too long and is not dealt with.

    Read by itself: a sheet whose times are as they should be is never dealt with, and none of it is loaded.
    """
    left, went_in = aliased(StopRow), aliased(StopRow)
    query = (
        sa.select(DeliveryRow.pickup_id, left.freezer_at, went_in.freezer_at)
        .join(HoldRow, HoldRow.id == DeliveryRow.hold_id)
        .join(LotRow, LotRow.id == HoldRow.lot_id)
        .join(DonorRow, DonorRow.id == LotRow.donor_id)
        .join(RecipientRow, RecipientRow.id == HoldRow.recipient_id)
        .join(
            left,
            sa.and_(
                left.pickup_id == DeliveryRow.pickup_id,
                left.household_id == DonorRow.household_id,
                left.kind != StopKind.DROP,
            ),
        )
        .join(
            went_in,
            sa.and_(
                went_in.pickup_id == DeliveryRow.pickup_id,
                went_in.household_id == RecipientRow.household_id,
                went_in.kind == StopKind.DROP,
            ),
        )
        .where(DeliveryRow.note_dealt_on.is_(None), left.freezer_at.is_not(None))
        .where(went_in.freezer_at.is_not(None))
    )
    most = load_pickup_policy().cooler_hours * 60
    return {
        pickup
        for pickup, since, until in session.execute(query)
        if since is not None and until is not None and minutes_of(since, until) > most
    }


def _notes(session: Session, row: PickupRow, today: date) -> tuple[SheetNote, ...]:
    (found,) = all_loaded(session, [row], today)
    deliveries = deliveries_by_pickup(session, [row.id])[row.id]
    dealt = {session.get_one(HoldRow, one.hold_id).code: one.note_dealt_on for one in deliveries}
    dealt[row.code] = row.sheet_note_dealt_on
    return tuple(notes_of(to_pickup(found), load_pickup_policy().cooler_hours, dealt))
