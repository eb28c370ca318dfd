"""What is still to be asked about milk that is on hold or agreed, before it goes to its baby."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.donors import DonorRow
from coordinator.db.milk import LotRow, balance_of, to_lot
from coordinator.db.recipients import RecipientRow
from coordinator.domain.suitability.asks import Whom
from coordinator.domain.suitability.standing import standing_of
from coordinator.sayings import Saying
from coordinator.services.suitability.verdicts import verdict_on_lot


def still_asked(session: Session, codes: Sequence[str], today: date) -> dict[str, tuple[Saying, ...]]:
    """Return what is to be asked of the donor or a clinician, by the code of the hold; of each once."""
    rows = session.scalars(sa.select(HoldRow).where(HoldRow.code.in_(codes)))
    return {row.code: _of_hold(session, row, today) for row in rows}


def _of_hold(session: Session, hold: HoldRow, today: date) -> tuple[Saying, ...]:
    row, family = session.get_one(LotRow, hold.lot_id), session.get_one(RecipientRow, hold.recipient_id)
    donor = session.get_one(DonorRow, row.donor_id)
    lot = to_lot(row, donor.code, balance_of(session, today, row.id))
    standing = standing_of(verdict_on_lot(session, lot, donor, family, today, hold.only_from), today)
    return tuple(dict.fromkeys(ask.question for ask in standing.asks if ask.whom is not Whom.FAMILY))
