"""What was promised to one family is promised to no other: by a late yes, by undoing, by doing again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from coordinator.db.database import Database
from coordinator.domain.agreements.holds import Side
from coordinator.domain.pickups.plans import PickupState
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.services.agreements.holds import hold_milk, record_yes, release_hold, take_back_yes
from coordinator.services.pickups.planning import (
    add_hold,
    cancel_pickup,
    pickup,
    pickups_between,
    remove_hold,
)
from coordinator.services.pickups.settling import settle
from coordinator.services.records import history
from coordinator.services.today import today_page
from tests.builders import TODAY
from tests.integration.cli.cli import CommandLine
from tests.integration.records.books import (
    ALL_OF_IT,
    a_lot_for_two,
    a_run,
    another_program,
    assert_refused,
    let_it_be,
    oz,
    the_lot,
    undo_labelled,
)
from tests.pickup_builders import a_region

LATER = TODAY + timedelta(days=10)
"""Past the last day of a hold made today."""


# Case 1: a hold is put on a settled pickup, or taken off it, by undoing or doing again what is not last.


def test_undoing_that_a_hold_was_added_is_refused_once_its_pickup_is_settled(
    sqlite_database: Database,
) -> None:
    code = a_run(sqlite_database, a_region(sqlite_database), "H-0001")
    add_hold(sqlite_database, code, "H-0002", TODAY)
    settle(sqlite_database, code, None, TODAY)

    assert_refused(sqlite_database, lambda: undo_labelled(sqlite_database, "Added H-0002"), "P-0001")

    assert len(pickup(sqlite_database, code, TODAY).deliveries) == 2


def test_undoing_here_is_refused_once_the_command_line_settled_the_pickup(sqlite_database: Database) -> None:
    code = a_run(sqlite_database, a_region(sqlite_database), "H-0001")
    add_hold(sqlite_database, code, "H-0002", TODAY)
    settle(another_program(sqlite_database), code, None, TODAY)

    assert_refused(sqlite_database, lambda: history.undo(sqlite_database), "P-0001")

    assert today_page(sqlite_database, TODAY)
    assert pickups_between(sqlite_database, TODAY, TODAY, TODAY)


def test_adding_a_hold_is_not_done_again_once_the_command_line_settled_the_pickup(
    sqlite_database: Database,
) -> None:
    code = a_run(sqlite_database, a_region(sqlite_database), "H-0001")
    add_hold(sqlite_database, code, "H-0002", TODAY)
    history.undo(sqlite_database)
    settle(another_program(sqlite_database), code, None, TODAY)

    assert_refused(sqlite_database, lambda: history.redo(sqlite_database), "P-0001")


def test_taking_a_hold_off_is_not_done_again_once_the_command_line_settled_the_pickup(
    sqlite_database: Database,
) -> None:
    code = a_run(sqlite_database, a_region(sqlite_database), "H-0001", "H-0002")
    remove_hold(sqlite_database, code, "H-0002")
    history.undo(sqlite_database)
    settle(another_program(sqlite_database), code, None, TODAY)

    assert_refused(sqlite_database, lambda: history.redo(sqlite_database), "P-0001")

    assert today_page(sqlite_database, TODAY)


# Case 2: a hold comes back to a pickup that is closed, or a closed hold to a planned one.


@pytest.mark.parametrize("close", [lambda db, code: settle(db, code, None, TODAY), cancel_pickup])
def test_undoing_that_a_hold_was_taken_off_is_refused_once_its_pickup_is_closed(
    sqlite_database: Database, close: Callable[[Database, str], None]
) -> None:
    code = a_run(sqlite_database, a_region(sqlite_database), "H-0001", "H-0002")
    remove_hold(sqlite_database, code, "H-0002")
    close(sqlite_database, code)

    assert_refused(sqlite_database, lambda: undo_labelled(sqlite_database, "Took H-0002 off"), "P-0001")


def test_undoing_that_a_hold_was_taken_off_is_refused_once_it_is_released(sqlite_database: Database) -> None:
    code = a_run(sqlite_database, a_region(sqlite_database), "H-0001", "H-0002")
    remove_hold(sqlite_database, code, "H-0002")
    release_hold(sqlite_database, "H-0002")

    assert_refused(sqlite_database, lambda: undo_labelled(sqlite_database, "Took H-0002 off"), "H-0002")


def test_undoing_a_cancelling_is_refused_once_a_hold_of_it_is_released(sqlite_database: Database) -> None:
    code = a_run(sqlite_database, a_region(sqlite_database), "H-0001", "H-0002")
    cancel_pickup(sqlite_database, code)
    release_hold(sqlite_database, "H-0002")

    assert_refused(sqlite_database, lambda: undo_labelled(sqlite_database, "Cancelled P-0001"), "H-0002")


def test_undoing_a_cancelling_names_the_pickup_that_carries_a_hold_of_it_now(
    sqlite_database: Database,
) -> None:
    region = a_region(sqlite_database)
    cancel_pickup(sqlite_database, a_run(sqlite_database, region, "H-0001", "H-0002"))
    a_run(sqlite_database, region, "H-0002")

    assert_refused(
        sqlite_database, lambda: undo_labelled(sqlite_database, "Cancelled P-0001"), "P-0002", "H-0002"
    )

    assert pickup(sqlite_database, "P-0001", TODAY).state is PickupState.CANCELLED


def test_undoing_a_planning_is_refused_once_the_command_line_added_a_hold(sqlite_database: Database) -> None:
    code = a_run(sqlite_database, a_region(sqlite_database), "H-0001")
    add_hold(another_program(sqlite_database), code, "H-0002", TODAY)

    assert_refused(sqlite_database, lambda: history.undo(sqlite_database), "P-0001", "H-0002")


# Case 3: a yes noted for an earlier day does not revive a hold whose milk went to others.


def two_holds_of_all(database: Database, bags: int | None = None, volume: Volume = ALL_OF_IT) -> None:
    """Hold all for R-0001, with one side's yes still missing when it expires, and all again for R-0002."""
    a_lot_for_two(database)
    hold_milk(database, "R-0001", "L-0001", volume, TODAY, bags=bags)
    let_it_be(database, LATER)
    hold_milk(database, "R-0002", "L-0001", volume, LATER, bags=bags)


