"""What matching asks the tables about a family and its donors."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.donors import DonorRow
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.pickups import DeliveryRow
from coordinator.db.recipients import SetAsideRow
from coordinator.domain.matching.matches import Past
from coordinator.domain.matching.ranking import SetAside
from coordinator.domain.volume import Volume


def past_by_donor(session: Session, recipient_id: int) -> dict[int, Past]:
    """Return what was delivered to a recipient, by donor id; nothing delivered is no entry."""
    query = (
        sa.select(LotRow.donor_id, DeliveryRow.on_day, DeliveryRow.delivered)
        .join(HoldRow, HoldRow.id == DeliveryRow.hold_id)
        .join(LotRow, LotRow.id == HoldRow.lot_id)
        .where(HoldRow.recipient_id == recipient_id)
    )
    result: dict[int, Past] = {}
    for donor_id, on, delivered in session.execute(query):
        if delivered:
            known = result.get(donor_id, Past(0, on, Volume()))
            result[donor_id] = Past(known.deliveries + 1, max(known.last_on, on), known.volume + delivered)
    return result


def donors_set_aside(session: Session, recipient_id: int) -> list[SetAside]:
    """Return the donors not to be suggested for a recipient, by code."""
    query = (
        sa.select(DonorRow.code, HouseholdRow.name, SetAsideRow.reason)
        .join(DonorRow, DonorRow.id == SetAsideRow.donor_id)
        .join(HouseholdRow, HouseholdRow.id == DonorRow.household_id)
        .where(SetAsideRow.recipient_id == recipient_id)
        .order_by(DonorRow.code)
    )
    return [SetAside(code, name, reason) for code, name, reason in session.execute(query)]


def set_aside_row(session: Session, recipient_id: int, donor_id: int) -> SetAsideRow | None:
    """Return the row that sets a donor aside for a recipient, if there is one."""
    return session.scalar(
        sa.select(SetAsideRow).where(
            SetAsideRow.recipient_id == recipient_id, SetAsideRow.donor_id == donor_id
        )
    )
