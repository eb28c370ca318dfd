"""Lots, and what became of them."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.db.base import Base, Versioned, words
from coordinator.domain.milk import Freezer, HeatTreated
from coordinator.domain.volume import Volume


class LotRow(Versioned, Base):
    """Bags of one donor with one range of expression dates; ``volume`` and ``bags`` are what was offered."""

    __tablename__ = "lot"
    __table_args__ = (
        sa.CheckConstraint("volume >= 0", name="volume"),
        sa.CheckConstraint("bags IS NULL OR bags >= 0", name="bags"),
        sa.CheckConstraint(
            "expressed_from IS NULL OR expressed_to IS NULL OR expressed_from <= expressed_to",
            name="expressed",
        ),
    )

    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    donor_id: Mapped[int] = mapped_column(sa.ForeignKey("donor.id", ondelete="RESTRICT"), index=True)
    volume: Mapped[Volume]
    bags: Mapped[int | None] = mapped_column(default=None)
    is_estimate: Mapped[bool] = mapped_column(default=False)
    expressed_from: Mapped[date | None] = mapped_column(default=None)
    expressed_to: Mapped[date | None] = mapped_column(default=None)
    freezer: Mapped[Freezer | None] = mapped_column(words(Freezer), default=None)
    heat_treated: Mapped[HeatTreated | None] = mapped_column(words(HeatTreated), default=None)
    note: Mapped[str] = mapped_column(default="")
    archived_on: Mapped[date | None] = mapped_column(default=None)
