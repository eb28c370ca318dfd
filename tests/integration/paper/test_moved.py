"""A family moves after its sheet was printed: the sheet says so wherever it is met again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from coordinator.bootstrap import open_database
from coordinator.db.database import Database
from coordinator.domain.paper.privacy import Part
from coordinator.domain.paper.set_making import SetWanted
from coordinator.domain.paper.sheet_numbers import FoundSheet, SheetNumber
from coordinator.domain.pickups.plans import PickupState
from coordinator.services.families.households import change_profile
from coordinator.services.paper.printed_set import print_set
from coordinator.services.paper.printed_sheets import out_of_date, printed_sheet
from coordinator.services.pickups import planning
from coordinator.services.records.history import undo
from tests.builders import TODAY
from tests.integration.paper.test_printed_set import text_of

RUN = "P-0003"
NEW_STREET = "17 Quite Another Rd"


@pytest.fixture
def database(worked_file: Path, tmp_path: Path) -> Iterator[Database]:
    database = open_database(Path(shutil.copy(worked_file, tmp_path / "network.db")))
    yield database
    database.dispose()


def printed(database: Database) -> str:
    return text_of(print_set(database, RUN, TODAY, SetWanted(frozenset({Part.RUN_SHEET, Part.RECEIPTS})))[1])


def sheet(database: Database, printing: int) -> FoundSheet:
    return printed_sheet(database, SheetNumber(RUN, printing), TODAY)


def now_old(database: Database) -> FoundSheet | None:
    return out_of_date(database, planning.pickup(database, RUN, TODAY), TODAY)


def test_a_family_that_moved_makes_the_sheet_an_old_one_until_it_is_printed_again(database: Database) -> None:
    assert NEW_STREET not in printed(database)
    assert now_old(database) is None
    family = planning.pickup(database, RUN, TODAY).stops[-1].code

    change_profile(database, family, "street", NEW_STREET)

    old = now_old(database)
    assert old is not None
    assert (str(old.number), [str(one) for one in old.since]) == (f"{RUN}-1", [f"Changed street of {family}"])
    again = printed(database)
    assert NEW_STREET in again
    assert f"{RUN}-2" in again
    assert now_old(database) is None
    assert not sheet(database, 2).is_old

    planning.settle(database, RUN, None, TODAY)

    first = sheet(database, 1)
    assert first.pickup.state is PickupState.SETTLED
    assert first.is_old
    assert [str(one) for one in first.since] == [f"Changed street of {family}"]
    assert sheet(database, 2).since == ()


def test_a_move_that_is_undone_leaves_the_sheet_good(database: Database) -> None:
    printed(database)
    change_profile(database, planning.pickup(database, RUN, TODAY).stops[0].code, "town", "Kittery")
    assert now_old(database) is not None

    undo(database)

    assert now_old(database) is None


def test_only_what_stands_on_paper_makes_an_old_sheet(database: Database) -> None:
    pickup = planning.pickup(database, RUN, TODAY)
    driver, family = pickup.driver_code, pickup.stops[-1].code
    printed(database)

    def is_old_after(code: str, field: str, value: str) -> bool:
        change_profile(database, code, field, value)
        old, told = now_old(database), sheet(database, 1)
        undo(database)
        assert (old is not None) == told.is_old == bool(told.since)
        return old is not None

    assert is_old_after(driver, "name_on_paper", "Maximiliana")
    assert is_old_after(driver, "coolers_qt", "48")
    assert is_old_after(family, "driver_note", "rings twice")
    assert not is_old_after(driver, "name", "Noor Another")
    assert not is_old_after(driver, "phone", "(603) 555-0177")
    assert not is_old_after(family, "notes", "rings twice")
