"""When somebody was in touch with a family last: a yes, a message, a question asked."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.donors import DonorRow
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements.holds import Side


def note_in_touch(household: HouseholdRow, on: date) -> None:
    """Note that a family answered or was written to on the day *on*, which is no first talk by itself."""
    household.last_contact_on = max(household.last_contact_on or on, on)


def note_side_in_touch(session: Session, hold: HoldRow, side: Side, on: date) -> None:
    """Note the same of the donor or the family of *hold*."""
    if side is Side.DONOR:
        lot = session.get_one(LotRow, hold.lot_id)
        home = session.get_one(DonorRow, lot.donor_id).household_id
    else:
        home = session.get_one(RecipientRow, hold.recipient_id).household_id
    note_in_touch(session.get_one(HouseholdRow, home), on)
