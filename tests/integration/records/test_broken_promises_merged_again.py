"""Families merged once more, or taken apart after more was done: each has what is its own."""

from __future__ import annotations

from datetime import date

import pytest

from coordinator.db.database import Database
from coordinator.domain.pickups.plans import PickupKind
from coordinator.services.agreements.holds import hold_milk
from coordinator.services.families.households import remove_family
from coordinator.services.families.merging import merge_households, merged_families, take_apart
from coordinator.services.families.recipients import list_recipients
from coordinator.services.milk.lots import list_lots
from coordinator.services.milk.splitting import split_lot
from coordinator.services.pickups.planning import plan_pickup
from coordinator.services.records.history import history, undo_action
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.integration.records.books import a_lot_for_two, assert_refused, is_refused, one_is_refused, oz
from tests.integration.records.test_undo import dump
from tests.pickup_builders import SETUP, a_driver


def three_donors(database: Database) -> None:
    """Write D-0001 to D-0003, each with a lot of her own, L-0001 to L-0003; R-0001 and V-0001."""
    with database.writing(SETUP) as session:
        for name in ("Zoë Ahlberg", "Mia Quist", "Ada Lind"):
            a_stored_lot(session, a_donor(session, name))
        a_recipient(session)
        a_driver(session)


def owners(database: Database) -> dict[str, str]:
    """Return whose milk each lot is listed as."""
    return {row.lot.code: row.lot.donor_code for row in list_lots(database, TODAY)}


def assert_every_role_in_use_is_of_a_family_in_use(database: Database) -> None:
    tables = dump(database)
    merged = {row["id"] for row in tables["household"] if row["merged_into_id"]}
    for table in ("donor", "recipient", "driver"):
        in_use = [row["code"] for row in tables[table] if not row["archived_on"]]
        homes = {row["code"]: row["household_id"] for row in tables[table]}
        assert [code for code in in_use if homes[code] in merged] == []


def test_merging_into_a_merged_code_goes_to_its_living_one(sqlite_database: Database) -> None:
    three_donors(sqlite_database)
    merge_households(sqlite_database, "D-0001", "D-0002", TODAY)

    merge_households(sqlite_database, "D-0002", "D-0003", TODAY)

    assert owners(sqlite_database) == dict.fromkeys(("L-0001", "L-0002", "L-0003"), "D-0001")
    assert_every_role_in_use_is_of_a_family_in_use(sqlite_database)


def test_what_became_part_of_a_family_is_not_merged_away_from_it(sqlite_database: Database) -> None:
    three_donors(sqlite_database)
    merge_households(sqlite_database, "D-0001", "D-0002", TODAY)

    is_refused(lambda: merge_households(sqlite_database, "D-0003", "D-0002", TODAY))

    assert len({owners(sqlite_database)["L-0001"], owners(sqlite_database)["L-0002"]}) == 1
    assert_every_role_in_use_is_of_a_family_in_use(sqlite_database)


def test_milk_is_not_held_for_a_code_that_was_merged_away(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    merge_households(sqlite_database, "R-0001", "R-0002", TODAY)

    is_refused(lambda: hold_milk(sqlite_database, "R-0002", "L-0001", oz(10), TODAY))

    assert {row["recipient_id"] for row in dump(sqlite_database)["hold"]} <= {1}


def test_an_earlier_merging_is_not_half_taken_apart(sqlite_database: Database) -> None:
    three_donors(sqlite_database)
    merge_households(sqlite_database, "D-0001", "D-0002", TODAY)
    first = merged_families(sqlite_database, "D-0001")[0].merge_id
    merge_households(sqlite_database, "D-0003", "D-0001", TODAY)
    together = owners(sqlite_database)

    refused = is_refused(lambda: take_apart(sqlite_database, first))

    assert owners(sqlite_database) == (together if refused else together | {"L-0002": "D-0002"})
    assert_every_role_in_use_is_of_a_family_in_use(sqlite_database)


def test_both_parts_of_a_lot_split_meanwhile_go_back_to_the_donor_whose_it_was(
    sqlite_database: Database,
) -> None:
    three_donors(sqlite_database)
    merge_households(sqlite_database, "D-0001", "D-0002", TODAY)
    later = split_lot(sqlite_database, "L-0002", date(2026, 10, 1), TODAY)

    is_refused(lambda: take_apart(sqlite_database, merged_families(sqlite_database, "D-0001")[0].merge_id))

    assert owners(sqlite_database)[later] == owners(sqlite_database)["L-0002"]


def test_undoing_a_merging_does_not_part_a_lot_split_meanwhile(sqlite_database: Database) -> None:
    three_donors(sqlite_database)
    merge_households(sqlite_database, "D-0001", "D-0002", TODAY)
    merging = history(sqlite_database)[0].id
    later = split_lot(sqlite_database, "L-0002", date(2026, 10, 1), TODAY)

    is_refused(lambda: undo_action(sqlite_database, merging))

    assert owners(sqlite_database)[later] == owners(sqlite_database)["L-0002"]


def test_a_family_is_not_removed_by_merging_it_into_one_that_is_removed(sqlite_database: Database) -> None:
    a_lot_for_two(sqlite_database)
    remove_family(sqlite_database, "R-0001", TODAY)

    is_refused(lambda: merge_households(sqlite_database, "R-0001", "R-0002", TODAY))

    assert len(list_recipients(sqlite_database, TODAY)) == 1


def test_no_family_gives_milk_to_itself(sqlite_database: Database) -> None:
    three_donors(sqlite_database)
    hold_milk(sqlite_database, "R-0001", "L-0001", oz(10), TODAY)
    plan_pickup(sqlite_database, PickupKind.RUN, TODAY, ["H-0001"], today=TODAY, driver_code="V-0001")

    assert_refused(
        sqlite_database,
        lambda: merge_households(sqlite_database, "D-0001", "R-0001", TODAY),
        "H-0001",
        "P-0001",
    )


def test_no_milk_of_a_family_is_held_for_itself(sqlite_database: Database) -> None:
    three_donors(sqlite_database)

    assert one_is_refused(
        lambda: merge_households(sqlite_database, "D-0001", "R-0001", TODAY),
        lambda: hold_milk(sqlite_database, "R-0001", "L-0001", oz(10), TODAY),
    )


@pytest.mark.parametrize("order", [("D-0001", "D-0002"), ("D-0002", "D-0001")])
def test_a_donor_removed_meanwhile_is_still_removed_once_they_are_taken_apart(
    sqlite_database: Database, order: tuple[str, str]
) -> None:
    three_donors(sqlite_database)
    keep, other = order
    remove_family(sqlite_database, other, TODAY)
    before = owners(sqlite_database)

    is_refused(lambda: merge_households(sqlite_database, keep, other, TODAY))
    for merged in merged_families(sqlite_database, keep):
        take_apart(sqlite_database, merged.merge_id)

    assert owners(sqlite_database) == before
