"""Questions about what passed with the sides of a hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldContactRow
from coordinator.domain.agreements.contacts import Contact


def contacts_by_hold(session: Session, hold_ids: Collection[int]) -> dict[int, tuple[Contact, ...]]:
    """Return what passed with the sides of these holds, by hold id, in the order it was noted."""
    row = HoldContactRow
    query = sa.select(row.hold_id, row.side, row.kind, row.on_day).where(row.hold_id.in_(hold_ids))
    found: dict[int, list[Contact]] = defaultdict(list)
    for hold_id, side, kind, on_day in session.execute(query.order_by(row.id)):
        found[hold_id].append(Contact(side, kind, on_day))
    return {hold_id: tuple(contacts) for hold_id, contacts in found.items()}
