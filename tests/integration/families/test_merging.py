"""Two families made one and taken apart: the stops follow, nothing comes back that was removed or paused."""

from datetime import time

import pytest

from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.households import HouseholdRow
from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.pickups.plans import PickupKind, StopKind
from coordinator.errors import UserError
from coordinator.services.agreements import holds
from coordinator.services.families import households
from coordinator.services.families.merging import (
    OnAPickupError,
    merge_households,
    merged_families,
    take_apart,
)
from coordinator.services.matching import ranking
from coordinator.services.pickups import planning
from coordinator.services.screening import call_list
from tests.builders import TODAY
from tests.integration.records.test_undo import dump
from tests.pickup_builders import SATURDAY, SETUP, Region, a_region

PAIRS = (("D-0001", "D-0002"), ("D-0002", "D-0001"), ("R-0001", "R-0002"), ("R-0002", "R-0001"))


def a_run(database: Database, region: Region) -> str:
    return planning.plan_pickup(
        database,
        PickupKind.RUN,
        SATURDAY,
        region.holds,
        driver_code=region.driver,
        starts_at=time(9, 30),
        today=TODAY,
    )


def stops_of(database: Database, code: str) -> list[tuple[StopKind, int]]:
    run = planning.pickup(database, code, TODAY)
    return [(stop.kind, len(stop.holds)) for stop in run.stops]


def apart(database: Database, code: str, *, sure: bool = False) -> None:
    take_apart(database, merged_families(database, code)[0].merge_id, sure=sure)


@pytest.mark.parametrize(("keep", "other"), PAIRS)
@pytest.mark.parametrize("is_settled", [False, True])
def test_what_travels_for_two_makes_one_stop_and_comes_apart_as_it_was(
    database: Database, keep: str, other: str, *, is_settled: bool
) -> None:
    region = a_region(database)
    code = a_run(database, region)
    planning.set_window(database, code, planning.pickup(database, code, TODAY).stops[0].id, time(9), time(12))
    if is_settled:
        planning.settle(database, code, None, SATURDAY)
    before = dump(database)

    merge_households(database, keep, other, TODAY)
    assert len(stops_of(database, code)) == 3
    apart(database, keep, sure=True)

    assert dump(database) == before


def test_milk_on_a_planned_run_is_asked_about_and_each_family_gets_its_stop(
    sqlite_database: Database,
) -> None:
    region = a_region(sqlite_database)
    merge_households(sqlite_database, "R-0001", "R-0002", TODAY)
    code = a_run(sqlite_database, region)

    with pytest.raises(OnAPickupError, match="P-0001"):
        apart(sqlite_database, "R-0001")
    apart(sqlite_database, "R-0001", sure=True)

    kinds = [kind for kind, _ in stops_of(sqlite_database, code)]
    assert (kinds.count(StopKind.PICK_UP), kinds.count(StopKind.DROP)) == (2, 2)


def test_a_pickup_of_one_family_is_named_when_it_would_serve_two(sqlite_database: Database) -> None:
    region = a_region(sqlite_database)
    merge_households(sqlite_database, "R-0001", "R-0002", TODAY)
    planning.plan_pickup(sqlite_database, PickupKind.FAMILY_COLLECTS, SATURDAY, region.holds[:2], today=TODAY)
    before = dump(sqlite_database)

    with pytest.raises(UserError, match=r"P-0001 carries milk of both"):
        apart(sqlite_database, "R-0001", sure=True)
    assert dump(sqlite_database) == before


@pytest.mark.parametrize(("keep", "other"), [("D-0001", "D-0002"), ("R-0001", "R-0002")])
def test_two_set_aside_alike_are_made_one_and_come_apart(database: Database, keep: str, other: str) -> None:
    a_region(database)
    for donor in ("D-0001", "D-0002"):
        for family in ("R-0001", "R-0002"):
            ranking.set_aside(database, family, donor, "too far")
    before = dump(database)

    merge_households(database, keep, other, TODAY)
    apart(database, keep)

    assert dump(database) == before


