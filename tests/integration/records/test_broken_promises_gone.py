"""What is gone or never was is said to be so in a sentence."""

from __future__ import annotations

import pytest

from coordinator.db.database import Database
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.services.agreements.holds import hold_milk
from coordinator.services.families.merging import merge_households, merged_families, take_apart
from coordinator.services.records import history
from coordinator.services.screening import facts
from tests.builders import TODAY
from tests.integration.records.books import a_lot_for_two, assert_refused, oz
from tests.pickup_builders import a_region


def a_fact(database: Database) -> int:
    return facts.record_fact(database, "D-0001", Fact(FactKind.ILLNESS, Presence.YES), TODAY)


def a_merging(database: Database) -> int:
    merge_households(database, "R-0001", "R-0002", TODAY)
    return merged_families(database, "R-0001")[0].merge_id


def test_families_taken_apart_are_not_taken_apart_again(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    merge_id = a_merging(sqlite_database)
    take_apart(sqlite_database, merge_id)

    assert_refused(sqlite_database, lambda: take_apart(sqlite_database, merge_id))


def test_a_fact_removed_is_not_removed_again(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    fact_id = a_fact(sqlite_database)
    facts.remove_fact(sqlite_database, "D-0001", fact_id)

    assert_refused(sqlite_database, lambda: facts.remove_fact(sqlite_database, "D-0001", fact_id))


def test_a_fact_of_one_donor_is_not_removed_as_anothers(sqlite_database: Database) -> None:
    a_region(sqlite_database)
    fact_id = a_fact(sqlite_database)

    assert_refused(sqlite_database, lambda: facts.remove_fact(sqlite_database, "D-0002", fact_id))


def test_a_fact_removed_is_not_changed(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    fact_id = a_fact(sqlite_database)
    facts.remove_fact(sqlite_database, "D-0001", fact_id)
    changed = Fact(FactKind.ILLNESS, Presence.NO, id=fact_id)

    assert_refused(sqlite_database, lambda: facts.record_fact(sqlite_database, "D-0001", changed, TODAY))


def test_a_question_that_is_not_there_is_not_set_aside(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)

    assert_refused(sqlite_database, lambda: facts.set_question_aside(sqlite_database, 999))


@pytest.mark.parametrize("audit_id", [999, -1, 2**63])
def test_an_action_that_is_not_in_the_history_is_not_undone(sqlite_database: Database, audit_id: int) -> None:
    a_lot_for_two(sqlite_database)

    assert_refused(sqlite_database, lambda: history.undo_action(sqlite_database, audit_id))


def test_a_number_no_database_has_is_no_merging(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)

    assert_refused(sqlite_database, lambda: take_apart(sqlite_database, 2**63))


def test_an_action_undone_from_the_history_is_not_undone_again(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(10), TODAY)
    made = history.history(sqlite_database)[0].id
    history.undo_action(sqlite_database, made)

    assert_refused(sqlite_database, lambda: history.undo_action(sqlite_database, made), "H-0001")
