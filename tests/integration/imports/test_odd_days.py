"""A date of the year 9999 anywhere: asked about or refused, never a crash."""

from datetime import date
from pathlib import Path

import pytest

from coordinator.adapters.spreadsheets.spreadsheet_files import read_table, write_table
from coordinator.db.database import Database
from coordinator.domain.milk.lots import Lot
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.services import today
from coordinator.services.agreements import holds
from coordinator.services.families import donors, drivers, recipients
from coordinator.services.imports.importing import preview_import, run_import
from coordinator.services.matching import ranking
from coordinator.services.milk import lots
from coordinator.services.suitability import timeline
from tests.builders import TODAY, a_donor, a_lot, a_recipient, a_stored_lot
from tests.integration.cli.cli import CommandLine
from tests.pickup_builders import a_region
from tests.seacoast import DONORS, DRIVERS, RECIPIENTS

END_OF_TIME = date(9999, 12, 31)


def with_odd_days(path: Path, odd: str, target: Path) -> list[str]:
    """Write *path*'s first person once for each column, with *odd* in it; return the headers."""
    table = read_table(path)
    first = [cell.text for cell in table.rows[0].cells]
    rows = []
    for column in range(len(table.headers)):
        row = [f"{column}{text}" if "@" in text else text for text in first]
        row[column] = odd
        rows.append(row)
    write_table(target, table.headers, rows)
    return list(table.headers)


def look_at_everything(database: Database) -> None:
    for row in donors.list_donors(database, TODAY):
        donors.donor(database, row.code, TODAY)
        timeline.donor_timeline(database, row.code, TODAY)
    for family in recipients.list_recipients(database, TODAY):
        recipients.recipient(database, family.code, TODAY)
        ranking.rank_donors(database, family.code, TODAY)
    drivers.list_drivers(database)
    today.today_page(database, TODAY)


@pytest.mark.parametrize("path", [DONORS, RECIPIENTS, DRIVERS], ids=lambda path: path.stem)
@pytest.mark.parametrize("odd", ["12/31/9999", "stopped 9999-12-31", "9999-12-30 to 9999-12-31", "1/1/0001"])
def test_an_odd_day_in_any_column_of_a_form_is_no_crash(
    sqlite_database: Database, tmp_path: Path, path: Path, odd: str
) -> None:
    headers = with_odd_days(path, odd, tmp_path / "list.csv")

    preview = preview_import(sqlite_database, tmp_path / "list.csv", TODAY)
    run_import(sqlite_database, preview, today=TODAY)

    assert len(preview.plans) == len(headers)
    look_at_everything(sqlite_database)


@pytest.mark.parametrize(
    ("header", "odd"),
    [
        ("Oldest milk pumped on", "1/1/0001"),
        ("Newest milk pumped on", "12/31/9999"),
        ("Your baby's birth date", "2/29/2025"),
        ("Medications, vitamins and supplements (with start date if recent)", "Zoloft, stopped 12/31/9999"),
        ("Any tattoo, piercing or transfusion in the last 12 months?", "tattoo 12/31/9999"),
        ("Most recent blood tests (date) and results", "HIV negative 12/31/9999"),
    ],
)
def test_an_odd_day_is_asked_about_in_its_own_words(
    sqlite_database: Database, tmp_path: Path, header: str, odd: str
) -> None:
    table = read_table(DONORS)
    row = [cell.text for cell in table.rows[0].cells]
    row[table.headers.index(header)] = odd
    write_table(tmp_path / "list.csv", table.headers, [row])

    run_import(sqlite_database, preview_import(sqlite_database, tmp_path / "list.csv", TODAY), today=TODAY)

    questions = donors.donor(sqlite_database, "D-0001", TODAY).questions
    assert any(odd in question.text for question in questions), [question.text for question in questions]


def test_no_service_keeps_a_day_nobody_can_count_from(database: Database) -> None:
    with database.writing(Action("test", "Set up")) as session:
        a_stored_lot(session, a_donor(session))

    with pytest.raises(UserError, match="9999-12-31 is no day between 1920 and 2199; look at the year"):
        lots.change_lot(database, "L-0001", "expressed_to", END_OF_TIME, today=TODAY)
    with pytest.raises(UserError, match="9999-12-31 is no day"):
        lots.add_lot(database, a_lot(expressed_to=END_OF_TIME))


def test_more_milk_than_anybody_has_is_a_sentence(database: Database) -> None:
    with database.writing(Action("test", "Set up")) as session:
        a_stored_lot(session, a_donor(session))
        a_recipient(session)
    too_much = Volume(2**63)

    with pytest.raises(UserError, match="more milk than anybody has"):
        lots.change_lot(database, "L-0001", "volume", too_much, today=TODAY)
    with pytest.raises(UserError, match="more milk than anybody has"):
        lots.add_lot(database, Lot("", "D-0001", too_much, None, None, None))
    with pytest.raises(UserError, match="are free"):
        holds.hold_milk(database, "R-0001", "L-0001", too_much, TODAY)


@pytest.mark.parametrize("days", [10**7, 10**12, -30])
def test_a_hold_is_extended_by_days_and_not_for_ever(database: Database, days: int) -> None:
    a_region(database, donor_yes=False)

    with pytest.raises(UserError, match="from 1 to 60"):
        holds.extend_hold(database, "H-0001", TODAY, days)


def test_a_lot_of_an_older_version_that_ends_in_the_year_9999_is_still_shown(
    sqlite_database: Database,
) -> None:
    with sqlite_database.writing(Action("test", "Set up")) as session:
        a_stored_lot(session, a_donor(session))
        a_recipient(session)
    with sqlite_database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE lot SET expressed_to = '9999-12-31'")

    look_at_everything(sqlite_database)


@pytest.mark.parametrize(
    "words",
    [
        ("--today", "9999-12-31", "lots"),
        ("hold", "R-0001", "L-0001", "--from", "9999-12-31"),
        ("yes", "H-0001", "donor", "--on", "9999-12-31"),
    ],
)
def test_the_command_line_refuses_the_end_of_time(tmp_path: Path, words: tuple[str, ...]) -> None:
    said = CommandLine(tmp_path / "network.db")(*words)

    assert (said.code, said.out) == (2, "")
    assert "“9999-12-31” is no day between 1920 and 2199" in said.err
