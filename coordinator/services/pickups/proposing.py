"""What planning proposes: a day and a time from both families' hours, and who could drive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.adapters.policies.pickups import load_pickup_policy
from coordinator.db.agreements import HoldRow
from coordinator.db.database import Database
from coordinator.db.drivers import current_drivers, drivers_by_id
from coordinator.db.holds import HeldMilk, held_milk, households_by_id
from coordinator.db.pickups import PickupRow, SecondDriverRow, StopRow
from coordinator.db.standing_pairs import standing_days_of
from coordinator.domain.agreements.rhythm_words import hours_with_rhythm
from coordinator.domain.driving.roads import Roads
from coordinator.domain.families.drivers import Driver
from coordinator.domain.families.free_hours import Meeting, first_meeting, read_hours
from coordinator.domain.families.households import Household
from coordinator.domain.pickups.ordering import order_stops, ways
from coordinator.domain.pickups.plans import PickupKind, PickupState, Stop, StopKind
from coordinator.domain.pickups.trip import Trip
from coordinator.domain.pickups.volunteers import Known, Volunteer, ranked, volunteer_for
from coordinator.domain.records.balance import stops_needed
from coordinator.domain.settings import Settings
from coordinator.errors import NotFoundError
from coordinator.services.driving.drive_times import drive_times
from coordinator.services.pickups.reading import to_stop
from coordinator.services.settings.values import load_settings


@dataclass(frozen=True, slots=True)
class FamilyHours:
    """What a family said about its hours; ``is_read`` when the program understands all of it."""

    name: str
    hours: str
    is_read: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """The first day all of the families are free, or None; and what they said.

    ``standing_on`` is the day of their standing pair, which is meant whatever their hours say.
    """

    families: tuple[FamilyHours, ...]
    meeting: Meeting | None
    standing_on: date | None = None

    @property
    def is_understood(self) -> bool:
        """Whether every family told its hours in words that are understood."""
        return bool(self.families) and all(one.is_read for one in self.families)


def propose_time(
    database: Database, hold_codes: Sequence[str], today: date, *, on: date | None = None
) -> Proposal:
    """Return when the families of these holds could meet: *on* that day, else that of their standing pair.

    Without either from tomorrow on, as today's hours may be over. Where one family's words cannot be read
    nothing is proposed; one that said nothing does not stand in the way of the others. On the day of a
    standing pair the hours behind "every other Saturday" count, as it is the right one of them.

    Raises:
        NotFoundError: If there is no such hold.
    """
    with database.reading() as session:
        held = _held(session, hold_codes)
        homes = households_by_id(session, set(_homes(held)))
        days = set(standing_days_of(session, [one.id for one in held]).values())
    standing_on = min((day for day in days if day >= today), default=None)
    on = on or standing_on
    said = [homes[home_id] for home_id in dict.fromkeys(_homes(held))]
    reader = read_hours if standing_on is None or on != standing_on else hours_with_rhythm
    read = [reader(one.hours) for one in said]
    families = tuple(
        FamilyHours(one.name, one.hours, hours is not None) for one, hours in zip(said, read, strict=True)
    )
    if any(one.hours.strip() and not one.is_read for one in families):
        return Proposal(families, None, standing_on)
    known = [hours for hours in read if hours is not None]
    found = first_meeting(known, on or today + timedelta(days=1))
    return Proposal(families, None if found and on and found.on != on else found, standing_on)


def rank_volunteers(
    database: Database, hold_codes: Sequence[str], on: date, starts_at: time | None, today: date
) -> tuple[Volunteer, ...]:
    """Return every volunteer for a run with these holds, best first, with what would break.

    Raises:
        NotFoundError: If there is no such hold.
    """
    with database.reading() as session:
        held = _held(session, hold_codes)
        rows = {row.id for row, _ in current_drivers(session)}
        drivers = drivers_by_id(session, rows)
        known = _known(session, set(_homes(held)), on)
        homes = households_by_id(session, set(_homes(held)))
        settings = load_settings(session)
        times = drive_times(session, settings)
    run = _Run(on, starts_at, held, homes, settings, times)
    policy = load_pickup_policy()
    found = [
        volunteer_for(_trip(run, driver), known.get(driver_id, Known()), times, policy, today)
        for driver_id, driver in drivers.items()
    ]
    return ranked(found, on)


@dataclass(frozen=True, slots=True)
class _Run:
    on: date
    starts_at: time | None
    held: list[HeldMilk]
    homes: dict[int, Household]
    settings: Settings
    times: Roads


def _trip(run: _Run, driver: Driver) -> Trip:
    return Trip(
        kind=PickupKind.RUN,
        on=run.on,
        starts_at=run.starts_at,
        start=driver.position,
        stops=_stops(run, driver),
        holds=tuple(one.hold for one in run.held),
        driver=driver,
        volume_unit=run.settings.volume_unit,
        distance_unit=run.settings.distance_unit,
    )


def _stops(run: _Run, driver: Driver) -> tuple[Stop, ...]:
    """Return the stops in the order planning would give them."""
    wanted = list(
        stops_needed(
            PickupKind.RUN, [(one.donor_household_id, one.recipient_household_id) for one in run.held]
        )
    )
    at = {one: place for place, one in enumerate(wanted)}
    before = sorted(
        {
            (at[StopKind.PICK_UP, one.donor_household_id], at[StopKind.DROP, one.recipient_household_id])
            for one in run.held
        }
    )
    places = [run.homes[home_id].position for _, home_id in wanted]
    order = order_stops(ways(driver.position, places, driver.position, run.times), before)
    trial = PickupRow(code="", kind=PickupKind.RUN, on_day=run.on)
    rows = [
        StopRow(pickup_id=0, household_id=wanted[index][1], kind=wanted[index][0], place=place)
        for place, index in enumerate(order, start=1)
    ]
    return tuple(to_stop(trial, row, run.held, run.homes) for row in rows)


def _held(session: Session, hold_codes: Sequence[str]) -> list[HeldMilk]:
    held = held_milk(session, HoldRow.code.in_(hold_codes))
    missing = set(hold_codes) - {one.hold.code for one in held}
    if missing:
        raise NotFoundError(min(missing))
    return held


def _known(session: Session, homes: set[int], on: date) -> dict[int, Known]:
    """Return by volunteer how many runs were settled with these families, and what is planned that day."""
    been: dict[int, set[int]] = defaultdict(set)
    query = sa.select(PickupRow.driver_id, PickupRow.id).join(StopRow, StopRow.pickup_id == PickupRow.id)
    settled = query.where(PickupRow.state == PickupState.SETTLED, StopRow.household_id.in_(homes))
    for driver_id, pickup_id in session.execute(settled):
        been[driver_id or 0].add(pickup_id)
    busy: dict[int, list[str]] = defaultdict(list)
    planned = sa.select(PickupRow.driver_id, PickupRow.code).order_by(PickupRow.code)
    that_day = planned.where(PickupRow.state == PickupState.PLANNED, PickupRow.on_day == on)
    for driver_id, code in session.execute(that_day):
        busy[driver_id or 0].append(code)
    along = sa.select(SecondDriverRow.driver_id, PickupRow.code).join(PickupRow).order_by(PickupRow.code)
    with_others = along.where(PickupRow.state == PickupState.PLANNED, PickupRow.on_day == on)
    for driver_id, code in session.execute(with_others):
        busy[driver_id].append(code)
    return {key: Known(len(been[key]), tuple(busy[key])) for key in {*been, *busy}}


def _homes(held: list[HeldMilk]) -> list[int]:
    return [home for one in held for home in (one.donor_household_id, one.recipient_household_id)]
