"""Who is removed or paused is left alone, and a yes or a decision is not lost on the way."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from coordinator.db.database import Database
from coordinator.domain.agreements.holds import Side
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.pickups.plans import PickupKind
from coordinator.domain.policies.verdicts import OverruledBy, Overruling, VerdictKind
from coordinator.services.agreements.holds import extend_hold, hold_milk, holds, record_yes, take_back_yes
from coordinator.services.families.households import change_profile, remove_family
from coordinator.services.milk.lots import add_lot, change_lot, remove_lot
from coordinator.services.milk.splitting import split_lot
from coordinator.services.paper.sheets import print_pickup_sheet
from coordinator.services.pickups.planning import (
    add_hold,
    change_pickup,
    pickup,
    plan_pickup,
    record_driver_yes,
)
from coordinator.services.screening import facts
from coordinator.services.suitability import overruling
from coordinator.services.suitability import verdicts as suitability
from tests.builders import TODAY
from tests.integration.cli.cli import CommandLine
from tests.integration.records.books import (
    a_lot_for_two,
    a_run,
    assert_refused,
    is_refused,
    let_it_be,
    one_is_refused,
    oz,
    the_lot,
)
from tests.integration.records.test_undo import a_new_lot, dump
from tests.pickup_builders import a_region

LATER = TODAY + timedelta(days=10)


# A removed family, donor or volunteer comes back by no way round.


def test_milk_is_not_held_for_a_removed_family(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    remove_family(sqlite_database, "R-0001", TODAY)

    assert_refused(
        sqlite_database, lambda: hold_milk(sqlite_database, "R-0001", "L-0001", oz(10), TODAY), "R-0001"
    )


def test_the_command_line_holds_no_milk_for_a_removed_family(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    remove_family(sqlite_database, "R-0001", TODAY)
    assert sqlite_database.path is not None

    sentence = CommandLine(sqlite_database.path).refused("hold", "R-0001", "L-0001", "--oz", "10")

    assert "R-0001" in sentence


def test_milk_of_a_removed_donor_is_not_held(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    remove_family(sqlite_database, "D-0001", TODAY)

    assert_refused(
        sqlite_database,
        lambda: hold_milk(sqlite_database, "R-0001", "L-0001", oz(10), TODAY),
        "D-0001",
        "L-0001",
    )


def test_no_milk_is_added_to_a_removed_donor(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    remove_family(sqlite_database, "D-0001", TODAY)

    assert_refused(sqlite_database, lambda: add_lot(sqlite_database, a_new_lot()), "D-0001")


@pytest.mark.parametrize("code", ["R-0001", "D-0001"])
def test_nobody_agrees_with_a_family_that_is_removed(sqlite_database: Database, code: str) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(10), TODAY)

    assert one_is_refused(
        lambda: remove_family(sqlite_database, code, TODAY),
        lambda: record_yes(sqlite_database, "H-0001", Side.DONOR, TODAY),
    )


@pytest.mark.parametrize("code", ["R-0001", "D-0001"])
def test_an_expired_hold_of_a_family_that_is_removed_is_not_extended(
    sqlite_database: Database, code: str
) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(10), TODAY)
    let_it_be(sqlite_database, LATER)
    remove_family(sqlite_database, code, LATER)

    assert_refused(sqlite_database, lambda: extend_hold(sqlite_database, "H-0001", LATER), code, "H-0001")


def test_an_expired_hold_of_a_lot_that_is_removed_gets_no_yes(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(10), TODAY)
    let_it_be(sqlite_database, LATER)
    remove_lot(sqlite_database, "L-0001", LATER)
    before = dump(sqlite_database)["hold"]

    for side in Side:
        is_refused(lambda side=side: record_yes(sqlite_database, "H-0001", side, TODAY))  # type: ignore[misc]

    assert dump(sqlite_database)["hold"] == before


@pytest.mark.parametrize("code", ["R-0001", "D-0001"])
def test_milk_of_a_family_that_is_removed_is_not_planned(sqlite_database: Database, code: str) -> None:
    region = a_region(sqlite_database)

    assert one_is_refused(
        lambda: remove_family(sqlite_database, code, TODAY), lambda: a_run(sqlite_database, region, "H-0001")
    )


@pytest.mark.parametrize("code", ["R-0001", "D-0001"])
def test_milk_of_a_family_that_is_removed_is_not_added_to_a_run(sqlite_database: Database, code: str) -> None:
    run = a_run(sqlite_database, a_region(sqlite_database), "H-0004")

    assert one_is_refused(
        lambda: remove_family(sqlite_database, code, TODAY),
        lambda: add_hold(sqlite_database, run, "H-0001", TODAY),
    )


@pytest.mark.parametrize("code", ["R-0001", "D-0001"])
def test_a_family_whose_milk_is_on_a_run_is_not_removed_from_under_it(
    sqlite_database: Database, code: str
) -> None:
    a_run(sqlite_database, a_region(sqlite_database))

    assert_refused(
        sqlite_database, lambda: remove_family(sqlite_database, code, TODAY), "P-0001", "H-0001", code
    )


def test_a_removed_volunteer_is_not_planned(sqlite_database: Database) -> None:
    region = a_region(sqlite_database)
    remove_family(sqlite_database, region.driver, TODAY)

    assert_refused(sqlite_database, lambda: a_run(sqlite_database, region), "V-0001")


def test_a_run_is_not_given_to_a_removed_volunteer(sqlite_database: Database) -> None:
    region = a_region(sqlite_database)
    code = plan_pickup(sqlite_database, PickupKind.RUN, TODAY, region.holds, today=TODAY)
    remove_family(sqlite_database, region.driver, TODAY)

    assert_refused(
        sqlite_database, lambda: change_pickup(sqlite_database, code, "driver_code", region.driver), "V-0001"
    )


def test_a_volunteer_who_is_planned_is_not_removed_or_no_longer_planned(sqlite_database: Database) -> None:
    region = a_region(sqlite_database)
    code = a_run(sqlite_database, region)

    refused = is_refused(lambda: remove_family(sqlite_database, region.driver, TODAY))

    assert refused or pickup(sqlite_database, code, TODAY).driver_code == ""


def test_a_removed_volunteer_says_no_yes(sqlite_database: Database) -> None:
    region = a_region(sqlite_database)
    code = a_run(sqlite_database, region)

    assert one_is_refused(
        lambda: remove_family(sqlite_database, region.driver, TODAY),
        lambda: record_driver_yes(sqlite_database, code, TODAY),
    )


def test_a_lot_that_is_removed_is_neither_changed_nor_split(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    remove_lot(sqlite_database, "L-0001", TODAY)

    assert_refused(
        sqlite_database, lambda: change_lot(sqlite_database, "L-0001", "bags", 3, today=TODAY), "L-0001"
    )
    assert_refused(
        sqlite_database, lambda: split_lot(sqlite_database, "L-0001", date(2026, 10, 1), TODAY), "L-0001"
    )


# Extending asks what holding asks.


def test_a_hold_of_a_paused_donors_milk_is_not_extended(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(10), TODAY)
    change_profile(sqlite_database, "D-0001", "donor_state", DonorState.PAUSED)

    assert_refused(sqlite_database, lambda: extend_hold(sqlite_database, "H-0001", TODAY), "D-0001", "H-0001")


def test_a_hold_of_milk_that_is_no_fit_any_more_is_not_extended(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(10), TODAY)
    facts.record_fact(sqlite_database, "D-0001", Fact(FactKind.NICOTINE, Presence.YES), TODAY)

    assert_refused(sqlite_database, lambda: extend_hold(sqlite_database, "H-0001", TODAY), "L-0001", "H-0001")


# After its last day a yes is not taken back into nowhere.


def an_old_agreement_on_a_printed_run(database: Database) -> str:
    """Agree on H-0001 to H-0004 today, print their run, and let it be after their last day."""
    code = a_run(database, a_region(database), on=LATER)
    record_driver_yes(database, code, TODAY)
    print_pickup_sheet(database, code, TODAY)
    let_it_be(database, LATER)
    return code


def test_a_yes_taken_back_after_the_last_day_frees_no_milk_on_a_printed_run(
    sqlite_database: Database,
) -> None:
    an_old_agreement_on_a_printed_run(sqlite_database)
    free = the_lot(sqlite_database, today=LATER).free

    is_refused(lambda: take_back_yes(sqlite_database, "H-0001", Side.FAMILY))

    assert the_lot(sqlite_database, today=LATER).free == free


def test_a_yes_taken_back_after_the_last_day_can_be_given_again(sqlite_database: Database) -> None:
    an_old_agreement_on_a_printed_run(sqlite_database)
    if not is_refused(lambda: take_back_yes(sqlite_database, "H-0001", Side.FAMILY)):
        record_yes(sqlite_database, "H-0001", Side.FAMILY, LATER)

    assert "H-0001" in {hold.code for hold in holds(sqlite_database, LATER)}


# A split leaves no decision behind.


def test_an_overruling_goes_with_the_holds_it_was_made_for_when_a_lot_is_split(
    sqlite_database: Database,
) -> None:
    a_lot_for_two(sqlite_database)
    facts.record_fact(sqlite_database, "D-0001", Fact(FactKind.NICOTINE, Presence.YES), TODAY)
    (judged,) = suitability.judge_lots(sqlite_database, "D-0001", "R-0001", TODAY)
    told = next(one for one in judged.verdict.reasons if one.kind is VerdictKind.NOT_A_FIT)
    decided = Overruling(
        told.rule, "R-0001", OverruledBy.PARENT, "Inès Roy", TODAY, told.text, "D-0001", "L-0001"
    )
    overruling.record_overruling(sqlite_database, decided, TODAY)
    from_november = date(2026, 11, 1)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(10), TODAY, only_from=from_november)

    later = split_lot(sqlite_database, "L-0001", from_november, TODAY)

    verdicts = {
        one.lot.code: one.verdict.kind
        for one in suitability.judge_lots(sqlite_database, "D-0001", "R-0001", TODAY)
    }
    assert verdicts["L-0001"] < VerdictKind.NOT_A_FIT
    assert verdicts[later] < VerdictKind.NOT_A_FIT
