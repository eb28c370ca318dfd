"""Ways round the books that were found afterwards, each by hand: milk that went where it may not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from coordinator.adapters.spreadsheets.spreadsheet_files import write_table
from coordinator.db.database import Database
from coordinator.db.facts import QuestionRow
from coordinator.domain.agreements.holds import Side
from coordinator.domain.families.households import Role
from coordinator.domain.imports.choices import same_as
from coordinator.services.agreements.holds import hold_milk, record_yes, release_hold
from coordinator.services.families.donors import donor, list_donors
from coordinator.services.families.households import change_profile, remove_family
from coordinator.services.families.merging import merge_households, merged_families, take_apart
from coordinator.services.imports.importing import preview_import, run_import
from coordinator.services.imports.told_answers import answer_question
from coordinator.services.pickups.planning import settle
from coordinator.services.records import history
from coordinator.services.settings.values import change_setting
from tests.builders import TODAY, a_donor, a_recipient
from tests.integration.cli.cli import CommandLine
from tests.integration.records.books import (
    DONOR_HEADERS,
    a_lot_for_two,
    a_run,
    another_program,
    assert_refused,
    let_it_be,
    oz,
    undo_labelled,
)
from tests.pickup_builders import SETUP, a_region

PHONE = "(603) 555-0101"
DIGITS = "9" * 5000
"""More than a whole number is read from, and than a name of a file holds."""


def hold_ten(database: Database) -> None:
    hold_milk(database, "R-0001", "L-0001", oz(10), TODAY)


def become_one(database: Database) -> None:
    merge_households(database, "D-0001", "R-0001", database.today())


def test_a_release_is_not_undone_once_donor_and_family_are_one(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    hold_ten(sqlite_database)
    release_hold(sqlite_database, "H-0001")
    become_one(sqlite_database)

    assert_refused(sqlite_database, lambda: undo_labelled(sqlite_database, "Released"), "R-0001")


def test_a_yes_of_an_earlier_day_gives_no_family_its_own_milk(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    hold_ten(sqlite_database)
    let_it_be(sqlite_database, TODAY + timedelta(days=20))
    become_one(sqlite_database)

    assert_refused(
        sqlite_database, lambda: record_yes(sqlite_database, "H-0001", Side.DONOR, TODAY), "D-0001"
    )


def test_a_taking_apart_is_not_undone_once_one_holds_the_others_milk(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    become_one(sqlite_database)
    take_apart(sqlite_database, merged_families(sqlite_database, "D-0001")[0].merge_id)
    hold_ten(another_program(sqlite_database))

    assert_refused(sqlite_database, lambda: history.undo(sqlite_database), "H-0001")


def test_a_merging_is_not_done_again_once_one_holds_the_others_milk(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    become_one(sqlite_database)
    history.undo(sqlite_database)
    hold_ten(another_program(sqlite_database))

    assert_refused(sqlite_database, lambda: history.redo(sqlite_database), "H-0001")


def test_a_settlement_is_not_undone_once_donor_and_family_are_one(sqlite_database: Database) -> None:
    region = a_region(sqlite_database)
    settle(sqlite_database, a_run(sqlite_database, region, "H-0001"), None, TODAY)
    for hold in region.holds[1:]:
        release_hold(sqlite_database, hold)
    become_one(sqlite_database)

    assert_refused(sqlite_database, lambda: undo_labelled(sqlite_database, "Settled"), "P-0001", "H-0001")


def test_a_row_said_to_be_a_removed_donor_does_not_bring_her_back(
    sqlite_database: Database, tmp_path: Path
) -> None:
    with sqlite_database.writing(SETUP) as session:
        a_donor(session, "Zoë Ahlberg")
    change_profile(sqlite_database, "D-0001", "phone", PHONE)
    remove_family(sqlite_database, "D-0001", TODAY)
    path = tmp_path / "list.csv"
    row = ["Mia Quist", "mia@example.org", PHONE, "03801", "50", "10", "2026-09-01", "2026-11-10", "no"]
    write_table(path, DONOR_HEADERS, [row])
    preview = preview_import(sqlite_database, path, TODAY, kind=Role.DONOR)
    (plan,) = preview.plans

    run_import(sqlite_database, preview, {plan.number: same_as(plan.look_alikes[0])}, today=TODAY)

    assert [one.name for one in list_donors(sqlite_database, TODAY)] == ["Mia Quist"]
    assert merged_families(sqlite_database, "D-0002") == ()
    asked = [one.text for one in donor(sqlite_database, "D-0002", TODAY).questions]
    assert any("D-0001 was removed" in text for text in asked)


@pytest.mark.parametrize("ounces", ["1e9999999", "-1e9999999"])
def test_the_command_line_refuses_an_amount_too_large_to_count_with(tmp_path: Path, ounces: str) -> None:
    said = CommandLine(tmp_path / "network.db")("hold", "R-0001", "L-0001", f"--oz={ounces}")

    assert said.code == 2
    assert "is not an amount such as 120" in said.err


@pytest.mark.parametrize("setting", ["hold_days", "backup_folder", "tiles_file"])
def test_digits_without_end_are_no_setting(sqlite_database: Database, setting: str) -> None:
    assert_refused(sqlite_database, lambda: change_setting(sqlite_database, setting, DIGITS))


def test_digits_without_end_are_no_cooler(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)

    assert_refused(
        sqlite_database, lambda: change_profile(sqlite_database, "V-0001", "coolers_qt", f"28, {DIGITS}")
    )


def test_digits_without_end_are_no_number_of_babies(sqlite_database: Database) -> None:
    with sqlite_database.writing(SETUP) as session:
        family = a_recipient(session)
        session.add(QuestionRow(household_id=family.household_id, topic="babies", text="How many babies?"))

    assert_refused(sqlite_database, lambda: answer_question(sqlite_database, 1, DIGITS, TODAY))
