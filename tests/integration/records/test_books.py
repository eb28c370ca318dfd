"""The books after every action, on both databases: what would not balance is refused."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from coordinator.db.agreements import HoldRow
from coordinator.db.database import Database
from coordinator.db.milk import LotRow
from coordinator.domain.agreements.checks import HoldClosedError
from coordinator.domain.agreements.holds import HoldState, Side
from coordinator.domain.pickups.plans import PickupKind, PickupState
from coordinator.domain.records.balance import BooksError, BooksRule
from coordinator.domain.records.checks import FaultKind
from coordinator.domain.volume import Volume
from coordinator.services.agreements import holds
from coordinator.services.pickups import planning
from coordinator.services.records import history
from coordinator.services.records.checks import check_network
from coordinator.services.records.undoing import CannotUndoError, NotInHistoryError, undo_together
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.integration.records.test_undo import dump
from tests.pickup_builders import SETUP, Region, a_region


def an_overpromised_lot(database: Database) -> Region:
    """Hold 80 oz of each lot of 100 oz and then find that the first held only 50."""
    region = a_region(database, donor_yes=False, bags=None)
    with database.engine.begin() as connection:  # which no program of ours does
        less = sa.update(LotRow).where(LotRow.code == region.lots[0]).values(volume=Volume.from_oz(50))
        connection.execute(less)
    return region


def found_wrong(database: Database) -> list[tuple[str, str]]:
    faults = check_network(database).faults
    return [(fault.where, fault.what) for fault in faults if fault.kind is FaultKind.AMOUNT]


def a_settled_run_with_a_hold_added_later(database: Database) -> tuple[Region, str, int]:
    """Return the run, and the action that added its second hold before it was settled."""
    region = a_region(database)
    run = planning.plan_pickup(database, PickupKind.RUN, TODAY, [region.holds[0]], today=TODAY)
    planning.add_hold(database, run, region.holds[1], TODAY)
    added = history.history(database)[0].id
    planning.settle(database, run, None, TODAY)
    return region, run, added


def test_an_action_after_which_the_books_would_not_balance_is_refused_whole(database: Database) -> None:
    region = a_region(database)
    before = dump(database)

    with pytest.raises(BooksError) as refused, database.writing(SETUP, TODAY) as session:
        session.get_one(HoldRow, 1).volume = Volume.from_oz(61)

    assert [one.rule for one in refused.value.broken] == [BooksRule.MILK]
    assert str(refused.value) == (
        f"101 oz of the 100 oz of {region.lots[0]} would be promised or gone (H-0001, H-0002). "
        "Release H-0001 or H-0002 first. Nothing was saved."
    )
    assert dump(database) == before


def test_what_was_broken_before_can_be_mended_but_not_made_worse(database: Database) -> None:
    an_overpromised_lot(database)
    holds.record_yes(database, "H-0001", Side.DONOR, TODAY)  # as broken as before

    with pytest.raises(BooksError), database.writing(SETUP, TODAY) as session:
        session.get_one(HoldRow, 1).volume = Volume.from_oz(41)
    holds.release_hold(database, "H-0001")

    assert found_wrong(database) == []


def test_the_check_of_the_network_tells_what_does_not_balance(database: Database) -> None:
    an_overpromised_lot(database)

    assert found_wrong(database) == [("L-0001", "more is promised or was handed over than there was")]


def test_both_are_undone_in_one_step_and_done_again_one_by_one(database: Database) -> None:
    _, run, added = a_settled_run_with_a_hold_added_later(database)
    settled = dump(database)

    with pytest.raises(CannotUndoError) as refused:
        history.undo_action(database, added)
    undo_together(database, refused.value.together)

    assert planning.pickup(database, run, TODAY).state is PickupState.PLANNED
    assert [hold.code for hold in planning.pickup(database, run, TODAY).holds] == ["H-0001"]
    assert str(history.redo(database)) == f"Added H-0002 to {run}"
    assert str(history.redo(database)) == f"Settled {run}"
    assert dump(database) == settled
    assert history.chain_is_whole(database)


def test_undoing_both_is_refused_whole_where_one_of_them_has_to_stay(database: Database) -> None:
    _, _, added = a_settled_run_with_a_hold_added_later(database)
    before = dump(database)

    with pytest.raises(CannotUndoError):
        undo_together(database, (added, added - 1))

    assert dump(database) == before


@pytest.mark.parametrize("number", [0, -1, 12_345, 2**63])
def test_an_action_that_is_not_in_the_history_is_said_to_be_none(database: Database, number: int) -> None:
    with pytest.raises(NotInHistoryError, match="not in the history"):
        history.undo_action(database, number)
    with pytest.raises(NotInHistoryError, match="not in the history"):
        undo_together(database, [number])


def test_a_yes_said_in_time_but_noted_late_is_refused_once_the_milk_is_gone(database: Database) -> None:
    with database.writing(SETUP, TODAY) as session:
        a_stored_lot(session, a_donor(session))
        for name in ("Inès Roy", "Linh Tran"):
            a_recipient(session, name)
    later = TODAY + timedelta(days=10)
    all_of_it = Volume.from_oz(100)
    holds.hold_milk(database, "R-0001", "L-0001", all_of_it, TODAY)
    holds.hold_milk(database, "R-0002", "L-0001", all_of_it, later)
    database.today = lambda: later

    with pytest.raises(HoldClosedError) as refused:
        holds.record_yes(database, "H-0001", Side.DONOR, TODAY + timedelta(days=3))

    assert str(refused.value) == (
        "H-0001 expired on Nov 28, 2026, and its milk has gone to others since. "
        "Nothing of L-0001 is free, 100 oz were asked for: hold other milk."
    )
    holds.release_hold(database, "H-0002")
    for side in Side:
        holds.record_yes(database, "H-0001", side, TODAY + timedelta(days=3))
    assert {hold.code: hold.state for hold in holds.holds(database, later)} == {"H-0001": HoldState.AGREED}
