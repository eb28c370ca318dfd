"""Hand-overs that nobody had planned, and sheets that come back, against real files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.bootstrap import Database
from coordinator.db.base import by_code
from coordinator.db.donors import DonorRow
from coordinator.db.facts import FactRow
from coordinator.db.households import HouseholdRow
from coordinator.db.matching import past_by_donor
from coordinator.db.milk import LotRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.facts.dated_facts import FactKind, Presence
from coordinator.domain.families.babies import BabyHealth
from coordinator.domain.paper.sheet_numbers import FoundSheet, SheetNumber
from coordinator.domain.pickups.plans import Correction, PickupKind, PickupState
from coordinator.domain.pickups.unplanned import CountDoubtError, GivenPart, HandedOver
from coordinator.domain.records.ledger import Went
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.services.agreements import holds as agreements
from coordinator.services.agreements import pair_changes, unplanned
from coordinator.services.agreements.unplanned import add_handed_over
from coordinator.services.families.recipients import recipient
from coordinator.services.paper import printed_sheets, sheets
from coordinator.services.pickups import planning
from coordinator.services.pickups.came_unfit import came_unfit, rang_about
from coordinator.services.records import history
from coordinator.services.records.ledger import ledger
from coordinator.services.today import today_page
from tests.books.decisions import NothingToDoError
from tests.books.hand_overs import add_unplanned
from tests.books.machine import Coordinator
from tests.builders import TODAY
from tests.integration.records.test_undo import dump
from tests.networks import opened_network
from tests.pickup_builders import SETUP, Region, a_region

Value = TypeVar("Value")
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
    }
    known |= fields
    part = GivenPart(known["lot"], known["volume"], known["bags"])  # type: ignore[arg-type] # any field
    return HandedOver(known["recipient"], (part,), known["on"], "Inès")  # type: ignore[arg-type] # any field


def test_a_hand_over_of_weeks_ago_is_held_agreed_and_settled_in_one_step(database: Database) -> None:
    region = a_region(database)
    before = state(database, region)

    (code,) = add_handed_over(database, told(region), TODAY).codes

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


def against_it(database: Database) -> None:
    """Let milk of D-0001 be no fit for R-0001, pause D-0002 and R-0001; the baby of R-0002 is in hospital."""
    with database.writing(SETUP) as session:
        donor = by_code(session, DonorRow, "D-0001")
        session.add(FactRow(donor_id=donor.id, kind=FactKind.DAIRY, presence=Presence.YES, subject=""))
        by_code(session, RecipientRow, "R-0001").must_avoid = "dairy"
        by_code(session, RecipientRow, "R-0002").health = BabyHealth.HOSPITAL
        by_code(session, RecipientRow, "R-0002").paused = True
    pair_changes.pause_pair(database, "D-0002", "R-0001", "a rash", TODAY)


def test_milk_that_is_no_fit_is_written_down_helps_no_stock_and_is_rung_about(database: Database) -> None:
    region = a_region(database)
    against_it(database)
    with database.writing(SETUP) as session:
        family = by_code(session, RecipientRow, "R-0001")
        family.stock, family.stock_on = Volume.from_oz(5), TODAY - timedelta(days=40)
    before, what = state(database, region), told(region)

    (said,) = unplanned.objections(database, what, TODAY)
    assert str(said.said).startswith("Not a fit: ")
    assert "dairy" in str(said.said)
    (code,) = add_handed_over(database, what, TODAY).codes

    found = recipient(database, "R-0001", TODAY)
    assert (found.stock, found.stock_on) == (Volume.from_oz(5), TODAY - timedelta(days=40))
    (given,) = (one for one in found.received if one.state == "delivered")
    assert (given.volume, given.against) == (Volume.from_oz(12), said.said)
    (came,) = today_page(database, TODAY).came_unfit
    assert found.came_unfit == (came,)
    assert (came.recipient_code, came.lot_code, came.against) == ("R-0001", "L-0001", said.said)
    with database.reading() as session:
        family = by_code(session, RecipientRow, "R-0001")
        assert past_by_donor(session, family.id) == {}

    held = came.hold_code
    planning.settle_again(database, code, [Correction(held, Volume.from_oz(9))], TODAY)
    corrected = recipient(database, "R-0001", TODAY)
    assert (corrected.stock, corrected.left_behind) == (Volume.from_oz(5), ())
    history.undo(database)
    rang_about(database, held, TODAY)
    assert today_page(database, TODAY).came_unfit == ()
    assert said.said in [one.against for one in recipient(database, "R-0001", TODAY).received]
    with pytest.raises(UserError, match="Nobody waits"):
        rang_about(database, held, TODAY)
    history.undo(database)
    assert today_page(database, TODAY).came_unfit == (came,)
    history.undo(database)
    assert state(database, region) == before


@pytest.mark.parametrize(
    ("lot", "family", "said"),
    [("L-0002", "R-0001", "the pair is paused since"), ("L-0002", "R-0002", "Refer: ")],
)
def test_what_is_against_it_is_said_in_the_words_of_the_verdict(
    database: Database, lot: str, family: str, said: str
) -> None:
    region = a_region(database)
    against_it(database)

    added = add_handed_over(database, told(region, lot=lot, recipient=family), TODAY)

    assert str(added.objections[0].said).startswith(said)
    assert [one.hold_code for one in came_unfit(database, family)] == ["H-0005"]


def test_more_than_there_is_asks_whether_the_lot_was_counted_wrong(database: Database) -> None:
    region = a_region(database)
    for hold in region.holds[:2]:
        agreements.release_hold(database, hold)
    before, much = state(database, region), told(region, volume=Volume.from_oz(130), bags=30)

    with pytest.raises(CountDoubtError, match=r"Only 100 oz of L-0001 are left.*counted wrong"):
        add_handed_over(database, much, TODAY)
    assert state(database, region) == before

    add_handed_over(database, much, TODAY, is_miscounted=True)
    (lot,) = (one for one in ledger(database, TODAY).lots if one.lot_code == "L-0001")
    assert (lot.offered, lot.bags, lot.is_balanced) == (Volume.from_oz(130), 30, True)
    history.undo(database)
    assert state(database, region) == before


def test_milk_that_is_on_hold_for_others_is_named_before_anything_is_written(database: Database) -> None:
    region = a_region(database)
    with pytest.raises(UserError, match=r"the rest is on hold .*H-0001"):
        add_handed_over(database, told(region, volume=Volume.from_oz(60)), TODAY)


def test_several_lots_of_two_donors_are_one_act(database: Database) -> None:
    region = a_region(database)
    before = state(database, region)
    parts = tuple(GivenPart(lot, Volume.from_oz(ounces)) for lot, ounces in (("L-0001", 8), ("L-0002", 4)))

    added = add_handed_over(database, HandedOver("R-0002", parts, TODAY, "Linh"), TODAY)

    found = [planning.pickup(database, code, TODAY) for code in added.codes]
    assert [one.deliveries[0].delivered for one in found] == [part.volume for part in parts]
    with pytest.raises(UserError, match="told twice"):
        add_handed_over(database, HandedOver("R-0002", (parts[0], parts[0]), TODAY), TODAY)
    history.undo(database)
    assert state(database, region) == before


class Drawn:
    """Chance that hypothesis draws."""

    def __init__(self, data: st.DataObject) -> None:
        self._data = data

    def number(self, low: int, high: int) -> int:
        return self._data.draw(st.integers(low, high))

    def one(self, values: Sequence[Value]) -> Value:
        return self._data.draw(st.sampled_from(values))


def test_whatever_happened_is_written_down_and_one_undo_takes_it_back(database: Database) -> None:
    work = Coordinator(database, Path(), "auckland")
    database.origin = SETUP.kind
    against_it(database)
    database.origin = "window"
    work.rows = work.first = dump(database)
    recorded = 0

    @given(st.data())
    @settings(max_examples=12, deadline=None)
    def anything(data: st.DataObject) -> None:
        nonlocal recorded
        work.trail.append(" unplanned")
        with suppress(UserError, NothingToDoError):  # one refused that can have been is an error of its own
            add_unplanned(work, Drawn(data))
            recorded += 1
            work.look(changed=True)
            assert all(lot.is_balanced for lot in ledger(database, work.today).lots)
            after = dump(database)
            history.undo(database)
            assert dump(database) == work.first
            history.redo(database)
            assert dump(database) == after
            history.undo(database)
        assert dump(database) == work.first
        work.rows = work.first

    anything()
    assert recorded > 2
