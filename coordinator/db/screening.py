"""Where a donor's screening stands: deferrals with an end, and sign-offs."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.db.base import Base, Versioned


class DeferralRow(Versioned, Base):
    """Until when a donor's milk waits, and why; ``ended_on`` is set when it was ended before its time."""

    __tablename__ = "deferral"
    __table_args__ = (sa.CheckConstraint("until_on IS NULL OR from_on <= until_on", name="interval"),)

    donor_id: Mapped[int] = mapped_column(sa.ForeignKey("donor.id", ondelete="RESTRICT"), index=True)
    reason: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date | None] = mapped_column(default=None)
    ended_on: Mapped[date | None] = mapped_column(default=None)
    made_by: Mapped[str] = mapped_column(default="")


class SignOffRow(Versioned, Base):
    """That one person read a donor's answers and signed, under which policy profile."""

    __tablename__ = "sign_off"

    donor_id: Mapped[int] = mapped_column(sa.ForeignKey("donor.id", ondelete="RESTRICT"), index=True)
    signed_by: Mapped[str]
    signed_on: Mapped[date]
    profile: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
