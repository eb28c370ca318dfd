"""The sample region: a made-up network as people really filled in its forms, as of any day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Final

import sqlalchemy as sa

from coordinator.adapters.spreadsheets.spreadsheet_files import read_table
from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow
from coordinator.domain.imports.preview import ImportReport
from coordinator.domain.imports.shifting import shifted
from coordinator.domain.imports.table import Table
from coordinator.domain.records.history import SAMPLE_ORIGIN
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.imports.importing import preview_table, run_import
from coordinator.services.settings.values import change_setting

TYPED_ON: Final = date(2026, 11, 21)
"""The day the sample's dates are relative to."""
NETWORK_NAME: Final = saying("Seacoast sample region").in_english
_FOLDER: Final = "sample/seacoast"
_FILES: Final = ("donor_form_responses.csv", "recipient_requests.xlsx", "volunteer_drivers.csv")


@dataclass(frozen=True, slots=True)
class SampleReport:
    """What came in: how many of each, and how many questions wait on the call list."""

    donors: int
    recipients: int
    drivers: int
    questions: int


def open_sample_region(database: Database, today: date) -> SampleReport:
    """Import the sample region into an empty network, every date moved so that it was filled in by *today*.

    Raises:
        UserError: If families are in the network already.
    """
    with database.reading() as session:
        if session.scalar(sa.select(sa.func.count()).select_from(HouseholdRow)):
            raise UserError(
                saying("The sample region opens only in an empty network; this one has families in it.")
            )
    with database.writing_as(SAMPLE_ORIGIN):
        reports = [_import(database, name, today) for name in _FILES]
        change_setting(database, "network_name", NETWORK_NAME)
    donors, recipients, drivers = (len(report.codes) for report in reports)
    return SampleReport(donors, recipients, drivers, sum(report.questions for report in reports))


def sample_table(name: str, today: date) -> Table:
    """Return one of the three files as it would have been filled in by *today*."""
    file = resources.files("resources").joinpath(_FOLDER, name)
    with resources.as_file(file) as path:
        return shifted(read_table(path), today - TYPED_ON, TYPED_ON)


def _import(database: Database, name: str, today: date) -> ImportReport:
    preview = preview_table(database, sample_table(name, today), today)
    return run_import(database, preview, today=today)
