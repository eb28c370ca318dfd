"""What two families told is not lost when they become one, nor turned back by a form that comes later."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from coordinator.adapters.spreadsheets.spreadsheet_files import write_table
from coordinator.db.database import Database
from coordinator.domain.families.households import Role
from coordinator.domain.imports.choices import same_as
from coordinator.domain.imports.planning import Outcome
from coordinator.services.families import donors
from coordinator.services.families.merging import merge_households, merged_families, take_apart
from coordinator.services.imports.importing import preview_import, run_import
from coordinator.services.imports.typed_in import add_family
from coordinator.services.policies import profiles
from coordinator.services.screening.call_list import sign
from tests.builders import TODAY, a_donor, a_recipient
from tests.integration.records.books import DONOR_HEADERS, bring_in, oz
from tests.integration.records.test_undo import dump
from tests.pickup_builders import SETUP

# Case 13: the blanks of the family that is kept are filled.

BLANK = {"baby_born": None, "must_avoid": None, "gestation_weeks": None, "health": None}
TOLD = {
    "baby_born": date(2026, 8, 1),
    "must_avoid": "dairy",
    "gestation_weeks": 35,
    "clinician": "Dr. Fox",
    "clinician_agreed_on": date(2026, 11, 1),
    "stock": oz(20),
    "stock_on": date(2026, 11, 20),
    "reach_miles": 30.0,
}


@pytest.mark.parametrize("field", TOLD)
def test_a_blank_of_the_kept_family_is_filled_with_what_the_other_told(
    sqlite_database: Database, field: str
) -> None:
    with sqlite_database.writing(SETUP) as session:
        a_recipient(session, "Inès Roy", **BLANK, reach_miles=None)
        a_recipient(session, "Inès M. Roy", **TOLD)

    merge_households(sqlite_database, "R-0001", "R-0002", TODAY)

    kept = dump(sqlite_database)["recipient"][0]
    assert kept[field] == TOLD[field]


def test_what_the_kept_family_told_itself_stays(sqlite_database: Database) -> None:
    own = {"baby_born": date(2026, 9, 9), "must_avoid": "soy", "stock": oz(3), "stock_on": date(2026, 11, 20)}
    with sqlite_database.writing(SETUP) as session:
        a_recipient(session, "Inès Roy", **own)
        a_recipient(session, "Inès M. Roy", **TOLD)

    merge_households(sqlite_database, "R-0001", "R-0002", TODAY)

    kept = dump(sqlite_database)["recipient"][0]
    assert {field: kept[field] for field in own} == own


def test_a_birth_date_the_kept_donor_did_not_tell_is_the_other_donors(sqlite_database: Database) -> None:
    with sqlite_database.writing(SETUP) as session:
        a_donor(session, "Zoë Ahlberg").baby_born = None
        a_donor(session, "Zoë M. Ahlberg", gestation_weeks=38)

    merge_households(sqlite_database, "D-0001", "D-0002", TODAY)

    kept = donors.donor(sqlite_database, "D-0001", TODAY)
    assert (kept.baby_born, kept.gestation_weeks) == (date(2026, 6, 1), 38)


def test_signatures_stay_with_the_answers_they_are_for(sqlite_database: Database) -> None:
    with sqlite_database.writing(SETUP) as session:
        a_donor(session, "Zoë Ahlberg")
        a_donor(session, "Zoë M. Ahlberg")
    profiles.use_profile(sqlite_database, policy_with_signatures(sqlite_database))
    sign(sqlite_database, "D-0002", "Dr. Fox", TODAY)

    merge_households(sqlite_database, "D-0001", "D-0002", TODAY)

    assert [row["donor_id"] for row in dump(sqlite_database)["sign_off"]] == [2]


def policy_with_signatures(database: Database) -> str:
    """Return a profile under which somebody signs for donors."""
    key = profiles.copy_profile(database, "community_sharing", "Seacoast", TODAY)
    profiles.change_value(database, key, "sign_offs", 2, "our habit", "Dr. Fox", TODAY)
    return key


def test_what_filled_a_blank_goes_back_when_they_are_taken_apart(sqlite_database: Database) -> None:
    with sqlite_database.writing(SETUP) as session:
        a_recipient(session, "Inès Roy", **BLANK, reach_miles=None)
        a_recipient(session, "Inès M. Roy", **TOLD)
    before = dump(sqlite_database)["recipient"]
    merge_households(sqlite_database, "R-0001", "R-0002", TODAY)

    take_apart(sqlite_database, merged_families(sqlite_database, "R-0001")[0].merge_id)

    assert dump(sqlite_database)["recipient"] == before


def test_a_row_said_to_be_a_known_family_fills_its_blanks(sqlite_database: Database, tmp_path: Path) -> None:
    with sqlite_database.writing(SETUP) as session:
        a_recipient(session, "Inès Roy", **BLANK)
    path = tmp_path / "list.csv"
    headers = ["Name", "Email", "Phone", "ZIP", "Baby's birth date", "Baby must avoid"]
    write_table(path, headers, [["Inès Roy", "ines@example.org", "", "03801", "2026-08-01", "dairy"]])
    preview = preview_import(sqlite_database, path, TODAY, kind=Role.RECIPIENT)
    (look,) = preview.plans
    assert look.outcome is Outcome.NEEDS_A_LOOK

    run_import(sqlite_database, preview, {look.number: same_as(look.look_alikes[0])}, today=TODAY)

    kept = dump(sqlite_database)["recipient"][0]
    assert (kept["must_avoid"], kept["baby_born"]) == ("dairy", date(2026, 8, 1))


# Case 14: the first form of a family that was merged away does not rename the one it became.


def test_the_first_form_of_a_merged_family_does_not_rename_the_one_that_is_kept(
    sqlite_database: Database, tmp_path: Path
) -> None:
    ada = {"name": "Ada Lind", "email": "ada@example.org", "phone": "207 555 0100", "zip": "03801"}
    other = {"name": "Ada M. Lind", "email": "lind@example.org", "phone": "603 555 0101", "zip": "03801"}
    add_family(sqlite_database, Role.DONOR, ada, TODAY)
    add_family(sqlite_database, Role.DONOR, other, TODAY)
    merge_households(sqlite_database, "D-0001", "D-0002", TODAY)
    form = [
        other["name"],
        other["email"],
        other["phone"],
        "03801",
        "60",
        "15",
        "2026-10-01",
        "2026-11-01",
        "",
    ]

    report = bring_in(sqlite_database, tmp_path, DONOR_HEADERS, form)

    kept = donors.donor(sqlite_database, "D-0001", TODAY)
    assert (kept.household.name, kept.household.phone, kept.household.email) == (
        "Ada Lind",
        "+12075550100",
        "ada@example.org",
    )
    assert [(lot.volume, lot.bags) for lot in kept.lots] == [(oz(60), 15)]
    assert report.codes == ("D-0001",)
