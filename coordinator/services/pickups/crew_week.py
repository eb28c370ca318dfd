"""A week of volunteers' hours, read from the tables."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy.orm import Session

from coordinator.adapters.policies.day import load_day_policy
from coordinator.db.database import Database
from coordinator.db.drivers import current_drivers, drivers_by_id
from coordinator.db.holds import HeldMilk, households_by_id
from coordinator.db.pickups import PickupRow, pickups_of_days, second_drivers
from coordinator.domain.families.drivers import Driver
from coordinator.domain.families.households import Household
from coordinator.domain.pickups.crew_week import CrewWeek, Doors, VolunteerDay, VolunteerWeek, covered
from coordinator.domain.pickups.plans import PickupKind, PickupState
from coordinator.services.pickups.day_asking import hours_of, waiting_milk

DAYS = 7


def crew_week(database: Database, monday: date, today: date) -> CrewWeek:
    """Return the week from *monday*: each volunteer's hours, absences and runs, and the milk that waits.

    Milk waits when it is agreed and travels with nothing yet; a day before *today* has nothing to wait for.
    """
    days = [monday + timedelta(days=at) for at in range(DAYS)]
    with database.reading() as session:
        runs = [
            row
            for row in pickups_of_days(session, days[0], days[-1])
            if row.kind is PickupKind.RUN and row.state is not PickupState.CANCELLED
        ]
        driven = _driven(session, runs)
        current = [row.id for row, _ in current_drivers(session)]
        drivers = drivers_by_id(session, {*current, *(driver_id for driver_id, _ in driven)})
        found = waiting_milk(session, today)
        waiting = [one for one in found if one.hold.is_agreed and one.hold.pause is None]
        ids = {home for one in waiting for home in (one.donor_household_id, one.recipient_household_id)}
        homes = households_by_id(session, ids)
    volunteers = tuple(
        _volunteer(id_, drivers[id_], days, driven)
        for id_ in sorted(
            drivers, key=lambda id_: (drivers[id_].household.name.casefold(), drivers[id_].code)
        )
    )
    doors = tuple(_doors(one, homes, days, today) for one in waiting)
    counts = Counter(row.on_day for row in runs)
    return CrewWeek(monday, volunteers, doors, covered(days, volunteers, doors, [counts[on] for on in days]))


def _driven(session: Session, runs: list[PickupRow]) -> Mapping[tuple[int, date], list[str]]:
    """Return the codes of runs by who drives or comes along, and the day."""
    seconds = second_drivers(session, [row.id for row in runs])
    found: dict[tuple[int, date], list[str]] = defaultdict(list)
    for row in runs:
        for driver_id in dict.fromkeys((row.driver_id, seconds.get(row.id))):
            if driver_id is not None:
                found[driver_id, row.on_day].append(row.code)
    return found


def _volunteer(
    driver_id: int, driver: Driver, days: list[date], driven: Mapping[tuple[int, date], list[str]]
) -> VolunteerWeek:
    usual = load_day_policy().day
    told = [hours_of(driver.hours, on, usual) for on in days]
    return VolunteerWeek(
        driver.code,
        driver.household.name,
        driver.hours,
        None if driver.max_hours is None else math.floor(driver.max_hours * 60),
        tuple(
            VolunteerDay(hours, is_told, driver.is_away(on), tuple(driven.get((driver_id, on), ())))
            for on, (hours, is_told) in zip(days, told, strict=True)
        ),
    )


def _doors(one: HeldMilk, homes: Mapping[int, Household], days: list[date], today: date) -> Doors:
    giver, taker = homes[one.donor_household_id], homes[one.recipient_household_id]
    return Doors(
        one.hold.code,
        one.hold.volume,
        one.hold.donor_code,
        giver.name,
        giver.hours,
        one.hold.recipient_code,
        taker.name,
        taker.hours,
        tuple(_both(giver.hours, taker.hours, on) if on >= today else False for on in days),
    )


def _both(giver: str, taker: str, on: date) -> bool | None:
    """Return whether both are free that day, ``None`` where one has to be asked.

    They need not be free at once: a volunteer comes to the one and then to the other.
    """
    usual = load_day_policy().day
    read = [hours_of(said, on, usual) for said in (giver, taker)]
    if any(is_told and not hours for hours, is_told in read):
        return False
    return True if all(is_told for _, is_told in read) else None
