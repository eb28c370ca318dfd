"""Paper: the sheet of a pickup and the schedule of a week, looked at or printed."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.pickups import PickupRow, pickups_of_days
from coordinator.db.writing import writing_of
from coordinator.domain.paper.checked_handling import checked_by
from coordinator.domain.paper.sheet_making import NothingToPrintError, StopNotAgreedError, make_schedule
from coordinator.domain.paper.sheets import PickupSheet, WeekSchedule
from coordinator.domain.pickups.plans import PickupState
from coordinator.domain.records.history import Action
from coordinator.errors import ChangedMeanwhileError, DiskError, ReadOnlyError
from coordinator.sayings import Saying, saying
from coordinator.services.pickups.reading import LoadedPickup, all_loaded, digest_of, loaded, sheet_of
from coordinator.services.policies.profiles import policy_in_use
from coordinator.services.settings.values import load_settings

__all__ = [
    "NothingToPrintError",
    "StopNotAgreedError",
    "pickup_sheet",
    "preview_pickup_sheet",
    "print_pickup_sheet",
    "render_schedule",
    "week_schedule",
]

log = logging.getLogger(__name__)


def pickup_sheet(database: Database, code: str, today: date) -> PickupSheet:
    """Return the sheet as it would be printed next; looking does not count as printing.

    Raises:
        StopNotAgreedError: If a yes is missing, naming whose by code.
        NothingToPrintError: If nothing travels, or the pickup was cancelled.
        NotFoundError: If there is no pickup with *code*.
    """
    with database.reading() as session:
        row = by_code(session, PickupRow, code)
        refuse_cancelled(row)
        return sheet_in(session, loaded(session, row, today))


def refuse_cancelled(row: PickupRow) -> None:
    """Refuse paper for a pickup that was cancelled.

    Raises:
        NothingToPrintError: If it was.
    """
    if row.state is PickupState.CANCELLED:
        raise NothingToPrintError(saying("{pickup} was cancelled and has no sheet.", pickup=row.code))


def sheet_in(session: Session, found: LoadedPickup) -> PickupSheet:
    """Return the sheet with what this network has checked; that changes no plan, so no digest goes by it.

    Raises:
        StopNotAgreedError: If a yes is missing, naming whose by code.
        NothingToPrintError: If nothing travels.
    """
    sheet = sheet_of(found)
    return replace(sheet, handling=checked_by(policy_in_use(session), sheet.handling))


def preview_pickup_sheet(database: Database, code: str, today: date) -> bytes:
    """Return the sheet as a PDF without counting it as printed; raises like ``pickup_sheet``."""
    return _drawn(pickup_sheet(database, code, today))


def print_pickup_sheet(database: Database, code: str, today: date) -> tuple[PickupSheet, bytes]:
    """Return the sheet and its PDF, and note the printing: when, its number, and what stood on it.

    A network that cannot be written just now prints all the same, without the note: the drivers wait.

    Raises:
        ChangedMeanwhileError: If somebody changed the pickup while it was drawn; nothing is noted.
        UserError: Like ``pickup_sheet``.
    """
    sheet = pickup_sheet(database, code, today)
    pdf = _drawn(sheet)
    note_printing(database, code, sheet, today)
    return sheet, pdf


def note_printing(database: Database, code: str, sheet: PickupSheet, today: date) -> None:
    """Note that *sheet* was printed; a network that cannot be written just now goes without the note.

    Raises:
        ChangedMeanwhileError: If somebody changed the pickup while it was drawn; nothing is noted.
    """
    label = saying("Printed {sheet}", sheet=sheet.sheet_number)
    note_printings(database, {code: sheet}, today, label)


def note_printings(
    database: Database, printed: Mapping[str, PickupSheet], today: date, label: Saying
) -> None:
    """Note in one act that the sheets of these pickups, by code, were printed; all or none.

    A network that cannot be written just now goes without the note.

    Raises:
        ChangedMeanwhileError: If somebody changed one of them while it was drawn; nothing is noted.
    """
    try:
        with database.writing(Action("sheet.printed", label), today) as session:
            for code, sheet in printed.items():
                _note_printing(session, code, sheet, today)
    except (ReadOnlyError, DiskError) as error:
        log.warning("a printing of %s could not be noted: %s", ", ".join(printed), type(error).__name__)


def _note_printing(session: Session, code: str, sheet: PickupSheet, today: date) -> None:
    row = by_code(session, PickupRow, code)
    found = loaded(session, row, today)
    if sheet_in(session, found) != sheet:
        raise ChangedMeanwhileError(row.code)
    row.prints += 1
    row.printed_at = writing_of(session).now
    row.printed_digest = digest_of(found)


def week_schedule(database: Database, monday: date, today: date) -> WeekSchedule:
    """Return what moves in the seven days from *monday*; only pickups to which everybody has said yes."""
    with database.reading() as session:
        rows = pickups_of_days(session, monday, monday + timedelta(days=6))
        lasting = [row for row in rows if row.state is not PickupState.CANCELLED]
        found = [one.printed for one in all_loaded(session, lasting, today)]
        return make_schedule(monday, found, load_settings(session))


def render_schedule(schedule: WeekSchedule) -> bytes:
    """Return the schedule as a PDF of one page."""
    from coordinator.adapters.pdf import render_week_schedule  # noqa: PLC0415 - reportlab costs the start 0.2 s

    return render_week_schedule(schedule)


def _drawn(sheet: PickupSheet) -> bytes:
    from coordinator.adapters.pdf import render_pickup_sheet  # noqa: PLC0415 - reportlab costs the start 0.2 s

    return render_pickup_sheet(sheet)
