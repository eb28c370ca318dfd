"""Nothing new begins with what was removed: every service asks for what lives, by one door."""

from __future__ import annotations

from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session, object_session

from coordinator.db.agreements import HoldRow
from coordinator.db.donors import DonorRow
from coordinator.db.drivers import DriverRow
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.recipients import RecipientRow
from coordinator.errors import RemovedError

Removable = TypeVar("Removable", bound=DonorRow | RecipientRow | DriverRow | LotRow)


def living(row: Removable) -> Removable:
    """Return *row*.

    Raises:
        RemovedError: If it was removed; one that was put away by a merge names the code that has its things.
    """
    if row.archived_on is not None:
        raise RemovedError(row.code, row.archived_on, part_of=now_part_of(row))
    return row


def now_part_of(row: DonorRow | RecipientRow | DriverRow | LotRow) -> str:
    """Return the code in use of the family that *row* became part of; empty if it is part of none."""
    session = object_session(row)
    if isinstance(row, LotRow) or session is None:
        return ""
    home = session.get_one(HouseholdRow, row.household_id)
    if home.merged_into_id is None:
        return ""
    while home.merged_into_id is not None:
        home = session.get_one(HouseholdRow, home.merged_into_id)
    table: Any = type(row)
    in_use = sa.select(table.code).where(table.household_id == home.id, table.archived_on.is_(None))
    return session.scalar(in_use.order_by(table.id).limit(1)) or ""


def families_now(session: Session) -> dict[str, str]:
    """Return the code in use of each family that was put away by a merge, by the code it had."""
    row = RecipientRow
    query = (
        sa.select(row)
        .join(HouseholdRow, HouseholdRow.id == row.household_id)
        .where(row.archived_on.is_not(None), HouseholdRow.merged_into_id.is_not(None))
    )
    return {one.code: now for one in session.scalars(query) if (now := now_part_of(one))}


def check_living_hold(session: Session, hold: HoldRow) -> None:
    """Raise ``RemovedError`` if the lot of *hold*, its donor or its family was removed."""
    query = (
        sa.select(LotRow, DonorRow, RecipientRow)
        .join(DonorRow, DonorRow.id == LotRow.donor_id)
        .join(RecipientRow, RecipientRow.id == hold.recipient_id)
    )
    for row in session.execute(query.where(LotRow.id == hold.lot_id)).one():
        living(row)
