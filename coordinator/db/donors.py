"""The donor role of a household."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.db.base import Base, Versioned, words
from coordinator.domain.donors import DonorState


class DonorRow(Versioned, Base):
    """A donor. Deleting archives: ``archived_on`` hides her everywhere but in history."""

    __tablename__ = "donor"

    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    household_id: Mapped[int] = mapped_column(sa.ForeignKey("household.id", ondelete="RESTRICT"), index=True)
    state: Mapped[DonorState] = mapped_column(words(DonorState), default=DonorState.CURRENT)
    baby_born: Mapped[date | None] = mapped_column(default=None)
    gestation_weeks: Mapped[int | None] = mapped_column(default=None)
    wishes: Mapped[str] = mapped_column(default="")
    archived_on: Mapped[date | None] = mapped_column(default=None)
