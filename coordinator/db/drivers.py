"""The driver role of a household."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from coordinator.db.base import Base, Versioned
from coordinator.db.coolers import coolers_of
from coordinator.db.facts import open_questions, open_questions_of
from coordinator.db.households import HouseholdRow, to_household
from coordinator.db.own_fields import own_values
from coordinator.domain.facts.dated_facts import Question
from coordinator.domain.families.drivers import Driver
from coordinator.domain.families.lists import parts_of
from coordinator.domain.pickups.cooler_places import Cooler, at_home


class DriverRow(Versioned, Base):
    """A volunteer. ``coolers_qt`` is a comma-separated list of quarts."""

    __tablename__ = "driver"

    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    household_id: Mapped[int] = mapped_column(sa.ForeignKey("household.id", ondelete="RESTRICT"), index=True)
    max_hours: Mapped[float | None] = mapped_column(sa.Double, default=None)
    coolers_qt: Mapped[str] = mapped_column(default="")
    lift_lb: Mapped[float | None] = mapped_column(sa.Double, default=None)
    climbs_stairs: Mapped[bool | None] = mapped_column(default=None)
    max_miles: Mapped[float | None] = mapped_column(sa.Double, default=None)
    away_from: Mapped[date | None] = mapped_column(default=None)
    away_to: Mapped[date | None] = mapped_column(default=None)
    archived_on: Mapped[date | None] = mapped_column(default=None)


def current_drivers(session: Session) -> list[tuple[DriverRow, HouseholdRow]]:
    """Return every driver who is not archived, with the household, by code."""
    query = sa.select(DriverRow, HouseholdRow).join(HouseholdRow, HouseholdRow.id == DriverRow.household_id)
    query = query.where(DriverRow.archived_on.is_(None)).order_by(DriverRow.code)
    return [(driver, household) for driver, household in session.execute(query)]


def drivers_by_id(session: Session, driver_ids: set[int]) -> dict[int, Driver]:
    """Return these volunteers as values by id, archived or not, with their households' open questions."""
    query = sa.select(DriverRow, HouseholdRow).join(HouseholdRow, HouseholdRow.id == DriverRow.household_id)
    rows = [(row, home) for row, home in session.execute(query.where(DriverRow.id.in_(driver_ids)))]
    questions = open_questions_of(session, {home.id for _, home in rows})
    coolers = coolers_of(session, {home.id for _, home in rows})
    return {row.id: _driver(row, home, questions.get(home.id, ()), coolers) for row, home in rows}


def to_driver(session: Session, row: DriverRow, household: HouseholdRow) -> Driver:
    """Return the volunteer as a value, with the open questions of the household."""
    questions = open_questions(session, household.id).get(household.id, ())
    return _driver(row, household, questions, coolers_of(session, {household.id}))


def _driver(
    row: DriverRow, household: HouseholdRow, questions: tuple[Question, ...], coolers: Sequence[Cooler]
) -> Driver:
    told = tuple(map(int, parts_of(row.coolers_qt)))
    return Driver(
        code=row.code,
        household=to_household(household),
        hours=household.hours,
        max_hours=row.max_hours,
        coolers_qt=at_home(told, household.id, coolers),
        told_coolers_qt=told,
        lift_lb=row.lift_lb,
        climbs_stairs=row.climbs_stairs,
        max_miles=row.max_miles,
        away_from=row.away_from,
        away_to=row.away_to,
        questions=questions,
        version=row.version,
        own=own_values(row),
    )
