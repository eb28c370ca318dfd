"""Messages that asked a family: the numbers they were sent with, so that a reply can be read by them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from coordinator.db.base import Base, Versioned, words
from coordinator.domain.agreements.holds import Side
from coordinator.domain.worklist.family_message import Channel


class FamilyMessageRow(Versioned, Base):
    """That a household was asked in a message, and when; ``text_version`` tells its sentences apart."""

    __tablename__ = "family_message"

    household_id: Mapped[int] = mapped_column(sa.ForeignKey("household.id", ondelete="RESTRICT"), index=True)
    asked_on: Mapped[date]
    channel: Mapped[Channel] = mapped_column(words(Channel))
    text_version: Mapped[int]


class FamilyMessageItemRow(Versioned, Base):
    """One numbered question of a message.

    ``question_id`` is of the call list. No rule of the table ties it, nor ``hold_code``: taking back what
    made a question takes back no message, which was sent all the same.
    """

    __tablename__ = "family_message_item"
    __table_args__ = (sa.UniqueConstraint("message_id", "number"),)

    message_id: Mapped[int] = mapped_column(sa.ForeignKey("family_message.id", ondelete="RESTRICT"))
    number: Mapped[int]
    topic: Mapped[str]
    question_id: Mapped[int | None] = mapped_column(default=None, index=True)
    hold_code: Mapped[str] = mapped_column(default="")
    side: Mapped[Side | None] = mapped_column(words(Side), default=None)


def last_message(session: Session, household_id: int) -> FamilyMessageRow | None:
    """Return the message the household was asked in last; ``None`` if it never was."""
    row = FamilyMessageRow
    query = sa.select(row).where(row.household_id == household_id)
    return session.scalar(query.order_by(row.asked_on.desc(), row.id.desc()).limit(1))


def items_of_message(session: Session, message_id: int) -> Sequence[FamilyMessageItemRow]:
    """Return the questions of a message by their numbers."""
    row = FamilyMessageItemRow
    return session.scalars(sa.select(row).where(row.message_id == message_id).order_by(row.number)).all()


def messaged_on(session: Session) -> dict[int, date]:
    """Return when each question of the call list was last asked in a message, by its number."""
    row, item = FamilyMessageRow, FamilyMessageItemRow
    query = sa.select(item.question_id, sa.func.max(row.asked_on)).join(row, row.id == item.message_id)
    query = query.where(item.question_id.is_not(None)).group_by(item.question_id)
    return {question: asked_on for question, asked_on in session.execute(query) if question is not None}
