"""Where every ounce went: of each lot what was offered, went somewhere, and is still there."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from coordinator.cli import ledger as command
from coordinator.cli.json_documents import written
from coordinator.db.base import by_code
from coordinator.db.database import WITHOUT_AUDIT, Database
from coordinator.db.donors import DonorRow
from coordinator.db.milk import LotRow, LotSplitRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements.lending import Lending, LentBy, Thing
from coordinator.domain.milk.fates import Fate, ToldFate, Used
from coordinator.domain.pickups.plans import Correction, Outcome, PickupKind
from coordinator.domain.records.ledger import By, LotLedger, UnbalancedError, Went
from coordinator.domain.volume import Volume, total
from coordinator.errors import UserError
from coordinator.services.agreements import pair_changes
from coordinator.services.milk import lots
from coordinator.services.milk.fates import take_fate_back, tell_fate
from coordinator.services.milk.used import milk_used, tell_used
from coordinator.services.pickups import planning
from coordinator.services.pickups.coolers import add_cooler
from coordinator.services.records import history
from coordinator.services.records.ledger import ledger
from tests.builders import TODAY, a_stored_lot
from tests.integration.db.test_rules_of_the_database import without_rules
from tests.pickup_builders import SATURDAY, SETUP, a_region


def oz(amount: float) -> Volume:
    return Volume.from_oz(amount)


def told(fate: Fate, ounces: float | None, **more: object) -> ToldFate:
    return ToldFate(fate, None if ounces is None else oz(ounces), TODAY, **more)  # type: ignore[arg-type]


def of_lot(database: Database, code: str = "L-0001") -> LotLedger:
    return next(lot for lot in ledger(database, SATURDAY).lots if lot.lot_code == code)


def a_settled_run(database: Database, *outcomes: Outcome) -> str:
    """Settle a run with 40 oz of each of two lots for each of two families."""
    region = a_region(database)
    code = planning.plan_pickup(
        database, PickupKind.RUN, SATURDAY, region.holds, driver_code=region.driver, today=TODAY
    )
    planning.settle(database, code, outcomes, SATURDAY)
    return code


def test_every_way_milk_can_go_has_a_home_and_adds_up(database: Database) -> None:
    a_settled_run(database, Outcome("H-0001", lost=oz(4), received_by="Inès"), Outcome("H-0002", oz(30)))
    tell_fate(database, "L-0001", told(Fate.KEPT, 6), TODAY)
    tell_fate(database, "L-0001", told(Fate.DISCARDED, 5, why="past its last day"), TODAY)
    tell_fate(database, "L-0001", told(Fate.REFERRED, 7, bank="Mothers' Milk Bank Northeast"), TODAY)
    tell_fate(database, "L-0001", told(Fate.LOST, 2), TODAY)

    lot = of_lot(database)

    assert {went: lot.went(went) for went in Went} == {
        Went.DELIVERED: oz(66),
        Went.KEPT: oz(6),
        Went.DISCARDED: oz(5),
        Went.REFERRED: oz(7),
        Went.LOST: oz(6),
    }
    assert (lot.offered, lot.there, lot.is_balanced) == (oz(100), oz(10), True)
    milk = lots.list_lots(database, SATURDAY)[0].lot
    assert (milk.free, milk.carried) == (oz(0), oz(10)), "what H-0002 left behind is with the volunteer"
    assert [one.received_by for one in lot.movements if one.went is Went.DELIVERED] == ["Inès", ""]
    by_family = ledger(database, SATURDAY).lines(By.FAMILY)
    assert [(line.key, line.went[Went.DELIVERED], line.went[Went.LOST]) for line in by_family] == [
        ("R-0001", oz(76), oz(4)),
        ("R-0002", oz(70), oz(0)),
    ]
    by_month = {line.key: line.went[Went.DELIVERED] for line in ledger(database, SATURDAY).lines(By.MONTH)}
    assert by_month == {"2026-11": oz(146)}


def test_the_document_of_a_lot_adds_up_and_names_each_movement(database: Database) -> None:
    a_settled_run(database, Outcome("H-0001", lost=oz(4), received_by="Inès"))
    found = ledger(database, SATURDAY)

    (line, *_), (lot, *_) = found.lines(), found.lots
    told = json.loads(written(command.of_lot(lot, line)))
    (family, *_) = json.loads(written([command.of_sum(one) for one in found.lines(By.FAMILY)]))

    parts = [told[key] for key in ("delivered", "kept", "discarded", "referred", "lost", "there", "untold")]
    assert (told["offered"], sum(parts), told["balanced"]) == (100, 100, True)
    assert told["movements"][0] == {
        "went": "delivered",
        "ounces": 36.0,
        "bags": 11,
        "on": SATURDAY.isoformat(),
        "family": "R-0001",
        "hold": "H-0001",
        "pickup": "P-0001",
        "received_by": "Inès",
        "why": None,
        "bank": None,
        "number": None,
    }
    assert (family["family"], family["delivered"], family["offered"]) == ("R-0001", 76, None)


def test_what_is_promised_or_not_there_cannot_be_told_as_gone(database: Database) -> None:
    a_region(database)  # 80 of 100 oz are agreed
    for fate, said in (
        (told(Fate.KEPT, 30), "Only 20 oz of L-0001 are free, the rest is on hold .H-0001, H-0002."),
        (told(Fate.KEPT, 0), "how much milk"),
        (told(Fate.DISCARDED, 5), "why it was discarded"),
        (told(Fate.LOST, 5, bags=9), "Of the bags of L-0001, 1 at most"),
        (ToldFate(Fate.LOST, oz(5), TODAY + timedelta(days=1)), "no day"),
    ):
        with pytest.raises(UserError, match=said):
            tell_fate(database, "L-0001", fate, TODAY)
    assert of_lot(database).there == oz(100)


def test_what_was_told_is_taken_back_and_undone(database: Database) -> None:
    a_region(database)
    number = tell_fate(database, "L-0001", told(Fate.KEPT, None), TODAY)
    assert (of_lot(database).went(Went.KEPT), of_lot(database).there) == (oz(20), oz(80))

    take_fate_back(database, number, TODAY)
    assert of_lot(database).movements == ()
    history.undo(database)
    assert of_lot(database).went(Went.KEPT) == oz(20)
    history.undo(database)
    assert of_lot(database).movements == ()


def test_the_rest_of_a_removed_lot_is_asked_for_and_can_be_told(database: Database) -> None:
    a_region(database)
    with database.writing(SETUP) as session:
        session.execute(
            sa.text("UPDATE hold SET state = 'released'"), execution_options={WITHOUT_AUDIT: True}
        )
    lots.remove_lot(database, "L-0001", TODAY)

    lot = of_lot(database)
    assert (lot.there, lot.untold, lot.is_balanced) == (oz(0), oz(100), False)
    assert "what became of 100 oz of L-0001" in str(lot.problem())

    tell_fate(database, "L-0001", told(Fate.KEPT, None), TODAY)
    assert (of_lot(database).untold, of_lot(database).is_balanced) == (oz(0), True)


def test_a_run_with_a_lot_that_does_not_add_up_cannot_be_closed(database: Database) -> None:
    """Only a file that another program wrote can come to that."""
    region = a_region(database)
    code = planning.plan_pickup(database, PickupKind.RUN, SATURDAY, region.holds, today=TODAY)
    without_rules(database, "lot", "UPDATE lot SET volume = 2070147 WHERE code = 'L-0002'")  # 70 oz

    with pytest.raises(UnbalancedError) as refused:
        planning.settle(database, code, None, SATURDAY)

    assert (refused.value.lot_code, refused.value.by) == ("L-0002", Volume() - oz(10))
    assert "P-0001 cannot be closed: 10 oz more of L-0002 are told as gone" in str(refused.value)


def test_what_a_family_used_counts_against_its_stock_and_not_against_what_came(database: Database) -> None:
    code = a_settled_run(database)
    stock = set_stock(database, 100)

    tell_used(database, "R-0001", Used.SPILLED, oz(10), SATURDAY, SATURDAY, note="a bag burst")
    assert stock_of(database) == stock - oz(10)
    tell_used(database, "R-0001", Used.FED, oz(5), SATURDAY, SATURDAY)
    tell_used(database, "R-0001", Used.THROWN_OUT, oz(200), SATURDAY, SATURDAY)
    assert stock_of(database) == oz(0)
    assert [one.how for one in milk_used(database, "R-0001")] == [Used.THROWN_OUT, Used.FED, Used.SPILLED]
    line = ledger(database, SATURDAY).lines(By.FAMILY)[0]
    assert (line.went[Went.DELIVERED], line.used[Used.SPILLED]) == (oz(80), oz(10))
    for _ in range(3):
        history.undo(database)
    assert (stock_of(database), milk_used(database, "R-0001")) == (stock, ())
    assert code


def test_feeding_never_makes_the_stock_look_larger_than_the_babys_appetite_says(database: Database) -> None:
    a_region(database)
    set_stock(database, 100, days_ago=2)  # 21 oz a day beside her own 4

    tell_used(database, "R-0001", Used.FED, oz(5), SATURDAY, SATURDAY)
    assert stock_of(database) == oz(58)
    history.undo(database)
    tell_used(database, "R-0001", Used.FED, oz(60), SATURDAY, SATURDAY)
    assert stock_of(database) == oz(40)


def test_a_correction_after_a_spill_works_both_into_the_stock(database: Database) -> None:
    region = a_region(database)
    set_stock(database, 50)
    code = planning.plan_pickup(database, PickupKind.RUN, SATURDAY, region.holds, today=TODAY)
    planning.settle(database, code, None, SATURDAY)
    tell_used(database, "R-0001", Used.SPILLED, oz(10), SATURDAY, SATURDAY)
    assert stock_of(database) == oz(50) + oz(40) * 2 - oz(10)

    planning.settle_again(database, code, [Correction("H-0001", oz(30))], SATURDAY)

    assert stock_of(database) == oz(50) + oz(40) + oz(30) - oz(10)


def set_stock(database: Database, ounces: float, days_ago: int = 0) -> Volume:
    with database.writing(SETUP) as session:
        row = by_code(session, RecipientRow, "R-0001")
        row.stock, row.stock_on = oz(ounces), SATURDAY - timedelta(days=days_ago)
    return oz(ounces)


def stock_of(database: Database) -> Volume | None:
    with database.reading() as session:
        return by_code(session, RecipientRow, "R-0001").stock


def test_a_month_shows_what_was_offered_in_it_and_a_part_belongs_to_its_whole(database: Database) -> None:
    region = a_region(database)
    with database.writing(SETUP) as session:
        lot = by_code(session, LotRow, region.lots[0])
        later = a_stored_lot(session, session.get_one(DonorRow, lot.donor_id), 30)
        session.add(LotSplitRow(lot_id=later.id, from_lot_id=lot.id, from_day=TODAY))

    lines = ledger(database, TODAY).lines(By.MONTH)

    assert total([line.offered or Volume() for line in lines]) == oz(100) + oz(100) + oz(30)
    assert {line.there for line in lines} == {None}
    assert {lot.offered_on for lot in ledger(database, TODAY).lots} == {database.today()}


def test_coolers_and_bags_that_are_out_stand_with_what_is_lent(database: Database) -> None:
    a_settled_run(database, Outcome("H-0001", bags=10))
    lending = Lending(LentBy.FAMILY, Thing.BAG, 4, SATURDAY)
    pair_changes.lend(database, "D-0001", "R-0001", lending, SATURDAY)
    number = add_cooler(database, "blue", 28, SATURDAY, owner="V-0001", at="R-0001")

    out = {line.key: line for line in ledger(database, SATURDAY).out}

    assert str(out["bags", "D-0001", "R-0001"].what) == "6 bags not given back"
    cooler = out["cooler", str(number)]
    assert (str(cooler.what), cooler.at, cooler.codes) == ("cooler blue, 28 qt", "Inès Roy", ("R-0001",))
