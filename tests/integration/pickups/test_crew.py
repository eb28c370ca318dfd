"""Two volunteers on one run: what binds them, what their sheet says, and that one undo takes it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
import sqlalchemy as sa

from coordinator.adapters.solvers import vroom
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.drivers import DriverRow
from coordinator.db.households import HouseholdRow
from coordinator.domain.pickups.plans import PickupKind
from coordinator.errors import UserError
from coordinator.services.families.households import remove_family
from coordinator.services.families.removing import StillNeededError
from coordinator.services.paper.sheets import pickup_sheet
from coordinator.services.paper.take_along import driver_calendar
from coordinator.services.pickups import day as days
from coordinator.services.pickups import planning
from coordinator.services.pickups.crew import set_second_driver
from coordinator.services.pickups.proposing import rank_volunteers
from coordinator.services.records.history import undo
from tests.builders import TODAY
from tests.pickup_builders import SATURDAY, SETUP, Region, a_driver, a_region, put_at


@dataclass(frozen=True)
class Crew:
    region: Region
    run: str
    second: str


@pytest.fixture
def crew(database: Database) -> Crew:
    """Return a run with one hold, and a volunteer who could come along."""
    region = a_region(database)
    with database.writing(SETUP) as session:
        other = a_driver(session, "Bo Hart", max_hours=1.0)
        put_at(session, other.household_id, 43.05)
        second = other.code
    run = planning.plan_pickup(
        database, PickupKind.RUN, SATURDAY, [region.holds[0]], today=TODAY, driver_code=region.driver
    )
    return Crew(region, run, second)


def test_who_comes_along_is_on_the_sheet_and_in_the_calendar_of_both(database: Database, crew: Crew) -> None:
    planning.record_driver_yes(database, crew.run, TODAY)
    before = str(pickup_sheet(database, crew.run, TODAY).carriers)
    set_second_driver(database, crew.run, crew.second)

    found = planning.pickup(database, crew.run, TODAY)
    assert (found.second_code, found.second) == (crew.second, "Bo Hart")
    assert (before, str(pickup_sheet(database, crew.run, TODAY).carriers)) == ("Ana", "Ana and Bo")
    assert crew.run.encode() in driver_calendar(database, crew.second, TODAY)

    undo(database)
    assert planning.pickup(database, crew.run, TODAY).second_code == ""


def test_the_hours_of_both_bind(database: Database, crew: Crew) -> None:
    set_second_driver(database, crew.run, crew.second)
    broken = " ".join(planning.pickup(database, crew.run, TODAY).broken)
    assert f"{crew.second} drives 1 h at most." in broken
    with database.writing(SETUP) as session:
        row = by_code(session, DriverRow, crew.second)
        row.away_from, row.away_to = SATURDAY, SATURDAY
    assert f"{crew.second} is away on" in " ".join(planning.pickup(database, crew.run, TODAY).broken)


def test_of_what_a_door_needs_one_of_the_two_is_enough(database: Database, crew: Crew) -> None:
    with database.writing(SETUP) as session:
        first, other = (by_code(session, DriverRow, code) for code in (crew.region.driver, crew.second))
        first.climbs_stairs, other.climbs_stairs = False, True
        for home in session.scalars(sa.select(HouseholdRow)):
            home.stairs = True
    alone = planning.pickup(database, crew.run, TODAY).broken
    set_second_driver(database, crew.run, crew.second)
    together = planning.pickup(database, crew.run, TODAY).broken
    assert sum("stairs" in one for one in alone) == 2
    assert not any("stairs" in one for one in together)


def test_who_comes_along_drives_nothing_else_that_day(
    database: Database, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vroom, "is_installed", lambda: False)
    free = {run.driver for run in days.plan_day(database, SATURDAY, TODAY).runs}
    set_second_driver(database, crew.run, crew.second)
    taken = days.plan_day(database, SATURDAY, TODAY)
    assert crew.second not in {run.driver for run in taken.runs}
    assert free  # the day has milk to plan at all
    busy = {
        one.driver.code: one.known.that_day
        for one in rank_volunteers(database, [crew.region.holds[1]], SATURDAY, None, TODAY)
    }
    assert busy[crew.second] == (crew.run,)


def test_who_comes_along_is_not_removed_while_the_run_is_planned(database: Database, crew: Crew) -> None:
    set_second_driver(database, crew.run, crew.second)
    with pytest.raises(StillNeededError, match=crew.run):
        remove_family(database, crew.second, TODAY)
    planning.cancel_pickup(database, crew.run)
    remove_family(database, crew.second, TODAY)


def test_only_a_run_that_somebody_else_drives_takes_a_second(database: Database, crew: Crew) -> None:
    with pytest.raises(UserError, match="drives"):
        set_second_driver(database, crew.run, crew.region.driver)
    own = planning.plan_pickup(
        database, PickupKind.FAMILY_COLLECTS, SATURDAY, [crew.region.holds[3]], today=TODAY
    )
    with pytest.raises(UserError, match="no volunteer"):
        set_second_driver(database, own, crew.second)
    set_second_driver(database, crew.run, crew.second)
    planning.change_pickup(database, crew.run, "driver_code", crew.second)
    found = planning.pickup(database, crew.run, TODAY)
    assert (found.driver_code, found.second_code) == (crew.second, "")
    undo(database)
    assert planning.pickup(database, crew.run, TODAY).second_code == crew.second
    planning.change_pickup(database, crew.run, "on", SATURDAY + timedelta(days=1))
    planning.change_pickup(database, crew.run, "kind", PickupKind.FAMILY_COLLECTS.value)
    assert planning.pickup(database, crew.run, TODAY).second_code == ""