@pytest.mark.parametrize("last", list(Side))
def test_a_yes_of_an_earlier_day_is_refused_once_others_have_the_milk(
    sqlite_database: Database, last: Side
) -> None:
    two_holds_of_all(sqlite_database)
    (first,) = set(Side) - {last}
    in_time = TODAY + timedelta(days=3)

    def both_yeses() -> None:
        record_yes(sqlite_database, "H-0001", first, in_time)
        record_yes(sqlite_database, "H-0001", last, in_time)

    with pytest.raises(UserError, match="H-0001"):
        both_yeses()

    assert the_lot(sqlite_database, today=LATER).free == Volume()


def test_a_yes_of_an_earlier_day_is_refused_once_others_have_the_bags(sqlite_database: Database) -> None:
    two_holds_of_all(sqlite_database, bags=25, volume=oz(50))

    def both_yeses() -> None:
        for side in Side:
            record_yes(sqlite_database, "H-0001", side, TODAY + timedelta(days=3))

    with pytest.raises(UserError, match="H-0001"):
        both_yeses()

    assert the_lot(sqlite_database, today=LATER).free_bags == 0


def test_the_command_line_notes_no_earlier_yes_once_others_have_the_milk(sqlite_database: Database) -> None:
    two_holds_of_all(sqlite_database)
    assert sqlite_database.path is not None
    milkrun = CommandLine(sqlite_database.path, today=str(LATER))

    sentence = milkrun.refused("yes", "H-0001", "family", "--on", str(TODAY + timedelta(days=3)))

    assert "H-0001" in sentence


def test_a_yes_of_an_earlier_day_counts_while_the_milk_is_still_there(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", ALL_OF_IT, TODAY)
    let_it_be(sqlite_database, LATER)

    for side in Side:
        record_yes(sqlite_database, "H-0001", side, TODAY + timedelta(days=3))

    assert the_lot(sqlite_database, today=LATER).held == ALL_OF_IT


def test_undoing_that_a_yes_was_taken_back_is_refused_once_others_have_the_milk(
    sqlite_database: Database,
) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", ALL_OF_IT, TODAY)
    for side in Side:
        record_yes(sqlite_database, "H-0001", side, TODAY)
    let_it_be(sqlite_database, LATER)
    take_back_yes(sqlite_database, "H-0001", Side.FAMILY)
    let_it_be(sqlite_database, LATER + timedelta(days=1))
    hold_milk(sqlite_database, "R-0002", "L-0001", ALL_OF_IT, LATER + timedelta(days=1))

    assert_refused(
        sqlite_database, lambda: undo_labelled(sqlite_database, "Took back"), "H-0001", "L-0001", "H-0002"
    )
