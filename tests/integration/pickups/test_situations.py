"""What went wrong on the days of other systems like this one; no ounce of it is lost or counted twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements.holds import HoldState, Side
from coordinator.domain.pickups.plans import Correction, Outcome, Pickup, PickupKind, PickupState, StopKind
from coordinator.domain.records.ledger import LotLedger, Went
from coordinator.domain.volume import Volume, total
from coordinator.services.agreements import holds as agreements
from coordinator.services.agreements.passing_on import near_by, pass_on
from coordinator.services.agreements.planning_again import plan_again
from coordinator.services.pickups import planning
from coordinator.services.pickups.left_behind import left_behind
from coordinator.services.pickups.on_the_day import cancel_stop, let_collect
from coordinator.services.records import history
from coordinator.services.records.ledger import ledger
from tests.builders import NOW, TODAY
from tests.integration.records.test_undo import dump
from tests.networks import opened_network
from tests.pickup_builders import SATURDAY, SETUP, Region, a_region


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """On a file alone: what these tests read and write on a server is tested beside them."""
    opened = opened_network(tmp_path / "network.db")
    opened.clock = lambda: NOW
    yield opened
    opened.dispose()


def oz(amount: float) -> Volume:
    return Volume.from_oz(amount)


def a_run(database: Database, region: Region, *holds: str) -> str:
    chosen = holds or region.holds
    return planning.plan_pickup(
        database, PickupKind.RUN, SATURDAY, chosen, driver_code=region.driver, today=TODAY
    )


def shown(database: Database, code: str) -> Pickup:
    return planning.pickup(database, code, SATURDAY)


def lots(database: Database) -> dict[str, LotLedger]:
    found = ledger(database, SATURDAY)
    assert found.unbalanced == ()
    return {lot.lot_code: lot for lot in found.lots}


def stops(database: Database, code: str) -> list[tuple[StopKind, str]]:
    return [(stop.kind, stop.code) for stop in shown(database, code).stops]


def stock(database: Database, family: str) -> Volume | None:
    with database.reading() as session:
        return by_code(session, RecipientRow, family).stock


def count_stock(database: Database, family: str, ounces: float) -> None:
    with database.writing(SETUP) as session:
        row = by_code(session, RecipientRow, family)
        row.stock, row.stock_on = oz(ounces), SATURDAY


def test_the_driver_does_not_come_and_one_action_frees_the_run_and_one_undo_brings_every_stop_back(
    database: Database,
) -> None:
    region = a_region(database)
    code = a_run(database, region)
    planning.move_stop(database, code, shown(database, code).stops[1].id, 1)
    before, rows = stops(database, code), dump(database)

    planning.cancel_pickup(database, code)

    assert [hold.code for hold in planning.holds_to_plan(database, SATURDAY)] == list(region.holds)
    assert {lot.there for lot in lots(database).values()} == {oz(100)}
    history.undo(database)
    assert (stops(database, code), dump(database)) == (before, rows)


def test_cancelling_any_stop_leaves_nothing_of_it_on_the_run(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region)
    rows = dump(database)
    for stop in shown(database, code).stops:
        waiting = cancel_stop(database, code, stop.id)

        left = shown(database, code)
        on_it = {hold.code for hold in left.holds}
        assert len(waiting) == 2
        assert not on_it & set(waiting)
        assert (stop.kind, stop.code) not in stops(database, code)
        assert {hold.code for hold in planning.holds_to_plan(database, SATURDAY)} == set(waiting)
        history.undo(database)
        assert dump(database) == rows
    alone = left.stops
    cancel_stop(database, code, alone[0].id)
    rest = shown(database, code).stops
    cancel_stop(database, code, rest[0].id)
    last = shown(database, code)
    if last.state is PickupState.PLANNED:
        cancel_stop(database, code, last.stops[0].id)
    assert shown(database, code).state is PickupState.CANCELLED
    assert len(planning.holds_to_plan(database, SATURDAY)) == 4


def test_a_partial_delivery_and_a_cancelled_stop_leave_all_the_rest_in_the_lot_or_waiting(
    database: Database,
) -> None:
    region = a_region(database)
    code = a_run(database, region)

    planning.settle(
        database, code, [Outcome("H-0001", oz(30)), Outcome("H-0002", nobody_home=True)], SATURDAY
    )

    lot = lots(database)["L-0001"]
    assert (lot.went(Went.DELIVERED), lot.there) == (oz(30), oz(70))
    assert {one.hold_code: one.volume for one in left_behind(database, SATURDAY)} == {
        "H-0001": oz(10),
        "H-0002": oz(40),
    }
    again = plan_again(database, "H-0002", SATURDAY)
    (hold,) = [one for one in agreements.holds(database, SATURDAY) if one.code == again]
    assert (hold.volume, hold.recipient_code) == (oz(40), "R-0002")
    assert [one.hold_code for one in left_behind(database, SATURDAY)] == ["H-0001"]


def test_milk_left_in_the_car_goes_to_a_family_that_waits_near_by(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region)
    planning.settle(
        database, code, [Outcome("H-0001", oz(30)), Outcome("H-0002", nobody_home=True)], SATURDAY
    )
    count_stock(database, "R-0001", 100)
    before = dump(database)
    (near,) = near_by(database, "H-0002", SATURDAY)
    assert (near.code, near.name) == ("R-0001", "Inès Roy")

    given = pass_on(database, "H-0002", "R-0001", SATURDAY)
    assert lots(database)["L-0001"].held == oz(40)
    planning.settle(database, given, None, SATURDAY)

    lot = lots(database)["L-0001"]
    assert (lot.went(Went.DELIVERED), lot.there) == (oz(70), oz(30))
    assert [(one.pickup_code, one.recipient_code, one.volume) for one in lot.movements] == [
        (code, "R-0001", oz(30)),
        (given, "R-0001", oz(40)),
    ]
    page = shown(database, given)
    assert (page.state, page.kind, page.driver_code) == (PickupState.SETTLED, PickupKind.RUN, region.driver)
    assert [(hold.donor_yes_on, hold.family_yes_on) for hold in page.holds] == [(SATURDAY, SATURDAY)]
    assert stock(database, "R-0001") == oz(140)
    # What the first family was promised still waits for another day, as far as there is milk.
    waits = {one.hold_code: (one.volume, one.free) for one in left_behind(database, SATURDAY)}
    assert waits["H-0002"] == (oz(40), oz(20)), "10 oz of H-0001 are in the car still"
    history.undo(database)
    history.undo(database)
    assert dump(database) == before


def test_two_parts_of_one_familys_milk_go_on_two_runs(database: Database) -> None:
    region = a_region(database)
    first, second = a_run(database, region, "H-0001"), a_run(database, region, "H-0003", "H-0002")
    rest = agreements.hold_milk(database, "R-0001", "L-0001", oz(20), TODAY)
    for side in Side:
        agreements.record_yes(database, rest, side, TODAY)
    planning.add_hold(database, second, rest, TODAY)
    count_stock(database, "R-0001", 0)

    planning.settle(database, second, [Outcome(rest, oz(15))], SATURDAY)
    assert lots(database)["L-0001"].went(Went.DELIVERED) == oz(40) + oz(15)
    planning.settle(database, first, None, SATURDAY)

    lot = lots(database)["L-0001"]
    assert (lot.went(Went.DELIVERED), lot.there) == (oz(95), oz(5))
    assert stock(database, "R-0001") == oz(40) + oz(40) + oz(15)
    planning.settle_again(database, first, [Correction("H-0001", oz(25), lost=oz(15))], SATURDAY)
    lot = lots(database)["L-0001"]
    assert (lot.went(Went.DELIVERED), lot.went(Went.LOST), lot.there) == (oz(80), oz(15), oz(5))
    assert stock(database, "R-0001") == total([oz(25), oz(40), oz(15)])


def test_a_family_that_says_it_got_nothing_has_its_history_and_a_new_run_counts_nothing_twice(
    database: Database,
) -> None:
    region = a_region(database)
    count_stock(database, "R-0001", 0)
    code = a_run(database, region, "H-0001")
    planning.settle(database, code, [Outcome("H-0001", received_by="a neighbour, M. Roy")], SATURDAY)
    (came,) = lots(database)["L-0001"].movements
    assert (came.on, came.pickup_code, came.received_by) == (SATURDAY, code, "a neighbour, M. Roy")

    planning.settle_again(database, code, [Correction("H-0001", oz(0), lost=oz(40))], SATURDAY)

    assert stock(database, "R-0001") in {oz(0), None}
    (gone,) = lots(database)["L-0001"].movements
    assert (gone.went, gone.received_by) == (Went.LOST, "a neighbour, M. Roy")
    told = [str(entry.said) for entry in history.history(database)]
    assert any("H-0001 40 oz → 0 oz handed over" in said for said in told)
    again = agreements.hold_milk(database, "R-0001", "L-0001", oz(20), SATURDAY)
    for side in Side:
        agreements.record_yes(database, again, side, SATURDAY)
    planning.settle(database, a_run(database, region, again), None, SATURDAY)
    lot = lots(database)["L-0001"]
    assert (lot.went(Went.DELIVERED), lot.went(Went.LOST), lot.there) == (oz(20), oz(40), oz(40))
    assert stock(database, "R-0001") == oz(20)
    # The neighbour brings it round after all: it is found, and still nothing is counted twice.
    planning.settle_again(database, code, [Correction("H-0001", oz(40))], SATURDAY)
    lot = lots(database)["L-0001"]
    assert (lot.went(Went.DELIVERED), lot.went(Went.LOST), lot.there) == (oz(60), oz(0), oz(40))
    assert stock(database, "R-0001") == oz(60)


def test_a_stop_given_to_a_volunteer_by_mistake_becomes_the_familys_own_pickup(database: Database) -> None:
    region = a_region(database)
    code, before = a_run(database, region), dump(database)

    own = let_collect(database, code, "R-0001")

    assert [
        (shown(database, one).kind, [hold.code for hold in shown(database, one).holds]) for one in own
    ] == [
        (PickupKind.FAMILY_COLLECTS, ["H-0001"]),
        (PickupKind.FAMILY_COLLECTS, ["H-0003"]),
    ]
    assert {hold.code for hold in shown(database, code).holds} == {"H-0002", "H-0004"}
    assert (StopKind.DROP, "R-0001") not in stops(database, code)
    assert all(shown(database, one).on == SATURDAY for one in own)
    history.undo(database)
    assert dump(database) == before
    alone = a_run(database, region) if not shown(database, code).holds else code
    let_collect(database, alone, "R-0001")
    let_collect(database, alone, "R-0002")
    assert shown(database, alone).state is PickupState.CANCELLED


def test_a_run_that_was_closed_is_opened_again_with_every_stop_and_closed_otherwise(
    database: Database,
) -> None:
    region = a_region(database)
    count_stock(database, "R-0001", 10)
    code = a_run(database, region)
    before, known = stops(database, code), stock(database, "R-0001")
    planning.settle(database, code, [Outcome("H-0001", lost=oz(40))], SATURDAY)
    settled = history.history(database)[0].id
    agreements.hold_milk(database, "R-0002", "L-0002", oz(5), SATURDAY)

    history.undo_action(database, settled)

    page = shown(database, code)
    assert (page.state, stops(database, code), stock(database, "R-0001")) == (
        PickupState.PLANNED,
        before,
        known,
    )
    assert {hold.state for hold in page.holds} == {HoldState.AGREED}
    assert all(not lot.movements for lot in lots(database).values())
    planning.settle(database, code, None, SATURDAY)
    assert lots(database)["L-0001"].went(Went.DELIVERED) == oz(80)
    with database.reading() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM delivery")) == 4
