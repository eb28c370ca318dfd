"""Bags follow their ounces, and what is shown can be typed back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.milk import LotRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.milk.lots import Lot
from coordinator.domain.milk.splitting import CountedPart
from coordinator.domain.pickups.plans import Outcome, PickupKind
from coordinator.domain.volume import Volume, VolumeUnit, format_number
from coordinator.services.agreements.holds import extend_hold, hold_milk, release_hold
from coordinator.services.families.recipients import set_stock
from coordinator.services.milk.lots import add_lot, change_lot, remove_lot
from coordinator.services.milk.splitting import split_lot
from coordinator.services.pickups.planning import plan_pickup
from coordinator.services.pickups.settling import settle
from tests.builders import TODAY
from tests.integration.cli.cli import CommandLine
from tests.integration.records.books import a_lot_for_two, assert_refused, oz, the_lot
from tests.pickup_builders import SETUP, a_held_lot

ON = date(2026, 10, 1)
NOVEMBER = date(2026, 11, 1)
"""With ten of the 71 days of the lot: 14 of its 100 oz."""


def a_hold(database: Database, ounces: float, bags: int | None, only_from: date | None = None) -> None:
    """Agree on milk of L-0001 for R-0001, whatever of it there probably is."""
    with database.writing(SETUP) as session:
        lot, family = by_code(session, LotRow, "L-0001"), by_code(session, RecipientRow, "R-0001")
        a_held_lot(session, lot, family, ounces, bags=bags, only_from=only_from)


def a_pickup(database: Database, ounces: float = 40, bags: int | None = 10) -> str:
    a_hold(database, ounces, bags)
    return plan_pickup(database, PickupKind.FAMILY_COLLECTS, TODAY, ["H-0001"], today=TODAY)


def shown(volume: Volume) -> Volume:
    """Return what somebody types who types back what is shown."""
    return oz(float(format_number(volume, VolumeUnit.OZ)))


# Case 17: a released hold counts nothing.


def test_bags_of_a_released_hold_do_not_go_to_the_later_part(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    a_hold(sqlite_database, 10, 10, NOVEMBER)
    release_hold(sqlite_database, "H-0001")

    later = the_lot(sqlite_database, split_lot(sqlite_database, "L-0001", NOVEMBER, TODAY))

    assert (round(later.volume.oz), later.bags) == (14, 4)


def test_bags_of_a_hold_that_expired_do_not_go_to_the_later_part(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(10), date(2026, 11, 11), bags=4, only_from=NOVEMBER)

    later = the_lot(sqlite_database, split_lot(sqlite_database, "L-0001", NOVEMBER, TODAY))

    assert (round(later.volume.oz), later.bags) == (14, 4)


# Case 18: more bags than there are, fewer than are held, and bags without milk are refused.


def test_more_bags_than_are_left_beside_another_hold_are_refused(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(50), TODAY, bags=25)

    assert_refused(
        sqlite_database, lambda: hold_milk(sqlite_database, "R-0002", "L-0001", oz(50), TODAY, bags=20)
    )


def test_fewer_bags_than_are_held_are_refused(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(80), TODAY, bags=20)

    assert_refused(
        sqlite_database, lambda: change_lot(sqlite_database, "L-0001", "bags", 3, today=TODAY), "L-0001"
    )


SETTLED = {
    "999 bags": Outcome("H-0001", bags=999),
    "bags without milk": Outcome("H-0001", delivered=oz(0), bags=10),
    "bags and all left behind": Outcome("H-0001", left_behind=oz(40), bags=10),
    "bags and all lost": Outcome("H-0001", lost=oz(40), bags=10),
    "fewer than no bags": Outcome("H-0001", bags=-1),
    "more than fits a database": Outcome("H-0001", delivered=Volume(2**63)),
    "more bags than fit a database": Outcome("H-0001", bags=2**63),
}


@pytest.mark.parametrize("told", SETTLED)
def test_what_cannot_have_come_is_not_written_down(sqlite_database: Database, told: str) -> None:
    a_lot_for_two(sqlite_database)
    code = a_pickup(sqlite_database)

    assert_refused(sqlite_database, lambda: settle(sqlite_database, code, [SETTLED[told]], TODAY), "H-0001")


def test_more_bags_than_were_planned_are_refused_where_the_lots_were_never_counted(
    sqlite_database: Database,
) -> None:
    a_lot_for_two(sqlite_database, bags=None)
    code = a_pickup(sqlite_database)

    assert_refused(
        sqlite_database,
        lambda: settle(sqlite_database, code, [Outcome("H-0001", bags=2**63)], TODAY),
        "H-0001",
    )


@pytest.mark.parametrize("bags", [25, 999, -5, 2**63])
def test_a_split_leaves_the_earlier_part_the_bags_that_are_held_of_it(
    sqlite_database: Database, bags: int
) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(40), TODAY, bags=10)

    assert_refused(
        sqlite_database,
        lambda: split_lot(sqlite_database, "L-0001", ON, TODAY, volume=oz(20), bags=bags),
        "L-0001",
    )


@pytest.mark.parametrize("bags", [26, 999, -5, 2**63])
def test_more_bags_than_the_lot_has_are_not_counted_of_its_later_part(
    sqlite_database: Database, bags: int
) -> None:
    a_lot_for_two(sqlite_database)
    counted = CountedPart(ON, oz(30), bags)

    assert_refused(
        sqlite_database,
        lambda: hold_milk(sqlite_database, "R-0001", "L-0001", oz(30), TODAY, only_from=counted),
    )


def test_80_of_100_oz_in_25_bags_are_20_bags_whatever_a_microlitre_says(
    sqlite_database: Database,
) -> None:
    a_lot_for_two(sqlite_database)
    code = a_pickup(sqlite_database)

    settle(sqlite_database, code, [Outcome("H-0001", delivered=oz(20), left_behind=oz(20))], TODAY)

    lot = the_lot(sqlite_database)
    assert (round(lot.free.oz), lot.free_bags) == (80, 20)


# Case 20: what is shown can be typed back, and dust goes with the last bag.


def test_38_held_of_37_6_shown_as_38_is_all_of_it(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database, 37.6)

    hold_milk(sqlite_database, "R-0001", "L-0001", oz(38), TODAY)

    lot = the_lot(sqlite_database)
    assert (lot.held, lot.free) == (oz(37.6), oz(0))


def test_37_held_of_37_4_shown_as_37_is_all_of_it(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database, 37.4)

    hold_milk(sqlite_database, "R-0001", "L-0001", oz(37), TODAY)

    assert the_lot(sqlite_database).free == oz(0)


def test_on_the_command_line_what_is_shown_can_be_held(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database, 37.4)
    assert sqlite_database.path is not None

    CommandLine(sqlite_database.path).do("hold", "R-0001", "L-0001", "--oz", "37")

    assert the_lot(sqlite_database).free == oz(0)


def test_a_lot_can_be_split_with_what_is_shown_as_free(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database, 37.6)
    free = the_lot(sqlite_database).free

    later = split_lot(sqlite_database, "L-0001", ON, TODAY, volume=shown(free))

    assert the_lot(sqlite_database, later).volume == free


@pytest.mark.parametrize("ounces", [37.4, 37.6])
@pytest.mark.parametrize("field", ["delivered", "left_behind", "lost"])
def test_what_is_shown_as_planned_can_be_typed_back_when_settling(
    sqlite_database: Database, field: str, ounces: float
) -> None:
    a_lot_for_two(sqlite_database)
    code = a_pickup(sqlite_database, ounces)
    typed: dict[str, Any] = {field: shown(oz(ounces))}

    settle(sqlite_database, code, [Outcome("H-0001", **typed)], TODAY)

    lot = the_lot(sqlite_database)
    gone = {"delivered": lot.delivered, "lost": lot.lost, "left_behind": lot.free - oz(100) + oz(ounces)}
    assert gone[field] == oz(ounces)


def test_a_lot_can_become_what_is_shown_as_held_of_it(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(37.4), TODAY)

    change_lot(sqlite_database, "L-0001", "volume", shown(oz(37.4)), today=TODAY)

    lot = the_lot(sqlite_database)
    assert (lot.held, lot.free) == (lot.volume, oz(0))


# Unhandled: amounts and days no database can hold.

TOO_MUCH = Volume(2**63)

BEYOND: dict[str, Callable[[Database], object]] = {
    "held": lambda db: hold_milk(db, "R-0001", "L-0001", TOO_MUCH, TODAY),
    "held in bags": lambda db: hold_milk(db, "R-0001", "L-0001", oz(10), TODAY, bags=2**63),
    "in a new lot": lambda db: add_lot(db, Lot("", "D-0001", TOO_MUCH, 5, None, None)),
    "bags in a new lot": lambda db: add_lot(db, Lot("", "D-0001", oz(10), 2**63, None, None)),
    "in a lot": lambda db: change_lot(db, "L-0001", "volume", TOO_MUCH, today=TODAY),
    "bags in a lot": lambda db: change_lot(db, "L-0001", "bags", 2**63, today=TODAY),
    "in a freezer": lambda db: set_stock(db, "R-0001", TOO_MUCH, TODAY, seen=None),
    "below nothing in a freezer": lambda db: set_stock(db, "R-0001", Volume(-1), TODAY, seen=None),
    "counted when split": lambda db: split_lot(db, "L-0001", ON, TODAY, volume=TOO_MUCH),
    "days of a hold": lambda db: extend_hold(db, "H-0001", TODAY, 10**7),
    "days of a hold past every calendar": lambda db: extend_hold(db, "H-0001", TODAY, 10**12),
    "days before today of a hold": lambda db: extend_hold(db, "H-0001", TODAY, -30),
    "no days of a hold": lambda db: extend_hold(db, "H-0001", TODAY, 0),
    "the last day there is, held": lambda db: hold_milk(db, "R-0001", "L-0001", oz(10), date.max),
    "the last day there is, extended": lambda db: extend_hold(db, "H-0001", date.max),
}


@pytest.mark.parametrize("what", BEYOND)
def test_more_than_there_can_be_is_refused_in_a_sentence(sqlite_database: Database, what: str) -> None:
    a_lot_for_two(sqlite_database)
    hold_milk(sqlite_database, "R-0002", "L-0001", oz(10), TODAY)

    assert_refused(sqlite_database, lambda: BEYOND[what](sqlite_database))


def test_no_hold_takes_a_whole_lot_only_from_its_last_day(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    last = date(2026, 11, 10)

    assert_refused(
        sqlite_database,
        lambda: hold_milk(sqlite_database, "R-0001", "L-0001", oz(100), TODAY, only_from=last),
        "L-0001",
    )


def test_no_oldest_day_is_told_of_a_lot_held_whole_only_from_its_last(
    sqlite_database: Database,
) -> None:
    a_lot_for_two(sqlite_database, expressed_from=None)
    last = date(2026, 11, 10)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(100), TODAY, only_from=last)

    assert_refused(
        sqlite_database,
        lambda: change_lot(sqlite_database, "L-0001", "expressed_from", date(2026, 9, 1), today=TODAY),
        "H-0001",
        "L-0001",
    )


def test_a_lot_that_is_removed_is_held_for_nobody(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    remove_lot(sqlite_database, "L-0001", TODAY)

    assert_refused(
        sqlite_database, lambda: hold_milk(sqlite_database, "R-0001", "L-0001", oz(10), TODAY), "L-0001"
    )
