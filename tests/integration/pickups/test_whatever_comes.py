"""Whatever is written up or cancelled: the ledger balances after it, and undo goes back to the same rows.

All examples of a test share one file: each must leave it as it found it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.db.database import Database
from coordinator.domain.milk.fates import Fate, ToldFate
from coordinator.domain.pickups.plans import Condition, Correction, Outcome, PickupKind, PickupState
from coordinator.domain.records.ledger import Went
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.services.agreements.passing_on import pass_on
from coordinator.services.agreements.planning_again import plan_again
from coordinator.services.milk import fates
from coordinator.services.pickups import on_the_day, planning
from coordinator.services.records import history
from coordinator.services.records.ledger import ledger
from tests.builders import NOW, TODAY
from tests.integration.records.test_undo import dump
from tests.made_once import MadeOnce
from tests.networks import opened_network
from tests.pickup_builders import SATURDAY, Region, a_region

RUN = "P-0001"
HOLDS = ("H-0001", "H-0002", "H-0003", "H-0004")
Step = Callable[[Database], object]
Kind = TypeVar("Kind", Outcome, Correction)
few_oz = st.integers(0, 45).map(Volume.from_oz)
codes = st.sampled_from(HOLDS)


@st.composite
def told_of_a_hold(draw: st.DrawFn) -> dict[str, Any]:
    """Return what is told of 40 oz: mostly what can be, now and then more than there was."""
    most = draw(st.sampled_from((40, 40, 40, 55)))
    first = draw(st.integers(0, most))
    lost = draw(st.integers(0, most - first))
    hold = {"hold_code": draw(codes)}
    how = draw(st.sampled_from(("delivered", "left_behind", "nobody_home")))
    if how == "nobody_home":
        return {**hold, how: True}
    counted = draw(st.none() | st.integers(1, 12)) if first else None
    condition = draw(st.none() | st.sampled_from(Condition))
    return {
        **hold,
        how: Volume.from_oz(first),
        "lost": Volume.from_oz(lost),
        "bags": counted,
        "condition": condition,
    }


def of_different(make: Callable[..., Kind]) -> st.SearchStrategy[list[Kind]]:
    one = told_of_a_hold().map(lambda said: make(**said))
    return st.lists(one, max_size=4, unique_by=lambda said: said.hold_code)


told = st.builds(
    ToldFate,
    st.sampled_from(Fate),
    st.none() | few_oz,
    st.just(SATURDAY),
    st.none(),
    st.just("past its last day"),
    st.just("Mothers' Milk Bank"),
)


steps: st.SearchStrategy[Step] = st.one_of(
    of_different(Correction).map(lambda said: lambda db: planning.settle_again(db, RUN, said, SATURDAY)),
    st.tuples(st.sampled_from(("L-0001", "L-0002")), told).map(
        lambda one: lambda db: fates.tell_fate(db, one[0], one[1], SATURDAY)
    ),
    codes.map(lambda code: lambda db: plan_again(db, code, SATURDAY)),
    st.tuples(codes, st.sampled_from(("R-0001", "R-0002"))).map(
        lambda one: lambda db: planning.settle(db, pass_on(db, *one, SATURDAY), None, SATURDAY)
    ),
)


def a_planned_run(path: Path) -> None:
    database = opened_network(path, clock=lambda: NOW)
    region: Region = a_region(database)
    planning.plan_pickup(
        database, PickupKind.RUN, SATURDAY, region.holds, driver_code=region.driver, today=TODAY
    )
    database.dispose()


@pytest.fixture(scope="module")
def database(made_once: MadeOnce, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    made = made_once.path("one_run.db", a_planned_run)
    path = tmp_path_factory.mktemp("whatever") / "network.db"
    opened = opened_network(Path(shutil.copyfile(made, path)), clock=lambda: NOW)
    yield opened
    opened.dispose()


def balances(database: Database) -> None:
    """Every lot adds up to the microlitre, by the ledger and by the rows alone."""
    found = ledger(database, SATURDAY)
    assert found.unbalanced == ()
    with database.reading() as session:
        rows = session.execute(
            sa.text(
                "SELECT lot.code, lot.volume,"
                " coalesce(sum(delivery.delivered), 0), coalesce(sum(delivery.lost), 0)"
                " FROM lot LEFT JOIN hold ON hold.lot_id = lot.id"
                " LEFT JOIN delivery ON delivery.hold_id = hold.id GROUP BY lot.id"
            )
        ).all()
    by_rows = {code: (offered, delivered, lost) for code, offered, delivered, lost in rows}
    for lot in found.lots:
        gone = {went: lot.went(went).microlitres for went in Went}
        assert lot.offered.microlitres == sum(gone.values()) + lot.there.microlitres
        offered, delivered, lost = by_rows[lot.lot_code]
        assert (lot.offered.microlitres, gone[Went.DELIVERED]) == (offered, delivered)
        assert gone[Went.LOST] >= lost  # more may be told as lost afterwards
        assert Volume() <= lot.held <= lot.there


def taken_back(database: Database, to: int) -> None:
    """Undo whatever was done after the action *to*."""
    while (last := history.undo_state(database).undo) is not None and last.id != to:
        history.undo(database)
    assert last is not None


def last_done(database: Database) -> int:
    last = history.undo_state(database).undo
    assert last is not None
    return last.id


@given(of_different(Outcome), st.lists(steps, max_size=3))
@settings(max_examples=10, deadline=None)
def test_whatever_is_written_up_the_ledger_balances_and_undo_goes_back(
    database: Database, said: list[Outcome], later: list[Step]
) -> None:
    planned, before = last_done(database), dump(database)
    try:
        for step in (lambda db: planning.settle(db, RUN, said, SATURDAY), *later):
            rows = dump(database)
            try:
                step(database)
            except UserError:
                assert dump(database) == rows, "refused, and something was written"
            balances(database)
    finally:
        taken_back(database, planned)
    assert dump(database) == before


@given(st.permutations(range(4)), st.integers(0, 3), st.integers(0, 3))
@settings(max_examples=4, deadline=None)
def test_whatever_stop_is_cancelled_nothing_of_it_is_left(
    database: Database, order: list[int], moved: int, place: int
) -> None:
    planned, before = last_done(database), dump(database)
    try:
        stops = planning.pickup(database, RUN, SATURDAY).stops
        planning.move_stop(database, RUN, stops[moved].id, place)
        for number in order:
            run = planning.pickup(database, RUN, SATURDAY)
            gone = next((one for one in run.stops if one.id == stops[number].id), None)
            if run.state is PickupState.CANCELLED or gone is None:
                continue
            on_it = {hold.code for hold in run.holds if gone.code in {hold.donor_code, hold.recipient_code}}
            waiting = on_the_day.cancel_stop(database, RUN, gone.id)
            check_cancelled(database, gone.id, gone.code, set(waiting), on_it)
    finally:
        taken_back(database, planned)
    assert dump(database) == before


def check_cancelled(database: Database, stop_id: int, who: str, waiting: set[str], on_it: set[str]) -> None:
    assert waiting == on_it, "more or less came off than was for the stop"
    assert waiting <= {hold.code for hold in planning.holds_to_plan(database, SATURDAY)}
    run = planning.pickup(database, RUN, SATURDAY)
    if run.state is PickupState.PLANNED:
        assert not waiting & {hold.code for hold in run.holds}
        assert who not in {stop.code for stop in run.stops}
        served = {code for hold in run.holds for code in (hold.donor_code, hold.recipient_code)}
        assert {stop.code for stop in run.stops} == served, "a stop that nothing is for"
    with database.reading() as session:
        loads = session.execute(
            sa.text(
                "SELECT hold.code FROM pickup_load JOIN hold ON hold.id = pickup_load.hold_id"
                " JOIN pickup ON pickup.id = pickup_load.pickup_id WHERE pickup.state = 'planned'"
            )
        ).scalars()
        assert not waiting & set(loads)
        left = session.scalar(sa.text("SELECT count(*) FROM stop WHERE id = :id"), {"id": stop_id})
        assert run.state is not PickupState.PLANNED or not left
    balances(database)
