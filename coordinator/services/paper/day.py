"""A day on paper: the sheets of all its pickups in one PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordinator.db.database import Database
from coordinator.errors import UserError
from coordinator.services.paper.sheets import NothingToPrintError, StopNotAgreedError, print_pickup_sheet
from coordinator.services.pickups.planning import pickups_between


@dataclass(frozen=True, slots=True)
class DayOnPaper:
    """One PDF (empty for none), the numbers of its sheets, and what is not in it and why."""

    pdf: bytes
    numbers: tuple[str, ...]
    left_out: tuple[tuple[str, UserError], ...]


def print_day(database: Database, on: date, today: date) -> DayOnPaper:
    """Return the sheets of the day's pickups, each noted as printed; no PDF where none can be.

    A pickup to which somebody's yes is missing is left out and said.
    """
    from coordinator.adapters.pdf.joining import joined_pdf  # noqa: PLC0415 - only when something is printed

    parts: list[bytes] = []
    numbers: list[str] = []
    left_out: list[tuple[str, UserError]] = []
    for one in pickups_between(database, on, on, today):
        try:
            made, pdf = print_pickup_sheet(database, one.code, today)
        except (StopNotAgreedError, NothingToPrintError) as error:
            left_out.append((one.code, error))
        else:
            parts.append(pdf)
            numbers.append(made.sheet_number)
    return DayOnPaper(joined_pdf(parts) if parts else b"", tuple(numbers), tuple(left_out))
