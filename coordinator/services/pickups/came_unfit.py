"""Milk that came to a family though it is no fit: it stands until somebody has rung them."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.holds import held_milk
from coordinator.db.households import HouseholdRow
from coordinator.db.pickups import DeliveryRow, PickupRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.milk.came_unfit import CameUnfit
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.sayings import saying, stored_saying


def came_unfit(database: Database, recipient: str | None = None) -> tuple[CameUnfit, ...]:
    """Return the milk no fit that came and nobody rang about, the latest first; of one family if named.

    Raises:
        NotFoundError: If there is no such family.
    """
    with database.reading() as session:
        family = None if recipient is None else by_code(session, RecipientRow, recipient).id
        return load_came_unfit(session, family)


def load_came_unfit(session: Session, recipient_id: int | None = None) -> tuple[CameUnfit, ...]:
    """Return the same inside an action or a reading."""
    query = (
        sa.select(DeliveryRow, PickupRow.code)
        .join(PickupRow, PickupRow.id == DeliveryRow.pickup_id)
        .join(HoldRow, HoldRow.id == DeliveryRow.hold_id)
        .where(DeliveryRow.against != "", DeliveryRow.against_dealt_on.is_(None))
        .where(DeliveryRow.delivered > Volume())
    )
    if recipient_id is not None:
        query = query.where(HoldRow.recipient_id == recipient_id)
    came = {row.hold_id: (row, pickup) for row, pickup in session.execute(query)}
    if not came:
        return ()
    found = []
    for one in held_milk(session, HoldRow.id.in_(came)):
        row, pickup = came[one.id]
        hold = one.hold
        home = session.get_one(HouseholdRow, one.recipient_household_id)
        found.append(
            CameUnfit(
                hold_code=hold.code,
                pickup_code=pickup,
                lot_code=hold.lot_code,
                donor_code=hold.donor_code,
                donor_name=hold.donor_name,
                recipient_code=hold.recipient_code,
                recipient_name=hold.recipient_name,
                on=row.on_day,
                volume=row.delivered,
                against=stored_saying(row.against),
                reads_first=bool(home.read_before_ringing),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.on, one.hold_code), reverse=True))


def rang_about(database: Database, hold: str, today: date) -> None:
    """Note that the family was rung about milk that is no fit, which stands on Today no more.

    Undo brings it back. What was against it stays written, and the milk stays out of the family's stock.

    Raises:
        NotFoundError: If there is no such hold.
        UserError: If nobody waits for that.
    """
    action = Action("delivery.rang_about", saying("Rang about the milk of {hold}", hold=hold.upper()))
    with database.writing(action, today) as session:
        hold_id = by_code(session, HoldRow, hold).id
        row = session.scalar(
            sa.select(DeliveryRow).where(
                DeliveryRow.hold_id == hold_id,
                DeliveryRow.against != "",
                DeliveryRow.against_dealt_on.is_(None),
            )
        )
        if row is None:
            raise UserError(saying("Nobody waits to be rung about the milk of {hold}.", hold=hold.upper()))
        row.against_dealt_on = today
