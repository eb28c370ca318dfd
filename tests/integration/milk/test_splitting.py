"""Lots split on both databases: every ounce and every hold stays accounted for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from coordinator.db.database import Database
from coordinator.domain.agreements.checks import CountedHeldError
from coordinator.domain.agreements.holds import Side
from coordinator.domain.milk.lots import Lot
from coordinator.domain.milk.splitting import CountedPart, is_promised_twice
from coordinator.domain.pickups.plans import PickupKind
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.services.agreements.holds import hold_milk, holds, record_yes, release_hold
from coordinator.services.milk.lots import list_lots
from coordinator.services.milk.splitting import HoldAcrossError, MoreThanFreeError, split_lot
from coordinator.services.pickups.planning import plan_pickup, settle
from coordinator.services.records.history import undo
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.pickup_builders import a_held_lot

ON = date(2026, 10, 1)


def lots(database: Database) -> dict[str, Lot]:
    return {row.lot.code: row.lot for row in list_lots(database, TODAY)}


@pytest.fixture
def network(database: Database) -> Database:
    """One lot of 100 oz, of which two holds take 10 oz each, one of them only newer bags."""
    with database.writing(Action("test", "Set up")) as session:
        lot = a_stored_lot(session, a_donor(session))
        family = a_recipient(session)
        a_held_lot(session, lot, family, 10, bags=2)
        a_held_lot(session, lot, family, 10, bags=2).only_from = date(2026, 10, 20)
    return database


def test_the_two_parts_add_up_and_holds_of_newer_bags_go_with_the_later(network: Database) -> None:
    before = lots(network)["L-0001"]

    later = split_lot(network, "L-0001", ON, TODAY)

    found = lots(network)
    first, second = found["L-0001"], found[later]
    assert first.volume + second.volume == before.volume
    assert (first.held, second.held) == (Volume.from_oz(10), Volume.from_oz(10))
    assert first.free + second.free == before.free
    assert (first.bags or 0) + (second.bags or 0) == 25
    assert (first.expressed_to, second.expressed_from) == (date(2026, 9, 30), ON)
    assert first.is_estimate
    assert second.is_estimate


def test_what_was_counted_is_no_estimate(network: Database) -> None:
    later = split_lot(network, "L-0001", ON, TODAY, volume=Volume.from_oz(30), bags=7)

    assert lots(network)[later].free == Volume.from_oz(30)
    assert not lots(network)[later].is_estimate


def test_more_than_is_free_is_refused_and_nothing_changes(network: Database) -> None:
    before = lots(network)

    with pytest.raises(MoreThanFreeError):
        split_lot(network, "L-0001", ON, TODAY, volume=Volume.from_oz(81))

    assert lots(network) == before


def test_one_undo_makes_it_one_lot_again(network: Database) -> None:
    before = lots(network)["L-0001"]
    split_lot(network, "L-0001", ON, TODAY)

    undo(network)

    after = lots(network)
    assert list(after) == ["L-0001"]
    assert (after["L-0001"].volume, after["L-0001"].held) == (before.volume, before.held)
    assert after["L-0001"].expressed_to == before.expressed_to


def test_bags_of_a_released_hold_stay_where_its_ounces_are(database: Database) -> None:
    with database.writing(Action("test", "Set up")) as session:
        a_stored_lot(session, a_donor(session))
        a_recipient(session)
    from_november = date(2026, 11, 1)
    hold_milk(database, "R-0001", "L-0001", Volume.from_oz(10), TODAY, bags=4, only_from=from_november)
    release_hold(database, "H-0001")

    later = split_lot(database, "L-0001", from_november, TODAY)

    assert (round(lots(database)[later].volume.oz), lots(database)[later].bags) == (14, 4)


def test_counted_ounces_bring_their_bags_along(network: Database) -> None:
    later = split_lot(network, "L-0001", ON, TODAY, volume=Volume.from_oz(40))

    assert lots(network)[later].free_bags


AUGUST = date(2026, 8, 1)


@pytest.fixture
def ten_days(database: Database) -> Database:
    """One lot of 100 oz in 20 bags, Aug 1 to 10, of which a hold takes 50 oz dated Aug 6 or later."""
    with database.writing(Action("test", "Set up")) as session:
        donor = a_donor(session)
        a_stored_lot(session, donor, bags=20, expressed_from=AUGUST, expressed_to=AUGUST + timedelta(days=9))
        a_recipient(session)
        a_recipient(session, "Linh Tran")
    hold_milk(database, "R-0001", "L-0001", OZ_50, TODAY, bags=10, only_from=AUGUST + timedelta(days=5))
    return database


OZ_50 = Volume.from_oz(50)


def test_what_is_counted_and_on_hold_already_is_not_promised_again(ten_days: Database) -> None:
    before = lots(ten_days)
    counted = CountedPart(AUGUST + timedelta(days=5), Volume.from_oz(62), 13)

    with pytest.raises(CountedHeldError) as refused:
        hold_milk(ten_days, "R-0002", "L-0001", Volume.from_oz(62), TODAY, only_from=counted)
    assert str(refused.value) == (
        "50 oz of these are on hold already, so 12 oz of the 62 oz counted are free: "
        "hold less, or release a hold first."
    )
    assert lots(ten_days) == before
    rest = counted.volume - OZ_50
    hold_milk(ten_days, "R-0002", "L-0001", rest, TODAY, bags=3, only_from=counted)

    later = lots(ten_days)["L-0002"]
    assert (later.volume, later.held, later.free) == (counted.volume, counted.volume, Volume())
    assert (later.bags, later.free_bags) == (13, 0)


def test_more_on_hold_than_was_counted_is_said(ten_days: Database) -> None:
    counted = CountedPart(AUGUST + timedelta(days=5), Volume.from_oz(40))

    with pytest.raises(
        CountedHeldError, match="50 oz of these are on hold already, and only 40 oz were counted"
    ):
        hold_milk(ten_days, "R-0002", "L-0001", Volume.from_oz(10), TODAY, only_from=counted)
    few_bags = CountedPart(AUGUST + timedelta(days=5), Volume.from_oz(60), 9)
    with pytest.raises(CountedHeldError, match="10 bags of these are on hold already, and only 9 bags were"):
        hold_milk(ten_days, "R-0002", "L-0001", Volume.from_oz(10), TODAY, only_from=few_bags)


def test_what_was_handed_over_is_not_counted_any_more(ten_days: Database) -> None:
    for side in Side:
        record_yes(ten_days, "H-0001", side, TODAY)
    settle(ten_days, plan_pickup(ten_days, PickupKind.RUN, TODAY, ["H-0001"], today=TODAY), None, TODAY)
    counted = CountedPart(AUGUST + timedelta(days=5), Volume.from_oz(12), 3)

    hold_milk(ten_days, "R-0002", "L-0001", Volume.from_oz(12), TODAY, bags=3, only_from=counted)

    later = lots(ten_days)["L-0002"]
    assert (later.volume, later.delivered, later.bags) == (Volume.from_oz(12) + OZ_50, OZ_50, 13)


@pytest.mark.parametrize("counted", [None, Volume.from_oz(30)])
def test_no_split_leaves_a_hold_with_fewer_of_its_bags_than_it_takes(
    ten_days: Database, counted: Volume | None
) -> None:
    before = lots(ten_days)

    with pytest.raises(HoldAcrossError) as refused:
        split_lot(ten_days, "L-0001", AUGUST + timedelta(days=7), TODAY, volume=counted)

    assert str(refused.value) == (
        "H-0001 takes bags of L-0001 from Aug 6, 2026 on, and Aug 8, 2026 lies among them; "
        "release or settle it first, or split at another day."
    )
    assert lots(ten_days) == before
    split_lot(ten_days, "L-0001", AUGUST + timedelta(days=5), TODAY)
    assert not any(is_promised_twice(lot) for lot in lots(ten_days).values())


@pytest.mark.parametrize("unknown", ["expressed_from", "expressed_to"])
def test_bags_of_a_lot_that_does_not_tell_its_days_can_be_counted(database: Database, unknown: str) -> None:
    with database.writing(Action("test", "Set up")) as session:
        setattr(a_stored_lot(session, a_donor(session)), unknown, None)
        a_recipient(session)
    counted = CountedPart(ON, Volume.from_oz(30), 7)

    hold_milk(database, "R-0001", "L-0001", Volume.from_oz(30), TODAY, bags=7, only_from=counted)

    later, earlier = lots(database)["L-0002"], lots(database)["L-0001"]
    assert (later.expressed_from, earlier.expressed_to) == (ON, ON - timedelta(days=1))
    assert (later.volume, later.bags, earlier.bags) == (Volume.from_oz(30), 7, 18)
    assert not holds(database, TODAY)[0].is_about
