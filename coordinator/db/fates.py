"""What became of milk that no family got, and of the milk that families have at home."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from coordinator.db.base import Base, Versioned, words
from coordinator.domain.milk.fates import Fate, MilkUsed, Used
from coordinator.domain.volume import Volume


class FateRow(Versioned, Base):
    """That so much of a lot was kept by the donor, discarded, referred to a milk bank, or lost.

    ``carried_from`` is the code of the hold that had left it with a volunteer.
    """

    __tablename__ = "lot_fate"
    __table_args__ = (
        sa.CheckConstraint("volume > 0", name="volume"),
        sa.CheckConstraint("bags IS NULL OR bags > 0", name="bags"),
    )

    lot_id: Mapped[int] = mapped_column(sa.ForeignKey("lot.id", ondelete="RESTRICT"), index=True)
    fate: Mapped[Fate] = mapped_column(words(Fate))
    volume: Mapped[Volume]
    on_day: Mapped[date]
    bags: Mapped[int | None] = mapped_column(default=None)
    why: Mapped[str] = mapped_column(default="")
    bank: Mapped[str] = mapped_column(default="")
    carried_from: Mapped[str] = mapped_column(sa.String(12), default="", server_default="")


class MilkUsedRow(Versioned, Base):
    """That a family fed, spilled or threw out so much of what it had at home."""

    __tablename__ = "milk_used"
    __table_args__ = (sa.CheckConstraint("volume > 0", name="volume"),)

    recipient_id: Mapped[int] = mapped_column(sa.ForeignKey("recipient.id", ondelete="RESTRICT"), index=True)
    how: Mapped[Used] = mapped_column(words(Used))
    volume: Mapped[Volume]
    on_day: Mapped[date]
    note: Mapped[str] = mapped_column(default="")


def fates_of(session: Session, lot_ids: Collection[int]) -> list[FateRow]:
    """Return what became of milk of these lots, in the order it was noted."""
    return list(session.scalars(sa.select(FateRow).where(FateRow.lot_id.in_(lot_ids)).order_by(FateRow.id)))


def used_by(session: Session, recipient_id: int) -> tuple[MilkUsed, ...]:
    """Return what a family used of what it had, the latest first."""
    query = sa.select(MilkUsedRow).where(MilkUsedRow.recipient_id == recipient_id)
    rows = session.scalars(query.order_by(MilkUsedRow.on_day.desc(), MilkUsedRow.id.desc()))
    return tuple(MilkUsed(row.id, row.how, row.volume, row.on_day, row.note) for row in rows)
