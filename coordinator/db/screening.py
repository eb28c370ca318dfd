"""Where a donor's screening stands: deferrals with an end, and sign-offs."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from coordinator.db.base import Base, Versioned
from coordinator.domain.screening.call_list import Deferral
from coordinator.domain.screening.checklist import SignOff


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


def deferrals_by_donor(session: Session, donor_id: int | None = None) -> dict[int, tuple[Deferral, ...]]:
    """Return the deferrals by donor id, in the order they were made; of one donor if given."""
    query = sa.select(DeferralRow).order_by(DeferralRow.id)
    if donor_id is not None:
        query = query.where(DeferralRow.donor_id == donor_id)
    result: dict[int, list[Deferral]] = {}
    for row in session.scalars(query):
        deferral = Deferral(row.id, row.reason, row.from_on, row.until_on, row.ended_on)
        result.setdefault(row.donor_id, []).append(deferral)
    return {donor: tuple(known) for donor, known in result.items()}


def sign_offs_by_donor(session: Session, donor_id: int | None = None) -> dict[int, tuple[SignOff, ...]]:
    """Return the sign-offs by donor id, in the order they were made; of one donor if given."""
    query = sa.select(SignOffRow).order_by(SignOffRow.id)
    if donor_id is not None:
        query = query.where(SignOffRow.donor_id == donor_id)
    result: dict[int, list[SignOff]] = {}
    for row in session.scalars(query):
        signed = SignOff(row.id, row.signed_by, row.signed_on, row.profile, row.note)
        result.setdefault(row.donor_id, []).append(signed)
    return {donor: tuple(known) for donor, known in result.items()}
