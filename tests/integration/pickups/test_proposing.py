"""What planning proposes: a time both families are free, and every volunteer with what would break."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from coordinator.bootstrap import Database
from coordinator.db.base import by_code
from coordinator.db.donors import DonorRow
from coordinator.db.drivers import DriverRow
from coordinator.db.households import HouseholdRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.families.free_hours import Meeting
from coordinator.domain.pickups.plans import PickupKind
from coordinator.services.pickups import planning
from coordinator.services.pickups.proposing import propose_time, rank_volunteers
from tests.builders import TODAY
from tests.networks import opened_network
from tests.pickup_builders import SATURDAY, SETUP, Region, a_driver, a_region, put_at


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = opened_network(tmp_path / "network.db")
    yield opened
    opened.dispose()


def say_hours(database: Database, region: Region, donor: str, family: str) -> None:
    with database.writing(SETUP) as session:
        giver = by_code(session, DonorRow, region.donors[0])
        taker = by_code(session, RecipientRow, region.recipients[0])
        session.get_one(HouseholdRow, giver.household_id).hours = donor
        session.get_one(HouseholdRow, taker.household_id).hours = family


def test_both_families_hours_propose_a_day_and_a_time(database: Database) -> None:
    region = a_region(database)
    say_hours(database, region, "Sat 10am-2pm; Sun 1-4", "weekends")
    found = propose_time(database, [region.holds[0]], TODAY)
    following = min(day for day in (TODAY + timedelta(days=n) for n in range(1, 8)) if day.weekday() >= 5)
    assert found.meeting == Meeting(following, time(10) if following.weekday() == 5 else time(13))
    assert [(one.name, one.hours) for one in found.families] == [
        ("Zoë Ahlberg", "Sat 10am-2pm; Sun 1-4"),
        ("Inès Roy", "weekends"),
    ]


def test_words_that_cannot_be_read_propose_nothing_and_are_told(database: Database) -> None:
    region = a_region(database)
    say_hours(database, region, "Sat 9-12", "when my sister is here")
    found = propose_time(database, [region.holds[0]], TODAY)
    assert found.meeting is None
    assert [one.is_read for one in found.families] == [True, False]


def test_a_family_that_said_nothing_leaves_the_other_ones_hours(database: Database) -> None:
    region = a_region(database)
    say_hours(database, region, "Sat 9-12", "")
    found = propose_time(database, [region.holds[0]], TODAY)
    assert found.meeting is not None
    assert (found.meeting.on.weekday(), found.meeting.at) == (5, time(9))
    assert not found.is_understood


def test_a_day_that_was_chosen_is_kept_or_nothing_is_proposed(database: Database) -> None:
    region = a_region(database)
    say_hours(database, region, "Sat 9-12", "Sat after 11")
    chosen = [region.holds[0]]
    assert propose_time(database, chosen, TODAY, on=SATURDAY).meeting == Meeting(SATURDAY, time(11))
    assert propose_time(database, chosen, TODAY, on=SATURDAY + timedelta(days=1)).meeting is None


def test_every_volunteer_is_ranked_with_the_rules_the_pickup_would_show(database: Database) -> None:
    region = a_region(database)
    with database.writing(SETUP) as session:
        away = a_driver(session, "Away Abe", away_from=SATURDAY, away_to=SATURDAY)
        small = a_driver(session, "Small Sue", coolers_qt="1")
        for row in (away, small):
            put_at(session, row.household_id, 43.0)
        codes = (region.driver, small.code, away.code)
    holds = [region.holds[0], region.holds[3]]
    found = rank_volunteers(database, holds, SATURDAY, time(9), TODAY)
    assert tuple(one.driver.code for one in found) == codes
    assert found[0].broken == ()
    for one in found:
        code = planning.plan_pickup(
            database,
            PickupKind.RUN,
            SATURDAY,
            holds,
            today=TODAY,
            driver_code=one.driver.code,
            starts_at=time(9),
        )
        planning.record_driver_yes(database, code, TODAY)
        shown = planning.pickup(database, code, TODAY)
        assert (shown.broken, shown.minutes) == (one.broken, one.minutes)
        planning.cancel_pickup(database, code)


def test_who_is_not_free_then_or_drives_already_is_said(database: Database) -> None:
    region = a_region(database)
    with database.writing(SETUP) as session:
        row = by_code(session, DriverRow, region.driver)
        session.get_one(HouseholdRow, row.household_id).hours = "weekday evenings"
    planning.plan_pickup(
        database,
        PickupKind.RUN,
        SATURDAY,
        [region.holds[1]],
        today=TODAY,
        driver_code=region.driver,
    )
    (found,) = rank_volunteers(database, [region.holds[0]], SATURDAY, None, TODAY)
    assert found.broken == (
        f"{region.driver} is usually free: weekday evenings.",
        f"{region.driver} drives P-0001 that day.",
    )


def test_who_was_with_the_families_before_comes_first(database: Database) -> None:
    region = a_region(database)
    with database.writing(SETUP) as session:
        friend = a_driver(session, "Old Friend")
        put_at(session, friend.household_id, 43.0)
        code = friend.code
    chosen: date = SATURDAY + timedelta(days=7)
    run = planning.plan_pickup(
        database, PickupKind.RUN, SATURDAY, [region.holds[1]], today=TODAY, driver_code=code
    )
    planning.record_driver_yes(database, run, TODAY)
    planning.settle(database, run, None, SATURDAY)
    found = rank_volunteers(database, [region.holds[0]], chosen, None, SATURDAY)
    assert [one.driver.code for one in found] == [code, region.driver]
    assert found[0].known.runs_with_them == 1
