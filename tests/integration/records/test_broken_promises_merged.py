"""Two families made one, and taken apart: the runs they are on stay what their holds need."""

from __future__ import annotations

import pytest

from coordinator.db.database import Database
from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.pickups.plans import PickupKind, StopKind
from coordinator.services.agreements.holds import hold_milk
from coordinator.services.families.households import change_profile, remove_family
from coordinator.services.families.merging import merge_households, merged_families, take_apart
from coordinator.services.matching.ranking import set_aside
from coordinator.services.milk.lots import list_lots
from coordinator.services.pickups.planning import pickup, plan_pickup
from coordinator.services.pickups.settling import settle
from coordinator.services.records import history
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.integration.records.books import (
    a_run,
    another_program,
    assert_refused,
    doors,
    is_refused,
    one_is_refused,
    oz,
    undo_labelled,
)
from tests.integration.records.test_undo import dump
from tests.pickup_builders import SETUP, a_region

EVERYTHING = ["H-0001", "H-0002", "H-0003", "H-0004"]
PAIRS = [("R-0001", "R-0002", StopKind.DROP), ("D-0001", "D-0002", StopKind.PICK_UP)]


def apart(database: Database, code: str) -> None:
    """Take the family that became part of *code*'s last out again."""
    take_apart(database, merged_families(database, code)[0].merge_id)


def assert_each_hold_at_its_own_door(database: Database, code: str) -> None:
    """Every stop serves one household, each household has one stop of a kind, and no hold is left out."""
    found = pickup(database, code, TODAY)
    assert [stop.number for stop in found.stops] == list(range(1, len(found.stops) + 1))
    for kind in {stop.kind for stop in found.stops}:
        here = [hold.code for stop in found.stops if stop.kind is kind for hold in stop.holds]
        assert sorted(here) == sorted(hold.code for hold in found.holds)
        assert all(stop.holds for stop in found.stops)


# Case 4: one door has one stop.


@pytest.mark.parametrize(("keep", "other", "kind"), PAIRS)
def test_two_families_on_one_run_have_one_stop_once_they_are_one_family(
    sqlite_database: Database, keep: str, other: str, kind: StopKind
) -> None:
    code = a_run(sqlite_database, a_region(sqlite_database))

    merge_households(sqlite_database, keep, other, TODAY)

    assert doors(sqlite_database, code, kind) == [EVERYTHING]
    assert_each_hold_at_its_own_door(sqlite_database, code)


@pytest.mark.parametrize(("keep", "other", "kind"), PAIRS)
def test_two_families_on_one_run_have_their_own_stops_again_once_their_merging_is_undone(
    sqlite_database: Database, keep: str, other: str, kind: StopKind
) -> None:
    code = a_run(sqlite_database, a_region(sqlite_database))
    before = dump(sqlite_database)
    merge_households(sqlite_database, keep, other, TODAY)

    history.undo(sqlite_database)

    assert dump(sqlite_database) == before
    assert len(doors(sqlite_database, code, kind)) == 2


def test_merging_is_not_done_again_over_a_run_planned_meanwhile_or_puts_its_stops_right(
    sqlite_database: Database,
) -> None:
    region = a_region(sqlite_database)
    merge_households(sqlite_database, "R-0001", "R-0002", TODAY)
    history.undo(sqlite_database)
    code = a_run(another_program(sqlite_database), region)

    is_refused(lambda: history.redo(sqlite_database))

    assert_each_hold_at_its_own_door(sqlite_database, code)


def test_undoing_a_taking_apart_leaves_one_stop_at_a_door_or_is_refused(sqlite_database: Database) -> None:
    region = a_region(sqlite_database)
    merge_households(sqlite_database, "R-0001", "R-0002", TODAY)
    apart(sqlite_database, "R-0001")
    code = a_run(sqlite_database, region)

    is_refused(lambda: undo_labelled(sqlite_database, "apart"))

    assert_each_hold_at_its_own_door(sqlite_database, code)


# Case 5: no milk is left without a drop, and no family is shown another's place.


