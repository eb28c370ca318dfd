"""Questions about milk that stayed behind: when that was written down, and what was held of it again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.audit import AuditChangeRow, AuditValueRow
from coordinator.db.milk import LotRow, LotSplitRow
from coordinator.db.pickups import DeliveryRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements.holds import HoldState, still_counts
from coordinator.domain.milk.left_behind import DUST, HeldAgain, Stayed, still_waiting
from coordinator.domain.volume import Volume


@dataclass(frozen=True, slots=True)
class _Left:
    delivery_id: int
    hold_id: int
    lot_id: int
    recipient_id: int
    volume: Volume


def waiting_by_hold(session: Session, today: date, recipient_id: int | None = None) -> Mapping[int, Volume]:
    """Return what was left behind and still waits to be planned again, by the id of the hold it was of.

    Only of families that are in use; what was let go does not wait, nor does milk that was no fit.

    Args:
        session: A reading session.
        today: Holds that expired before it take nothing.
        recipient_id: Only of this family.
    """
    query = (
        sa.select(DeliveryRow.id, HoldRow.id, HoldRow.lot_id, HoldRow.recipient_id, DeliveryRow.left_behind)
        .join(HoldRow, HoldRow.id == DeliveryRow.hold_id)
        .join(RecipientRow, RecipientRow.id == HoldRow.recipient_id)
        .where(DeliveryRow.left_behind >= DUST, DeliveryRow.let_go_on.is_(None))
        .where(RecipientRow.archived_on.is_(None), DeliveryRow.against == "")
    )
    if recipient_id is not None:
        query = query.where(HoldRow.recipient_id == recipient_id)
    left = [_Left(*row) for row in session.execute(query)]
    if not left:
        return {}
    roots = _roots(session)
    return still_waiting(_stayed(session, left, roots), _held_again(session, left, roots, today))


def _roots(session: Session) -> dict[int, int]:
    """Return the lot that each split lot was once, by id; a part of a part too."""
    splits = sa.select(LotSplitRow.lot_id, LotSplitRow.from_lot_id).order_by(LotSplitRow.id)
    roots: dict[int, int] = {}
    for part, whole in session.execute(splits):
        roots[part] = roots.get(whole, whole)
    return roots


def _stayed(session: Session, left: Sequence[_Left], roots: Mapping[int, int]) -> Iterator[Stayed]:
    """Yield when how much stayed, from the history; all of it at first where that keeps no values."""
    told = _moments(session, [one.delivery_id for one in left])
    for one in left:
        group = (one.recipient_id, roots.get(one.lot_id, one.lot_id))
        steps = told.get(one.delivery_id, [])
        changes = [(moment, after - before) for moment, before, after in steps if after != before]
        if sum(change for _, change in changes) != one.volume.microlitres:
            changes = [(steps[0][0] if steps else 0, one.volume.microlitres)]
        for moment, change in changes:
            yield Stayed(moment, group, one.hold_id, Volume(change))


def _moments(session: Session, delivery_ids: Sequence[int]) -> dict[int, list[tuple[int, int, int]]]:
    """Return the actions on deliveries, by id: which action, how much had stayed before and after it."""
    query = (
        sa.select(AuditChangeRow.row_id, AuditChangeRow.audit_id, AuditValueRow.before, AuditValueRow.after)
        .outerjoin(AuditValueRow, AuditValueRow.change_id == AuditChangeRow.id)
        .where(AuditChangeRow.table == DeliveryRow.__tablename__)
        .where(AuditChangeRow.row_id.in_(delivery_ids))
        .order_by(AuditChangeRow.id)
    )
    found: dict[int, list[tuple[int, int, int]]] = {}
    for delivery_id, moment, before, after in session.execute(query):
        found.setdefault(delivery_id, []).append((moment, _left(before), _left(after)))
    return found


def _left(values: str | None) -> int:
    told: dict[str, Any] = json.loads(values) if values else {}
    return int(told.get("left_behind") or 0)


def _held_again(
    session: Session, left: Sequence[_Left], roots: Mapping[int, int], today: date
) -> Iterator[HeldAgain]:
    """Yield the holds of the same lots for the same families, with when they were made."""
    groups = {(one.recipient_id, roots.get(one.lot_id, one.lot_id)) for one in left}
    made = (
        sa.select(sa.func.min(AuditChangeRow.audit_id))
        .where(AuditChangeRow.table == HoldRow.__tablename__, AuditChangeRow.row_id == HoldRow.id)
        .scalar_subquery()
    )
    query = (
        sa.select(
            HoldRow.recipient_id, HoldRow.lot_id, HoldRow.volume, HoldRow.state, HoldRow.expires_on, made
        )
        .join(LotRow, LotRow.id == HoldRow.lot_id)
        .where(HoldRow.recipient_id.in_({recipient for recipient, _ in groups}))
        .where(HoldRow.state != HoldState.RELEASED)
    )
    for recipient_id, lot_id, volume, state, expires_on, moment in session.execute(query):
        group = (recipient_id, roots.get(lot_id, lot_id))
        counts = state is HoldState.DONE or still_counts(state, expires_on, today)
        if group in groups and counts:
            yield HeldAgain(moment or 0, group, volume)
