"""The week of volunteers, read from a network."""

from __future__ import annotations

from datetime import timedelta

from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.drivers import DriverRow
from coordinator.db.households import HouseholdRow
from coordinator.domain.pickups.crew_week import Stands
from coordinator.domain.pickups.plans import PickupKind
from coordinator.services.families.households import change_profile
from coordinator.services.pickups import planning
from coordinator.services.pickups.crew import set_second_driver
from coordinator.services.pickups.crew_week import crew_week
from tests.builders import TODAY
from tests.pickup_builders import SATURDAY, SETUP, a_driver, a_region

MONDAY = SATURDAY - timedelta(days=5)


def test_the_week_tells_who_is_free_and_what_waits_for_which_day(database: Database) -> None:
    region = a_region(database)
    with database.writing(SETUP) as session:
        other, silent = a_driver(session, "Bo Hart"), a_driver(session, "Cy Lund")
        session.get_one(HouseholdRow, other.household_id).hours = "Sat 9-12"
        first = by_code(session, DriverRow, region.driver)
        session.get_one(HouseholdRow, first.household_id).hours = "Sat 9-12, Sun 9-17"
        first.away_from = first.away_to = SATURDAY
        codes = (region.driver, other.code, silent.code)
    change_profile(database, region.donors[0], "hours", "Sat 8-11")
    change_profile(database, region.recipients[0], "hours", "Sat 14-16")
    change_profile(database, region.recipients[1], "hours", "Sun 9-12")

    week = crew_week(database, MONDAY, TODAY)
    stands = {one.code: [day.stands for day in one.days[5:]] for one in week.volunteers}
    assert stands == dict(
        zip(
            codes,
            ([Stands.AWAY, Stands.FREE], [Stands.FREE, Stands.NOT_FREE], [Stands.ASK] * 2),
            strict=True,
        )
    )
    saturday, sunday = week.cover[5:]
    assert (saturday.free, saturday.minutes, saturday.asked, saturday.is_uncovered) == (1, 180, 1, False)
    # Both of the first are told and fit on Saturday; of the second donor nobody knows.
    assert [(one.hold, one.fits[5]) for one in week.waiting_on(5)] == [
        (region.holds[0], True),
        (region.holds[2], None),
    ]
    assert [one.hold for one in week.waiting_on(6)] == [region.holds[3]]
    assert [cover.is_uncovered for cover in week.cover] == [False] * 7
    assert sunday.free == 1

    run = planning.plan_pickup(
        database, PickupKind.RUN, SATURDAY, [region.holds[0]], today=TODAY, driver_code=codes[1]
    )
    set_second_driver(database, run, codes[2])
    again = crew_week(database, MONDAY, TODAY)
    driving = {one.code: one.days[5].runs for one in again.volunteers}
    assert driving == {codes[0]: (), codes[1]: (run,), codes[2]: (run,)}
    assert [one.hold for one in again.waiting_on(5)] == [region.holds[2]]
    assert crew_week(database, MONDAY, SATURDAY + timedelta(days=1)).waiting_on(5) == ()
