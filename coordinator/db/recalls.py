"""Recalls that were begun: what each is about, who was reached when, and what each told of the milk.

Which milk it is, and where it went, is worked out anew from the hand-overs each time. People stand here by
their codes alone: what was noted of one who is forgotten since goes by :func:`words_about`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from coordinator.db.base import Base, Versioned, words
from coordinator.domain.records.recall_work import ContactOutcome, ToldBack
from coordinator.domain.volume import Volume


class RecallRow(Versioned, Base):
    """One recall: ``about`` is the code it began with, of a donor, a lot or a family.

    ``because`` is the coordinator's own words, and may tell of somebody's health.
    """

    __tablename__ = "recall"

    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    about: Mapped[str] = mapped_column(sa.String(12))
    began_at: Mapped[datetime]
    because: Mapped[str] = mapped_column(default="")
    first_day: Mapped[date | None] = mapped_column(default=None)
    last_day: Mapped[date | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)


class RecallContactRow(Versioned, Base):
    """That somebody was rung or written to about a recall, and what came of it; ``who`` is a code."""

    __tablename__ = "recall_contact"

    recall_id: Mapped[int] = mapped_column(sa.ForeignKey("recall.id", ondelete="RESTRICT"), index=True)
    who: Mapped[str] = mapped_column(sa.String(12))
    at: Mapped[datetime]
    outcome: Mapped[ContactOutcome] = mapped_column(words(ContactOutcome))
    note: Mapped[str] = mapped_column(default="")


class RecallToldRow(Versioned, Base):
    """What somebody told became of so much of the milk; ``who`` is a code."""

    __tablename__ = "recall_told"
    __table_args__ = (sa.CheckConstraint("volume > 0", name="volume"),)

    recall_id: Mapped[int] = mapped_column(sa.ForeignKey("recall.id", ondelete="RESTRICT"), index=True)
    who: Mapped[str] = mapped_column(sa.String(12))
    became: Mapped[ToldBack] = mapped_column(words(ToldBack))
    volume: Mapped[Volume]
    on_day: Mapped[date]
    note: Mapped[str] = mapped_column(default="")


def contacts_of(session: Session, recall_id: int) -> list[RecallContactRow]:
    """Return whom a recall reached and whom it tried to, in the order it was noted."""
    row = RecallContactRow
    return list(session.scalars(sa.select(row).where(row.recall_id == recall_id).order_by(row.at, row.id)))


def told_of(session: Session, recall_id: int) -> list[RecallToldRow]:
    """Return what was told of the milk of a recall, in the order it was noted."""
    row = RecallToldRow
    return list(session.scalars(sa.select(row).where(row.recall_id == recall_id).order_by(row.id)))


def words_about(
    session: Session, codes: Collection[str]
) -> list[RecallRow | RecallContactRow | RecallToldRow]:
    """Return the rows whose free words (``because``, ``note``) are about these people, to make them empty.

    The codes, days and ounces of such a row stay: they are what a recall needs.
    """
    found: list[RecallRow | RecallContactRow | RecallToldRow] = []
    found += session.scalars(sa.select(RecallRow).where(RecallRow.about.in_(codes), RecallRow.because != ""))
    for table in (RecallContactRow, RecallToldRow):
        found += session.scalars(sa.select(table).where(table.who.in_(codes), table.note != ""))
    return found
