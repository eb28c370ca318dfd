"""An older export imported after a newer one: it fills what is blank and undoes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow
from coordinator.domain.imports.planning import Outcome
from coordinator.domain.records.history import Action
from coordinator.sayings import saying
from coordinator.services.families import donors
from tests.integration.imports.test_who_is_who import TODAY, a_list, asked, bring_in, ounces

DONOR = ["Timestamp", "Name", "Email", "Phone", "Street", "Town", "State", "ZIP", "Ounces", "Oldest milk",
         "Do you eat dairy?", "Hours"]  # fmt: skip
OLD = ["11/10/2026", "Ann Able", "ann@example.org", "603 555 0101", "3 Elm St", "Dover", "NH", "03820", "120",
       "6/15/2026", "No", "evenings"]  # fmt: skip


def told(on: str, **answers: str) -> list[str]:
    """Return Ann's answers of a day, all blank but those named by their heading."""
    known = {"Timestamp": on, "Name": "Ann Able", "Email": "ann@example.org"}
    blank = dict.fromkeys(DONOR, "")
    return list({**blank, **known, **{key.replace("_", " "): text for key, text in answers.items()}}.values())


def older(database: Database, folder: Path, newer: list[str], *rows: list[str]) -> list[Outcome]:
    """Import Ann's newer answer, then each older one as a file of its own."""
    bring_in(database, a_list(folder, DONOR, newer))
    previews = [bring_in(database, a_list(folder, DONOR, row)) for row in rows]
    return [plan.outcome for preview in previews for plan in preview.plans]


def test_an_older_file_fills_what_the_newer_left_blank_and_closes_its_questions(
    sqlite_database: Database, tmp_path: Path
) -> None:
    outcomes = older(sqlite_database, tmp_path, told("11/20/2026"), OLD, OLD)

    ann = donors.donor(sqlite_database, "D-0001", TODAY)
    assert outcomes == [Outcome.UPDATE, Outcome.OLDER_ANSWER]
    assert (ann.household.address.town, ann.household.hours) == ("Dover", "evenings")
    assert ounces(sqlite_database) == [120]
    assert not any(text.startswith(("Dairy", "Phone", "Ounces")) for text in asked(sqlite_database, "D-0001"))


def test_an_older_file_changes_nothing_that_the_newer_told(sqlite_database: Database, tmp_path: Path) -> None:
    newer = told(
        "11/20/2026", Ounces="40", Street="8 Oak St", Town="York", State="ME", ZIP="03909", Hours="9-5"
    )
    older(sqlite_database, tmp_path, newer, OLD)

    ann = donors.donor(sqlite_database, "D-0001", TODAY)
    assert (ann.household.address.street, ann.household.hours) == ("8 Oak St", "9-5")
    assert [lot.expressed_from for lot in ann.lots] == [None]
    assert ounces(sqlite_database) == [40]


@pytest.mark.parametrize("newer", [{"Ounces": "two freezers full"}, {"Ounces": "0"}])
def test_milk_that_the_newer_told_in_other_words_or_as_none_is_not_filled(
    sqlite_database: Database, tmp_path: Path, newer: dict[str, str]
) -> None:
    older(sqlite_database, tmp_path, told("11/20/2026", **newer), OLD)

    assert 120 not in ounces(sqlite_database)


def test_how_much_there_was_of_other_milk_is_asked(sqlite_database: Database, tmp_path: Path) -> None:
    older(sqlite_database, tmp_path, told("11/20/2026", Oldest_milk="10/15/2026"), OLD)

    assert any("an earlier answer told 120 oz" in text for text in asked(sqlite_database, "D-0001"))
    assert 120 not in ounces(sqlite_database)


def test_what_was_emptied_by_hand_stays_empty(sqlite_database: Database, tmp_path: Path) -> None:
    bring_in(sqlite_database, a_list(tmp_path, DONOR, told("11/20/2026", Hours="mornings")))
    with sqlite_database.writing(Action("test.emptied", saying("Emptied")), TODAY) as session:
        session.scalars(sa.select(HouseholdRow)).one().hours = ""

    bring_in(sqlite_database, a_list(tmp_path, DONOR, OLD))

    assert donors.donor(sqlite_database, "D-0001", TODAY).household.hours == ""


def test_of_two_older_files_the_later_answer_counts_whichever_comes_first(
    sqlite_database: Database, tmp_path: Path
) -> None:
    middle = told("11/15/2026", Hours="weekends")
    older(sqlite_database, tmp_path, told("11/20/2026"), OLD, middle, OLD)

    assert donors.donor(sqlite_database, "D-0001", TODAY).household.hours == "weekends"
