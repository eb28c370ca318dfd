"""Planning who carries which milk when; every change is one audited action with codes only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, time
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.adapters.policies.day import load_day_policy
from coordinator.db.agreements import HoldRow
from coordinator.db.base import by_code, next_code
from coordinator.db.database import Database
from coordinator.db.drivers import DriverRow
from coordinator.db.holds import held_milk
from coordinator.db.households import HouseholdRow
from coordinator.db.in_touch import note_in_touch
from coordinator.db.living import living
from coordinator.db.pickups import (
    LoadRow,
    PickupRow,
    SecondDriverRow,
    loads_of,
    pickups_of_days,
    planned_until,
)
from coordinator.db.writing import writing_of
from coordinator.domain.agreements.holds import Hold, HoldState, still_counts
from coordinator.domain.codes import CodeLetter
from coordinator.domain.pickups.plans import Pickup, PickupKind, PickupState, PickupSummary
from coordinator.domain.places.positions import Position
from coordinator.domain.records.history import Action
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.pickups import stops
from coordinator.services.pickups.correcting import settle_again
from coordinator.services.pickups.loading import load_in, refuse_unfit
from coordinator.services.pickups.reading import all_loaded, loaded, to_pickup, to_summary
from coordinator.services.pickups.settling import settle
from coordinator.services.suitability.told_before import asked_before

__all__ = [
    "add_hold",
    "cancel_pickup",
    "change_pickup",
    "holds_to_plan",
    "move_stop",
    "order_again",
    "pickup",
    "pickups_between",
    "pickups_to_come_or_settle",
    "plan_pickup",
    "record_driver_yes",
    "remove_hold",
    "set_meeting_position",
    "set_window",
    "settle",
    "settle_again",
]

_FIELDS: Final = {
    "on": saying("day"),
    "starts_at": saying("start"),
    "lunch_at": saying("lunch"),
    "driver_code": saying("volunteer"),
    "meeting_place": saying("meeting place"),
    "kind": saying("kind"),
    "note": saying("note"),
}
"""What may be changed of a pickup, as the history calls it."""


def pickup(database: Database, code: str, today: date) -> Pickup:
    """Return one pickup with its times, miles, broken rules and whose yes is missing.

    Raises:
        NotFoundError: If there is none with *code*.
    """
    with database.reading() as session:
        return to_pickup(loaded(session, by_code(session, PickupRow, code), today))


def pickups_between(database: Database, first: date, last: date, today: date) -> list[PickupSummary]:
    """Return the pickups from *first* to *last*, both included, by day and start; cancelled ones left out."""
    with database.reading() as session:
        rows = pickups_of_days(session, first, last)
        lasting = [row for row in rows if row.state is not PickupState.CANCELLED]
        return [to_summary(found) for found in all_loaded(session, lasting, today)]


def pickups_to_come_or_settle(database: Database, last: date, today: date) -> list[PickupSummary]:
    """Return the planned pickups up to *last*, however long ago their day was, by day and start."""
    with database.reading() as session:
        return [to_summary(found) for found in all_loaded(session, planned_until(session, last), today)]


def holds_to_plan(database: Database, today: date) -> list[Hold]:
    """Return the holds that keep their milk today and travel with no pickup yet, agreed ones first.

    Each says what is still to be asked before its milk goes.
    """
    with database.reading() as session:
        waiting = held_milk(
            session, HoldRow.state.in_((HoldState.OPEN, HoldState.AGREED)), LoadRow.id.is_(None)
        )
        counted = [one for one in waiting if still_counts(one.hold.state, one.hold.expires_on, today)]
        asks = asked_before(session, counted, today)
    holds = [replace(one.hold, still_asked=asks[one.hold.code]) for one in counted]
    return sorted(holds, key=lambda hold: (hold.state is not HoldState.AGREED, hold.expires_on, hold.code))


def plan_pickup(  # noqa: PLR0913 - what a pickup is, each named at the call
    database: Database,
    kind: PickupKind,
    on: date,
    hold_codes: Sequence[str],
    *,
    today: date,
    driver_code: str | None = None,
    starts_at: time | None = None,
    meeting_place: str = "",
) -> str:
    """Plan a pickup with its stops in the shortest order, and return its code.

    ``starts_at``: a run leaves then; a family rings the bell, or all meet, then. Only a run has a driver.

    Raises:
        PairPausedError: If donor and family of a hold are paused.
        UserError: If a hold cannot travel, or the kind of pickup cannot carry these holds together.
    """
    codes = list(dict.fromkeys(code.upper() for code in hold_codes))
    if not codes:
        raise UserError(saying("Choose at least one hold to carry."))
    with database.writing(
        Action("pickup.planned", saying("Planned a pickup for {holds}", holds=tuple(codes))), today
    ) as session:
        row = PickupRow(
            code=next_code(session, CodeLetter.PICKUP),
            kind=kind,
            on_day=on,
            starts_at=starts_at,
            meeting_place=meeting_place.strip(),
        )
        if driver_code and kind is PickupKind.RUN:
            row.driver_id = living(by_code(session, DriverRow, driver_code)).id
        session.add(row)
        session.flush()
        writing_of(session).action = Action(
            "pickup.planned", saying("Planned {pickup} for {holds}", pickup=row.code, holds=tuple(codes))
        )
        for code in codes:
            load_in(session, row, code, today)
        refuse_unfit(row, held_milk(session, LoadRow.pickup_id == row.id))
        stops.sync_stops(session, row, reorder=True)
        return row.code


def add_hold(database: Database, code: str, hold_code: str, today: date) -> None:
    """Let a hold travel with this pickup; its stops join where they cost the fewest minutes.

    Raises:
        PairPausedError: If its donor and family are paused.
        UserError: If the hold cannot travel, or not with the others.
    """
    action = Action(
        "pickup.hold_added", saying("Added {hold} to {pickup}", hold=hold_code.upper(), pickup=code.upper())
    )
    with changing(database, code, action) as (session, row):
        reorder = stops.is_shortest(session, row)
        load_in(session, row, hold_code, today)
        refuse_unfit(row, held_milk(session, LoadRow.pickup_id == row.id))
        stops.sync_stops(session, row, reorder=reorder)


def remove_hold(database: Database, code: str, hold_code: str) -> None:
    """Take a hold off this pickup; the hold itself stays."""
    action = Action(
        "pickup.hold_removed", saying("Took {hold} off {pickup}", hold=hold_code.upper(), pickup=code.upper())
    )
    with changing(database, code, action) as (session, row):
        take_off_in(session, row, by_code(session, HoldRow, hold_code))


def take_off_in(session: Session, row: PickupRow, hold: HoldRow) -> None:
    """Take a hold off a pickup in the caller's transaction, with the stops that only it needed."""
    load = next((load for load in loads_of(session, row.id) if load.hold_id == hold.id), None)
    if load is None:
        raise UserError(saying("{hold} does not travel with {pickup}.", hold=hold.code, pickup=row.code))
    reorder = stops.is_shortest(session, row)
    session.delete(load)
    stops.sync_stops(session, row, reorder=reorder)


