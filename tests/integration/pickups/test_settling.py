from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordinator.db.agreements import HoldRow
from coordinator.db.audit import AuditRow
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.recipients import RecipientRow
from coordinator.db.undo import undo_in
from coordinator.domain.agreements.holds import HoldState
from coordinator.domain.milk.lots import Lot
from coordinator.domain.pickups.plans import Condition, Outcome, PickupKind, PickupState
from coordinator.domain.pickups.settling import OutcomeError
from coordinator.domain.volume import Volume, total
from coordinator.errors import UserError
from coordinator.services.milk import lots as milk
from coordinator.services.pickups import planning
from coordinator.services.pickups.settling import NotAgreedError, settle
from tests.builders import TODAY
from tests.pickup_builders import SATURDAY, SETUP, Region, a_region


def oz(amount: float) -> Volume:
    return Volume.from_oz(amount)


def a_run(database: Database, region: Region) -> str:
    return planning.plan_pickup(
        database, PickupKind.RUN, SATURDAY, region.holds, driver_code=region.driver, today=TODAY
    )


def lots(database: Database, today: date = SATURDAY) -> dict[str, Lot]:
    return {row.lot.code: row.lot for row in milk.list_lots(database, today)}


def is_whole(lot: Lot) -> bool:
    return lot.volume == total([lot.free, lot.held, lot.delivered, lot.lost, lot.carried])


def test_one_key_settles_everything_as_planned(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region)

    settle(database, code, None, SATURDAY)

    pickup = planning.pickup(database, code, SATURDAY)
    lot = lots(database)["L-0001"]
    assert pickup.state is PickupState.SETTLED
    assert pickup.waiting_for == pickup.broken == ()
    assert [(line.delivered, line.bags) for line in pickup.deliveries] == [(oz(40), 12)] * 4
    assert (lot.delivered, lot.held, lot.lost) == (oz(40) * 2, oz(0), oz(0))
    assert is_whole(lot)
    assert {hold.state for hold in pickup.holds} == {HoldState.DONE}
    given = milk.who_has_her_milk(database, "D-0001", SATURDAY)
    assert {(line.recipient_code, line.on, line.volume) for line in given} == {
        ("R-0001", SATURDAY, oz(40)),
        ("R-0002", SATURDAY, oz(40)),
    }


def test_what_was_left_behind_is_with_the_volunteer_and_what_was_lost_is_counted(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region)
    outcomes = [
        Outcome("H-0001", left_behind=oz(10), condition=Condition.ICE_CRYSTALS, note=" side door locked "),
        Outcome("H-0002", lost=oz(5), condition=Condition.THAWED),
        Outcome("H-0003", nobody_home=True),
    ]

    settle(database, code, outcomes, SATURDAY)

    first, second = lots(database)["L-0001"], lots(database)["L-0002"]
    assert (first.lost, first.held) == (oz(5), oz(0))
    assert first.delivered == oz(40) * 2 - oz(10) - oz(5)
    assert is_whole(first)
    assert second.delivered == oz(40)
    assert (first.carried, second.carried) == (oz(10), oz(40))
    assert second.free == second.volume - oz(40) * 2
    line = planning.pickup(database, code, SATURDAY).deliveries[0]
    assert (line.left_behind, line.condition, line.note) == (
        oz(10),
        Condition.ICE_CRYSTALS,
        "side door locked",
    )


def test_the_familys_stock_is_rolled_forward_and_grows_by_what_came(database: Database) -> None:
    region = a_region(database)
    with database.writing(SETUP) as session:
        row = by_code(session, RecipientRow, "R-0001")
        row.stock, row.stock_on = oz(100), SATURDAY - timedelta(days=2)
        by_code(session, RecipientRow, "R-0002").stock = None
    code = a_run(database, region)

    settle(database, code, None, SATURDAY)

    with database.reading() as session:
        known, unknown = by_code(session, RecipientRow, "R-0001"), by_code(session, RecipientRow, "R-0002")
        assert known.stock == oz(100) - (oz(25) - oz(4)) * 2 + oz(40) * 2
        assert known.stock_on == unknown.stock_on == SATURDAY
        assert unknown.stock == oz(40) * 2


def test_both_families_were_in_touch_unless_nobody_was_home(database: Database) -> None:
    region = a_region(database)
    code = planning.plan_pickup(
        database, PickupKind.RUN, SATURDAY, [region.holds[0], region.holds[3]], today=TODAY
    )

    settle(database, code, [Outcome("H-0004", nobody_home=True)], SATURDAY)

    with database.reading() as session:
        query = sa.select(HouseholdRow.name).where(HouseholdRow.last_contact_on == SATURDAY)
        assert set(session.scalars(query)) == {"Zoë Ahlberg", "Inès Roy"}


