"""What the tests of the books share: a small network, a clock to set, and "refused, and nothing written"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from coordinator.adapters.spreadsheets.spreadsheet_files import write_table
from coordinator.db.database import Database
from coordinator.domain.families.households import Role
from coordinator.domain.imports.preview import ImportReport
from coordinator.domain.milk.lots import Lot
from coordinator.domain.pickups.plans import PickupKind, StopKind
from coordinator.domain.volume import Volume
from coordinator.errors import BrokenRuleError, UserError
from coordinator.services.imports.importing import preview_import, run_import
from coordinator.services.milk.lots import list_lots
from coordinator.services.pickups.planning import pickup, plan_pickup
from coordinator.services.records import history
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.integration.records.test_undo import dump
from tests.pickup_builders import SETUP, Region, a_driver

ALL_OF_IT = Volume.from_oz(100)
DONOR_HEADERS = ["Name", "Email", "Phone", "ZIP", "Ounces", "Bags", "Oldest milk", "Newest milk", "Dairy"]
GENERAL = str(BrokenRuleError("any"))
"""What is said where nobody foresaw why the database refuses."""


def oz(ounces: float) -> Volume:
    return Volume.from_oz(ounces)


def a_lot_for_two(database: Database, ounces: float = 100, **lot: Any) -> None:  # noqa: ANN401 - any column
    """Write D-0001 with L-0001, 100 oz in 25 bags of Sep 1 to Nov 10; R-0001 and R-0002; V-0001 drives."""
    with database.writing(SETUP) as session:
        a_stored_lot(session, a_donor(session, "Zoë Ahlberg"), ounces, **lot)
        a_recipient(session, "Inès Roy")
        a_recipient(session, "Linh Tran")
        a_driver(session)


def let_it_be(database: Database, day: date) -> date:
    """Let the database think it is the afternoon of *day*, and return *day*."""
    set_clock(database, datetime.combine(day, time(15, 30), UTC))
    return day


def set_clock(database: Database, moment: datetime) -> None:
    database.clock = lambda: moment


def another_program(database: Database) -> Database:
    """Return the same network as the command line has it open: its actions are not on this one's undo."""
    return Database(database.engine, path=database.path, clock=database.clock, origin="command line")


def assert_refused(database: Database, work: Callable[[], object], *codes: str) -> str:
    """Let *work* be refused in a sentence that names one of *codes*, with nothing written; return it."""
    before = dump(database)
    with pytest.raises(UserError) as refused:
        work()
    assert dump(database) == before
    sentence = str(refused.value)
    assert sentence != GENERAL
    assert not codes or any(code in sentence for code in codes), sentence
    return sentence


def is_refused(work: Callable[[], object]) -> bool:
    """Do *work* and return whether it was refused in a sentence: for what may be refused or put right."""
    sentence = ""
    try:
        work()
    except UserError as error:
        sentence = str(error)
    assert sentence != GENERAL
    return bool(sentence)


def one_is_refused(*steps: Callable[[], object]) -> bool:
    """Whether one of *steps* is refused in a sentence; those after it are not done."""
    return any(is_refused(step) for step in steps)


def undo_labelled(database: Database, words: str) -> None:
    """Undo, as from the history, the newest action whose label has *words*."""
    entry = next(one for one in history.history(database) if words in one.label)
    history.undo_action(database, entry.id)


def the_lot(database: Database, code: str = "L-0001", today: date = TODAY) -> Lot:
    return next(row.lot for row in list_lots(database, today) if row.lot.code == code)


def a_run(database: Database, region: Region, *holds: str, on: date = TODAY) -> str:
    """Plan a run for *holds*, all of the region unless told."""
    return plan_pickup(
        database, PickupKind.RUN, on, holds or region.holds, today=TODAY, driver_code=region.driver
    )


def doors(database: Database, code: str, kind: StopKind) -> list[list[str]]:
    """Return the holds at each stop of one kind, by the first hold's code."""
    stops = pickup(database, code, TODAY).stops
    return sorted(sorted(hold.code for hold in stop.holds) for stop in stops if stop.kind is kind)


def bring_in(
    database: Database,
    folder: Path,
    headers: list[str],
    *rows: list[str],
    kind: Role | None = None,
    today: date = TODAY,
) -> ImportReport:
    """Import a list as somebody filled it in, without a look at any row."""
    path = folder / "list.csv"
    write_table(path, headers, rows)
    return run_import(database, preview_import(database, path, today, kind=kind), today=today)