def move_stop(database: Database, code: str, stop_id: int, place: int) -> None:
    """Move a stop to *place*, counted from 1; what breaks a rule then is shown, not refused."""
    action = Action(
        "pickup.stop_moved",
        saying("Moved a stop to place {place} of {pickup}", place=place, pickup=code.upper()),
    )
    with changing(database, code, action) as (session, row):
        stops.move(session, row, stop_id, place)


def order_again(database: Database, code: str) -> None:
    """Put the stops back in the shortest order."""
    action = Action("pickup.ordered", saying("Ordered the stops of {pickup}", pickup=code.upper()))
    with changing(database, code, action) as (session, row):
        stops.order_again(session, row)


def set_window(database: Database, code: str, stop_id: int, opens: time | None, closes: time | None) -> None:
    """Set the earliest and latest arrival at a stop; ``None`` leaves that end open.

    Raises:
        UserError: If it closes before it opens.
    """
    action = Action("pickup.window_set", saying("Set a time window of {pickup}", pickup=code.upper()))
    with changing(database, code, action) as (session, row):
        stops.set_hours(session, row, stop_id, opens, closes)


def change_pickup(database: Database, code: str, field: str, value: object) -> None:
    """Set one field, by its name in ``_FIELDS``.

    Another day or another volunteer takes the volunteer's yes back; another kind makes the stops anew.

    Raises:
        UserError: If the value does not fit.
    """
    action = Action(
        "pickup.changed", saying("Changed the {field} of {code}", field=_FIELDS[field], code=code.upper())
    )
    with changing(database, code, action) as (session, row):
        reorder = stops.is_shortest(session, row)
        _set_field(session, row, field, value)
        refuse_unfit(row, held_milk(session, LoadRow.pickup_id == row.id))
        if field in {"kind", "driver_code"}:
            stops.sync_stops(session, row, reorder=reorder)


