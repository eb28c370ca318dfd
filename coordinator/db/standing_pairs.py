"""Standing pairs, and what became of their days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from coordinator.db.agreements import HoldRow
from coordinator.db.base import Base, Versioned, words
from coordinator.db.donors import DonorRow
from coordinator.db.holds import GIVER, TAKER
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements.holds import HoldState
from coordinator.domain.agreements.rhythms import Rhythm
from coordinator.domain.agreements.standing_pairs import Agreed, DayOfPair, StandingPair, StandingState
from coordinator.domain.volume import Volume


class StandingPairRow(Versioned, Base):
    """What a donor and a family agreed on once; ``in_month`` ``1,3`` is the first and third of a month."""

    __tablename__ = "standing_pair"
    __table_args__ = (
        sa.CheckConstraint("volume > 0", name="volume"),
        sa.CheckConstraint("weekday >= 0 AND weekday < 7", name="weekday"),
        sa.CheckConstraint("every_weeks > 0", name="every_weeks"),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= first_on", name="ends_on"),
    )

    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    donor_id: Mapped[int] = mapped_column(sa.ForeignKey("donor.id", ondelete="RESTRICT"), index=True)
    recipient_id: Mapped[int] = mapped_column(sa.ForeignKey("recipient.id", ondelete="RESTRICT"), index=True)
    volume: Mapped[Volume]
    is_a_day: Mapped[bool]
    weekday: Mapped[int]
    every_weeks: Mapped[int]
    in_month: Mapped[str]
    first_on: Mapped[date]
    agreed_on: Mapped[date]
    ends_on: Mapped[date | None] = mapped_column(default=None)
    state: Mapped[StandingState] = mapped_column(words(StandingState), default=StandingState.ACTIVE)


class StandingDayRow(Versioned, Base):
    """One day of a pair that was skipped or proposed; there is no second for the same day."""

    __tablename__ = "standing_day"
    __table_args__ = (sa.UniqueConstraint("standing_pair_id", "on_day"),)

    standing_pair_id: Mapped[int] = mapped_column(sa.ForeignKey("standing_pair.id", ondelete="RESTRICT"))
    on_day: Mapped[date]
    is_skipped: Mapped[bool] = mapped_column(default=False)


class StandingHoldRow(Versioned, Base):
    """Milk held for one day of a pair."""

    __tablename__ = "standing_hold"

    standing_day_id: Mapped[int] = mapped_column(
        sa.ForeignKey("standing_day.id", ondelete="RESTRICT"), index=True
    )
    hold_id: Mapped[int] = mapped_column(sa.ForeignKey("hold.id", ondelete="RESTRICT"), unique=True)


def standing_pairs(session: Session, *conditions: sa.ColumnElement[bool]) -> list[StandingPair]:
    """Return the pairs that meet the *conditions* on ``StandingPairRow``, ``DonorRow``…, by code."""
    query = (
        sa.select(StandingPairRow, DonorRow, RecipientRow.code, GIVER, TAKER.name)
        .join(DonorRow, DonorRow.id == StandingPairRow.donor_id)
        .join(GIVER, GIVER.id == DonorRow.household_id)
        .join(RecipientRow, RecipientRow.id == StandingPairRow.recipient_id)
        .join(TAKER, TAKER.id == RecipientRow.household_id)
    )
    found = session.execute(query.where(*conditions).order_by(StandingPairRow.code)).all()
    days = _days(session, [row.id for row, *_ in found]) if found else {}
    return [
        StandingPair(
            row.code,
            donor.code,
            giver.name,
            recipient_code,
            taker,
            agreed_of(row),
            row.state,
            row.agreed_on,
            days.get(row.id, ()),
            donor_reads_first=bool(giver.read_before_ringing or donor.bereaved),
        )
        for row, donor, recipient_code, giver, taker in found
    ]


def agreed_of(row: StandingPairRow) -> Agreed:
    """Return what the two agreed on."""
    in_month = tuple(int(one) for one in row.in_month.split(",") if one)
    rhythm = Rhythm(row.weekday, row.every_weeks, in_month)
    return Agreed(row.volume, row.is_a_day, rhythm, row.first_on, row.ends_on)


def _days(session: Session, pair_ids: Collection[int]) -> dict[int, tuple[DayOfPair, ...]]:
    query = (
        sa.select(StandingDayRow, HoldRow.code, HoldRow.state)
        .outerjoin(StandingHoldRow, StandingHoldRow.standing_day_id == StandingDayRow.id)
        .outerjoin(HoldRow, HoldRow.id == StandingHoldRow.hold_id)
        .where(StandingDayRow.standing_pair_id.in_(pair_ids))
        .order_by(StandingDayRow.on_day, StandingDayRow.id, HoldRow.code)
    )
    rows: dict[int, StandingDayRow] = {}
    holds: dict[int, list[tuple[str, HoldState]]] = defaultdict(list)
    for row, code, state in session.execute(query):
        rows[row.id] = row
        if code is not None:
            holds[row.id].append((code, state))
    found: dict[int, list[DayOfPair]] = defaultdict(list)
    for row in rows.values():
        day = DayOfPair(row.on_day, row.is_skipped, tuple(holds[row.id]))
        found[row.standing_pair_id].append(day)
    return {pair_id: tuple(days) for pair_id, days in found.items()}


def day_row(session: Session, pair_id: int, on: date) -> StandingDayRow | None:
    """Return what was written of one day of a pair, if anything was."""
    query = sa.select(StandingDayRow).where(
        StandingDayRow.standing_pair_id == pair_id, StandingDayRow.on_day == on
    )
    return session.scalar(query)


def standing_days_of(session: Session, hold_ids: Collection[int]) -> Mapping[int, date]:
    """Return for which day of a standing pair each of these holds is, by hold id; others are left out."""
    query = (
        sa.select(StandingHoldRow.hold_id, StandingDayRow.on_day)
        .join(StandingDayRow, StandingDayRow.id == StandingHoldRow.standing_day_id)
        .where(StandingHoldRow.hold_id.in_(hold_ids))
    )
    return dict(iter(session.execute(query)))