@pytest.mark.parametrize(("keep", "other", "_kind"), PAIRS)
def test_taking_apart_while_their_milk_is_on_a_run_puts_its_stops_right_or_is_refused(
    sqlite_database: Database, keep: str, other: str, _kind: StopKind
) -> None:
    region = a_region(sqlite_database)
    merge_households(sqlite_database, keep, other, TODAY)
    code = a_run(sqlite_database, region)

    is_refused(lambda: apart(sqlite_database, keep))

    assert_each_hold_at_its_own_door(sqlite_database, code)


def test_undoing_a_merging_while_their_milk_is_on_a_run_puts_its_stops_right_or_is_refused(
    sqlite_database: Database,
) -> None:
    region = a_region(sqlite_database)
    merge_households(sqlite_database, "R-0001", "R-0002", TODAY)
    code = a_run(sqlite_database, region)

    is_refused(lambda: undo_labelled(sqlite_database, "Made R-0002 part of R-0001"))

    assert_each_hold_at_its_own_door(sqlite_database, code)


@pytest.mark.parametrize(("keep", "other", "_kind"), PAIRS)
def test_a_settled_run_still_tells_each_bag_once_after_its_families_are_merged(
    sqlite_database: Database, keep: str, other: str, _kind: StopKind
) -> None:
    code = a_run(sqlite_database, a_region(sqlite_database))
    settle(sqlite_database, code, None, TODAY)

    is_refused(lambda: merge_households(sqlite_database, keep, other, TODAY))

    assert_each_hold_at_its_own_door(sqlite_database, code)


def test_a_settled_run_still_tells_all_its_bags_after_its_families_are_taken_apart(
    sqlite_database: Database,
) -> None:
    region = a_region(sqlite_database)
    merge_households(sqlite_database, "R-0001", "R-0002", TODAY)
    code = a_run(sqlite_database, region)
    settle(sqlite_database, code, None, TODAY)

    is_refused(lambda: apart(sqlite_database, "R-0001"))

    assert_each_hold_at_its_own_door(sqlite_database, code)


def test_a_family_that_collects_never_collects_for_another_once_they_are_taken_apart(
    sqlite_database: Database,
) -> None:
    a_region(sqlite_database)
    merge_households(sqlite_database, "R-0001", "R-0002", TODAY)
    kind = PickupKind.FAMILY_COLLECTS
    code = plan_pickup(sqlite_database, kind, TODAY, ["H-0001", "H-0002"], today=TODAY)

    is_refused(lambda: apart(sqlite_database, "R-0001"))

    assert len({hold.recipient_code for hold in pickup(sqlite_database, code, TODAY).holds}) == 1


# Case 6: what both have is no reason to refuse.


def test_two_donors_set_aside_for_one_family_are_merged(sqlite_database: Database) -> None:
    a_region(sqlite_database)
    set_aside(sqlite_database, "R-0001", "D-0001", "too far")
    set_aside(sqlite_database, "R-0001", "D-0002", "no answer")

    merge_households(sqlite_database, "D-0001", "D-0002", TODAY)

    assert [row["donor_id"] for row in dump(sqlite_database)["set_aside"] if row["donor_id"] == 1] == [1]


def test_two_families_with_one_donor_set_aside_are_merged(sqlite_database: Database) -> None:
    a_region(sqlite_database)
    set_aside(sqlite_database, "R-0001", "D-0001", "too far")
    set_aside(sqlite_database, "R-0002", "D-0001", "no answer")

    merge_households(sqlite_database, "R-0001", "R-0002", TODAY)

    rows = dump(sqlite_database)["set_aside"]
    assert [row["recipient_id"] for row in rows if row["recipient_id"] == 1] == [1]


def test_two_donors_set_aside_for_one_family_are_as_before_once_taken_apart(
    sqlite_database: Database,
) -> None:
    a_region(sqlite_database)
    set_aside(sqlite_database, "R-0001", "D-0001", "too far")
    set_aside(sqlite_database, "R-0001", "D-0002", "no answer")
    before = dump(sqlite_database)["set_aside"]
    merge_households(sqlite_database, "D-0001", "D-0002", TODAY)

    apart(sqlite_database, "D-0001")

    assert dump(sqlite_database)["set_aside"] == before