def set_meeting_position(database: Database, code: str, position: Position | None) -> None:
    """Put the meeting place on the map, or take it off."""
    action = Action("pickup.changed", saying("Placed the meeting of {pickup}", pickup=code.upper()))
    with changing(database, code, action) as (_, row):
        row.meeting_latitude_deg = position.latitude_deg if position else None
        row.meeting_longitude_deg = position.longitude_deg if position else None


def record_driver_yes(database: Database, code: str, on: date | None) -> None:
    """Note the day the volunteer said yes; ``None`` takes it back.

    Raises:
        UserError: If nobody was asked to drive yet.
    """
    label = (
        saying("Noted the volunteer's yes for {pickup}", pickup=code.upper())
        if on
        else saying("Took back the volunteer's yes for {pickup}", pickup=code.upper())
    )
    action = Action("pickup.driver_yes", label)
    with changing(database, code, action) as (session, row):
        if row.driver_id is None:
            raise UserError(saying("Choose who drives {pickup} first.", pickup=row.code))
        if on is not None:
            driver = living(session.get_one(DriverRow, row.driver_id))
            note_in_touch(session.get_one(HouseholdRow, driver.household_id), on)
        row.driver_yes_on = on


def cancel_pickup(database: Database, code: str) -> None:
    """Cancel a pickup; its holds stay and can travel another way."""
    action = Action("pickup.cancelled", saying("Cancelled {pickup}", pickup=code.upper()))
    with changing(database, code, action) as (session, row):
        for load in loads_of(session, row.id):
            session.delete(load)
        row.state = PickupState.CANCELLED


@contextmanager
def changing(database: Database, code: str, action: Action) -> Iterator[tuple[Session, PickupRow]]:
    """Give the pickup to change in one action; only a planned one can be."""
    with database.writing(action) as session:
        row = by_code(session, PickupRow, code)
        if row.state is not PickupState.PLANNED:
            raise UserError(
                saying(
                    "{pickup} is {state} and cannot be changed; undo that first.",
                    pickup=row.code,
                    state=row.state.words,
                )
            )
        yield session, row


def _keep_second(session: Session, row: PickupRow) -> None:
    """Let nobody come along where nobody drives, or who comes along drives now."""
    there = session.scalar(sa.select(SecondDriverRow).where(SecondDriverRow.pickup_id == row.id))
    if there is not None and row.driver_id in {None, there.driver_id}:
        session.delete(there)


def _set_field(session: Session, row: PickupRow, field: str, value: object) -> None:
    if field == "on" and isinstance(value, date):
        if value != row.on_day:
            row.driver_yes_on = None
        row.on_day = value
    elif field == "starts_at" and (value is None or isinstance(value, time)):
        row.starts_at = value
    elif field == "lunch_at" and (value is None or isinstance(value, time)):
        _set_lunch(row, value)
    elif field == "driver_code":
        _set_driver(session, row, str(value or ""))
        _keep_second(session, row)
    elif field == "kind":
        row.kind = PickupKind(str(value))
        if row.kind is not PickupKind.RUN:
            row.driver_id = row.driver_yes_on = row.lunch_at = row.lunch_minutes = None
            _keep_second(session, row)
    elif field in {"meeting_place", "note"}:
        setattr(row, field, str(value or "").strip())
    else:
        raise ValueError(f"{field}: {value!r}")


def _set_driver(session: Session, row: PickupRow, code: str) -> None:
    if code and row.kind is not PickupKind.RUN:
        raise UserError(saying("{pickup} has no volunteer; make it a volunteer run first.", pickup=row.code))
    driver_id = living(by_code(session, DriverRow, code)).id if code else None
    if driver_id != row.driver_id:
        row.driver_yes_on = None
    row.driver_id = driver_id


def _set_lunch(row: PickupRow, at: time | None) -> None:
    """Set when the volunteer eats; how long that takes is as planned, else as the policy has it."""
    row.lunch_at = at
    if at is None:
        row.lunch_minutes = None
    elif row.lunch_minutes is None:
        row.lunch_minutes = load_day_policy().lunch.minutes
