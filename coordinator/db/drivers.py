"""The driver role of a household."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.db.base import Base, Versioned


class DriverRow(Versioned, Base):
    """A volunteer. ``coolers_qt`` is a comma-separated list of quarts."""

    __tablename__ = "driver"

    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    household_id: Mapped[int] = mapped_column(sa.ForeignKey("household.id", ondelete="RESTRICT"), index=True)
    max_hours: Mapped[float | None] = mapped_column(sa.Double, default=None)
    coolers_qt: Mapped[str] = mapped_column(default="")
    lift_lb: Mapped[float | None] = mapped_column(sa.Double, default=None)
    max_miles: Mapped[float | None] = mapped_column(sa.Double, default=None)
    away_from: Mapped[date | None] = mapped_column(default=None)
    away_to: Mapped[date | None] = mapped_column(default=None)
    archived_on: Mapped[date | None] = mapped_column(default=None)
