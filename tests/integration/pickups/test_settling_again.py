"""What was written down of a settled pickup can be corrected, and all that followed from it follows."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.households import HouseholdRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements.holds import HoldState
from coordinator.domain.driving.odometers import Odometer
from coordinator.domain.milk.fates import Fate, ToldFate
from coordinator.domain.milk.lots import Lot
from coordinator.domain.pickups.plans import (
    Condition,
    Correction,
    Delivered,
    LeftWith,
    Outcome,
    PickupKind,
    PickupState,
)
from coordinator.domain.pickups.settling import OutcomeError
from coordinator.domain.volume import Volume, total
from coordinator.errors import UserError
from coordinator.services.agreements.holds import hold_milk, release_hold
from coordinator.services.families.recipients import set_stock
from coordinator.services.milk import lots as milk
from coordinator.services.milk.fates import tell_fate
from coordinator.services.pickups import planning
from coordinator.services.pickups.correcting import GivenOnError
from coordinator.services.pickups.planning import settle, settle_again
from coordinator.services.records import history
from coordinator.services.records.checks import check_network
from tests.builders import TODAY
from tests.integration.records.test_undo import dump
from tests.pickup_builders import SATURDAY, Region, a_region

SUNDAY, MONDAY = SATURDAY + timedelta(days=1), SATURDAY + timedelta(days=2)


def oz(amount: float) -> Volume:
    return Volume.from_oz(amount)


def settled(database: Database, region: Region, outcomes: Sequence[Outcome] | None = None) -> str:
    """Settle a run of all four holds of the region, 40 oz each; H-0001 is of L-0001 for R-0001."""
    code = planning.plan_pickup(
        database, PickupKind.RUN, SATURDAY, region.holds, driver_code=region.driver, today=TODAY
    )
    settle(database, code, outcomes, SATURDAY)
    return code


def lot(database: Database, code: str = "L-0001") -> Lot:
    return next(row.lot for row in milk.list_lots(database, MONDAY) if row.lot.code == code)


def figures(database: Database) -> tuple[Volume, Volume, Volume]:
    """Return what of L-0001 is free, delivered and lost, which with what is held and carried is all of it."""
    found = lot(database)
    assert found.volume == total([found.free, found.held, found.delivered, found.lost, found.carried])
    return found.free, found.delivered, found.lost


def family(database: Database, code: str = "R-0001") -> tuple[Volume | None, date | None]:
    with database.reading() as session:
        row = by_code(session, RecipientRow, code)
        return row.stock, row.stock_on


def home(database: Database, code: str = "D-0001") -> tuple[date | None, date | None]:
    with database.reading() as session:
        row = session.get_one(HouseholdRow, by_code(session, DonorRow, code).household_id)
        return row.last_contact_on, row.first_spoken_on


def last_action(database: Database) -> str:
    return history.history(database)[0].label


def test_a_wrong_amount_is_corrected_and_the_history_says_what_it_was(database: Database) -> None:
    code = settled(database, a_region(database))
    assert figures(database) == (oz(20), oz(80), oz(0))

    settle_again(database, code, [Correction("H-0001", delivered=oz(32))], SUNDAY)

    pickup = planning.pickup(database, code, SUNDAY)
    first = pickup.deliveries[0]
    assert (first.delivered, first.left_behind, first.lost, first.bags) == (oz(32), oz(8), oz(0), 10)
    assert (figures(database), lot(database).carried) == ((oz(20), oz(72), oz(0)), oz(8))
    assert last_action(database) == (
        f"Corrected {code}: H-0001 40 oz → 32 oz handed over; H-0001 0 oz → 8 oz left behind"
    )
    assert pickup.state is PickupState.SETTLED
    assert {hold.state for hold in pickup.holds} == {HoldState.DONE}
    assert check_network(database).faults == ()


def test_undo_goes_back_to_what_was_written_down(database: Database) -> None:
    code = settled(database, a_region(database))
    before = dump(database)

    settle_again(database, code, [Correction("H-0001", lost=oz(5), note="a bag broke")], SUNDAY)
    settle_again(database, code, [Correction("H-0002", nobody_home=True)], SUNDAY)
    history.undo(database)
    history.undo(database)

    assert dump(database) == before


@pytest.mark.parametrize(
    ("typed", "delivered", "left", "lost"),
    [
        ({"delivered": 32}, 32, 8, 0),
        ({"left_behind": 8}, 32, 8, 0),
        ({"lost": 5}, 35, 0, 5),
        ({"delivered": 30, "lost": 4}, 30, 6, 4),
        ({"left_behind": 10, "lost": 4}, 26, 10, 4),
        ({"delivered": 0}, 0, 40, 0),
        ({"nobody_home": True}, 0, 40, 0),
    ],
)
def test_what_is_not_typed_follows_from_what_is(
    database: Database, typed: dict[str, Any], delivered: float, left: float, lost: float
) -> None:
    code = settled(database, a_region(database))
    amounts: dict[str, Any] = {key: value if value is True else oz(value) for key, value in typed.items()}

    settle_again(database, code, [Correction("H-0001", **amounts)], SUNDAY)

    first = planning.pickup(database, code, SUNDAY).deliveries[0]
    came = (first.delivered, first.left_behind, first.lost)
    assert [round(volume.oz, 3) for volume in came] == [delivered, left, lost]
    assert total(list(came)) == oz(40)


def test_a_hold_nobody_speaks_of_stays_as_it_was_with_its_note(database: Database) -> None:
    noted = Outcome("H-0002", lost=oz(3), condition=Condition.THAWED, note="side door", bags=9)
    code = settled(database, a_region(database), [noted])
    before = planning.pickup(database, code, SUNDAY).deliveries[1:]

    settle_again(database, code, [Correction("H-0001", delivered=oz(32))], SUNDAY)

    assert planning.pickup(database, code, SUNDAY).deliveries[1:] == before


def test_milk_that_came_after_all_is_handed_over(database: Database) -> None:
    code = settled(database, a_region(database), [Outcome("H-0001", nobody_home=True)])
    assert (figures(database), lot(database).carried) == ((oz(20), oz(40), oz(0)), oz(40))

    settle_again(database, code, [Correction("H-0001", delivered=oz(40))], SUNDAY)

    assert figures(database) == (oz(20), oz(80), oz(0))
    assert home(database)[0] == SATURDAY


def test_the_familys_stock_is_what_it_had_been_had_it_been_settled_so_at_once(database: Database) -> None:
    region = a_region(database)
    set_stock(database, "R-0001", oz(60), TODAY, seen=None)
    before = family(database)
    code = settled(database, region)
    whole, _ = family(database)
    assert whole is not None

    settle_again(database, code, [Correction("H-0001", delivered=oz(32))], SUNDAY)
    assert family(database) == (whole - oz(8), SATURDAY)

    nothing = [Correction(hold, nobody_home=True) for hold in ("H-0001", "H-0003")]
    settle_again(database, code, nothing, SUNDAY)
    assert family(database) == before

    everything = [Correction(hold, delivered=oz(40)) for hold in ("H-0001", "H-0003")]
    settle_again(database, code, everything, SUNDAY)
    assert family(database) == (whole, SATURDAY)


def test_a_stock_that_was_counted_since_stays(database: Database) -> None:
    code = settled(database, a_region(database))
    stock, _ = family(database)
    set_stock(database, "R-0001", oz(71), SUNDAY, seen=stock)

    stays = settle_again(database, code, [Correction("H-0001", delivered=oz(32))], MONDAY)

    assert family(database) == (oz(71), SUNDAY)
    assert stays == ("Inès Roy",)


def test_nobody_was_met_after_all(database: Database) -> None:
    region = a_region(database)
    before = home(database)
    code = settled(database, region)
    assert home(database) == (SATURDAY, SATURDAY)

    settle_again(database, code, [Correction("H-0001", nobody_home=True)], SUNDAY)
    assert home(database) == (SATURDAY, SATURDAY), "H-0002 was collected there"

    settle_again(database, code, [Correction("H-0002", nobody_home=True)], SUNDAY)
    assert home(database) == before


def test_milk_that_was_given_on_since_stands_in_the_way_and_is_named(database: Database) -> None:
    code = settled(
        database, a_region(database), [Outcome("H-0001", left_behind=oz(30), where=LeftWith.DONOR)]
    )
    held = hold_milk(database, "R-0002", "L-0001", oz(45), SUNDAY)
    before = dump(database)

    with pytest.raises(GivenOnError) as refused:
        settle_again(database, code, [Correction("H-0001", delivered=oz(40))], SUNDAY)

    assert str(refused.value) == (
        f"30 oz more of L-0001 would have gone, but only 5 oz of what stayed is still free: {held} took the "
        "rest since. Release or correct that first; nothing was saved."
    )
    assert dump(database) == before
    release_hold(database, held)
    settle_again(database, code, [Correction("H-0001", delivered=oz(40))], SUNDAY)
    assert figures(database) == (oz(20), oz(80), oz(0))


def test_milk_does_not_come_back_to_a_lot_that_was_removed(database: Database) -> None:
    code = settled(database, a_region(database))
    milk.remove_lot(database, "L-0001", SUNDAY)

    with pytest.raises(UserError, match=r"^L-0001 was removed since, .* then correct P-0001\.$"):
        settle_again(database, code, [Correction("H-0001", delivered=oz(32))], SUNDAY)


def test_a_correction_that_cannot_be_is_refused(database: Database) -> None:
    region = a_region(database)
    code = settled(database, region)
    before = dump(database)
    corrections: list[tuple[list[Correction], str]] = [
        ([Correction("H-0001", delivered=oz(50))], r"H-0001: 50\soz are more than the 40\soz planned"),
        ([Correction("H-0001", delivered=oz(-1))], "cannot be below zero"),
        ([Correction("H-0099", delivered=oz(1))], "does not travel with this pickup"),
        ([Correction("H-0001", delivered=oz(40))], "That is what is written down of P-0001 already"),
        ([], "That is what is written down of P-0001 already"),
    ]
    for typed, sentence in corrections:
        with pytest.raises(UserError, match=sentence):
            settle_again(database, code, typed, SUNDAY)
    with pytest.raises(OutcomeError, match="30 bags are more than the 13 there were"):
        settle_again(database, code, [Correction("H-0001", bags=30)], SUNDAY)

    assert dump(database) == before


def test_only_a_settled_pickup_is_settled_again(database: Database) -> None:
    region = a_region(database)
    code = planning.plan_pickup(database, PickupKind.RUN, SATURDAY, region.holds, today=TODAY)
    typed = [Correction("H-0001", delivered=oz(32))]

    with pytest.raises(UserError, match="P-0001 is not settled yet; settle it first"):
        settle_again(database, code, typed, SATURDAY)
    planning.cancel_pickup(database, code)
    with pytest.raises(UserError, match="P-0001 is cancelled; nothing came with it"):
        settle_again(database, code, typed, SATURDAY)


def test_the_odometer_alone_can_be_corrected(database: Database) -> None:
    code = settled(database, a_region(database))

    settle_again(database, code, [], SUNDAY, odometer=Odometer(100, 160), sure=True)

    assert planning.pickup(database, code, SUNDAY).odometer == Odometer(100, 160)
    assert last_action(database) == f"Corrected {code}"


@pytest.mark.parametrize(("less", "more"), [("H-0001", "H-0002"), ("H-0002", "H-0001")])
def test_what_moves_from_one_hold_to_another_of_a_full_lot_is_undone_and_done_again(
    database: Database, less: str, more: str
) -> None:
    code = settled(database, a_region(database), [Outcome(more, delivered=oz(20))])
    tell_fate(database, "L-0001", ToldFate(Fate.KEPT, None, SUNDAY), SUNDAY)  # nothing of it lies free
    before = dump(database)
    settle_again(
        database, code, [Correction(less, delivered=oz(20)), Correction(more, delivered=oz(40))], SUNDAY
    )
    after = dump(database)

    for _ in range(2):
        history.undo(database)
        assert dump(database) == before
        history.redo(database)
        assert dump(database) == after


OUNCES = st.integers(0, 40)
SAID = st.fixed_dictionaries({}, optional={"delivered": OUNCES, "left_behind": OUNCES, "lost": OUNCES})


@settings(max_examples=15, deadline=None)
@given(said=st.lists(st.tuples(st.sampled_from(("H-0001", "H-0002", "H-0003")), SAID), max_size=6))
def test_however_often_it_is_settled_again_all_is_as_if_settled_so_at_once(
    migrated_file: Path, said: list[tuple[str, dict[str, int]]]
) -> None:
    with TemporaryDirectory(prefix="milkrun-again-") as folder:
        places = [Path(shutil.copy(migrated_file, Path(folder) / name)) for name in ("once.db", "often.db")]
        once, often = map(Database.open, places)
        regions = [a_region(database) for database in (once, often)]
        code = settled(often, regions[1])
        for hold, amounts in said:
            typed: dict[str, Any] = {key: oz(value) for key, value in amounts.items()}
            with suppress(UserError):
                settle_again(often, code, [replace(Correction(hold), **typed)], SUNDAY)
        came = planning.pickup(often, code, SUNDAY).deliveries
        settled(once, regions[0], [an_outcome(one) for one in came])

        assert planning.pickup(once, code, SUNDAY).deliveries == came
        assert figures(often) == figures(once)
        for family_code in ("R-0001", "R-0002"):
            assert family(often, family_code) == family(once, family_code)
        assert check_network(often).faults == ()
        once.dispose()
        often.dispose()


def an_outcome(one: Delivered) -> Outcome:
    return Outcome(
        one.hold_code,
        delivered=one.delivered,
        bags=one.bags,
        left_behind=one.left_behind,
        lost=one.lost,
        nobody_home=one.nobody_home,
    )
