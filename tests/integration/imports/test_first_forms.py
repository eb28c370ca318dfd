"""A family the coordinator wrote in by hand, merged, and then their own first form."""

from __future__ import annotations

import json
from pathlib import Path

import sqlalchemy as sa

from coordinator.db.database import Database
from coordinator.db.imports import ImportedCellsRow
from coordinator.db.known_people import known_people
from coordinator.domain.families.households import Role
from coordinator.domain.milk.recipients import Recipient
from coordinator.domain.records.history import Action
from coordinator.services.families import recipients
from coordinator.services.families.merging import merge_households
from coordinator.services.imports.typed_in import add_family
from tests.builders import TODAY
from tests.integration.records.books import bring_in

HEADERS = ["Timestamp", "Name", "Email", "Phone", "ZIP", "Baby's name", "Reason", "Notes"]
BEN = ["2026-11-20 09:00", "Ben Roy", "ben@example.org", "(603) 555-0102", "03801", "Noa", "Low supply", ""]


def two_parents_written_in(database: Database, *, phone: str = "", **ines: str) -> None:
    """Write in Inès, and Ben with *phone*, both by hand, and merge Ben into Inès."""
    kept = {
        "name": "Inès Roy",
        "email": "ines@example.org",
        "phone": "(603) 555-0101",
        "zip": "03801",
        **ines,
    }
    merged = {"name": "Ben Roy", "email": "ben@example.org", "phone": phone, "zip": "03801"}
    for typed in (kept, merged):
        add_family(database, Role.RECIPIENT, typed, TODAY)
    merge_households(database, "R-0001", "R-0002", TODAY)


def the_family(database: Database) -> Recipient:
    return recipients.recipient(database, "R-0001", TODAY)


def texts(family: Recipient) -> list[str]:
    return [question.text for question in family.questions]


def test_the_first_form_of_a_merged_parent_renames_nobody_and_moves_no_phone(
    sqlite_database: Database, tmp_path: Path
) -> None:
    two_parents_written_in(sqlite_database)

    bring_in(sqlite_database, tmp_path, HEADERS, BEN, kind=Role.RECIPIENT)

    family = the_family(sqlite_database)
    assert (family.household.name, family.household.phone) == ("Inès Roy", "+16035550101")
    assert family.household.email == "ines@example.org"
    assert (family.baby_name, family.reason) == ("Noa", "Low supply")


def test_the_first_form_of_a_merged_parent_asks_where_it_tells_otherwise(
    sqlite_database: Database, tmp_path: Path
) -> None:
    two_parents_written_in(sqlite_database, baby_name="Emil")

    bring_in(sqlite_database, tmp_path, HEADERS, BEN, kind=Role.RECIPIENT)
    bring_in(sqlite_database, tmp_path, HEADERS, BEN, kind=Role.RECIPIENT)

    family = the_family(sqlite_database)
    assert (family.baby_name, family.reason) == ("Emil", "Low supply")
    (question,) = [text for text in texts(family) if "here it is" in text]
    assert "Noa" in question
    assert "Emil" in question
    assert "Ben Roy" in question


def test_a_new_phone_on_a_later_form_of_the_merged_parent_is_asked(
    sqlite_database: Database, tmp_path: Path
) -> None:
    two_parents_written_in(sqlite_database)
    bring_in(sqlite_database, tmp_path, HEADERS, BEN, kind=Role.RECIPIENT)
    later = ["2026-11-21 09:00", *BEN[1:3], "(603) 555-0177", *BEN[4:]]

    bring_in(sqlite_database, tmp_path, HEADERS, later, kind=Role.RECIPIENT)

    family = the_family(sqlite_database)
    assert family.household.phone == "+16035550101"
    (question,) = [text for text in texts(family) if "here it is" in text]
    assert "(603) 555-0177" in question


def test_each_parent_s_form_is_compared_with_the_one_they_sent_before(
    sqlite_database: Database, tmp_path: Path
) -> None:
    """What the coordinator put right of one form is not undone because the other was read after it."""
    ines = [
        "2026-11-20 08:00",
        "Inès Roy",
        "ines@example.org",
        "(603) 555-0101",
        "03801",
        "Emil",
        "Low suply",
        "",
    ]
    two_parents_written_in(sqlite_database)
    bring_in(sqlite_database, tmp_path, HEADERS, ines, BEN, kind=Role.RECIPIENT)
    with sqlite_database.reading() as session:
        homes = session.scalars(sa.select(ImportedCellsRow.household_id)).all()
    assert len(set(homes)) == 2
    before = the_family(sqlite_database)

    report = bring_in(sqlite_database, tmp_path, HEADERS, ines, BEN, kind=Role.RECIPIENT)

    assert report.counts.unchanged == 2
    assert the_family(sqlite_database) == before


def statements_of_known_people(database: Database) -> list[str]:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    with database.reading() as session:
        engine = session.get_bind()
        sa.event.listen(engine, "before_cursor_execute", note)
        known_people(session)
        sa.event.remove(engine, "before_cursor_execute", note)
    return asked


def test_only_the_latest_row_of_each_household_and_role_is_read(
    sqlite_database: Database, tmp_path: Path
) -> None:
    bring_in(sqlite_database, tmp_path, HEADERS, BEN, kind=Role.RECIPIENT)
    once = statements_of_known_people(sqlite_database)
    for _ in range(5):
        bring_in(sqlite_database, tmp_path, HEADERS, BEN, kind=Role.RECIPIENT)
    with sqlite_database.writing(Action("test.older", "Older rows nobody could read")) as session:
        *older, latest = session.scalars(sa.select(ImportedCellsRow).order_by(ImportedCellsRow.id))
        for row in older:
            row.cells = "not to be read"
        values = json.loads(latest.cells)["values"]

    assert statements_of_known_people(sqlite_database) == once
    with sqlite_database.reading() as session:
        (ben,) = known_people(session)
    assert ben.last_values == {Role.RECIPIENT: values}
