"""The recipient role of a household."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from coordinator.db.base import Base, Versioned, words
from coordinator.db.households import HouseholdRow
from coordinator.domain.facts.food_names import read_washouts
from coordinator.domain.families.babies import Baby, BabyHealth, Reach, Willing
from coordinator.domain.families.lists import parts_of
from coordinator.domain.imports.elsewhere import health_words
from coordinator.domain.volume import Volume


class RecipientRow(Versioned, Base):
    """A recipient. ``must_avoid`` is a comma-separated list, empty for "none", null when not answered.

    ``washout_days`` is ``dairy 21, soy 14``: this baby's own days, where they differ from the policy's.
    ``formula`` is what the family was asked and tops up with a day; ``formula_mentioned`` what its own words
    mention without an answer yet, zero where they tell no amount.
    """

    __tablename__ = "recipient"
    __table_args__ = (sa.CheckConstraint("babies >= 1", name="babies"),)

    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    household_id: Mapped[int] = mapped_column(sa.ForeignKey("household.id", ondelete="RESTRICT"), index=True)
    baby_name: Mapped[str] = mapped_column(default="")
    baby_born: Mapped[date | None] = mapped_column(default=None)
    babies: Mapped[int] = mapped_column(default=1)
    gestation_weeks: Mapped[int | None] = mapped_column(default=None)
    health: Mapped[BabyHealth | None] = mapped_column(words(BabyHealth), default=None)
    must_avoid: Mapped[str | None] = mapped_column(default=None)
    washout_days: Mapped[str] = mapped_column(default="")
    medicine_ok: Mapped[Willing | None] = mapped_column(words(Willing), default=None)
    nicotine_ok: Mapped[Willing | None] = mapped_column(words(Willing), default=None)
    clinician: Mapped[str] = mapped_column(default="")
    clinician_agreed_on: Mapped[date | None] = mapped_column(default=None)
    reach_miles: Mapped[float | None] = mapped_column(sa.Double, default=None)
    reach_minutes: Mapped[int | None] = mapped_column(default=None)
    has_car: Mapped[bool | None] = mapped_column(default=None)
    meets_halfway: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")
    own_supply_low: Mapped[Volume | None] = mapped_column(default=None)
    own_supply_high: Mapped[Volume | None] = mapped_column(default=None)
    formula: Mapped[Volume | None] = mapped_column(default=None)
    formula_mentioned: Mapped[Volume | None] = mapped_column(default=None)
    stock: Mapped[Volume | None] = mapped_column(default=None)
    stock_on: Mapped[date | None] = mapped_column(default=None)
    freezer: Mapped[str] = mapped_column(default="")
    oldest_milk_months: Mapped[int | None] = mapped_column(default=None)
    needs_this_week: Mapped[bool] = mapped_column(default=False)
    paused: Mapped[bool] = mapped_column(default=False)
    archived_on: Mapped[date | None] = mapped_column(default=None)


class SetAsideRow(Versioned, Base):
    """*Not this one*: a donor the coordinator does not want suggested for this baby."""

    __tablename__ = "set_aside"
    __table_args__ = (sa.UniqueConstraint("recipient_id", "donor_id"),)

    recipient_id: Mapped[int] = mapped_column(sa.ForeignKey("recipient.id", ondelete="RESTRICT"))
    donor_id: Mapped[int] = mapped_column(sa.ForeignKey("donor.id", ondelete="RESTRICT"), index=True)
    reason: Mapped[str] = mapped_column(default="")


def current_recipients(session: Session) -> list[tuple[RecipientRow, HouseholdRow]]:
    """Return every recipient who is not archived, with the household, by code."""
    query = sa.select(RecipientRow, HouseholdRow).join(
        HouseholdRow, HouseholdRow.id == RecipientRow.household_id
    )
    query = query.where(RecipientRow.archived_on.is_(None)).order_by(RecipientRow.code)
    return [(recipient, household) for recipient, household in session.execute(query)]


def to_baby(row: RecipientRow) -> Baby:
    """Return what matching must know about the baby."""
    refer_for, ask_about = ((), ()) if row.health else health_words(row.reason, _notes(row))
    return Baby(
        born=row.baby_born,
        count=row.babies,
        gestation_weeks=row.gestation_weeks,
        health=row.health,
        must_avoid=None if row.must_avoid is None else parts_of(row.must_avoid),
        medicine_ok=row.medicine_ok,
        nicotine_ok=row.nicotine_ok,
        clinician=row.clinician,
        clinician_agreed_on=row.clinician_agreed_on,
        washout_days=read_washouts(row.washout_days) or (),
        oldest_milk_months=row.oldest_milk_months,
        refer_for=refer_for,
        ask_about=ask_about,
    )


def _notes(row: RecipientRow) -> str:
    """Return the family's notes; its household is mostly in the session already."""
    session = object_session(row)
    household = session.get(HouseholdRow, row.household_id) if session else None
    return household.notes if household else ""


def to_reach(row: RecipientRow) -> Reach:
    """Return how far the family goes for milk."""
    return Reach(row.reach_miles, row.reach_minutes, row.has_car, row.meets_halfway)
