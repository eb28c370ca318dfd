"""Milk that a run left behind and that is still with the volunteer who drove it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.fates import FateRow
from coordinator.db.pickups import DeliveryRow
from coordinator.domain.agreements.holds import HoldState, still_counts
from coordinator.domain.milk.left_behind import DUST
from coordinator.domain.volume import Volume


@dataclass(frozen=True, slots=True)
class Carried:
    """So much that *hold_code* left behind is with the volunteer of a pickup since ``on``."""

    hold_id: int
    hold_code: str
    lot_id: int
    recipient_id: int
    pickup_id: int
    only_from: date | None
    on: date
    volume: Volume


def with_drivers(
    session: Session, today: date, lot_ids: Collection[int] | sa.Select[int] | None = None
) -> tuple[Carried, ...]:
    """Return what is with volunteers, oldest first; of *lot_ids* if given.

    Not what was put on hold out of it and still counts, was handed over since, or went another way.
    """
    query = (
        sa.select(
            HoldRow.id,
            HoldRow.code,
            HoldRow.lot_id,
            HoldRow.recipient_id,
            DeliveryRow.pickup_id,
            HoldRow.only_from,
            DeliveryRow.on_day,
            DeliveryRow.with_driver,
        )
        .join(HoldRow, HoldRow.id == DeliveryRow.hold_id)
        .where(DeliveryRow.with_driver >= DUST)
        .order_by(DeliveryRow.on_day, DeliveryRow.id)
    )
    if lot_ids is not None:
        query = query.where(HoldRow.lot_id.in_(lot_ids))
    found = [Carried(*row) for row in session.execute(query)]
    if not found:
        return ()
    took = _took(session, {one.hold_code for one in found}, today)
    left = ((one, one.volume - took.get(one.hold_code, Volume())) for one in found)
    return tuple(
        Carried(
            one.hold_id,
            one.hold_code,
            one.lot_id,
            one.recipient_id,
            one.pickup_id,
            one.only_from,
            one.on,
            rest,
        )
        for one, rest in left
        if rest >= DUST
    )


def carried_of(session: Session, today: date, hold: HoldRow) -> Volume:
    """Return how much *hold* left behind is still with the volunteer."""
    return next(
        (one.volume for one in with_drivers(session, today, [hold.lot_id]) if one.hold_id == hold.id),
        Volume(),
    )


def taken_out_of(session: Session, today: date, hold: HoldRow) -> Volume:
    """Return how much of what *hold* left with the volunteer was held, handed over or told of since."""
    return _took(session, {hold.code}, today).get(hold.code, Volume())


def _took(session: Session, codes: Collection[str], today: date) -> dict[str, Volume]:
    took: dict[str, Volume] = defaultdict(Volume)
    held = sa.select(HoldRow.carried_from, HoldRow.volume, HoldRow.state, HoldRow.expires_on)
    for code, volume, state, expires_on in session.execute(held.where(HoldRow.carried_from.in_(codes))):
        if state is HoldState.DONE or still_counts(state, expires_on, today):
            took[code] += volume
    fates = sa.select(FateRow.carried_from, FateRow.volume).where(FateRow.carried_from.in_(codes))
    for code, volume in session.execute(fates):
        took[code] += volume
    return took
