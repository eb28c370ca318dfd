"""Volunteers who carry milk."""

from __future__ import annotations

from coordinator.db.database import Database
from coordinator.db.drivers import current_drivers, driver_by_code, to_driver
from coordinator.db.households import HouseholdRow
from coordinator.domain.families.drivers import Driver


def list_drivers(database: Database) -> list[Driver]:
    """Return every driver who is not archived, by code."""
    with database.reading() as session:
        return [to_driver(session, row, household) for row, household in current_drivers(session)]


def driver(database: Database, code: str) -> Driver:
    """Return one driver.

    Raises:
        NotFoundError: If there is none with *code*.
    """
    with database.reading() as session:
        row = driver_by_code(session, code)
        return to_driver(session, row, session.get_one(HouseholdRow, row.household_id))
