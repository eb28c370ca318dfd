"""A row that breaks a rule is that row's question; what fits of it, and every other row, comes in."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.adapters.spreadsheets.spreadsheet_files import write_table
from coordinator.db.audit import attempt, first_broken_link
from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow
from coordinator.domain.families.households import Role
from coordinator.domain.imports.choices import same_as
from coordinator.domain.imports.people import LookAlike
from coordinator.domain.records.history import Action
from coordinator.domain.screening.donors import Donor
from coordinator.sayings import saying
from coordinator.services.families import donors
from coordinator.services.imports.importing import preview_import, run_import
from coordinator.services.records import history
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.integration.records.books import DONOR_HEADERS, bring_in, oz
from tests.integration.records.test_undo import dump
from tests.pickup_builders import SETUP, a_held_lot

ADA = [
    "Ada Lind",
    "ada@example.org",
    "(603) 555-0101",
    "03801",
    "100",
    "25",
    "2026-09-01",
    "2026-11-10",
    "no",
]
MIA = [
    "Mia Quist",
    "mia@example.org",
    "(603) 555-0102",
    "03801",
    "50",
    "10",
    "2026-09-01",
    "2026-11-10",
    "no",
]


def refuse(database: Database, table: str, what: str) -> None:
    """Let the database refuse rows of *table* that are *what*, from now on."""
    with database.engine.begin() as connection:
        for moment in ("INSERT", "UPDATE"):
            connection.execute(
                sa.text(
                    f"CREATE TRIGGER refuse_{table}_{moment} BEFORE {moment} ON {table} WHEN new.{what} "
                    "BEGIN SELECT RAISE(ABORT, 'a rule of the test'); END"
                )
            )


def name_in_an_attempt_that_fails(session: Session, home: HouseholdRow) -> None:
    with attempt(session):
        home.name = "Somebody"
        raise ZeroDivisionError


def the_donor(database: Database, code: str) -> Donor:
    return donors.donor(database, code, TODAY)


def asked(database: Database, code: str) -> list[str]:
    found = the_donor(database, code).questions
    return [question.text for question in found if "could not be taken over" in question.text]


def test_a_new_donor_comes_in_without_the_field_that_is_refused(
    sqlite_database: Database, tmp_path: Path
) -> None:
    refuse(sqlite_database, "lot", "bags = 25")

    report = bring_in(sqlite_database, tmp_path, DONOR_HEADERS, ADA, MIA)

    ada, mia = the_donor(sqlite_database, "D-0001"), the_donor(sqlite_database, "D-0002")
    assert (ada.household.name, ada.household.phone) == ("Ada Lind", "+16035550101")
    assert [(lot.volume, lot.bags) for lot in ada.lots] == [(oz(100), None)]
    assert [str(lot.expressed_to) for lot in ada.lots] == ["2026-11-10"]
    assert len(ada.facts) == len(mia.facts) > 0
    assert [(lot.volume, lot.bags) for lot in mia.lots] == [(oz(50), 10)]
    (question,) = asked(sqlite_database, "D-0001")
    assert "25" in question
    assert not asked(sqlite_database, "D-0002")
    assert report.codes == ("D-0001", "D-0002")


def test_a_changed_row_keeps_what_is_not_refused(sqlite_database: Database, tmp_path: Path) -> None:
    bring_in(sqlite_database, tmp_path, DONOR_HEADERS, ADA, MIA)
    refuse(sqlite_database, "lot", "bags = 13")
    ada, mia = [*ADA], [*MIA]
    ada[2], ada[4], ada[5], mia[4] = "(603) 555-0199", "120", "13", "70"

    bring_in(sqlite_database, tmp_path, DONOR_HEADERS, ada, mia)

    first, second = the_donor(sqlite_database, "D-0001"), the_donor(sqlite_database, "D-0002")
    assert first.household.phone == "+16035550199"
    assert [(lot.volume, lot.bags) for lot in first.lots] == [(oz(120), 25)]
    assert [lot.volume for lot in second.lots] == [oz(70)]
    assert len(asked(sqlite_database, "D-0001")) == 1


def test_a_refused_family_has_its_name_and_its_questions(sqlite_database: Database, tmp_path: Path) -> None:
    refuse(sqlite_database, "household", "phone = '+16035550101'")

    bring_in(sqlite_database, tmp_path, DONOR_HEADERS, ADA, MIA)

    ada = the_donor(sqlite_database, "D-0001")
    assert (ada.household.name, ada.household.phone, ada.household.email) == (
        "Ada Lind",
        "",
        "ada@example.org",
    )
    assert [lot.bags for lot in ada.lots] == [25]
    assert len(asked(sqlite_database, "D-0001")) == 1


def test_the_same_row_asks_once_and_its_import_is_undone_whole(
    sqlite_database: Database, tmp_path: Path
) -> None:
    refuse(sqlite_database, "lot", "bags = 25")
    before = dump(sqlite_database)
    bring_in(sqlite_database, tmp_path, DONOR_HEADERS, ADA, MIA)
    once = dump(sqlite_database)

    bring_in(sqlite_database, tmp_path, DONOR_HEADERS, ADA, MIA)
    assert len(asked(sqlite_database, "D-0001")) == 1
    history.undo(sqlite_database)
    assert dump(sqlite_database) == once
    history.undo(sqlite_database)

    assert dump(sqlite_database) == before
    with sqlite_database.reading() as session:
        assert first_broken_link(session) is None


def test_a_look_alike_that_cannot_be_merged_comes_in_and_is_asked(
    sqlite_database: Database, tmp_path: Path
) -> None:
    with sqlite_database.writing(SETUP) as session:
        giver, family = a_donor(session, "Ada Lind"), a_recipient(session, "Inès Roy")
        session.get_one(HouseholdRow, family.household_id).phone = "+16035550101"
        a_held_lot(session, a_stored_lot(session, giver, 100), family, 10)
        session.get_one(HouseholdRow, giver.household_id).email = "ada@example.org"
    path = tmp_path / "list.csv"
    headers = ["Name", "Email", "Phone", "ZIP", "Ounces"]
    write_table(
        path, headers, [["Ada Lind", "ada@example.org", "", "03801", "100"], ["Bo Roy", "", ADA[2], "", "9"]]
    )
    refuse(sqlite_database, "household", "merged_into_id IS NOT NULL")
    preview = preview_import(sqlite_database, path, TODAY, kind=Role.DONOR)

    run_import(
        sqlite_database, preview, {3: same_as(LookAlike(saying("same phone"), code="R-0001"))}, today=TODAY
    )

    bo = the_donor(sqlite_database, "D-0002")
    assert bo.household.name == "Bo Roy"
    assert any("Inès Roy" in question.text for question in bo.questions)


def test_an_attempt_that_fails_keeps_what_was_set_before_it_in_the_history(sqlite_database: Database) -> None:
    with sqlite_database.writing(SETUP) as session:
        home = session.get_one(HouseholdRow, a_donor(session, "Ada Lind").household_id)
        home_id, name = home.id, home.name
    before = dump(sqlite_database)
    with sqlite_database.writing(Action("test.tried", "Tried")) as session:
        home = session.get_one(HouseholdRow, home_id)
        home.town = "Dover"
        with pytest.raises(ZeroDivisionError):
            name_in_an_attempt_that_fails(session, home)
        assert (home.name, home.town) == (name, "Dover")
    history.undo(sqlite_database)
    assert dump(sqlite_database) == before
