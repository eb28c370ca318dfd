"""Calls made, and the rounds they are made in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from coordinator.db.audit import AuditChangeRow
from coordinator.db.base import Base, Versioned, words
from coordinator.domain.facts.dated_facts import CallOutcome
from coordinator.domain.worklist.made_calls import MadeCall


class CallMadeRow(Versioned, Base):
    """What came of ringing a household on a day, in the order it was noted."""

    __tablename__ = "call_made"

    household_id: Mapped[int] = mapped_column(sa.ForeignKey("household.id", ondelete="RESTRICT"), index=True)
    on_day: Mapped[date]
    outcome: Mapped[CallOutcome] = mapped_column(words(CallOutcome))
    ring_on: Mapped[date | None] = mapped_column(default=None)


class CallRoundRow(Versioned, Base):
    """A round of calls: for how many minutes it was made, and how many a call was thought to take."""

    __tablename__ = "call_round"

    made_on: Mapped[date]
    minutes: Mapped[int]
    call_minutes: Mapped[int]
    ended_on: Mapped[date | None] = mapped_column(default=None)


class RoundCallRow(Versioned, Base):
    """A household of a round, at its place in it; what came of it stands with the calls made."""

    __tablename__ = "round_call"

    round_id: Mapped[int] = mapped_column(sa.ForeignKey("call_round.id", ondelete="RESTRICT"), index=True)
    household_id: Mapped[int] = mapped_column(sa.ForeignKey("household.id", ondelete="RESTRICT"), index=True)
    place: Mapped[int]


def calls_made(session: Session) -> Mapping[int, tuple[MadeCall, ...]]:
    """Return the calls made to each household, by its id, in the order they were noted."""
    row = CallMadeRow
    query = sa.select(row.household_id, row.on_day, row.outcome, row.ring_on).order_by(row.id)
    found: dict[int, list[MadeCall]] = defaultdict(list)
    for household_id, on, outcome, ring_on in session.execute(query):
        found[household_id].append(MadeCall(household_id, on, outcome, ring_on))
    return {household_id: tuple(made) for household_id, made in found.items()}


def open_round(session: Session) -> CallRoundRow | None:
    """Return the newest round that was not ended."""
    row = CallRoundRow
    return session.scalar(sa.select(row).where(row.ended_on.is_(None)).order_by(row.id.desc()).limit(1))


def households_of(session: Session, round_id: int) -> list[int]:
    """Return the households of a round in their order, each once."""
    row = RoundCallRow
    query = sa.select(row.household_id).where(row.round_id == round_id).order_by(row.place, row.id)
    return list(dict.fromkeys(session.scalars(query)))


def last_call_noted(session: Session, household_id: int, on: date) -> int | None:
    """Return the action that noted the last call to a household; None if that was not on the day *on*."""
    row = CallMadeRow
    query = sa.select(row.id, row.on_day).where(row.household_id == household_id).order_by(row.id.desc())
    last = session.execute(query.limit(1)).first()
    if last is None or last.on_day != on:
        return None
    change = AuditChangeRow
    noted = sa.select(change.audit_id).where(change.table == row.__tablename__, change.row_id == last.id)
    return session.scalar(noted.order_by(change.audit_id.desc()).limit(1))
