"""Pauses between a donor and a family: no milk is proposed or held for the two meanwhile."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from coordinator.db.base import Base, Versioned, words
from coordinator.db.donors import DonorRow
from coordinator.db.households import HouseholdRow
from coordinator.domain.agreements.pair_pauses import PairPause, PauseWhy
from coordinator.domain.matching.ranking import SetAside


class PairPauseRow(Versioned, Base):
    """Since when no milk is proposed between two, and until when; ``why`` is a code, the rest is private."""

    __tablename__ = "pair_pause"
    __table_args__ = (sa.CheckConstraint("resumed_on IS NULL OR resumed_on >= paused_on", name="resumed_on"),)

    donor_id: Mapped[int] = mapped_column(sa.ForeignKey("donor.id", ondelete="RESTRICT"), index=True)
    recipient_id: Mapped[int] = mapped_column(sa.ForeignKey("recipient.id", ondelete="RESTRICT"), index=True)
    paused_on: Mapped[date]
    why: Mapped[PauseWhy] = mapped_column(words(PauseWhy))
    reason: Mapped[str] = mapped_column(default="")
    resumed_on: Mapped[date | None] = mapped_column(default=None)
    resumed_why: Mapped[str] = mapped_column(default="")


def open_pauses(session: Session, donor_id: int, recipient_id: int) -> list[PairPauseRow]:
    """Return the pauses of two that were not resumed; after a merge there may be several."""
    row = PairPauseRow
    query = sa.select(row).where(
        row.donor_id == donor_id, row.recipient_id == recipient_id, row.resumed_on.is_(None)
    )
    return list(session.scalars(query.order_by(row.paused_on, row.id)))


def pause_between(session: Session, donor_id: int, recipient_id: int) -> PairPause | None:
    """Return the pause of two, the first if there are several; ``None`` where they are not paused."""
    found = open_pauses(session, donor_id, recipient_id)
    return to_pause(found[0]) if found else None


def pauses_of(session: Session, donor_id: int, recipient_id: int) -> tuple[PairPause, ...]:
    """Return every pause of two there was, by day."""
    row = PairPauseRow
    query = sa.select(row).where(row.donor_id == donor_id, row.recipient_id == recipient_id)
    return tuple(to_pause(one) for one in session.scalars(query.order_by(row.paused_on, row.id)))


def donors_paused(session: Session, recipient_ids: Collection[int]) -> dict[int, list[SetAside]]:
    """Return the donors that are paused with each of these families, as those that are not suggested."""
    row = PairPauseRow
    query = (
        sa.select(row.recipient_id, DonorRow.code, HouseholdRow.name, row.paused_on, row.why)
        .join(DonorRow, DonorRow.id == row.donor_id)
        .join(HouseholdRow, HouseholdRow.id == DonorRow.household_id)
        .where(row.recipient_id.in_(recipient_ids), row.resumed_on.is_(None))
        .order_by(DonorRow.code, row.paused_on, row.id)
    )
    found: dict[int, dict[str, SetAside]] = {}
    for recipient_id, code, name, on, why in session.execute(query):
        said = PairPause(on, why).words
        found.setdefault(recipient_id, {}).setdefault(code, SetAside(code, name, str(said), said))
    return {recipient_id: list(paused.values()) for recipient_id, paused in found.items()}


def pauses_in_force(session: Session) -> dict[tuple[int, int], PairPause]:
    """Return the pause of each two who are paused, the first of several, by the ids of donor and recipient.

    What the coordinator wrote to it is left out: it goes wherever the milk of the two is spoken of.
    """
    row = PairPauseRow
    query = sa.select(row.donor_id, row.recipient_id, row.paused_on, row.why)
    found: dict[tuple[int, int], PairPause] = {}
    for donor_id, recipient_id, on, why in session.execute(
        query.where(row.resumed_on.is_(None)).order_by(row.paused_on, row.id)
    ):
        found.setdefault((donor_id, recipient_id), PairPause(on, why))
    return found


def to_pause(row: PairPauseRow) -> PairPause:
    """Return a pause as a value."""
    return PairPause(row.paused_on, row.why, row.reason, row.resumed_on, row.resumed_why)
