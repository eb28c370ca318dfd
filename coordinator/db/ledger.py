"""Where the milk went: who holds, has agreed on or got which lot."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coordinator.db.agreements import HoldRow
from coordinator.db.donors import DonorRow
from coordinator.db.households import HouseholdRow, to_household
from coordinator.db.milk import LotRow
from coordinator.db.pickups import DeliveryRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements.holds import HoldState, still_counts
from coordinator.domain.milk.lots import GivenState, MilkGiven


def milk_given(
    session: Session, today: date, *, donor_id: int | None = None, recipient_id: int | None = None
) -> tuple[MilkGiven, ...]:
    """Return what was delivered, agreed or is on hold, newest first.

    Args:
        session: A reading session.
        today: Holds that expired before it are left out.
        donor_id: Only milk of this donor.
        recipient_id: Only milk for this recipient.
    """
    giver = aliased(HouseholdRow)
    query = (
        sa.select(HoldRow, LotRow, RecipientRow, HouseholdRow, DeliveryRow, DonorRow.code, giver.name)
        .join(LotRow, LotRow.id == HoldRow.lot_id)
        .join(DonorRow, DonorRow.id == LotRow.donor_id)
        .join(giver, giver.id == DonorRow.household_id)
        .join(RecipientRow, RecipientRow.id == HoldRow.recipient_id)
        .join(HouseholdRow, HouseholdRow.id == RecipientRow.household_id)
        .outerjoin(DeliveryRow, DeliveryRow.hold_id == HoldRow.id)
    )
    if donor_id is not None:
        query = query.where(LotRow.donor_id == donor_id)
    if recipient_id is not None:
        query = query.where(HoldRow.recipient_id == recipient_id)
    given = [
        replace(_given(hold, lot, recipient, household, delivery), donor_code=code, donor_name=name)
        for hold, lot, recipient, household, delivery, code, name in session.execute(query)
        if _happened(hold, delivery, today)
    ]
    return tuple(sorted(given, key=lambda line: (line.on, line.lot_code), reverse=True))


def _happened(hold: HoldRow, delivery: DeliveryRow | None, today: date) -> bool:
    if hold.state is HoldState.DONE:
        return delivery is not None and bool(delivery.delivered)
    return still_counts(hold.state, hold.expires_on, today)


def _given(
    hold: HoldRow, lot: LotRow, recipient: RecipientRow, household: HouseholdRow, delivery: DeliveryRow | None
) -> MilkGiven:
    waiting = {HoldState.OPEN: GivenState.ON_HOLD, HoldState.AGREED: GivenState.AGREED}
    return MilkGiven(
        recipient_code=recipient.code,
        recipient_name=household.name,
        lot_code=lot.code,
        on=delivery.on_day if delivery else hold.made_on,
        volume=delivery.delivered if delivery else hold.volume,
        bags=delivery.bags if delivery else hold.bags,
        state=GivenState.DELIVERED if delivery else waiting[hold.state],
        position=to_household(household).position,
    )