def test_what_does_not_add_up_is_refused_and_nothing_is_saved(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region)
    before = database.change_counter()

    with pytest.raises(OutcomeError, match=r"H-0004: 41\u00a0oz are more than the 40\u00a0oz planned"):
        settle(
            database, code, [Outcome("H-0001", delivered=oz(1)), Outcome("H-0004", delivered=oz(41))], TODAY
        )

    assert database.change_counter() == before
    assert planning.pickup(database, code, TODAY).state is PickupState.PLANNED
    assert lots(database)["L-0001"].delivered == oz(0)


def test_more_bags_than_there_were_do_not_come(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region)

    with pytest.raises(OutcomeError, match="H-0001: 14 bags are more than the 13 there were"):
        settle(database, code, [Outcome("H-0001", delivered=oz(40), bags=14)], SATURDAY)
    settle(database, code, [Outcome("H-0001", delivered=oz(40), bags=13)], SATURDAY)


def test_two_holds_of_one_lot_do_not_bring_its_spare_bags_twice(database: Database) -> None:
    region = a_region(database, bags=3)
    with database.writing(SETUP) as session:
        by_code(session, LotRow, "L-0001").bags = 10
    code = a_run(database, region)
    came = [Outcome("H-0001", delivered=oz(40), bags=7), Outcome("H-0002", delivered=oz(40), bags=7)]

    with pytest.raises(
        OutcomeError, match="H-0002: 7 bags are more than the 3 there were beside those of H-0001"
    ):
        settle(database, code, came, SATURDAY)
    settle(database, code, [came[0], replace(came[1], bags=3)], SATURDAY)


def test_milk_without_both_yeses_is_not_settled(database: Database) -> None:
    region = a_region(database, family_yes=False)
    code = a_run(database, region)

    with pytest.raises(NotAgreedError, match="H-0001, H-0002, H-0003, H-0004"):
        settle(database, code, None, SATURDAY)


def test_a_pickup_is_settled_once_and_never_empty(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region)
    settle(database, code, None, SATURDAY)

    with pytest.raises(UserError, match="is settled already"):
        settle(database, code, None, SATURDAY)
    with pytest.raises(UserError, match="is settled and cannot be changed"):
        planning.cancel_pickup(database, code)


def test_a_hand_over_that_came_early_counts_from_today(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region)

    settle(database, code, None, TODAY)

    assert {line.on for line in milk.who_has_her_milk(database, "D-0002", TODAY)} == {TODAY}


def test_undoing_a_settlement_brings_holds_stock_and_milk_back(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region)
    before = lots(database, TODAY)
    settle(database, code, [Outcome("H-0001", lost=oz(7))], TODAY)

    with database.writing(SETUP) as session:
        newest = session.scalars(sa.select(AuditRow).order_by(AuditRow.id.desc()).limit(1)).one()
        undo_in(session, newest)

    assert planning.pickup(database, code, TODAY).state is PickupState.PLANNED
    after = lots(database, TODAY)
    assert [(lot.free, lot.held, lot.delivered) for lot in after.values()] == [
        (lot.free, lot.held, lot.delivered) for lot in before.values()
    ]
    with database.reading() as session:
        assert {row.stock for row in session.scalars(sa.select(RecipientRow))} == {None}
        assert {row.state for row in session.scalars(sa.select(HoldRow))} == {HoldState.AGREED}


amounts = st.integers(0, oz(30).microlitres)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(amounts, amounts, st.booleans()), min_size=4, max_size=4))
def test_every_microlitre_is_accounted_for_whatever_came_of_it(
    sqlite_database: Database, what: list[tuple[int, int, bool]]
) -> None:
    region = a_region(sqlite_database)
    code = a_run(sqlite_database, region)
    outcomes = [
        Outcome(hold, left_behind=Volume(left), lost=Volume(lost), nobody_home=nobody)
        for hold, (left, lost, nobody) in zip(region.holds, what, strict=True)
    ]
    try:
        settle(sqlite_database, code, outcomes, SATURDAY)
    except OutcomeError:
        assert any(left + lost > oz(40).microlitres for left, lost, _ in what)

    for lot in lots(sqlite_database).values():
        assert is_whole(lot)
        assert min(lot.free, lot.held, lot.delivered, lot.lost) >= Volume(0)
