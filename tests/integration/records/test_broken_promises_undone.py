"""What is undone out of turn breaks no promise: by the network's own day, in bags, with who is there."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from coordinator.db.database import Database
from coordinator.domain.families.households import Role
from coordinator.domain.pickups.plans import PickupKind
from coordinator.domain.volume import Volume
from coordinator.services.agreements.holds import hold_milk, release_hold
from coordinator.services.families.households import remove_family
from coordinator.services.imports.typed_in import add_family
from coordinator.services.milk.lots import change_lot, remove_lot
from coordinator.services.milk.splitting import split_lot
from coordinator.services.pickups.planning import change_pickup, plan_pickup
from coordinator.services.records import history
from coordinator.services.records.checks import check_network
from tests.builders import TODAY
from tests.integration.records.books import (
    ALL_OF_IT,
    a_lot_for_two,
    a_run,
    another_program,
    assert_refused,
    oz,
    set_clock,
    the_lot,
    undo_labelled,
)
from tests.pickup_builders import a_region

LAST_DAY = TODAY + timedelta(days=7)
"""Of a hold made today."""


@pytest.fixture
def zone(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let this process keep the clock of another place; that of the machine comes back afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


new_york = pytest.mark.parametrize("zone", ["America/New_York"], indirect=True)
auckland = pytest.mark.parametrize("zone", ["Pacific/Auckland"], indirect=True)


# Case 8: "today" is the day where the network is.


@new_york
@pytest.mark.usefixtures("zone")
def test_in_the_evening_of_its_last_day_a_hold_still_counts_when_its_release_is_undone(
    sqlite_database: Database,
) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", ALL_OF_IT, TODAY)
    set_clock(sqlite_database, datetime(2026, 11, 29, 1, 30, tzinfo=UTC))  # 20:30 of the 28th
    release_hold(sqlite_database, "H-0001")
    hold_milk(sqlite_database, "R-0002", "L-0001", ALL_OF_IT, LAST_DAY)

    assert_refused(
        sqlite_database, lambda: undo_labelled(sqlite_database, "Released"), "H-0001", "L-0001", "H-0002"
    )

    assert the_lot(sqlite_database, today=LAST_DAY).free == Volume()


@new_york
@pytest.mark.usefixtures("zone")
def test_in_the_evening_of_its_last_day_a_hold_still_counts_when_it_is_made_again(
    sqlite_database: Database,
) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", ALL_OF_IT, TODAY)
    history.undo(sqlite_database)
    set_clock(sqlite_database, datetime(2026, 11, 29, 1, 30, tzinfo=UTC))
    hold_milk(another_program(sqlite_database), "R-0002", "L-0001", ALL_OF_IT, LAST_DAY)

    assert_refused(sqlite_database, lambda: history.redo(sqlite_database), "L-0001", "H-0001", "H-0002")


@auckland
@pytest.mark.usefixtures("zone")
def test_in_the_morning_after_its_last_day_a_hold_keeps_nothing_when_its_release_is_undone(
    sqlite_database: Database,
) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", ALL_OF_IT, TODAY)
    set_clock(sqlite_database, datetime(2026, 11, 28, 19, 0, tzinfo=UTC))  # 8:00 of the 29th
    hold_milk(sqlite_database, "R-0002", "L-0001", ALL_OF_IT, LAST_DAY + timedelta(days=1))
    release_hold(sqlite_database, "H-0001")

    history.undo(sqlite_database)

    assert the_lot(sqlite_database, today=LAST_DAY + timedelta(days=1)).held == ALL_OF_IT


@auckland
@pytest.mark.usefixtures("zone")
def test_in_the_morning_after_its_last_day_a_hold_is_no_fault_of_the_network(
    sqlite_database: Database,
) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", ALL_OF_IT, TODAY)
    set_clock(sqlite_database, datetime(2026, 11, 28, 19, 0, tzinfo=UTC))
    hold_milk(sqlite_database, "R-0002", "L-0001", ALL_OF_IT, LAST_DAY + timedelta(days=1))

    assert check_network(sqlite_database).faults == ()


# Case 16: a hold comes back whose lot, family or donor is gone, or whose days are.


def test_undoing_a_release_is_refused_once_the_lot_is_removed(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(40), TODAY)
    release_hold(sqlite_database, "H-0001")
    remove_lot(sqlite_database, "L-0001", TODAY)

    assert_refused(sqlite_database, lambda: undo_labelled(sqlite_database, "Released"), "L-0001", "H-0001")


@pytest.mark.parametrize("code", ["R-0001", "D-0001"])
def test_undoing_a_release_is_refused_once_the_family_or_the_donor_is_removed(
    sqlite_database: Database, code: str
) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(40), TODAY)
    release_hold(sqlite_database, "H-0001")
    remove_family(sqlite_database, code, TODAY)

    assert_refused(sqlite_database, lambda: undo_labelled(sqlite_database, "Released"), code, "H-0001")


def test_making_a_hold_again_is_refused_once_the_command_line_removed_the_lot(
    sqlite_database: Database,
) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(40), TODAY)
    history.undo(sqlite_database)
    remove_lot(another_program(sqlite_database), "L-0001", TODAY)

    assert_refused(sqlite_database, lambda: history.redo(sqlite_database), "L-0001", "H-0001")


def test_undoing_a_change_of_the_newest_day_is_refused_once_a_hold_takes_only_newer_bags(
    sqlite_database: Database,
) -> None:
    a_lot_for_two(sqlite_database)
    change_lot(sqlite_database, "L-0001", "expressed_to", date(2026, 11, 20), today=TODAY)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(4), TODAY, only_from=date(2026, 11, 15))

    assert_refused(sqlite_database, lambda: undo_labelled(sqlite_database, "newest day"), "H-0001", "L-0001")


def test_undoing_that_a_run_has_another_volunteer_is_refused_once_the_first_is_removed(
    sqlite_database: Database,
) -> None:
    region = a_region(sqlite_database)
    code = a_run(sqlite_database, region)
    change_pickup(sqlite_database, code, "driver_code", None)
    remove_family(sqlite_database, region.driver, TODAY)

    assert_refused(sqlite_database, lambda: undo_labelled(sqlite_database, "volunteer"), "V-0001", "P-0001")


# Kin: bags are promised twice by undoing as ounces were.


def test_undoing_a_release_is_refused_once_others_have_its_bags(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(50), TODAY, bags=25)
    release_hold(sqlite_database, "H-0001")
    hold_milk(sqlite_database, "R-0002", "L-0001", oz(50), TODAY, bags=25)

    assert_refused(
        sqlite_database, lambda: undo_labelled(sqlite_database, "Released"), "L-0001", "H-0001", "H-0002"
    )


def test_undoing_that_there_are_more_bags_is_refused_once_they_are_held(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    change_lot(sqlite_database, "L-0001", "bags", 50, today=TODAY)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(80), TODAY, bags=40)

    assert_refused(sqlite_database, lambda: undo_labelled(sqlite_database, "bags"), "L-0001", "H-0001")


def test_undoing_that_there_is_more_milk_is_refused_once_it_is_held(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    change_lot(sqlite_database, "L-0001", "volume", oz(200), today=TODAY)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(150), TODAY)

    assert_refused(sqlite_database, lambda: undo_labelled(sqlite_database, "amount"), "L-0001", "H-0001")


# Kin: what something else hangs on by now is not undone, and the sentence says what hangs on it.


def test_undoing_a_hold_names_the_pickup_that_carries_it_by_now(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(40), TODAY)
    plan_pickup(sqlite_database, PickupKind.FAMILY_COLLECTS, TODAY, ["H-0001"], today=TODAY)

    assert_refused(sqlite_database, lambda: undo_labelled(sqlite_database, "Held"), "P-0001")


def test_undoing_a_new_family_names_what_is_held_for_it_by_now(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    typed = {"name": "Noa Berg", "baby_born": "2026-08-01", "gestation": "39", "zip": "03801"}
    code = add_family(sqlite_database, Role.RECIPIENT, typed, TODAY)
    hold_milk(sqlite_database, code, "L-0001", oz(40), TODAY)

    assert_refused(sqlite_database, lambda: undo_labelled(sqlite_database, f"Added {code}"), code)


def test_undoing_a_split_names_what_is_held_of_the_later_part_by_now(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    later = split_lot(sqlite_database, "L-0001", date(2026, 10, 1), TODAY)
    hold_milk(sqlite_database, "R-0001", later, oz(10), TODAY)

    assert_refused(sqlite_database, lambda: undo_labelled(sqlite_database, "Split"), "H-0001", later)


def test_undoing_a_new_volunteer_names_the_run_that_is_driven_by_now(sqlite_database: Database) -> None:
    region = a_region(sqlite_database)
    code = add_family(sqlite_database, Role.DRIVER, {"name": "Bo Berg"}, TODAY)
    plan_pickup(sqlite_database, PickupKind.RUN, TODAY, region.holds, today=TODAY, driver_code=code)

    assert_refused(sqlite_database, lambda: undo_labelled(sqlite_database, f"Added {code}"), "P-0001")
