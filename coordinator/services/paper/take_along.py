"""What a driver takes along without paper: calendar, text, and links for a phone's map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from coordinator.adapters.computer.private_files import write_privately
from coordinator.db.base import by_code
from coordinator.db.drivers import DriverRow
from coordinator.db.pickups import PickupRow, SecondDriverRow
from coordinator.domain.paper.sheet_making import refuse_unless_agreed
from coordinator.domain.paper.take_along import map_links, run_entry, run_text
from coordinator.domain.pickups.plans import PickupKind, PickupState
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.paper.sheets import pickup_sheet
from coordinator.services.pickups.reading import all_loaded

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from coordinator.db.database import Database
    from coordinator.domain.paper.sheet_making import PrintedPickup


class NoRunError(UserError):
    """The driver has no run to which everybody has said yes."""


def driver_calendar(database: Database, driver: str, today: date) -> bytes:
    """Return the runs of a driver from *today* on to which everybody has said yes, as a calendar file.

    Raises:
        NoRunError: If there is none.
        NotFoundError: If there is no such driver.
    """
    from coordinator.adapters.paper.calendar_file import render_calendar  # noqa: PLC0415 - icalendar costs 0.1 s

    with database.reading() as session:
        row = by_code(session, DriverRow, driver)
        along = sa.select(SecondDriverRow.pickup_id).where(SecondDriverRow.driver_id == row.id)
        drives = sa.or_(PickupRow.driver_id == row.id, PickupRow.id.in_(along))
        theirs = (drives, PickupRow.kind == PickupKind.RUN)
        rows = session.scalars(
            sa.select(PickupRow)
            .where(*theirs, PickupRow.state == PickupState.PLANNED, PickupRow.on_day >= today)
            .order_by(PickupRow.on_day, PickupRow.code)
        )
        agreed = [one.printed for one in all_loaded(session, list(rows), today) if _is_agreed(one.printed)]
        code = row.code
    if not agreed:
        raise NoRunError(saying("{driver} has no run to which everybody has said yes.", driver=code))
    return render_calendar(map(run_entry, agreed), today)


def save_calendar(database: Database, driver: str, today: date, path: Path) -> None:
    """Write the calendar of a driver to *path*; raises as :func:`driver_calendar` does.

    Raises:
        UserError: If the file cannot be written there.
    """
    content = driver_calendar(database, driver, today)
    try:
        write_privately(path, content)
    except OSError as error:
        raise UserError(
            saying("The calendar cannot be written there. Choose another folder or name.")
        ) from error


def text_for_driver(database: Database, code: str, today: date) -> str:
    """Return the run as a text to paste; raises like ``sheets.pickup_sheet``."""
    return run_text(pickup_sheet(database, code, today))


def links_for_phone(database: Database, code: str, today: date) -> tuple[str, ...]:
    """Return links that open a phone's map with the stops; raises like ``sheets.pickup_sheet``."""
    return map_links(pickup_sheet(database, code, today))


def _is_agreed(pickup: PrintedPickup) -> bool:
    try:
        refuse_unless_agreed(pickup)
    except UserError:
        return False
    return True
