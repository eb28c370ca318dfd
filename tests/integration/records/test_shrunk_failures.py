"""What random work on the books found, as short as it could be made."""

from __future__ import annotations

import pytest

from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow
from coordinator.domain.agreements.holds import Side
from coordinator.domain.pickups.plans import PickupKind
from coordinator.domain.volume import Volume
from coordinator.services.agreements.holds import hold_milk, record_yes, release_hold
from coordinator.services.families.households import change_profile
from coordinator.services.families.merging import merge_households
from coordinator.services.pickups.planning import cancel_pickup, plan_pickup
from coordinator.services.records import history
from coordinator.services.records.undoing import CannotUndoError, UndoneAlreadyError, undo_together
from tests.builders import TODAY, a_household
from tests.integration.records.books import a_lot_for_two
from tests.integration.records.test_undo import dump
from tests.pickup_builders import SATURDAY, SETUP, a_region

FAMILIES = ("R-0001", "R-0002")


def test_families_made_and_merged_in_one_action_go_and_come_back(database: Database) -> None:
    """A row that points to a later one of its own table was put back before that one was there."""
    before = dump(database)
    with database.writing(SETUP) as session:
        homes = [a_household(session, name).id for name in ("Ada Lind", "Ada M. Lind", "A. Lind", "Lind")]
        for home, into in (*zip(homes[:2], homes[2:], strict=True),):
            session.get_one(HouseholdRow, home).merged_into_id = into
    after = dump(database)

    for _ in range(2):
        history.undo(database)
        assert dump(database) == before
        history.redo(database)
        assert dump(database) == after


def test_what_was_undone_out_of_turn_leaves_nothing_that_cannot_be_undone(database: Database) -> None:
    """A hold undone below a cancelled pickup left “Cancelled” as the next thing to undo, for ever refused."""
    region = a_region(database)
    window = Database.open(database.url, clock=database.clock, origin="window")
    before = dump(window)
    hold = hold_milk(window, "R-0001", region.lots[1], Volume.from_oz(5), TODAY)
    held = newest_action(window)
    pickup = plan_pickup(window, PickupKind.RUN, SATURDAY, [hold], today=TODAY)
    cancel_pickup(window, pickup)
    history.undo_action(window, held)
    after = dump(window)

    steps = 0
    while history.undo_state(window).undo is not None:
        history.undo(window)
        steps += 1
    assert dump(window) == before
    for _ in range(steps):
        history.redo(window)
    assert dump(window) == after
    window.dispose()


def test_what_was_done_again_from_the_history_can_be_undone_from_there_and_back(database: Database) -> None:
    """Undone, done again from the history, undone there with what came before it: undo then stood still."""
    region = a_region(database)
    window = Database.open(database.url, clock=database.clock, origin="window")
    hold = hold_milk(window, "R-0001", region.lots[1], Volume.from_oz(5), TODAY)
    before = dump(window)
    record_yes(window, hold, Side.DONOR, TODAY)
    donor_yes = newest_action(window)
    record_yes(window, hold, Side.FAMILY, TODAY)
    family_yes = newest_action(window)
    history.undo(window)
    undoing = newest_action(window)
    change_profile(window, "D-0001", "notes", "something else")
    history.undo_action(window, undoing)
    undo_together(window, (family_yes, donor_yes))

    for _ in range(5):
        history.undo(window)
    assert dump(window) == before
    window.dispose()


def test_a_merge_is_not_undone_below_a_meeting_of_both_families(database: Database) -> None:
    """A meeting stops only at the giver's, so its stops fitted when it served two families again."""
    region = a_region(database)
    holds = [hold_milk(database, code, region.lots[1], Volume.from_oz(5), TODAY) for code in FAMILIES]
    merge_households(database, *FAMILIES, TODAY)
    merged = newest_action(database)
    plan_pickup(database, PickupKind.MEET, SATURDAY, holds, today=TODAY, meeting_place="library")
    before = dump(database)

    with pytest.raises(CannotUndoError, match="stands in the way"):
        history.undo_action(database, merged)

    assert dump(database) == before


def test_what_was_undone_already_is_not_undone_with_its_own_undoing(database: Database) -> None:
    """Undoing both wrote two actions that changed nothing, and could not be taken back one by one."""
    a_lot_for_two(database)
    hold_milk(database, "R-0001", "L-0001", Volume.from_oz(60), TODAY)
    held = newest_action(database)
    history.undo(database)
    hold_milk(database, "R-0002", "L-0001", Volume.from_oz(60), TODAY)
    before = dump(database)

    with pytest.raises(UndoneAlreadyError, match="was undone already"):
        history.undo_action(database, held)

    assert dump(database) == before


def test_actions_are_undone_together_only_if_the_books_balance_after_each(database: Database) -> None:
    """Else undo and redo stood still in the midst of them."""
    a_lot_for_two(database)
    hold_milk(database, "R-0001", "L-0001", Volume.from_oz(60), TODAY)
    held = newest_action(database)
    release_hold(database, "H-0001")
    released = newest_action(database)
    hold_milk(database, "R-0002", "L-0001", Volume.from_oz(60), TODAY)
    before = dump(database)

    with pytest.raises(CannotUndoError):
        undo_together(database, (released, held))
    with pytest.raises(CannotUndoError) as refused:
        history.undo_action(database, held)

    assert dump(database) == before
    assert refused.value.together == (newest_action(database), released, held)
    undo_together(database, refused.value.together)
    for _ in refused.value.together:
        history.redo(database)
    assert dump(database) == before


def newest_action(database: Database) -> int:
    return history.history(database, limit=1)[0].id
