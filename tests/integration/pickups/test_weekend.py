"""A weekend planned by one call, and families who fetch their milk themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from coordinator.adapters.solvers import vroom
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.pickups.day.answer import WhyNot
from coordinator.domain.pickups.day.editing import let_fetch
from coordinator.domain.pickups.day.question import DayHold
from coordinator.domain.pickups.plans import PickupKind
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.services.families.households import change_profile
from coordinator.services.pickups import day as days
from coordinator.services.pickups import planning
from coordinator.services.pickups.day_asking import asked_of_day
from coordinator.services.pickups.weekend import accept_days, plan_days
from coordinator.services.records.history import undo
from tests.builders import TODAY
from tests.pickup_builders import SATURDAY, SETUP, Region, a_region

SUNDAY = SATURDAY + timedelta(days=1)


@pytest.fixture
def region(database: Database, monkeypatch: pytest.MonkeyPatch) -> Region:
    """Return a region whose second family is free on Sunday alone, planned without the solver."""
    monkeypatch.setattr(vroom, "is_installed", lambda: False)
    made = a_region(database)
    change_profile(database, made.recipients[0], "hours", "Sat 9-17")
    change_profile(database, made.recipients[1], "hours", "Sun 9-17")
    return made


def test_sunday_takes_what_saturday_left_and_one_undo_takes_both_back(
    database: Database, region: Region
) -> None:
    plans = plan_days(database, SATURDAY, SUNDAY, TODAY)
    carried = [{hold for run in plan.runs for hold in run.added} for plan in plans]
    assert carried == [{region.holds[0], region.holds[2]}, {region.holds[1], region.holds[3]}]

    made = accept_days(database, plans, TODAY)
    shown = planning.pickups_between(database, SATURDAY, SUNDAY, TODAY)
    assert [one.code for one in shown] == [code for codes in made for code in codes]
    assert [one.on for one in shown] == [SATURDAY] * len(made[0]) + [SUNDAY] * len(made[1])
    undo(database)
    assert planning.pickups_between(database, SATURDAY, SUNDAY, TODAY) == []
    assert len(planning.holds_to_plan(database, TODAY)) == 4


def test_what_comes_on_saturday_is_in_the_freezer_on_sunday(database: Database, region: Region) -> None:
    change_profile(database, region.recipients[1], "hours", "Sat 9-17, Sun 9-17")
    with database.writing(SETUP) as session:
        family = by_code(session, RecipientRow, region.recipients[1])
        family.freezer, family.stock, family.stock_on = "1 cubic foot", Volume(), TODAY
        family.baby_born = None
    room = next(
        one.room for one in asked(database) if one.taker.code == region.recipients[1] and one.room is not None
    )
    run = planning.plan_pickup(database, PickupKind.RUN, SATURDAY, [region.holds[1]], today=TODAY)
    assert run
    left = next(one.room for one in asked(database) if one.taker.code == region.recipients[1])
    assert left is not None
    assert room.microlitres - left.microlitres == Volume.from_oz(40).microlitres


def asked(database: Database) -> tuple[DayHold, ...]:
    """Return the milk that is asked about for Sunday."""
    with database.reading() as session:
        return asked_of_day(session, SUNDAY, TODAY).holds


def test_milk_that_families_fetch_becomes_a_pickup_of_their_own_in_the_same_act(
    database: Database, region: Region
) -> None:
    fetched = [region.holds[0], region.holds[2]]
    plan = days.plan_day(database, SATURDAY, TODAY, collects=fetched)
    assert not {hold for run in plan.runs for hold in run.added} & set(fetched)
    codes = days.accept_day(database, plan, TODAY, collects=fetched)
    own = [planning.pickup(database, code, TODAY) for code in codes]
    collected = [one for one in own if one.kind is PickupKind.FAMILY_COLLECTS]
    # One for each donor they go to, on that day.
    assert [(tuple(hold.code for hold in one.holds), one.on) for one in collected] == [
        ((region.holds[0],), SATURDAY),
        ((region.holds[2],), SATURDAY),
    ]
    undo(database)
    assert len(planning.holds_to_plan(database, TODAY)) == 4


def test_milk_taken_off_a_run_because_its_family_fetches_it_is_planned_for_that_day(
    database: Database, region: Region
) -> None:
    day = days.open_day(database, SATURDAY, TODAY)
    plan = let_fetch(day.question, day.plan, region.holds[0])
    codes = days.accept_day(database, plan, TODAY)
    kinds = {
        hold.code: found.kind
        for found in (planning.pickup(database, code, TODAY) for code in codes)
        for hold in found.holds
    }
    assert kinds[region.holds[0]] is PickupKind.FAMILY_COLLECTS
    assert kinds[region.holds[2]] is PickupKind.RUN


def test_days_that_cannot_be_meant_are_refused(database: Database, region: Region) -> None:
    for last in (SATURDAY - timedelta(days=1), SATURDAY + timedelta(days=30)):
        with pytest.raises(UserError):
            plan_days(database, SATURDAY, last, TODAY)
    with database.writing(SETUP) as session:
        for home in session.scalars(sa.select(HouseholdRow)):
            home.hours = "Wed 9-12"
    plans = plan_days(database, SATURDAY, SUNDAY, TODAY)
    assert {one.why for plan in plans for one in plan.not_planned} <= {WhyNot.NOT_HOME}
    assert region.driver
    with pytest.raises(UserError, match="no run"):
        accept_days(database, plans, TODAY)