# Case 11: what was merged and taken apart is as it was.


@pytest.mark.parametrize(("keep", "other", "_kind"), PAIRS)
def test_two_families_merged_and_taken_apart_are_as_they_were_to_the_last_value(
    sqlite_database: Database, keep: str, other: str, _kind: StopKind
) -> None:
    a_region(sqlite_database)
    before = dump(sqlite_database)
    merge_households(sqlite_database, keep, other, TODAY)

    apart(sqlite_database, keep)

    after = dump(sqlite_database)
    assert after["household"] == before["household"]
    assert [row for row in after["question"] if row["state"] == "open"] == before["question"]
    assert {table for table in before if after[table] != before[table]} <= {"question", "merge"}


# Case 12: a removed or paused donor does not come back as another's milk.


def offered_to(database: Database, recipient: str, lot: str) -> bool:
    """Whether the milk of *lot* could be held for *recipient*."""
    return not is_refused(lambda: hold_milk(database, recipient, lot, oz(10), TODAY))


def a_donor_who_also_receives(database: Database) -> None:
    """Write D-0001; D-0002 with L-0001 of 500 oz, whose household is R-0001's too; and R-0002."""
    with database.writing(SETUP) as session:
        a_donor(session, "Zoë Ahlberg")
        second, family = a_donor(session, "Mia Quist"), a_recipient(session, "Inès Roy")
        a_recipient(session, "Linh Tran")
        family.household_id = second.household_id
        a_stored_lot(session, second, 500)


def test_milk_of_a_removed_donor_stays_removed_when_her_family_is_merged(sqlite_database: Database) -> None:
    a_donor_who_also_receives(sqlite_database)
    remove_family(sqlite_database, "D-0002", TODAY)

    is_refused(lambda: merge_households(sqlite_database, "D-0001", "R-0001", TODAY))

    assert list_lots(sqlite_database, TODAY) == []
    assert not offered_to(sqlite_database, "R-0002", "L-0001")


def test_milk_of_a_removed_donor_stays_removed_when_she_herself_is_merged(sqlite_database: Database) -> None:
    a_donor_who_also_receives(sqlite_database)
    remove_family(sqlite_database, "D-0002", TODAY)

    is_refused(lambda: merge_households(sqlite_database, "D-0001", "D-0002", TODAY))

    assert list_lots(sqlite_database, TODAY) == []
    assert not offered_to(sqlite_database, "R-0002", "L-0001")


def test_milk_of_a_paused_donor_is_not_offered_by_merging_her(sqlite_database: Database) -> None:
    a_donor_who_also_receives(sqlite_database)
    change_profile(sqlite_database, "D-0002", "donor_state", DonorState.PAUSED)

    is_refused(lambda: merge_households(sqlite_database, "D-0001", "D-0002", TODAY))

    assert not offered_to(sqlite_database, "R-0002", "L-0001")


# Case 15: no family is made part of itself.


def test_a_family_merged_into_another_does_not_take_that_one_in(sqlite_database: Database) -> None:
    a_region(sqlite_database)
    merge_households(sqlite_database, "D-0002", "D-0001", TODAY)

    sentence = assert_refused(
        sqlite_database,
        lambda: merge_households(sqlite_database, "D-0001", "D-0002", TODAY),
        "D-0001",
        "D-0002",
    )

    assert "one family" in sentence


def test_no_family_comes_to_be_part_of_itself_through_a_third(sqlite_database: Database) -> None:
    a_region(sqlite_database)

    one_is_refused(
        lambda: merge_households(sqlite_database, "D-0001", "D-0002", TODAY),
        lambda: merge_households(sqlite_database, "R-0001", "D-0001", TODAY),
        lambda: merge_households(sqlite_database, "D-0002", "R-0001", TODAY),
    )

    homes = {row["id"]: row["merged_into_id"] for row in dump(sqlite_database)["household"]}
    assert all(into is None or homes[into] is None for into in homes.values())
