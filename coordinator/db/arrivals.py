"""Milk that is to come to families: on hold or agreed, with the day of the pickup that brings it."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.pickups import LoadRow, PickupRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements import HoldState, still_counts
from coordinator.domain.needs import Arrival
from coordinator.domain.pickups import PickupState

WITHOUT_A_PICKUP = timedelta(days=7)
"""So soon promised milk is taken to come while no pickup is planned; a convention, not a limit."""


def arrivals(
    session: Session, today: date, recipient_id: int | None = None
) -> dict[int, tuple[Arrival, ...]]:
    """Return what is to come by recipient id, soonest first; a pickup not yet settled still counts.

    Unless the family has counted its milk after the pickup's day: then what came is in that figure.

    Args:
        session: A reading session.
        today: Holds that expired before it do not count; what is overdue comes today.
        recipient_id: Only for this recipient.
    """
    query = (
        sa.select(HoldRow, PickupRow.on_day, PickupRow.state, RecipientRow.stock_on)
        .join(RecipientRow, RecipientRow.id == HoldRow.recipient_id)
        .outerjoin(LoadRow, LoadRow.hold_id == HoldRow.id)
        .outerjoin(PickupRow, PickupRow.id == LoadRow.pickup_id)
        .where(HoldRow.state.in_((HoldState.OPEN, HoldState.AGREED)))
        .order_by(HoldRow.id)
    )
    if recipient_id is not None:
        query = query.where(HoldRow.recipient_id == recipient_id)
    result: dict[int, list[Arrival]] = {}
    for hold, on_day, state, counted_on in session.execute(query):
        is_planned = state is PickupState.PLANNED
        was_counted = is_planned and counted_on is not None and on_day < counted_on
        if was_counted or not still_counts(hold.state, hold.expires_on, today):
            continue
        day = max(on_day, today) if is_planned else today + WITHOUT_A_PICKUP
        result.setdefault(hold.recipient_id, []).append(Arrival(day, hold.volume, is_planned))
    return {family: tuple(sorted(coming, key=lambda one: one.on)) for family, coming in result.items()}
