"""Nothing new begins with what was removed: every service asks for what lives, by one door."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.donors import DonorRow
from coordinator.db.drivers import DriverRow
from coordinator.db.milk import LotRow
from coordinator.db.recipients import RecipientRow
from coordinator.errors import RemovedError

Removable = TypeVar("Removable", bound=DonorRow | RecipientRow | DriverRow | LotRow)


def living(row: Removable) -> Removable:
    """Return *row*.

    Raises:
        RemovedError: If it was removed.
    """
    if row.archived_on is not None:
        raise RemovedError(row.code, row.archived_on)
    return row


def check_living_hold(session: Session, hold: HoldRow) -> None:
    """Raise ``RemovedError`` if the lot of *hold*, its donor or its family was removed."""
    lot = living(session.get_one(LotRow, hold.lot_id))
    living(session.get_one(DonorRow, lot.donor_id))
    living(session.get_one(RecipientRow, hold.recipient_id))
