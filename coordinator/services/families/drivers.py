"""Volunteers who carry milk."""

from __future__ import annotations

from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.drivers import DriverRow, current_drivers, drivers_by_id, to_driver
from coordinator.db.households import HouseholdRow
from coordinator.domain.families.drivers import Driver


def list_drivers(database: Database) -> list[Driver]:
    """Return every driver who is not archived, by code."""
    with database.reading() as session:
        rows = [row for row, _ in current_drivers(session)]
        found = drivers_by_id(session, {row.id for row in rows})
        return [found[row.id] for row in rows]


def driver(database: Database, code: str) -> Driver:
    """Return one driver.

    Raises:
        NotFoundError: If there is none with *code*.
    """
    with database.reading() as session:
        row = by_code(session, DriverRow, code)
        return to_driver(session, row, session.get_one(HouseholdRow, row.household_id))
