"""Which babies have this milk: whatever way it came to them, and whatever was changed since."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from coordinator.cli import recall as command
from coordinator.cli.json_documents import written
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.families.babies import BabyHealth
from coordinator.domain.milk.fates import Fate, ToldFate
from coordinator.domain.pickups.plans import Outcome, PickupKind
from coordinator.domain.pickups.unplanned import GivenPart, HandedOver
from coordinator.domain.records.recall import PumpedDays, days_of_fact
from coordinator.domain.volume import Volume, total
from coordinator.errors import NotFoundError, UserError
from coordinator.services.agreements.unplanned import add_handed_over
from coordinator.services.families.merging import merge_households
from coordinator.services.imports.writing_rows import add_facts
from coordinator.services.milk.fates import tell_fate
from coordinator.services.pickups import planning
from coordinator.services.records import history
from coordinator.services.records.recalling import days_of_answer, recall
from tests.builders import TODAY, a_donor
from tests.pickup_builders import SATURDAY, SETUP, a_region


def oz(amount: float) -> Volume:
    return Volume.from_oz(amount)


def a_settled_region(database: Database, *outcomes: Outcome) -> None:
    """Settle a run that brings milk of each of two lots to each of two families."""
    region = a_region(database)
    code = planning.plan_pickup(
        database, PickupKind.RUN, SATURDAY, region.holds, driver_code=region.driver, today=TODAY
    )
    planning.settle(database, code, outcomes, SATURDAY)


def test_a_donors_milk_is_found_in_every_home_with_what_may_be_left(database: Database) -> None:
    a_settled_region(database, Outcome("H-0001", oz(25), lost=oz(15)), Outcome("H-0002", oz(30)))
    with database.writing(SETUP) as session:
        family = by_code(session, RecipientRow, "R-0001")
        family.stock, family.stock_on = oz(10), SATURDAY
    found = recall(database, "D-0001", SATURDAY)
    assert {one.recipient_code: one.volume for one in found.given} == {"R-0001": oz(25), "R-0002": oz(30)}
    assert {home.recipient_code: home.left for home in found.homes}["R-0001"] == oz(10)
    assert found.volume == oz(55)
    assert [(one.went.value, one.volume) for one in found.elsewhere] == [("lost", oz(15))]
    assert found.donors == ("D-0001",)


def test_milk_that_a_run_left_with_its_volunteer_is_named(database: Database) -> None:
    a_settled_region(database, Outcome("H-0001", oz(0)), Outcome("H-0002", oz(40)))
    left = {one.hold_code: one for one in recall(database, "L-0001", SATURDAY).not_given if one.driver_code}
    assert [(one.driver_code, one.pickup_code, one.volume) for one in left.values()] == [
        ("V-0001", "P-0001", oz(40))
    ]
    assert set(left) == {"H-0001"}
    found = recall(database, "L-0001", SATURDAY)
    told = [one.volume for one in found.given] + [one.volume for one in found.not_given]
    told += [one.volume for one in found.elsewhere]
    with database.reading() as session:
        offered = by_code(session, LotRow, "L-0001").volume
    assert total(told) == offered


def test_nobody_rings_a_home_that_got_nothing_and_what_waits_is_named(database: Database) -> None:
    a_settled_region(database, Outcome("H-0001", oz(0)), Outcome("H-0002", oz(0)))
    found = recall(database, "D-0001", SATURDAY)
    assert found.given == ()
    assert found.not_given[0].lot_code == "L-0001"
    tell_fate(
        database, "L-0001", ToldFate(Fate.REFERRED, oz(7), SATURDAY, bank="Mothers' Milk Bank"), SATURDAY
    )
    found = recall(database, "D-0001", SATURDAY)
    assert [(one.bank, one.volume) for one in found.elsewhere] == [("Mothers' Milk Bank", oz(7))]


def test_promised_milk_is_named_with_the_pickup_that_would_bring_it(database: Database) -> None:
    region = a_region(database)
    code = planning.plan_pickup(
        database, PickupKind.RUN, SATURDAY, region.holds[:1], driver_code=region.driver, today=TODAY
    )
    found = recall(database, region.donors[0], TODAY)
    promised = {one.hold_code: one for one in found.not_given}
    assert (promised["H-0001"].pickup_code, promised["H-0001"].pickup_on) == (code, SATURDAY)
    assert promised["H-0002"].pickup_code == ""
    lot = next(one for one in found.not_given if not one.hold_code)
    assert lot.volume > Volume()


def test_a_familys_code_finds_who_else_has_of_the_same_lots(database: Database) -> None:
    a_settled_region(database)
    found = recall(database, "R-0001", SATURDAY)
    assert {one.recipient_code for one in found.given} == {"R-0001", "R-0002"}
    assert set(found.lots) == {"L-0001", "L-0002"}
    assert recall(database, "L-0002", SATURDAY).lots == ("L-0002",)


def test_milk_of_unknown_days_belongs_to_every_recall_and_other_days_do_not(database: Database) -> None:
    a_settled_region(database)
    with database.writing(SETUP) as session:
        lot = by_code(session, LotRow, "L-0001")
        lot.expressed_from, lot.expressed_to = date(2026, 10, 1), date(2026, 10, 20)
    before = PumpedDays(date(2026, 9, 1), date(2026, 9, 30))
    assert recall(database, "D-0001", SATURDAY, before).given == ()
    assert recall(database, "D-0001", SATURDAY, PumpedDays(date(2026, 10, 20))).given
    with database.writing(SETUP) as session:
        by_code(session, LotRow, "L-0001").expressed_from = None
    assert recall(database, "D-0001", SATURDAY, before).given


def test_milk_that_was_no_fit_may_all_still_be_there(database: Database) -> None:
    region = a_region(database)
    with database.writing(SETUP) as session:
        by_code(session, RecipientRow, "R-0001").paused = True
        family = by_code(session, RecipientRow, "R-0001")
        family.health, family.stock, family.stock_on = BabyHealth.HOSPITAL, oz(0), TODAY
    part = GivenPart(region.lots[0], oz(12), 1)
    add_handed_over(database, HandedOver("R-0001", (part,), TODAY, "Inès"), TODAY)
    found = recall(database, region.lots[0], TODAY)
    (one,) = found.given
    assert not one.is_in_stock
    assert found.left_of(one) == found.homes[0].left == oz(12)


def test_undoing_the_run_empties_the_recall_and_doing_it_again_fills_it(database: Database) -> None:
    a_settled_region(database)
    found = recall(database, "D-0001", SATURDAY)
    history.undo(database)
    assert recall(database, "D-0001", SATURDAY).given == ()
    history.redo(database)
    assert recall(database, "D-0001", SATURDAY).given == found.given


def test_a_donor_merged_into_another_is_found_by_either_code(database: Database) -> None:
    a_settled_region(database)
    with database.writing(SETUP) as session:
        other = a_donor(session, "Zoe Ahlberg").code
    merge_households(database, other, "D-0001", SATURDAY)
    for code in ("D-0001", other):
        assert {one.recipient_code for one in recall(database, code, SATURDAY).given} == {"R-0001", "R-0002"}


def test_a_medicine_asks_for_the_days_it_was_taken(database: Database) -> None:
    a_settled_region(database)
    medicine = Fact(
        FactKind.MEDICINE, Presence.YES, "amoxicillin", TODAY - timedelta(days=9), TODAY - timedelta(days=2)
    )
    with database.writing(SETUP) as session:
        add_facts(session, by_code(session, DonorRow, "D-0001"), [medicine], TODAY)
    days, facts = days_of_answer(database, "D-0001", "Amox")
    assert days == PumpedDays(TODAY - timedelta(days=9), TODAY - timedelta(days=3))
    assert [fact.subject for fact in facts] == ["amoxicillin"]
    with pytest.raises(UserError, match="timeline"):
        days_of_answer(database, "D-0001", "warfarin")


def test_a_test_result_asks_for_all_her_milk_and_a_no_for_none() -> None:
    positive = Fact(FactKind.BLOOD_TEST, Presence.YES, "HIV positive", TODAY, TODAY + timedelta(days=1))
    assert days_of_fact(positive) == PumpedDays()
    assert days_of_fact(Fact(FactKind.MEDICINE, Presence.NO)) is None


def test_what_is_no_donor_lot_or_family_is_said(database: Database) -> None:
    for code in ("P-0001", "warfarin", ""):
        with pytest.raises(UserError, match="code of a donor"):
            recall(database, code, TODAY)
    with pytest.raises(NotFoundError):
        recall(database, "D-0999", TODAY)
    with pytest.raises(UserError, match="before the first"):
        recall(database, "D-0001", TODAY, PumpedDays(TODAY, TODAY - timedelta(days=1)))


def test_the_json_has_a_row_per_hand_over(database: Database) -> None:
    a_settled_region(database)
    with database.writing(SETUP) as session:
        family = by_code(session, RecipientRow, "R-0001")
        session.get_one(HouseholdRow, family.household_id).phone = "+16035550100"
        family.stock = None
    told = json.loads(written(command.document(recall(database, "D-0001", SATURDAY))))
    home = next(one for one in told["homes"] if one["recipient"] == "R-0001")
    assert (home["lot"], home["ounces"], home["left_oz"], home["phone"]) == (
        "L-0001", 40.0, None, "+16035550100",
    )  # fmt: skip
    assert home["delivered_on"] == SATURDAY.isoformat()
    assert told["undelivered"][0]["lot"] == "L-0001"
