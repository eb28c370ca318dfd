"""Milk that a run left behind is with its volunteer, and free for nobody until somebody says where it is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coordinator.db.database import Database
from coordinator.domain.agreements.holds import Side
from coordinator.domain.milk.fates import Fate, ToldFate
from coordinator.domain.milk.left_behind import LeftBehind
from coordinator.domain.pickups.plans import Correction, LeftWith, Outcome, PickupKind
from coordinator.domain.records.ledger import Carried, LotLedger
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.services.agreements import holds
from coordinator.services.agreements.passing_on import pass_on
from coordinator.services.agreements.planning_again import plan_again
from coordinator.services.families.donors import donor
from coordinator.services.milk.fates import take_fate_back, tell_fate
from coordinator.services.pickups import planning
from coordinator.services.pickups.correcting import GivenOnError
from coordinator.services.pickups.left_behind import left_behind, let_go, went_back
from coordinator.services.records import history
from coordinator.services.records.checks import check_network
from coordinator.services.records.ledger import ledger
from tests.builders import TODAY
from tests.pickup_builders import SATURDAY, a_region

SUNDAY = SATURDAY + timedelta(days=1)


def oz(amount: float) -> Volume:
    return Volume.from_oz(amount)


def driven(database: Database, *outcomes: Outcome, kind: PickupKind = PickupKind.RUN) -> str:
    """Settle a run of the two holds of 40 oz of L-0001, which holds 100 oz."""
    region = a_region(database)
    driver = region.driver if kind is PickupKind.RUN else None
    loaded = region.holds[:2] if kind is PickupKind.RUN else region.holds[:1]
    code = planning.plan_pickup(database, kind, SATURDAY, loaded, driver_code=driver, today=TODAY)
    planning.settle(database, code, outcomes, SATURDAY)
    return code


def free(database: Database) -> float:
    (lot,) = [one for one in donor(database, "D-0001", SATURDAY).lots if one.code == "L-0001"]
    return round(lot.free.oz, 2)


def in_ledger(database: Database) -> LotLedger:
    (lot,) = [one for one in ledger(database, SATURDAY).lots if one.lot_code == "L-0001"]
    assert lot.is_balanced
    assert check_network(database).faults == ()
    return lot


def left(database: Database) -> LeftBehind:
    (one,) = left_behind(database, SATURDAY)
    return one


def test_nobody_home_is_with_the_volunteer_and_free_for_nobody(database: Database) -> None:
    driven(database, Outcome("H-0001", nobody_home=True))

    assert free(database) == 20, "what was never held; the 40 oz of H-0002 came"
    one = left(database)
    assert (one.volume, one.free, one.with_driver, one.driver_code) == (oz(40), oz(20), oz(40), "V-0001")
    assert one.custody_note
    lot = in_ledger(database)
    assert lot.carried == (Carried("H-0001", "V-0001", SATURDAY, oz(40)),)
    assert lot.there == oz(60), "it is still there, but not with the donor"
    with pytest.raises(UserError, match="20 oz"):
        holds.hold_milk(database, "R-0002", "L-0001", oz(21), SATURDAY)
    with pytest.raises(UserError, match="40 oz are with a volunteer"):
        tell_fate(database, "L-0001", ToldFate(Fate.KEPT, oz(21), SATURDAY), SATURDAY)
    with pytest.raises(UserError, match="still with V-0001"):
        let_go(database, "H-0001", "enough", SATURDAY)

    history.undo(database)
    assert left_behind(database, SATURDAY) == ()
    assert free(database) == 20


def test_a_part_that_did_not_come_is_with_the_volunteer(database: Database) -> None:
    driven(database, Outcome("H-0001", oz(30)))

    assert (free(database), left(database).with_driver) == (20, oz(10))


def test_what_never_left_the_donor_is_free(database: Database) -> None:
    driven(database, Outcome("H-0001", nobody_home=True, where=LeftWith.DONOR))

    assert (free(database), in_ledger(database).carried, left(database).with_driver) == (60, (), Volume())


def test_what_no_volunteer_drove_stays_with_the_donor(database: Database) -> None:
    driven(database, Outcome("H-0001", oz(30)), kind=PickupKind.FAMILY_COLLECTS)

    assert left(database).with_driver == Volume()


def test_back_to_the_donor_is_one_step_and_one_undo(database: Database) -> None:
    driven(database, Outcome("H-0001", nobody_home=True))

    went_back(database, "H-0001", SATURDAY)

    assert (free(database), in_ledger(database).carried) == (60, ())
    with pytest.raises(UserError, match="Nothing that H-0001 left behind is with a volunteer"):
        went_back(database, "H-0001", SATURDAY)
    history.undo(database)
    assert (free(database), left(database).with_driver) == (20, oz(40))


def test_passed_on_out_of_the_car_and_back_in_it_when_that_is_released(database: Database) -> None:
    driven(database, Outcome("H-0001", nobody_home=True))

    with pytest.raises(UserError, match="type that or less"):
        pass_on(database, "H-0001", "R-0002", SATURDAY, volume=oz(41))
    code = pass_on(database, "H-0001", "R-0002", SATURDAY, volume=oz(30))

    assert (free(database), left(database).with_driver) == (20, oz(10))
    planning.cancel_pickup(database, code)
    made = max(one.code for one in holds.holds(database, SATURDAY) if one.recipient_code == "R-0002")
    holds.release_hold(database, made)
    assert (free(database), left(database).with_driver) == (20, oz(40)), "it is still in the car"
    for _ in range(3):
        history.undo(database)
    assert (free(database), left(database).with_driver) == (20, oz(40))
    planning.settle(database, pass_on(database, "H-0001", "R-0002", SATURDAY), None, SATURDAY)
    assert (free(database), in_ledger(database).there, left(database).with_driver) == (20, oz(20), Volume())


def test_delivered_again_out_of_the_car(database: Database) -> None:
    driven(database, Outcome("H-0001", nobody_home=True))
    holds.hold_milk(database, "R-0002", "L-0001", oz(20), SATURDAY)

    again = plan_again(database, "H-0001", SATURDAY)

    assert next(one.volume for one in holds.holds(database, SATURDAY) if one.code == again) == oz(40)
    assert (free(database), left_behind(database, SATURDAY)) == (0, ())
    for side in Side:
        holds.record_yes(database, again, side, SATURDAY)
    code = planning.plan_pickup(database, PickupKind.RUN, SATURDAY, [again], today=SATURDAY)
    planning.settle(database, code, [Outcome(again, oz(15))], SATURDAY)
    one = left(database)
    assert (one.hold_code, one.with_driver, one.driver_code, free(database)) == (again, oz(25), "", 0)
    assert in_ledger(database).there == oz(45)


def test_discarded_out_of_the_car_and_told_wrongly(database: Database) -> None:
    driven(database, Outcome("H-0001", nobody_home=True))
    told = ToldFate(Fate.DISCARDED, None, SATURDAY, why="thawed in the car")

    number = tell_fate(database, "L-0001", told, SATURDAY, left_by="H-0001")

    lot = in_ledger(database)
    assert (free(database), lot.there, lot.carried) == (20, oz(20), ())
    take_fate_back(database, number, SATURDAY)
    assert (free(database), left(database).with_driver) == (20, oz(40)), "it is in the car again"


def test_a_correction_says_where_it_is(database: Database) -> None:
    code = driven(database, Outcome("H-0001", nobody_home=True))

    planning.settle_again(database, code, [Correction("H-0001", oz(30))], SATURDAY)
    assert (free(database), left(database).with_driver) == (20, oz(10))
    planning.settle_again(database, code, [Correction("H-0001", where=LeftWith.DONOR)], SATURDAY)
    assert (free(database), left(database).with_driver) == (30, Volume())
    planning.settle_again(database, code, [Correction("H-0001", where=LeftWith.VOLUNTEER)], SATURDAY)
    assert free(database) == 20
    history.undo(database)
    assert free(database) == 30


def test_a_correction_cannot_take_what_was_passed_on_out_of_the_car(database: Database) -> None:
    code = driven(database, Outcome("H-0001", nobody_home=True))
    pass_on(database, "H-0001", "R-0002", SATURDAY, volume=oz(30))

    for wrong in (Correction("H-0001", oz(20)), Correction("H-0001", where=LeftWith.DONOR)):
        with pytest.raises(GivenOnError, match="took the rest since"):
            planning.settle_again(database, code, [wrong], SATURDAY)
    planning.settle_again(database, code, [Correction("H-0001", oz(10))], SATURDAY)
    assert (free(database), left_behind(database, SATURDAY)[0].with_driver) == (20, Volume())
    in_ledger(database)
