"""Questions about what passed with the sides of a hold, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldContactRow, HoldRow
from coordinator.db.pickups import DeliveryRow
from coordinator.domain.agreements.contacts import Contact
from coordinator.domain.volume import Volume


def contacts_by_hold(session: Session, hold_ids: Collection[int]) -> dict[int, tuple[Contact, ...]]:
    """Return what passed with the sides of these holds, by hold id, in the order it was noted."""
    row = HoldContactRow
    query = sa.select(row.hold_id, row.side, row.kind, row.on_day).where(row.hold_id.in_(hold_ids))
    found: dict[int, list[Contact]] = defaultdict(list)
    for hold_id, side, kind, on_day in session.execute(query.order_by(row.id)):
        found[hold_id].append(Contact(side, kind, on_day))
    return {hold_id: tuple(contacts) for hold_id, contacts in found.items()}


def deliveries_to_ask_after(session: Session, recipient_id: int) -> list[DeliveryRow]:
    """Return what came to a family and nobody has asked after, oldest first."""
    query = (
        sa.select(DeliveryRow)
        .join(HoldRow, HoldRow.id == DeliveryRow.hold_id)
        .where(HoldRow.recipient_id == recipient_id)
        .where(DeliveryRow.delivered > Volume(), DeliveryRow.asked_after_on.is_(None))
    )
    return list(session.scalars(query.order_by(DeliveryRow.on_day, DeliveryRow.id)))
