"""The coolers that are lent about: whose they are, and where they are now."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.db.base import Base, Versioned


class CoolerRow(Versioned, Base):
    """One cooler. No owner: it is the network's; nobody has it: it is with the coordinator."""

    __tablename__ = "cooler"
    __table_args__ = (sa.CheckConstraint("quarts > 0", name="quarts"),)

    name: Mapped[str]
    quarts: Mapped[int]
    owner_household_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("household.id", ondelete="RESTRICT"), index=True, default=None
    )
    at_household_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("household.id", ondelete="RESTRICT"), index=True, default=None
    )
    since: Mapped[date | None] = mapped_column(default=None)
    archived_on: Mapped[date | None] = mapped_column(default=None)
