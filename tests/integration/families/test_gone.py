"""Nothing is written about who was removed, who is needed stays, and who is paused is offered nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from coordinator.adapters.spreadsheets.spreadsheet_files import write_table
from coordinator.db.database import Database
from coordinator.domain.agreements.holds import HoldState, Side
from coordinator.domain.facts.dated_facts import CallOutcome, Fact, FactKind, Presence
from coordinator.domain.facts.decisions import Decided, MedicineDecision
from coordinator.domain.families.households import Role, SpokenHow
from coordinator.services.agreements.holds import hold_milk, holds, record_yes, release_hold, take_back_yes
from coordinator.services.families import households, merging, recipients
from coordinator.services.families.donors import donor
from coordinator.services.families.removing import StillNeededError
from coordinator.services.imports import told_answers
from coordinator.services.matching import ranking
from coordinator.services.milk.lots import remove_lot, who_has_her_milk
from coordinator.services.pickups import planning
from coordinator.services.places import addresses
from coordinator.services.screening import call_list, decisions, facts
from tests.builders import TODAY
from tests.integration.cli.cli import CommandLine
from tests.integration.records.books import (
    a_lot_for_two,
    a_run,
    assert_refused,
    bring_in,
    let_it_be,
    oz,
    the_lot,
    undo_labelled,
)
from tests.integration.records.test_undo import dump
from tests.pickup_builders import a_region

LATER = TODAY + timedelta(days=10)
Writing = Callable[[Database], object]


ABOUT_A_DONOR: dict[str, Writing] = {
    "a profile": lambda db: households.change_profile(db, "D-0001", "name", "Zoë"),
    "a place": lambda db: households.set_position(db, "D-0001", 43.1, -70.8),
    "an offline place": lambda db: addresses.use_offline_place(db, "D-0001"),
    "a fact": lambda db: facts.record_fact(db, "D-0001", Fact(FactKind.ILLNESS, Presence.YES), TODAY),
    "an answer": lambda db: told_answers.record_answer(db, "D-0001", FactKind.NICOTINE, "never", TODAY),
    "a question": lambda db: facts.add_question(db, "D-0001", "Which freezer?"),
    "a question less": lambda db: facts.set_missing_aside(db, "D-0001", "nicotine", TODAY),
    "a talk": lambda db: facts.note_first_talk(db, "D-0001", SpokenHow.PHONE, TODAY),
    "a call": lambda db: facts.note_call(db, "D-0001", CallOutcome.SPOKE, TODAY),
    "a pause": lambda db: call_list.defer(db, "D-0001", "a cold", LATER, TODAY),
    "the end of a pause": lambda db: call_list.end_deferral(db, "D-0001", 1, TODAY),
    "a signature": lambda db: call_list.sign(db, "D-0001", "Uma Cyr", TODAY),
    "a signature less": lambda db: call_list.take_back_signature(db, "D-0001", 1),
    "a decision": lambda db: decisions.decide_medicine(
        db, "D-0001", MedicineDecision("ibuprofen", Decided.NO_OBJECTION, "Dr. Hale", TODAY, "asked"), TODAY
    ),
    "a donor set aside": lambda db: ranking.set_aside(db, "R-0001", "D-0001"),
    "a donor brought back": lambda db: ranking.bring_back(db, "R-0001", "D-0001"),
}
ABOUT_A_FAMILY: dict[str, Writing] = {
    "a profile": lambda db: households.change_profile(db, "R-0001", "name", "Inès"),
    "milk at home": lambda db: recipients.set_stock(db, "R-0001", oz(5), TODAY, seen=None),
    "a question": lambda db: facts.add_question(db, "R-0001", "Which freezer?"),
    "a call": lambda db: facts.note_call(db, "R-0001", CallOutcome.SPOKE, TODAY),
    "a donor set aside": lambda db: ranking.set_aside(db, "R-0001", "D-0001"),
}


@pytest.mark.parametrize("write", ABOUT_A_DONOR.values(), ids=ABOUT_A_DONOR)
def test_nothing_is_written_about_a_removed_donor(sqlite_database: Database, write: Writing) -> None:
    a_lot_for_two(sqlite_database)
    households.remove_family(sqlite_database, "D-0001", TODAY)

    sentence = assert_refused(sqlite_database, lambda: write(sqlite_database), "D-0001")

    assert sentence == "D-0001 was removed on 2026-11-21; undo that in the history first."


@pytest.mark.parametrize("write", ABOUT_A_FAMILY.values(), ids=ABOUT_A_FAMILY)
def test_nothing_is_written_about_a_removed_family(sqlite_database: Database, write: Writing) -> None:
    a_lot_for_two(sqlite_database)
    households.remove_family(sqlite_database, "R-0001", TODAY)

    sentence = assert_refused(sqlite_database, lambda: write(sqlite_database), "R-0001")

    assert sentence == "R-0001 was removed on 2026-11-21; undo that in the history first."


def test_a_question_asked_before_a_family_was_removed_is_not_answered(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    facts.add_question(sqlite_database, "R-0001", "Which freezer?")
    households.remove_family(sqlite_database, "R-0001", TODAY)

    assert_refused(
        sqlite_database, lambda: told_answers.answer_question(sqlite_database, 1, "a chest", TODAY), "R-0001"
    )


def test_a_code_that_became_part_of_another_names_that_one(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    merging.merge_households(sqlite_database, "R-0001", "R-0002", TODAY)

    sentence = assert_refused(
        sqlite_database, lambda: hold_milk(sqlite_database, "R-0002", "L-0001", oz(10), TODAY)
    )

    assert sentence == "R-0002 is part of R-0001 now; use R-0001 instead."


def test_a_removed_donors_page_and_who_has_her_milk_can_still_be_read(sqlite_database: Database) -> None:
    region = a_region(sqlite_database)
    planning.settle(sqlite_database, a_run(sqlite_database, region), None, TODAY)
    households.remove_family(sqlite_database, "D-0001", TODAY)

    assert donor(sqlite_database, "D-0001", TODAY).code == "D-0001"
    assert {line.recipient_name for line in who_has_her_milk(sqlite_database, "D-0001", TODAY)}


def test_what_stands_in_the_way_of_removing_a_family_is_named(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    for _ in range(2):
        hold_milk(sqlite_database, "R-0001", "L-0001", oz(10), TODAY)

    for code in ("R-0001", "D-0001"):
        with pytest.raises(StillNeededError, match=f"{code} is needed for H-0001 and H-0002; release that"):
            households.remove_family(sqlite_database, code, TODAY)
    with pytest.raises(StillNeededError, match="L-0001 is needed for H-0001 and H-0002; release that"):
        remove_lot(sqlite_database, "L-0001", TODAY)


def test_the_run_that_stands_in_the_way_of_removing_somebody_is_named(sqlite_database: Database) -> None:
    region = a_region(sqlite_database)
    a_run(sqlite_database, region, "H-0001")

    assert "H-0001" in assert_refused(
        sqlite_database, lambda: households.remove_family(sqlite_database, "R-0001", TODAY), "P-0001"
    )
    assert (
        assert_refused(
            sqlite_database, lambda: households.remove_family(sqlite_database, "V-0001", TODAY), "P-0001"
        )
        == "V-0001 drives P-0001; choose somebody else there, settle or cancel it first."
    )


def test_an_expired_hold_still_on_a_planned_run_keeps_its_family(sqlite_database: Database) -> None:
    region = a_region(sqlite_database, family_yes=False)
    a_run(sqlite_database, region, "H-0001")
    let_it_be(sqlite_database, LATER)

    for work in (
        lambda: remove_lot(sqlite_database, region.lots[0], LATER),
        lambda: households.remove_family(sqlite_database, "R-0001", LATER),
    ):
        assert_refused(sqlite_database, work, "P-0001")


def test_a_family_whose_holds_are_released_can_be_removed(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(10), TODAY)
    release_hold(sqlite_database, "H-0001")

    households.remove_family(sqlite_database, "R-0001", TODAY)

    assert [one.code for one in recipients.list_recipients(sqlite_database, TODAY)] == ["R-0002"]


def test_a_yes_taken_back_leaves_an_expired_hold_expired(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(100), TODAY)
    record_yes(sqlite_database, "H-0001", Side.DONOR, TODAY)
    let_it_be(sqlite_database, LATER)
    hold_milk(sqlite_database, "R-0002", "L-0001", oz(100), LATER)

    take_back_yes(sqlite_database, "H-0001", Side.DONOR)

    (first, second) = holds(sqlite_database, LATER, open_only=False)
    assert (first.is_expired(LATER), second.is_expired(LATER)) == (True, False)
    assert (first.state, first.donor_yes_on) == (HoldState.OPEN, None)


# Who is paused is offered nothing.


def test_a_paused_family_is_offered_nothing_and_its_holds_stay(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(10), TODAY)
    assert ranking.rank_donors(sqlite_database, "R-0001", TODAY).matches
    households.change_profile(sqlite_database, "R-0001", "paused", value=True)

    found = ranking.rank_donors(sqlite_database, "R-0001", TODAY)

    assert (found.matches, found.not_a_fit, found.seeker.is_paused) == ((), (), True)
    assert [hold.code for hold in holds(sqlite_database, TODAY, recipient="R-0001")] == ["H-0001"]


def test_the_command_line_says_that_a_family_is_paused(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    households.change_profile(sqlite_database, "R-0001", "paused", value=True)
    assert sqlite_database.path is not None
    milkrun = CommandLine(sqlite_database.path)

    said = milkrun.do("match", "R-0001")

    assert "R-0001 is paused, so no milk is offered to it; change that in its profile first." in said
    assert "D-0001  Zoë Ahlberg: the family is paused; end the pause on its own page" in said
    assert "L-0001" not in said
    assert "R-0001 is paused" in milkrun.refused("hold", "R-0001", "L-0001", "--oz", "10")


def test_nobody_is_suggested_to_a_family_that_is_removed(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    households.remove_family(sqlite_database, "R-0001", TODAY)

    assert_refused(sqlite_database, lambda: ranking.rank_donors(sqlite_database, "R-0001", TODAY), "R-0001")


# The last day of a lot holds no more than its share, whichever way one comes to it.


def test_no_way_leads_to_a_whole_lot_held_from_its_last_day(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    last, first = date(2026, 11, 10), date(2026, 9, 1)

    assert_refused(
        sqlite_database,
        lambda: hold_milk(sqlite_database, "R-0001", "L-0001", oz(100), TODAY, only_from=last),
        "L-0001",
    )
    assert_refused(
        sqlite_database,
        lambda: hold_milk(
            sqlite_database, "R-0001", "L-0001", oz(100), TODAY, only_from=first - timedelta(days=1)
        ),
        "L-0001",
    )


# An old list brings nobody back.

HEADERS = ["Name", "Email", "Phone", "ZIP", "Ounces", "Bags"]


def test_an_old_list_tells_nothing_new_about_a_removed_donor(
    sqlite_database: Database, tmp_path: Path
) -> None:
    row = ["Ada Lind", "ada@example.org", "", "03820", "60", "15"]
    more = ["Ada Lind", "ada@example.org", "", "03820", "90", "20"]
    bring_in(sqlite_database, tmp_path, HEADERS, row, kind=Role.DONOR)
    households.remove_family(sqlite_database, "D-0001", TODAY)
    before = dump(sqlite_database)

    bring_in(sqlite_database, tmp_path, HEADERS, more, kind=Role.DONOR)

    after = dump(sqlite_database)
    assert [after[table] for table in ("donor", "lot", "fact", "question", "household")] == [
        before[table] for table in ("donor", "lot", "fact", "question", "household")
    ]


def test_the_preview_says_that_a_row_is_left_out_and_why(sqlite_database: Database, tmp_path: Path) -> None:
    row = ["Ada Lind", "ada@example.org", "", "03820", "60", "15"]
    bring_in(sqlite_database, tmp_path, HEADERS, row, kind=Role.DONOR)
    households.remove_family(sqlite_database, "D-0001", TODAY)
    path = tmp_path / "list.csv"
    write_table(path, HEADERS, [[*row[:4], "90", "20"]])
    assert sqlite_database.path is not None

    said = CommandLine(sqlite_database.path).do("import", path, "--kind", "donor", "--dry-run")

    assert "is left out: D-0001 was removed; undo that, then import again" in said


def test_once_the_removal_is_undone_the_same_list_is_taken(sqlite_database: Database, tmp_path: Path) -> None:
    row = ["Ada Lind", "ada@example.org", "", "03820", "60", "15"]
    more = ["Ada Lind", "ada@example.org", "", "03820", "90", "20"]
    bring_in(sqlite_database, tmp_path, HEADERS, row, kind=Role.DONOR)
    households.remove_family(sqlite_database, "D-0001", TODAY)
    bring_in(sqlite_database, tmp_path, HEADERS, more, kind=Role.DONOR)
    undo_labelled(sqlite_database, "Removed D-0001")

    bring_in(sqlite_database, tmp_path, HEADERS, more, kind=Role.DONOR)

    assert the_lot(sqlite_database).volume == oz(90)
