"""Dated facts and the questions of the call list."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.db.base import Base, Versioned, words
from coordinator.domain.facts import CallOutcome, FactKind, FactSource, Presence, QuestionState


class FactRow(Versioned, Base):
    """Something dated about a donor, over the half-open interval [start, end)."""

    __tablename__ = "fact"
    __table_args__ = (
        sa.CheckConstraint("start_on IS NULL OR end_on IS NULL OR start_on <= end_on", name="interval"),
    )

    donor_id: Mapped[int] = mapped_column(sa.ForeignKey("donor.id", ondelete="RESTRICT"), index=True)
    kind: Mapped[FactKind] = mapped_column(words(FactKind))
    presence: Mapped[Presence] = mapped_column(words(Presence))
    subject: Mapped[str] = mapped_column(default="")
    start_on: Mapped[date | None] = mapped_column(default=None)
    end_on: Mapped[date | None] = mapped_column(default=None)
    raw: Mapped[str] = mapped_column(default="")
    source: Mapped[FactSource] = mapped_column(words(FactSource), default=FactSource.FORM)
    recorded_on: Mapped[date | None] = mapped_column(default=None)


class QuestionRow(Versioned, Base):
    """Something to ask a household; answered ones stay as history."""

    __tablename__ = "question"

    household_id: Mapped[int] = mapped_column(sa.ForeignKey("household.id", ondelete="RESTRICT"), index=True)
    topic: Mapped[str]
    text: Mapped[str]
    raw: Mapped[str] = mapped_column(default="")
    state: Mapped[QuestionState] = mapped_column(words(QuestionState), default=QuestionState.OPEN)
    answer: Mapped[str] = mapped_column(default="")
    ring_on: Mapped[date | None] = mapped_column(default=None)
    last_outcome: Mapped[CallOutcome | None] = mapped_column(words(CallOutcome), default=None)
    last_called_on: Mapped[date | None] = mapped_column(default=None)
