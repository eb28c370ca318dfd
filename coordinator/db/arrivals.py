"""Milk that is to come to families: on hold or agreed, with the day of the pickup that brings it."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coordinator.db.agreements import HoldRow
from coordinator.db.fates import MilkUsedRow
from coordinator.db.milk import LotRow
from coordinator.db.pair_pauses import pauses_in_force
from coordinator.db.pickups import DeliveryRow, LoadRow, PickupRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements.holds import HoldState, still_counts
from coordinator.domain.milk.needs import Arrival
from coordinator.domain.pickups.plans import PickupState
from coordinator.domain.volume import Volume

WITHOUT_A_PICKUP = timedelta(days=7)
"""So soon promised milk is taken to come while no pickup is planned; a convention, not a limit."""

_Hold = aliased(HoldRow)
_CAME_ON_ITS_DAY = sa.exists().where(
    _Hold.recipient_id == RecipientRow.id,
    DeliveryRow.hold_id == _Hold.id,
    DeliveryRow.on_day == RecipientRow.stock_on,
    DeliveryRow.delivered > Volume(),
    DeliveryRow.against == "",
)
_USED_ON_ITS_DAY = sa.exists().where(
    MilkUsedRow.recipient_id == RecipientRow.id, MilkUsedRow.on_day == RecipientRow.stock_on
)
_COUNTED_ON = sa.case((sa.or_(_CAME_ON_ITS_DAY, _USED_ON_ITS_DAY), None), else_=RecipientRow.stock_on)


def counted_on(session: Session, recipient_id: int) -> date | None:
    """Return the day a family's milk was counted; ``None`` if never, or if milk came or went on that day.

    Milk that comes, is spilled or fed moves the figure's day as well, and tells nothing of what came before.
    """
    return session.scalar(sa.select(_COUNTED_ON).where(RecipientRow.id == recipient_id))


def arrivals(
    session: Session, today: date, recipient_id: int | None = None
) -> dict[int, tuple[Arrival, ...]]:
    """Return what is to come by recipient id, soonest first; a pickup not yet settled still counts.

    Unless the family has counted its milk after the pickup's day: then what came is in that figure. Milk of
    two who are paused is not to come, but for what may have moved on a day that is past.

    Args:
        session: A reading session.
        today: Holds that expired before it do not count; what is overdue comes today.
        recipient_id: Only for this recipient.
    """
    query = (
        sa.select(HoldRow, LotRow.donor_id, PickupRow.on_day, PickupRow.state, _COUNTED_ON)
        .join(LotRow, LotRow.id == HoldRow.lot_id)
        .join(RecipientRow, RecipientRow.id == HoldRow.recipient_id)
        .outerjoin(LoadRow, LoadRow.hold_id == HoldRow.id)
        .outerjoin(PickupRow, PickupRow.id == LoadRow.pickup_id)
        .where(HoldRow.state.in_((HoldState.OPEN, HoldState.AGREED)))
        .order_by(HoldRow.id)
    )
    if recipient_id is not None:
        query = query.where(HoldRow.recipient_id == recipient_id)
    result: dict[int, list[Arrival]] = {}
    pauses = pauses_in_force(session)
    for hold, donor_id, on_day, state, counted in session.execute(query):
        is_planned = state is PickupState.PLANNED
        if (donor_id, hold.recipient_id) in pauses and not (is_planned and on_day < today):
            continue
        was_counted = is_planned and counted is not None and on_day < counted
        if was_counted or not still_counts(hold.state, hold.expires_on, today):
            continue
        day = max(on_day, today) if is_planned else today + WITHOUT_A_PICKUP
        result.setdefault(hold.recipient_id, []).append(Arrival(day, hold.volume, is_planned))
    return {family: tuple(sorted(coming, key=lambda one: one.on)) for family, coming in result.items()}
