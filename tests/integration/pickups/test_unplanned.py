"""Hand-overs that nobody had planned, and sheets that come back, against real files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from coordinator.bootstrap import Database
from coordinator.db.base import by_code
from coordinator.db.donors import DonorRow
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.domain.paper.sheet_numbers import FoundSheet, SheetNumber
from coordinator.domain.pickups.plans import Correction, PickupKind, PickupState
from coordinator.domain.records.ledger import Went
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.services.agreements import holds as agreements
from coordinator.services.agreements.unplanned import HandedOver, add_handed_over
from coordinator.services.families.recipients import recipient
from coordinator.services.paper import printed_sheets, sheets
from coordinator.services.pickups import planning
from coordinator.services.records import history
from coordinator.services.records.ledger import ledger
from tests.builders import TODAY
from tests.networks import opened_network
from tests.pickup_builders import SETUP, Region, a_region

THREE_WEEKS_AGO = TODAY - timedelta(days=21)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = opened_network(tmp_path / "network.db")
    yield opened
    opened.dispose()


def told(region: Region, **fields: object) -> HandedOver:
    known: dict[str, object] = {
        "lot": region.lots[0],
        "recipient": region.recipients[0],
        "volume": Volume.from_oz(12),
        "on": THREE_WEEKS_AGO,
        "bags": 1,
        "received_by": "Inès",
    }
    return HandedOver(**(known | fields))  # type: ignore[arg-type] # any field


def test_a_hand_over_of_weeks_ago_is_held_agreed_and_settled_in_one_step(database: Database) -> None:
    region = a_region(database)
    before = state(database, region)

    code, _ = add_handed_over(database, told(region), TODAY)

    found = planning.pickup(database, code, TODAY)
    (came,) = found.deliveries
    assert (found.state, found.kind, found.on) == (
        PickupState.SETTLED,
        PickupKind.FAMILY_COLLECTS,
        THREE_WEEKS_AGO,
    )
    assert (came.delivered, came.bags, came.received_by) == (Volume.from_oz(12), 1, "Inès")
    (lot,) = (one for one in ledger(database, TODAY).lots if one.lot_code == region.lots[0])
    assert [(one.went, one.volume) for one in lot.movements] == [(Went.DELIVERED, Volume.from_oz(12))]
    assert lot.is_balanced
    assert state(database, region) != before

    corrected = Volume.from_oz(10)
    planning.settle_again(database, code, [Correction(came.hold_code, corrected)], TODAY)
    assert planning.pickup(database, code, TODAY).deliveries[0].delivered == corrected
    history.undo(database)
    assert str(history.undo(database)) == "Added a hand-over of L-0001 to R-0001 (P-0001)"
    assert state(database, region) == before
    history.redo(database)
    assert planning.pickup(database, code, TODAY).state is PickupState.SETTLED


def test_what_cannot_have_been_is_refused_and_leaves_nothing(database: Database) -> None:
    region = a_region(database)
    before = state(database, region)

    for wrong in (
        {"on": TODAY + timedelta(days=1)},
        {"volume": Volume.from_oz(5000)},
        {"recipient": "R-0099"},
    ):
        with pytest.raises(UserError):
            add_handed_over(database, told(region, **wrong), TODAY)

    assert state(database, region) == before


def state(database: Database, region: Region) -> tuple[object, ...]:
    """Return what a hand-over changes: holds, the lot, and what the family has."""
    with database.reading() as session:
        lot = by_code(session, LotRow, region.lots[0])
        volume = (lot.volume, lot.bags)
    held = tuple(hold.code for hold in agreements.holds(database, TODAY))
    family = recipient(database, region.recipients[0], TODAY)
    return (
        volume,
        held,
        family.stock,
        family.stock_on,
        planning.pickups_between(database, THREE_WEEKS_AGO, TODAY, TODAY),
    )


def test_a_sheet_that_comes_back_knows_what_changed_since_it_was_printed(database: Database) -> None:
    region = a_region(database)
    code = planning.plan_pickup(
        database, PickupKind.RUN, TODAY, region.holds[:1], today=TODAY, driver_code=region.driver
    )
    planning.record_driver_yes(database, code, TODAY)
    sheets.print_pickup_sheet(database, code, TODAY)

    with database.writing(SETUP) as session:
        home = session.get_one(HouseholdRow, by_code(session, DonorRow, region.donors[0]).household_id)
        home.last_contact_on = TODAY
    assert not back(database, code, 1).is_old  # somebody was spoken with: the paper still holds

    with database.writing(SETUP) as session:
        home = session.get_one(HouseholdRow, by_code(session, DonorRow, region.donors[0]).household_id)
        home.street = "9 New Street"
    first = back(database, code, 1)
    assert first.is_old
    assert [str(one) for one in first.since] == ["Set up a test"]

    sheets.print_pickup_sheet(database, code, TODAY)
    assert back(database, code, 1).is_old
    assert not back(database, code, 2).is_old
    assert not back(database, code, 3).was_printed

    planning.settle(database, code, None, TODAY)
    assert not back(database, code, 2).is_old


def back(database: Database, code: str, printing: int) -> FoundSheet:
    return printed_sheets.printed_sheet(database, SheetNumber(code, printing), TODAY)
