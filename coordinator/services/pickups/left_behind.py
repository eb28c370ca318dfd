"""What was left behind at a stop: what waits, and letting it go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.adapters.policies.day import load_day_policy
from coordinator.db import milk
from coordinator.db.agreements import HoldRow
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.drivers import DriverRow
from coordinator.db.holds import HeldMilk, held_milk
from coordinator.db.households import HouseholdRow
from coordinator.db.left_behind import waiting_by_hold
from coordinator.db.milk import LotRow
from coordinator.db.pickups import DeliveryRow, PickupRow
from coordinator.db.recipients import RecipientRow
from coordinator.db.with_drivers import Carried, carried_of, with_drivers
from coordinator.domain.milk.left_behind import LeftBehind
from coordinator.domain.milk.splitting import part_from
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.sayings import saying


def left_behind(database: Database, today: date, recipient: str | None = None) -> tuple[LeftBehind, ...]:
    """Return what was left behind and still waits, what has waited longest first; of one family if named.

    Raises:
        NotFoundError: If there is no such family.
    """
    with database.reading() as session:
        family = None if recipient is None else by_code(session, RecipientRow, recipient).id
        return load_left_behind(session, today, family)


def load_left_behind(
    session: Session, today: date, recipient_id: int | None = None
) -> tuple[LeftBehind, ...]:
    """Return the same inside an action or a reading; of one family if given."""
    carried = {one.hold_id: one for one in with_drivers(session, today)}
    if recipient_id is not None:
        carried = {key: one for key, one in carried.items() if one.recipient_id == recipient_id}
    waiting = waiting_by_hold(session, today, recipient_id)
    volumes = {
        key: max(waiting.get(key, Volume()), carried[key].volume if key in carried else Volume())
        for key in (*waiting, *carried)
    }
    if not volumes:
        return ()
    held = held_milk(session, HoldRow.id.in_(volumes))
    rows = session.scalars(sa.select(DeliveryRow).where(DeliveryRow.hold_id.in_(volumes)))
    came = {row.hold_id: row for row in rows}
    found = [
        _with_driver(session, _left(session, one, came[one.id], volumes[one.id], today), carried.get(one.id))
        for one in held
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.hold_code)))


def let_go(database: Database, hold: str, reason: str, today: date) -> None:
    """Stop reminding of what *hold* left behind, and keep why; undo brings it back.

    Raises:
        UserError: If no reason is given, or nothing of it waits.
    """
    if not reason.strip():
        raise UserError(saying("Type why it is let go; only you will see it."))
    left = waiting(database, hold, today)
    if left.with_driver:
        raise UserError(
            saying(
                "What {hold} left behind is still with {who}; say first that it went back to the donor, or "
                "what became of it.",
                hold=left.hold_code,
                who=left.driver_code or saying("the volunteer"),
            )
        )
    label = saying("Let go what {hold} left behind", hold=left.hold_code)
    with database.writing(Action("left_behind.let_go", label), today) as session:
        hold_id = by_code(session, HoldRow, left.hold_code).id
        row = session.scalars(sa.select(DeliveryRow).where(DeliveryRow.hold_id == hold_id)).one()
        row.let_go_on, row.let_go_why = today, reason.strip()


def went_back(database: Database, hold: str, today: date) -> None:
    """Write down that what *hold* left with the volunteer went back to the donor, or never left there.

    It is free again. Undo takes it back.

    Raises:
        NotFoundError: If there is no such hold.
        UserError: If nothing of it is with a volunteer.
    """
    label = saying("What {hold} left behind is with the donor", hold=hold.upper())
    with database.writing(Action("left_behind.went_back", label), today) as session:
        row = by_code(session, HoldRow, hold)
        carried = carried_of(session, today, row)
        if not carried:
            raise UserError(saying("Nothing that {hold} left behind is with a volunteer.", hold=row.code))
        came = session.scalars(sa.select(DeliveryRow).where(DeliveryRow.hold_id == row.id)).one()
        came.with_driver -= carried


def waiting(database: Database, hold: str, today: date) -> LeftBehind:
    """Return what *hold* left behind.

    Raises:
        NotFoundError: If there is no such hold.
        UserError: If nothing of it waits.
    """
    with database.reading() as session:
        row = by_code(session, HoldRow, hold)
        found = load_left_behind(session, today, row.recipient_id)
    for one in found:
        if one.hold_code == row.code:
            return one
    raise UserError(saying("Nothing that {hold} left behind waits any more.", hold=hold.upper()))


def _left(session: Session, one: HeldMilk, came: DeliveryRow, waiting: Volume, today: date) -> LeftBehind:
    hold = one.hold
    homes = [
        session.get_one(HouseholdRow, home) for home in (one.donor_household_id, one.recipient_household_id)
    ]
    is_paused = session.get_one(RecipientRow, one.recipient_id).paused
    return LeftBehind(
        hold_code=hold.code,
        lot_code=hold.lot_code,
        donor_code=hold.donor_code,
        donor_name=hold.donor_name,
        recipient_code=hold.recipient_code,
        recipient_name=hold.recipient_name,
        pickup_code=hold.pickup_code,
        on=came.on_day,
        volume=waiting,
        free=min(waiting, _free(session, one, today)),
        nobody_home=came.nobody_home,
        may_be_reminded=not is_paused and not any(home.read_before_ringing for home in homes),
    )


def _with_driver(session: Session, left: LeftBehind, carried: Carried | None) -> LeftBehind:
    """Return *left* with what of it is with the volunteer, who that is, and the State's note on it."""
    if carried is None:
        return left
    driver = session.get_one(PickupRow, carried.pickup_id).driver_id
    code = session.get_one(DriverRow, driver).code if driver is not None else ""
    family = session.get_one(RecipientRow, carried.recipient_id)
    state = session.get_one(HouseholdRow, family.household_id).state
    note = load_day_policy().custody_note(state)
    return replace(left, with_driver=carried.volume, driver_code=code, custody_note=note)


def _free(session: Session, one: HeldMilk, today: date) -> Volume:
    """Return what of the hold's lot, and of the bags it took, can be held today."""
    row = session.get_one(LotRow, one.lot_id)
    donor = session.get_one(DonorRow, row.donor_id)
    if row.archived_on is not None or donor.archived_on is not None:
        return Volume()
    lot = milk.to_lot(row, donor.code, milk.balance_of(session, today, row.id))
    return max(min(lot.free, part_from(lot, one.hold.only_from).volume), Volume())