def test_a_family_is_not_merged_into_itself_by_a_code_that_is_part_of_it(sqlite_database: Database) -> None:
    a_region(sqlite_database)
    merge_households(sqlite_database, "D-0002", "D-0001", TODAY)

    with pytest.raises(UserError, match="one family already"):
        merge_households(sqlite_database, "D-0001", "D-0002", TODAY)


def test_milk_that_is_held_for_the_other_is_released_first(sqlite_database: Database) -> None:
    a_region(sqlite_database)

    with pytest.raises(UserError, match="release H-0001 first"):
        merge_households(sqlite_database, "D-0001", "R-0001", TODAY)


def test_a_removed_family_is_not_brought_back_by_a_merge(sqlite_database: Database) -> None:
    region = a_region(sqlite_database)
    for hold in region.holds[2:]:
        holds.release_hold(sqlite_database, hold)
    households.remove_family(sqlite_database, "D-0002", TODAY)

    with pytest.raises(UserError, match="D-0002 was removed"):
        merge_households(sqlite_database, "D-0001", "D-0002", TODAY)


def test_a_paused_donors_milk_is_offered_neither_by_a_merge_nor_by_taking_apart(
    sqlite_database: Database,
) -> None:
    a_region(sqlite_database)
    merge_households(sqlite_database, "D-0001", "D-0002", TODAY)
    households.change_profile(sqlite_database, "D-0001", "donor_state", DonorState.PAUSED)
    apart(sqlite_database, "D-0001")
    assert state_of(sqlite_database, "D-0002") is DonorState.PAUSED

    households.change_profile(sqlite_database, "D-0001", "donor_state", DonorState.CAN_OFFER)
    merge_households(sqlite_database, "D-0001", "D-0002", TODAY)
    assert state_of(sqlite_database, "D-0001") is DonorState.PAUSED
    apart(sqlite_database, "D-0001")
    assert state_of(sqlite_database, "D-0001") is DonorState.CAN_OFFER


def test_a_pause_of_days_noted_while_they_were_one_holds_for_both(sqlite_database: Database) -> None:
    a_region(sqlite_database)
    merge_households(sqlite_database, "D-0001", "D-0002", TODAY)
    call_list.defer(sqlite_database, "D-0001", "a cold", SATURDAY, TODAY)
    apart(sqlite_database, "D-0001")

    assert state_of(sqlite_database, "D-0002") is DonorState.PAUSED


def test_the_later_merge_is_taken_apart_first_and_only_once(sqlite_database: Database) -> None:
    a_region(sqlite_database)
    merge_households(sqlite_database, "D-0001", "D-0002", TODAY)
    (first,) = merged_families(sqlite_database, "D-0001")
    merge_households(sqlite_database, "D-0001", "V-0001", TODAY)

    with pytest.raises(UserError, match="Ana Berg became part of this family later"):
        take_apart(sqlite_database, first.merge_id)
    apart(sqlite_database, "D-0001")
    take_apart(sqlite_database, first.merge_id)
    with pytest.raises(UserError, match="taken apart already"):
        take_apart(sqlite_database, first.merge_id)


def test_a_place_known_to_the_address_comes_back_as_it_was(sqlite_database: Database) -> None:
    a_region(sqlite_database)
    with sqlite_database.writing(SETUP) as session:
        home = session.get_one(HouseholdRow, by_code(session, DonorRow, "D-0001").household_id)
        home.zip_code, home.place_label = "03820", "found at the address"
    before = dump(sqlite_database)

    merge_households(sqlite_database, "D-0001", "D-0002", TODAY)
    apart(sqlite_database, "D-0001")

    assert dump(sqlite_database) == before


def state_of(database: Database, code: str) -> DonorState:
    with database.reading() as session:
        return by_code(session, DonorRow, code).state
