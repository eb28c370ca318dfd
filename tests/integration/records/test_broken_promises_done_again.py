"""What another program did meanwhile is not overrun by doing something again, nor by undoing it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from coordinator.db.database import Database
from coordinator.domain.agreements.holds import HoldState, Side
from coordinator.domain.families.households import Role
from coordinator.domain.pickups.plans import PickupKind
from coordinator.services.agreements.holds import hold_milk, record_yes, release_hold
from coordinator.services.families.households import remove_family
from coordinator.services.milk.lots import change_lot, remove_lot
from coordinator.services.milk.splitting import split_lot
from coordinator.services.pickups.planning import add_hold, change_pickup, pickup, plan_pickup
from coordinator.services.records import history
from tests.builders import TODAY, a_recipient
from tests.integration.records.books import (
    DONOR_HEADERS,
    a_lot_for_two,
    a_run,
    another_program,
    assert_refused,
    bring_in,
    is_refused,
    oz,
    undo_labelled,
)
from tests.integration.records.test_undo import dump
from tests.pickup_builders import SETUP, a_region


def test_a_removal_of_a_lot_is_not_done_again_once_it_is_held(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    remove_lot(sqlite_database, "L-0001", TODAY)
    history.undo(sqlite_database)
    hold_milk(another_program(sqlite_database), "R-0001", "L-0001", oz(10), TODAY)

    assert_refused(sqlite_database, lambda: history.redo(sqlite_database), "L-0001", "H-0001")


@pytest.mark.parametrize("code", ["R-0001", "D-0001"])
def test_a_removal_of_a_family_is_not_done_again_once_milk_is_held(
    sqlite_database: Database, code: str
) -> None:
    a_lot_for_two(sqlite_database)
    remove_family(sqlite_database, code, TODAY)
    history.undo(sqlite_database)
    hold_milk(another_program(sqlite_database), "R-0001", "L-0001", oz(10), TODAY)

    assert_refused(sqlite_database, lambda: history.redo(sqlite_database), code, "H-0001")


def test_a_removal_of_a_volunteer_is_not_done_again_once_she_drives(sqlite_database: Database) -> None:
    region = a_region(sqlite_database)
    remove_family(sqlite_database, region.driver, TODAY)
    history.undo(sqlite_database)
    a_run(another_program(sqlite_database), region)

    assert_refused(sqlite_database, lambda: history.redo(sqlite_database), "V-0001", "P-0001")


def test_a_split_is_not_done_again_once_more_bags_are_held_than_the_earlier_part_gets(
    sqlite_database: Database,
) -> None:
    a_lot_for_two(sqlite_database)
    split_lot(sqlite_database, "L-0001", date(2026, 10, 1), TODAY)
    history.undo(sqlite_database)
    hold_milk(another_program(sqlite_database), "R-0001", "L-0001", oz(20), TODAY, bags=5)
    hold_milk(another_program(sqlite_database), "R-0002", "L-0001", oz(20), TODAY, bags=10)

    assert_refused(sqlite_database, lambda: history.redo(sqlite_database), "L-0001", "H-0001", "H-0002")


def test_a_split_is_not_done_again_once_only_newer_bags_are_held_of_the_lot(
    sqlite_database: Database,
) -> None:
    a_lot_for_two(sqlite_database)
    split_lot(sqlite_database, "L-0001", date(2026, 10, 1), TODAY)
    history.undo(sqlite_database)
    from_november = date(2026, 11, 1)
    hold_milk(another_program(sqlite_database), "R-0001", "L-0001", oz(10), TODAY, only_from=from_november)

    assert_refused(sqlite_database, lambda: history.redo(sqlite_database), "L-0001", "H-0001")


def test_fewer_bags_are_not_there_again_once_more_are_held(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    change_lot(sqlite_database, "L-0001", "bags", 10, today=TODAY)
    history.undo(sqlite_database)
    hold_milk(another_program(sqlite_database), "R-0001", "L-0001", oz(80), TODAY, bags=20)

    assert_refused(sqlite_database, lambda: history.redo(sqlite_database), "L-0001", "H-0001")


def test_a_release_is_not_done_again_once_the_hold_travels(sqlite_database: Database) -> None:
    region = a_region(sqlite_database)
    release_hold(sqlite_database, "H-0001")
    history.undo(sqlite_database)
    a_run(another_program(sqlite_database), region, "H-0001")

    assert_refused(sqlite_database, lambda: history.redo(sqlite_database), "H-0001", "P-0001")


def test_a_pickup_of_one_family_does_not_come_back_with_two(sqlite_database: Database) -> None:
    a_region(sqlite_database)
    kind = PickupKind.FAMILY_COLLECTS
    code = plan_pickup(sqlite_database, kind, TODAY, ["H-0001"], today=TODAY)
    change_pickup(sqlite_database, code, "kind", PickupKind.RUN)
    add_hold(another_program(sqlite_database), code, "H-0002", TODAY)

    is_refused(lambda: history.undo(sqlite_database))

    found = pickup(sqlite_database, code, TODAY)
    assert found.kind is PickupKind.RUN or len(found.holds) == 1


def test_a_run_of_two_families_does_not_become_a_pickup_of_one_again(sqlite_database: Database) -> None:
    region = a_region(sqlite_database)
    code = a_run(sqlite_database, region, "H-0001")
    change_pickup(sqlite_database, code, "kind", PickupKind.FAMILY_COLLECTS)
    history.undo(sqlite_database)
    add_hold(another_program(sqlite_database), code, "H-0002", TODAY)

    is_refused(lambda: history.redo(sqlite_database))

    found = pickup(sqlite_database, code, TODAY)
    assert found.kind is PickupKind.RUN or len(found.holds) == 1


def test_no_hold_is_agreed_without_both_yeses_whatever_is_undone(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(10), TODAY)
    record_yes(sqlite_database, "H-0001", Side.DONOR, TODAY)
    record_yes(sqlite_database, "H-0001", Side.FAMILY, TODAY)
    made = [entry for entry in history.history(sqlite_database) if "donor's yes" in entry.label]

    is_refused(lambda: history.undo_action(sqlite_database, made[0].id))

    found = dump(sqlite_database)
    yeses = [bool(row["donor_yes_on"] and row["family_yes_on"]) for row in found["agreement"]]
    assert [row["state"] is HoldState.AGREED for row in found["hold"]] == (yeses or [False])


ADA = ["Ada Lind", "ada@example.org", "", "03801", "100", "25", "2026-09-01", "2026-11-10", "no"]


@pytest.fixture
def imported(sqlite_database: Database, tmp_path: Path) -> Database:
    """Give a network with two families and the milk of a form, L-0001."""
    with sqlite_database.writing(SETUP) as session:
        a_recipient(session, "Inès Roy")
        a_recipient(session, "Linh Tran")
    bring_in(sqlite_database, tmp_path, DONOR_HEADERS, ADA)
    return sqlite_database


def test_undoing_an_import_names_what_is_held_of_its_milk(imported: Database) -> None:
    hold_milk(imported, "R-0001", "L-0001", oz(10), TODAY)

    assert_refused(imported, lambda: undo_labelled(imported, "Imported"), "H-0001")


def test_undoing_an_import_is_refused_once_more_bags_are_held_than_there_were(
    imported: Database, tmp_path: Path
) -> None:
    bring_in(imported, tmp_path, DONOR_HEADERS, [*ADA[:5], "50", *ADA[6:]])
    hold_milk(imported, "R-0001", "L-0001", oz(80), TODAY, bags=40)

    assert_refused(imported, lambda: undo_labelled(imported, "Imported"), "L-0001", "H-0001")


def test_an_import_of_fewer_bags_is_not_done_again_once_more_are_held(
    imported: Database, tmp_path: Path
) -> None:
    bring_in(imported, tmp_path, DONOR_HEADERS, [*ADA[:5], "5", *ADA[6:]])
    history.undo(imported)
    hold_milk(another_program(imported), "R-0001", "L-0001", oz(80), TODAY, bags=20)

    assert_refused(imported, lambda: history.redo(imported), "L-0001", "H-0001")


def test_undoing_an_import_is_refused_once_milk_is_held_for_a_family_of_it(
    imported: Database, tmp_path: Path
) -> None:
    headers = ["Name", "Email", "ZIP", "Baby's birth date", "Gestation (weeks)"]
    row = ["Noa Berg", "noa@example.org", "03801", "2026-08-01", "39"]
    report = bring_in(imported, tmp_path, headers, row, kind=Role.RECIPIENT)
    hold_milk(imported, report.codes[0], "L-0001", oz(10), TODAY)

    assert_refused(imported, lambda: undo_labelled(imported, "recipient list"), "H-0001")
