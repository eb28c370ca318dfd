"""Whatever is held, released, split and settled: bags are where their ounces are, each of them once."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from coordinator.db.database import Database
from coordinator.db.milk import balance_of
from coordinator.domain.agreements.holds import Side
from coordinator.domain.milk.lots import Lot
from coordinator.domain.pickups.plans import Outcome, PickupKind
from coordinator.domain.volume import KEPT_APART, Volume, VolumeUnit, as_shown, total
from coordinator.errors import UserError
from coordinator.services.agreements.holds import hold_milk, holds, record_yes, release_hold
from coordinator.services.families.recipients import recipient, set_stock
from coordinator.services.milk.lots import change_lot, list_lots
from coordinator.services.milk.splitting import split_lot
from coordinator.services.pickups.planning import plan_pickup
from coordinator.services.pickups.settling import settle
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.pickup_builders import SETUP

FIRST = date(2026, 9, 1)
BAGS = 25


class Step(NamedTuple):
    """One thing done to a lot: *which* of the lots or holds there are, how much of it in per cent."""

    what: str
    which: int
    share: int
    bags: int | None
    day: int | None


steps = st.lists(
    st.builds(
        Step,
        st.sampled_from(["hold", "hold as shown", "release", "split", "settle"]),
        st.integers(0, 5),
        st.integers(0, 100),
        st.none() | st.integers(0, 12),
        st.none() | st.integers(0, 70),
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(300, 1200), steps)
@example(376, [Step("hold as shown", 0, 100, None, None)])
@example(
    1000, [Step("hold", 0, 40, 10, 61), Step("release", 0, 0, None, None), Step("split", 0, 0, None, 61)]
)
def test_every_bag_is_free_held_or_gone_and_each_once(
    sqlite_database: Database, tenths: int, done: list[Step]
) -> None:
    donor, family, code = a_lot_of(sqlite_database, Volume.from_oz(tenths / 10))
    for step in done:
        with suppress(UserError):
            do(sqlite_database, step, donor, family)
        lots = lots_of(sqlite_database, donor)
        assert sum(lot.bags or 0 for lot in lots) == BAGS
        assert total([lot.volume for lot in lots]) == Volume.from_oz(tenths / 10), code
        for lot in lots:
            check_bags(sqlite_database, lot)


def check_bags(database: Database, lot: Lot) -> None:
    if not lot.volume:
        assert not lot.bags
        return
    assert lot.bags is not None
    assert lot.free_bags is not None
    with database.reading() as session:
        balance = balance_of(session, TODAY, lot.id)
    held, gone = balance.held_bags, balance.gone_bags
    taken = lot.volume - lot.free
    assert min(lot.free, lot.held, lot.delivered, lot.lost) >= Volume()
    assert min(lot.free_bags, held, gone, lot.bags - held - gone) >= 0
    if lot.free and lot.counted == taken:
        assert lot.bags == lot.free_bags + held + gone


def do(database: Database, step: Step, donor: str, family: str) -> None:
    lots = lots_of(database, donor)
    lot = lots[step.which % len(lots)]
    living = [one for one in holds(database, TODAY, donor=donor) if not one.pickup_code]
    day = None if step.day is None else FIRST + timedelta(days=step.day)
    if step.what.startswith("hold"):
        share = lot.free.share(step.share, 100)
        asked = as_shown(share, VolumeUnit.OZ) if step.what == "hold as shown" else share
        before = lot.free
        hold_milk(database, family, lot.code, asked, TODAY, bags=step.bags, only_from=day)
        free = next(one for one in lots_of(database, donor) if one.code == lot.code).free
        if day is None:
            assert free < before
            assert not free or free.in_unit(VolumeUnit.OZ) >= KEPT_APART
    elif step.what == "split":
        part = None if step.bags is None else lot.free.share(step.share, 100)
        split_lot(database, lot.code, day or FIRST + timedelta(days=30), TODAY, volume=part, bags=step.bags)
    elif living:
        hold = living[step.which % len(living)]
        if step.what == "release":
            release_hold(database, hold.code)
        else:
            settle_one(database, hold.code, Outcome(hold.code, hold.volume.share(step.share, 100), step.bags))


def settle_one(database: Database, hold: str, outcome: Outcome) -> None:
    for side in Side:
        record_yes(database, hold, side, TODAY)
    pickup = plan_pickup(database, PickupKind.FAMILY_COLLECTS, TODAY, [hold], today=TODAY)
    settle(database, pickup, [outcome], TODAY)


def a_lot_of(database: Database, volume: Volume) -> tuple[str, str, str]:
    """Write a donor with one lot in 25 bags, and a family; return their codes and the lot's."""
    with database.writing(SETUP) as session:
        donor, family = a_donor(session), a_recipient(session)
        return donor.code, family.code, a_stored_lot(session, donor, volume.oz, bags=BAGS).code


def lots_of(database: Database, donor: str) -> list[Lot]:
    return [row.lot for row in list_lots(database, TODAY) if row.lot.donor_code == donor]


def test_a_stock_typed_as_it_is_shown_stays_to_its_last_drop(sqlite_database: Database) -> None:
    _, family, _ = a_lot_of(sqlite_database, Volume.from_oz(40))
    set_stock(sqlite_database, family, Volume.from_oz(37.6), TODAY, seen=None)

    set_stock(sqlite_database, family, Volume.from_oz(38), TODAY, seen=Volume.from_oz(37.6))

    assert recipient(sqlite_database, family, TODAY).stock == Volume.from_oz(37.6)


@pytest.mark.parametrize("figure", [38, 37.2])
def test_a_lot_typed_as_it_is_shown_stays_and_what_it_shows_as_held_is_kept(
    sqlite_database: Database, figure: float
) -> None:
    donor, family, lot = a_lot_of(sqlite_database, Volume.from_oz(37.6))
    hold_milk(sqlite_database, family, lot, Volume.from_oz(37.6), TODAY)

    change_lot(sqlite_database, lot, "volume", Volume.from_oz(figure), today=TODAY)

    [now] = lots_of(sqlite_database, donor)
    assert (now.volume, now.free) == (Volume.from_oz(37.6), Volume())
