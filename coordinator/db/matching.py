"""What matching asks the tables about a family and its donors."""

from __future__ import annotations

from collections.abc import Collection

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
    return past_by_pair(session, (recipient_id,)).get(recipient_id, {})


def past_by_pair(session: Session, recipient_ids: Collection[int]) -> dict[int, dict[int, Past]]:
    """Return what was delivered to each of these recipients, by donor id; none without a delivery.

    Milk that came though it was no fit speaks for nothing.
    """
    query = (
        sa.select(HoldRow.recipient_id, LotRow.donor_id, DeliveryRow.on_day, DeliveryRow.delivered)
        .join(HoldRow, HoldRow.id == DeliveryRow.hold_id)
        .join(LotRow, LotRow.id == HoldRow.lot_id)
        .where(HoldRow.recipient_id.in_(recipient_ids), DeliveryRow.against == "")
    )
    result: dict[int, dict[int, Past]] = {}
    for recipient_id, donor_id, on, delivered in session.execute(query):
        if delivered:
            of_it = result.setdefault(recipient_id, {})
            known = of_it.get(donor_id, Past(0, on, Volume()))
            of_it[donor_id] = Past(known.deliveries + 1, max(known.last_on, on), known.volume + delivered)
    return result


def donors_set_aside(session: Session, recipient_ids: Collection[int]) -> dict[int, list[SetAside]]:
    """Return the donors not to be suggested for each of these recipients, by code; none without any."""
    query = (
        sa.select(SetAsideRow.recipient_id, DonorRow.code, HouseholdRow.name, SetAsideRow.reason)
        .join(DonorRow, DonorRow.id == SetAsideRow.donor_id)
        .join(HouseholdRow, HouseholdRow.id == DonorRow.household_id)
        .where(SetAsideRow.recipient_id.in_(recipient_ids))
        .order_by(DonorRow.code)
    )
    result: dict[int, list[SetAside]] = {}
    for recipient_id, code, name, reason in session.execute(query):
        result.setdefault(recipient_id, []).append(SetAside(code, name, reason))
    return result


def set_aside_row(session: Session, recipient_id: int, donor_id: int) -> SetAsideRow | None:
    """Return the row that sets a donor aside for a recipient, if there is one."""
    return session.scalar(
        sa.select(SetAsideRow).where(
            SetAsideRow.recipient_id == recipient_id, SetAsideRow.donor_id == donor_id
        )
    )
