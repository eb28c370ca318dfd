"""Who is who in a real network: nobody merged by a shared address, nobody moved by another list."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from coordinator.adapters.spreadsheets.spreadsheet_files import write_table
from coordinator.db.database import Database
from coordinator.domain.families.households import Role
from coordinator.domain.imports.choices import TWO_PEOPLE, Chosen, Decision, same_as
from coordinator.domain.imports.planning import Outcome
from coordinator.domain.imports.preview import Decisions, ImportPreview
from coordinator.services.families import donors, drivers, recipients
from coordinator.services.families.merging import merged_families
from coordinator.services.imports.importing import preview_import, run_import

CASES = Path(__file__).parents[2] / "data" / "cases"
TODAY = date(2026, 11, 25)
DONOR = ["Timestamp", "Name", "Email", "Phone", "Street address", "Town", "State", "ZIP", "Ounces", "Notes"]
ANN = ["11/20/2026 10:00", "Ann Able", "ann@example.org", "603 555 0101", "3 Elm St", "Dover", "NH", "03820",
       "120", ""]  # fmt: skip
DRIVER = ["Driver", "Email", "Phone", "Home address", "Town", "State", "ZIP", "Coolers (quarts)"]
REQUEST = ["Timestamp", "Parent's name", "Email", "Phone", "ZIP", "Baby's first name", "Baby's DOB", "Reason"]
MAX = ["11/20/2026 10:00", "Ann Able", "ann@example.org", "603 555 0101", "03820", "Max", "5/25/2026", "low"]


def bring_in(
    database: Database, path: Path, kind: Role = Role.DONOR, decisions: Decisions | None = None
) -> ImportPreview:
    preview = preview_import(database, path, TODAY, kind=kind)
    run_import(database, preview, decisions, today=TODAY)
    return preview


def a_list(folder: Path, headers: list[str], *rows: list[str]) -> Path:
    path = folder / "list.csv"
    write_table(path, headers, rows)
    return path


def asked(database: Database, code: str) -> list[str]:
    if code[0] == "D":
        questions = donors.donor(database, code, TODAY).questions
    elif code[0] == "R":
        questions = recipients.recipient(database, code, TODAY).questions
    else:
        questions = next(one for one in drivers.list_drivers(database) if one.code == code).questions
    return [question.text for question in questions]


def ounces(database: Database, code: str = "D-0001") -> list[int]:
    return [round(lot.volume.oz) for lot in donors.donor(database, code, TODAY).lots]


def names(database: Database) -> list[str]:
    return [row.name for row in donors.list_donors(database, TODAY)]


@pytest.mark.parametrize("name", ["08_newest_first_iso_offset.csv", "08b_newest_first_same_day.csv"])
def test_the_later_answer_counts_where_the_newest_stand_first(sqlite_database: Database, name: str) -> None:
    preview = bring_in(sqlite_database, CASES / name)

    assert [plan.outcome for plan in preview.plans] == [Outcome.NEW, Outcome.OLDER_ANSWER]
    assert ounces(sqlite_database) == [40]


def test_a_shared_address_and_surname_merge_nobody(sqlite_database: Database) -> None:
    preview = bring_in(sqlite_database, CASES / "39_one_address.csv")

    assert [plan.outcome for plan in preview.plans] == [
        Outcome.NEW,
        Outcome.NEW,
        Outcome.NEEDS_A_LOOK,
        Outcome.NEEDS_A_LOOK,
    ]
    assert sorted(names(sqlite_database)) == ["Ann Able", "Ann Able", "Tom Able", "Zora Quinn"]
    assert "Same e-mail, another name as Ann Able: one person, or two?" in asked(sqlite_database, "D-0003")
    assert "Same e-mail, another name as Tom Able: one person, or two?" in asked(sqlite_database, "D-0001")
    assert not any("one person, or two" in text for text in asked(sqlite_database, "D-0002"))
    again = preview_import(sqlite_database, CASES / "39_one_address.csv", TODAY)
    assert again.counts.unchanged == 4


def test_a_drivers_list_neither_renames_nor_moves_a_donor(sqlite_database: Database) -> None:
    bring_in(sqlite_database, CASES / "41_couple_donors.csv")

    preview = bring_in(sqlite_database, CASES / "41_couple_drivers.csv", Role.DRIVER)

    assert [plan.outcome for plan in preview.plans] == [Outcome.NEEDS_A_LOOK]
    home = donors.donor(sqlite_database, "D-0001", TODAY).household
    assert (home.name, home.address.street, home.address.town) == ("Ann Able", "3 Elm St", "Dover")
    (tom,) = drivers.list_drivers(sqlite_database)
    assert (tom.household.name, tom.household.address.town) == ("Tom Able", "Rollinsford")
    assert "Same e-mail, another name as Tom Able: one person, or two?" in asked(sqlite_database, "D-0001")
    who = "Same e-mail, another name as Ann Able (D-0001): one person, or two?"
    assert who in asked(sqlite_database, "V-0001")


def test_a_donor_who_asks_for_milk_too_is_one_household_with_two_roles(sqlite_database: Database) -> None:
    bring_in(sqlite_database, CASES / "33_two_roles_donors.csv")

    preview = bring_in(sqlite_database, CASES / "33_two_roles_family.csv", Role.RECIPIENT)

    (plan,) = preview.plans
    assert (plan.outcome, plan.choices) == (Outcome.UPDATE, ())
    donor, family = (
        donors.donor(sqlite_database, "D-0001", TODAY),
        recipients.recipient(sqlite_database, "R-0001", TODAY),
    )
    assert donor.household.id == family.household.id
    assert (str(donor.baby_born), str(family.baby.born)) == ("2026-05-25", "2026-07-10")


def ann_drives_from_elsewhere(folder: Path) -> Path:
    row = ["Ann Able", "ann@example.org", "603 555 0199", "1 Pine St", "Rollinsford", "NH", "03869", "28"]
    return a_list(folder, DRIVER, row)


def test_what_another_list_tells_differently_stays_and_is_asked(
    sqlite_database: Database, tmp_path: Path
) -> None:
    bring_in(sqlite_database, a_list(tmp_path, DONOR, ANN))

    preview = bring_in(sqlite_database, ann_drives_from_elsewhere(tmp_path), Role.DRIVER)

    (plan,) = preview.plans
    assert [choice.key for choice in plan.choices] == ["phone", "address"]
    home = donors.donor(sqlite_database, "D-0001", TODAY).household
    assert (home.phone, home.address.street, home.address.zip_code) == ("+16035550101", "3 Elm St", "03820")
    texts = [text for text in asked(sqlite_database, "D-0001") if "; here it is" in text]
    assert texts == [
        "The form of Ann Able tells Phone: (603) 555-0199; here it is (603) 555-0101. What is so?",
        "The form of Ann Able tells Street: 1 Pine St; here it is 3 Elm St. What is so?",
        "The form of Ann Able tells Town and ZIP: Rollinsford, NH 03869; here it is Dover, NH 03820. What is so?",  # noqa: E501
    ]
    again = preview_import(sqlite_database, ann_drives_from_elsewhere(tmp_path), TODAY, kind=Role.DRIVER)
    assert again.counts.unchanged == 1


def test_what_she_takes_of_another_list_is_written_and_what_she_keeps_is_not_asked(
    sqlite_database: Database, tmp_path: Path
) -> None:
    bring_in(sqlite_database, a_list(tmp_path, DONOR, ANN))
    path = ann_drives_from_elsewhere(tmp_path)

    chosen = Decision(fields={"phone": Chosen.KEEP, "address": Chosen.TAKE})
    bring_in(sqlite_database, path, Role.DRIVER, {2: chosen})

    home = donors.donor(sqlite_database, "D-0001", TODAY).household
    assert (home.phone, home.address.street, home.address.zip_code) == ("+16035550101", "1 Pine St", "03869")
    assert not any("; here it is" in text for text in asked(sqlite_database, "D-0001"))


def test_another_list_fills_what_was_not_known(sqlite_database: Database, tmp_path: Path) -> None:
    bring_in(sqlite_database, a_list(tmp_path, DONOR, [*ANN[:3], "", "", *ANN[5:]]))

    path = a_list(
        tmp_path,
        DRIVER,
        ["Able, Ann", "ann@example.org", "603 555 0101", "3 Elm St", "Dover", "NH", "", "28"],
    )
    bring_in(sqlite_database, path, Role.DRIVER)

    home = donors.donor(sqlite_database, "D-0001", TODAY).household
    assert (home.name, home.phone, home.address.street) == ("Ann Able", "+16035550101", "3 Elm St")
    assert not any("; here it is" in text for text in asked(sqlite_database, "D-0001"))


def test_the_same_person_by_her_word_becomes_one_and_two_people_are_not_asked(
    sqlite_database: Database, tmp_path: Path
) -> None:
    tom = [*ANN[:1], "Tom Able", *ANN[2:4], "9 Oak Rd", *ANN[5:]]
    bea = [*ANN[:1], "Bea Bird", "bea@example.org", *ANN[3:4], "7 Ash Rd", *ANN[5:]]
    preview = preview_import(sqlite_database, a_list(tmp_path, DONOR, ANN, tom, bea), TODAY, kind=Role.DONOR)
    _, second, third = preview.plans

    decisions = {second.number: same_as(second.look_alikes[0]), third.number: TWO_PEOPLE}
    run_import(sqlite_database, preview, decisions, today=TODAY)

    assert names(sqlite_database) == ["Ann Able", "Bea Bird"]
    assert len(merged_families(sqlite_database, "D-0001")) == 1
    assert not any("one person" in text for text in asked(sqlite_database, "D-0003"))
    again = preview_import(sqlite_database, a_list(tmp_path, DONOR, ANN, tom, bea), TODAY, kind=Role.DONOR)
    assert again.counts.unchanged == 3


def test_a_second_baby_does_not_overwrite_the_first(sqlite_database: Database, tmp_path: Path) -> None:
    bring_in(sqlite_database, a_list(tmp_path, REQUEST, MAX), Role.RECIPIENT)
    leo = ["11/24/2026 9:00", *MAX[1:5], "Leo", "10/2/2026", "low"]

    preview = bring_in(sqlite_database, a_list(tmp_path, REQUEST, leo), Role.RECIPIENT)

    (plan,) = preview.plans
    assert (plan.outcome, plan.look_alikes[0].reason) == (Outcome.NEEDS_A_LOOK, "same parent, another baby")
    first, second = (recipients.recipient(sqlite_database, code, TODAY) for code in ("R-0001", "R-0002"))
    assert (first.baby_name, second.baby_name) == ("Max", "Leo")
    words = "Ann Able (R-0001) asked for another baby: a second baby, twins, or a correction?"
    assert words in asked(sqlite_database, "R-0002")
    both = a_list(tmp_path, REQUEST, MAX, leo)
    assert preview_import(sqlite_database, both, TODAY, kind=Role.RECIPIENT).counts.unchanged == 2


def test_two_babies_of_one_file_are_two_requests(sqlite_database: Database, tmp_path: Path) -> None:
    leo = ["11/24/2026 9:00", *MAX[1:5], "Leo", "10/2/2026", "low"]
    again = ["11/25/2026 9:00", *MAX[1:5], "Max", "5/26/2026", "very low"]

    preview = bring_in(sqlite_database, a_list(tmp_path, REQUEST, MAX, leo, again), Role.RECIPIENT)

    assert [plan.outcome for plan in preview.plans] == [
        Outcome.OLDER_ANSWER,
        Outcome.NEW,
        Outcome.NEEDS_A_LOOK,
    ]
    found = [recipients.recipient(sqlite_database, f"R-000{number}", TODAY) for number in (1, 2)]
    assert [(one.baby_name, str(one.baby.born)) for one in found] == [
        ("Leo", "2026-10-02"),
        ("Max", "2026-05-26"),
    ]


def test_a_later_answer_empties_no_field(sqlite_database: Database, tmp_path: Path) -> None:
    later = ["11/22/2026 8:00", "Ann Able", "ann@example.org", "", "", "", "", "", "80", "rings late"]

    (preview,) = (bring_in(sqlite_database, a_list(tmp_path, DONOR, ANN, later)),)

    ann = donors.donor(sqlite_database, "D-0001", TODAY)
    assert preview.plans[1].filled == {"phone", "street", "town", "state", "zip"}
    assert (ann.household.phone, ann.household.address.zip_code) == ("+16035550101", "03820")
    assert ann.household.notes == "rings late"
    assert ounces(sqlite_database) == [80]
    assert not any(text.startswith(("Phone", "Town")) for text in asked(sqlite_database, "D-0001"))


def test_an_answer_of_the_same_day_but_earlier_changes_nothing_in_a_later_import(
    sqlite_database: Database, tmp_path: Path
) -> None:
    bring_in(sqlite_database, a_list(tmp_path, DONOR, ["2026-11-20T18:00:00-05:00", *ANN[1:]]))

    early = ["2026-11-20 09:00:00 EST", *ANN[1:8], "200", ""]
    late = ["2026-11-21T00:30:00Z", *ANN[1:8], "60", ""]
    assert bring_in(sqlite_database, a_list(tmp_path, DONOR, early)).counts.older_answers == 1
    assert ounces(sqlite_database) == [120]
    assert bring_in(sqlite_database, a_list(tmp_path, DONOR, late)).counts.updated == 1
    assert ounces(sqlite_database) == [60]


def test_a_stamp_that_cannot_be_read_is_asked_and_the_order_of_the_file_is_said(
    sqlite_database: Database, tmp_path: Path
) -> None:
    rows = [["last week", *ANN[1:8], "40", ""], ANN]
    rows += [
        [f"11/{day}/2026 9:00", f"Donor {day}", f"d{day}@example.org", *[""] * 7] for day in (19, 18, 17)
    ]

    preview = bring_in(sqlite_database, a_list(tmp_path, DONOR, *rows))

    assert str(preview.order).startswith("The newest answers stand first in this file")
    assert ounces(sqlite_database) == [40]
    assert "Answered on “last week”: which day was that?" in asked(sqlite_database, "D-0001")


def test_an_older_file_does_not_undo_what_a_list_without_times_told_later(
    sqlite_database: Database, tmp_path: Path
) -> None:
    bring_in(sqlite_database, a_list(tmp_path, DONOR, ANN))
    moved = [*ANN[1:4], "77 New Rd", "Concord", "NH", "03301", "50", ""]
    for _ in range(2):
        bring_in(sqlite_database, a_list(tmp_path, DONOR[1:], moved))

    preview = bring_in(sqlite_database, a_list(tmp_path, DONOR, ANN))

    assert [plan.outcome for plan in preview.plans] == [Outcome.OLDER_ANSWER]
    home = donors.donor(sqlite_database, "D-0001", TODAY).household
    assert (home.address.street, home.address.town) == ("77 New Rd", "Concord")
    later = ["11/25/2026 10:00", *ANN[1:4], "5 Bay Rd", *ANN[5:]]
    preview = bring_in(sqlite_database, a_list(tmp_path, DONOR, later))
    assert [plan.outcome for plan in preview.plans] == [Outcome.UPDATE]


def test_many_who_share_one_phone_are_one_question_each(sqlite_database: Database, tmp_path: Path) -> None:
    first = ("Ann Able", "Bea Cole", "Cal Dorr", "Dee Ely", "Eve Fox", "Flo Gray", "Gil Hall", "Hal Ivey")
    rows = [[*ANN[:1], name, "", ANN[3], f"{at} Elm St", *ANN[5:]] for at, name in enumerate(first, start=1)]

    bring_in(sqlite_database, a_list(tmp_path, DONOR, *rows))

    codes = [row.code for row in donors.list_donors(sqlite_database, TODAY)]
    who = {
        code: [text for text in asked(sqlite_database, code) if text.startswith("Same phone")]
        for code in codes
    }
    assert len(codes) == len(first)
    assert all(len(texts) == 1 for texts in who.values())
    (told,) = who["D-0001"]
    assert told == ("Same phone as Bea Cole, Cal Dorr, Dee Ely and 4 more: how many people are they?")
