"""What is written about a donor and a family who share milk: notes, and what was lent."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from coordinator.db.agreements import HoldRow
from coordinator.db.base import Base, Versioned, words
from coordinator.db.donors import DonorRow
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.pickups import DeliveryRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements.lending import Lent, LentBy, LentLine, Thing
from coordinator.domain.agreements.pair import PairNote
from coordinator.domain.records.things_out import BagsOf


class PairNoteRow(Versioned, Base):
    """A note on two families, for the coordinator's eyes."""

    __tablename__ = "pair_note"

    donor_id: Mapped[int] = mapped_column(sa.ForeignKey("donor.id", ondelete="RESTRICT"), index=True)
    recipient_id: Mapped[int] = mapped_column(sa.ForeignKey("recipient.id", ondelete="RESTRICT"), index=True)
    on_day: Mapped[date]
    text: Mapped[str]


class LentRow(Versioned, Base):
    """Coolers, bags or another thing that went from one to another, and when it came back."""

    __tablename__ = "lent"
    __table_args__ = (
        sa.CheckConstraint("count > 0", name="count"),
        sa.CheckConstraint("back_on IS NULL OR back_on >= lent_on", name="back_on"),
    )

    donor_id: Mapped[int] = mapped_column(sa.ForeignKey("donor.id", ondelete="RESTRICT"), index=True)
    recipient_id: Mapped[int] = mapped_column(sa.ForeignKey("recipient.id", ondelete="RESTRICT"), index=True)
    lent_by: Mapped[LentBy] = mapped_column(words(LentBy))
    thing: Mapped[Thing] = mapped_column(words(Thing))
    count: Mapped[int]
    lent_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    back_on: Mapped[date | None] = mapped_column(default=None)


def lent_of(session: Session, donor_id: int, recipient_id: int) -> tuple[Lent, ...]:
    """Return what was lent between two, what is not back yet first, then the latest first."""
    query = sa.select(LentRow).where(LentRow.donor_id == donor_id, LentRow.recipient_id == recipient_id)
    rows = session.scalars(query.order_by(LentRow.back_on.is_not(None), LentRow.lent_on.desc(), LentRow.id))
    return tuple(
        Lent(row.id, row.lent_by, row.thing, row.count, row.lent_on, row.note, row.back_on) for row in rows
    )


def lent_by_all(session: Session) -> tuple[LentLine, ...]:
    """Return all that was lent between any two, what is not back yet first, then the latest first."""
    giver, taker = aliased(HouseholdRow), aliased(HouseholdRow)
    query = (
        sa.select(LentRow, DonorRow.code, giver.name, RecipientRow.code, taker.name)
        .join(DonorRow, DonorRow.id == LentRow.donor_id)
        .join(giver, giver.id == DonorRow.household_id)
        .join(RecipientRow, RecipientRow.id == LentRow.recipient_id)
        .join(taker, taker.id == RecipientRow.household_id)
        .order_by(LentRow.back_on.is_not(None), LentRow.lent_on.desc(), LentRow.id)
    )
    return tuple(
        LentLine(Lent(row.id, row.lent_by, row.thing, row.count, row.lent_on, row.note, row.back_on), *names)
        for row, *names in session.execute(query)
    )


def bags_of_all(session: Session) -> tuple[BagsOf, ...]:
    """Return for any two how many counted bags came with the milk, and how many the family gave the donor."""
    giver, taker = aliased(HouseholdRow), aliased(HouseholdRow)
    both = (DonorRow.code, giver.name, RecipientRow.code, taker.name)
    came = (
        sa.select(*both, sa.func.sum(DeliveryRow.bags))
        .join(HoldRow, HoldRow.id == DeliveryRow.hold_id)
        .join(LotRow, LotRow.id == HoldRow.lot_id)
        .join(DonorRow, DonorRow.id == LotRow.donor_id)
        .join(giver, giver.id == DonorRow.household_id)
        .join(RecipientRow, RecipientRow.id == HoldRow.recipient_id)
        .join(taker, taker.id == RecipientRow.household_id)
        .where(DeliveryRow.bags > 0)
        .group_by(*both)
        .order_by(DonorRow.code, RecipientRow.code)
    )
    back = (
        sa.select(DonorRow.code, RecipientRow.code, sa.func.sum(LentRow.count))
        .join(DonorRow, DonorRow.id == LentRow.donor_id)
        .join(RecipientRow, RecipientRow.id == LentRow.recipient_id)
        .where(LentRow.thing == Thing.BAG, LentRow.lent_by == LentBy.FAMILY)
        .group_by(DonorRow.code, RecipientRow.code)
    )
    given = {(donor, family): count or 0 for donor, family, count in session.execute(back)}
    return tuple(
        BagsOf(donor, donor_name, family, name, count or 0, given.get((donor, family), 0))
        for donor, donor_name, family, name, count in session.execute(came)
    )


def notes_of(session: Session, donor_id: int, recipient_id: int) -> tuple[PairNote, ...]:
    """Return the notes on two, the latest first."""
    row = PairNoteRow
    query = sa.select(row.id, row.on_day, row.text)
    query = query.where(row.donor_id == donor_id, row.recipient_id == recipient_id)
    found = session.execute(query.order_by(row.on_day.desc(), row.id.desc()))
    return tuple(PairNote(*told) for told in found)
