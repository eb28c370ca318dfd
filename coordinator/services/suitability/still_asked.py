"""What is still to be asked about milk that is on hold or agreed, before it goes to its baby."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.donors import DonorRow
from coordinator.db.milk import UNTOUCHED, LotRow, balances, to_lot
from coordinator.db.policies import overrulings
from coordinator.db.recipients import RecipientRow, to_baby
from coordinator.domain.suitability.asks import Whom
from coordinator.domain.suitability.lots import bags_from, verdict_on
from coordinator.domain.suitability.overruling import applying
from coordinator.domain.suitability.own_milk import OWN_MILK
from coordinator.domain.suitability.standing import standing_of
from coordinator.sayings import Saying
from coordinator.services.suitability.verdicts import is_own_milk, known_of_several


def still_asked(session: Session, codes: Collection[str], today: date) -> dict[str, tuple[Saying, ...]]:
    """Return what is to be asked of the donor or a clinician, by the code of the hold; of each once."""
    rows = list(session.scalars(sa.select(HoldRow).where(HoldRow.code.in_(codes)))) if codes else []
    if not rows:
        return {}
    lots = _by_id(session, LotRow, {row.lot_id for row in rows})
    donors = _by_id(session, DonorRow, {lot.donor_id for lot in lots.values()})
    families = _by_id(session, RecipientRow, {row.recipient_id for row in rows})
    known, decided = known_of_several(session, donors.values()), overrulings(session)
    left = balances(session, today, lots)
    found: dict[str, tuple[Saying, ...]] = {}
    for row in rows:
        lot_row, family = lots[row.lot_id], families[row.recipient_id]
        donor, verdict = donors[lot_row.donor_id], OWN_MILK
        if not is_own_milk(donor, family):
            lot = to_lot(lot_row, donor.code, left.get(lot_row.id, UNTOUCHED))
            overruled = applying(decided, family.code, lot)
            bags = bags_from(lot, row.only_from)
            verdict = verdict_on(bags, to_baby(family), known[donor.id], today, overruled)
        asks = standing_of(verdict, today).asks
        found[row.code] = tuple(dict.fromkeys(ask.question for ask in asks if ask.whom is not Whom.FAMILY))
    return found


_Row = TypeVar("_Row", LotRow, DonorRow, RecipientRow)


def _by_id(session: Session, table: type[_Row], ids: Collection[int]) -> dict[int, _Row]:
    return {row.id: row for row in session.scalars(sa.select(table).where(table.id.in_(ids)))}
