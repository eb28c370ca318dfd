"""Milk that came and was asked after: when, and what the family said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from coordinator.db.agreements import HoldRow
from coordinator.db.base import Base, Versioned, words
from coordinator.db.milk import LotRow
from coordinator.db.pickups import DeliveryRow
from coordinator.domain.agreements.asked_after import Answers, Asking, Signs, Taste, Tolerated
from coordinator.domain.volume import Volume


class AskedAfterRow(Versioned, Base):
    """One time a family was asked how it went with one delivery; what nobody said is null.

    A program before this one kept one asking in the delivery itself: it is read from there.
    """

    __tablename__ = "asked_after"

    delivery_id: Mapped[int] = mapped_column(sa.ForeignKey("delivery.id", ondelete="RESTRICT"), index=True)
    on_day: Mapped[date]
    tolerated: Mapped[Tolerated | None] = mapped_column(words(Tolerated), default=None)
    taste: Mapped[Taste | None] = mapped_column(words(Taste), default=None)
    signs: Mapped[Signs | None] = mapped_column(words(Signs), default=None)
    note: Mapped[str] = mapped_column(default="")


@dataclass(frozen=True, slots=True)
class CameMilk:
    """Milk that came to a family, and every asking after it, the first one first."""

    delivery_id: int
    hold_id: int
    donor_id: int
    recipient_id: int
    on: date
    delivered: Volume
    askings: tuple[Asking, ...] = ()


def askings_of(session: Session, delivery_ids: Collection[int]) -> dict[int, tuple[Asking, ...]]:
    """Return the askings after each of these deliveries, in the order of their days; none is no entry."""
    found: dict[int, list[Asking]] = defaultdict(list)
    old = sa.select(DeliveryRow.id, DeliveryRow.asked_after_on, DeliveryRow.asked_after).where(
        DeliveryRow.id.in_(delivery_ids), DeliveryRow.asked_after_on.is_not(None)
    )
    for delivery_id, on, note in session.execute(old):
        if on is not None:
            found[delivery_id].append(Asking(on, Answers(note=note)))
    row = AskedAfterRow
    query = sa.select(row.delivery_id, row.on_day, row.tolerated, row.taste, row.signs, row.note)
    query = query.where(row.delivery_id.in_(delivery_ids)).order_by(row.on_day, row.id)
    for delivery_id, on, tolerated, taste, signs, note in session.execute(query):
        found[delivery_id].append(Asking(on, Answers(tolerated, taste, signs, note)))
    return {key: tuple(sorted(askings, key=lambda one: one.on)) for key, askings in found.items()}


def came_milk(session: Session, *conditions: sa.ColumnElement[bool]) -> list[CameMilk]:
    """Return the milk that came, oldest first, that meets the *conditions* on ``HoldRow`` or ``LotRow``."""
    query = (
        sa.select(
            DeliveryRow.id,
            DeliveryRow.hold_id,
            LotRow.donor_id,
            HoldRow.recipient_id,
            DeliveryRow.on_day,
            DeliveryRow.delivered,
        )
        .join(HoldRow, HoldRow.id == DeliveryRow.hold_id)
        .join(LotRow, LotRow.id == HoldRow.lot_id)
        .where(DeliveryRow.delivered > Volume(), *conditions)
        .order_by(DeliveryRow.on_day, DeliveryRow.id)
    )
    found = [CameMilk(*told) for told in session.execute(query)]
    askings = askings_of(session, [one.delivery_id for one in found])
    return [
        CameMilk(
            one.delivery_id,
            one.hold_id,
            one.donor_id,
            one.recipient_id,
            one.on,
            one.delivered,
            askings.get(one.delivery_id, ()),
        )
        for one in found
    ]
