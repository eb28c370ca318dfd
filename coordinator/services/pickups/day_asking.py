"""What is asked of a day, read from the tables: who drives, what waits, what stands already."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

import numpy as np
from sqlalchemy.orm import Session

from coordinator.adapters.policies.day import load_day_policy
from coordinator.adapters.policies.intake import load_intake_policy
from coordinator.adapters.policies.pickups import load_pickup_policy
from coordinator.adapters.policies.plan_weights import load_plan_policy
from coordinator.db.agreements import HoldRow
from coordinator.db.drivers import current_drivers, drivers_by_id
from coordinator.db.holds import HeldMilk, held_milk, households_by_id
from coordinator.db.pickups import LoadRow, PickupRow, StopRow, pickups_of_days, second_drivers, stops_of
from coordinator.db.recipients import RecipientRow, to_baby
from coordinator.domain.agreements.holds import HoldState, still_counts
from coordinator.domain.agreements.rhythm_words import hours_with_rhythm
from coordinator.domain.families.drivers import Driver
from coordinator.domain.families.households import Household
from coordinator.domain.imports.measures import read_space
from coordinator.domain.milk.needs import Babies, left_on
from coordinator.domain.pickups.day.question import (
    DayDriver,
    DayHold,
    DayPolicy,
    DayQuestion,
    Home,
    LockedRun,
    LockedStop,
)
from coordinator.domain.pickups.day.routing import Hours
from coordinator.domain.pickups.ordering import minute_of_day
from coordinator.domain.pickups.plans import PickupKind, PickupState, StopKind
from coordinator.domain.pickups.skills import needs_of, skills_of
from coordinator.domain.places.positions import Position
from coordinator.domain.volume import Volume
from coordinator.sayings import Saying, saying
from coordinator.services.driving.drive_times import drive_times

_ALL_DAY = Hours(0, 24 * 60 - 1)


def asked_of_day(
    session: Session, on: date, today: date, collects: Collection[str] = (), earlier: Collection[str] = ()
) -> DayQuestion:
    """Return what is asked of a day.

    Planned are the agreed holds that travel with no pickup yet, but for those in *collects*: their families
    fetch them, and those in *earlier*: they travel on an earlier day. Both fill the freezers they go to, as
    does what is planned for the days before. A run of that day with a volunteer stands; once it is printed
    nothing joins it.
    """
    policy, pickups = load_day_policy(), load_pickup_policy()
    gone = {code.upper() for code in (*collects, *earlier)}
    every = waiting_milk(session, today)
    waiting = [one for one in every if one.hold.code not in gone]
    coming = [one for one in every if one.hold.code in gone] + _planned_before(session, on, today)
    runs = [
        row
        for row in pickups_of_days(session, on, on)
        if row.state is PickupState.PLANNED and row.kind is PickupKind.RUN and row.driver_id is not None
    ]
    held = {row.id: held_milk(session, LoadRow.pickup_id == row.id) for row in runs}
    stops = {row.id: stops_of(session, row.id) for row in runs}
    current = {row.id for row, _ in current_drivers(session)}
    seconds = second_drivers(session, [row.id for row in runs])
    drivers = drivers_by_id(session, {*current, *(row.driver_id or 0 for row in runs), *seconds.values()})
    along = {row.driver_id or 0: drivers[seconds[row.id]] for row in runs if row.id in seconds}
    ids = {
        home
        for one in (*waiting, *(one for found in held.values() for one in found))
        for home in (one.donor_household_id, one.recipient_household_id)
    }
    homes = households_by_id(session, ids)
    places = _Places.of(
        [
            *((driver.household.id, driver.position) for driver in drivers.values()),
            *((home.id, home.position) for home in homes.values()),
        ]
    )
    rooms = _rooms(session, [*waiting, *_all(held)], on, coming)
    known = _Known(on, today, policy, homes, places, drivers, rooms, pickups.usual_language)
    drives = drive_times(session).drives(places.positions, places.positions)
    return DayQuestion(
        on=on,
        drivers=tuple(_crew(id_, known, along) for id_ in drivers),
        holds=tuple(_hold(one, known) for one in waiting),
        locked=tuple(_locked(row, known, held[row.id], stops[row.id]) for row in runs),
        minutes=np.ceil(drives.minutes - 1e-9).astype(np.int64),
        miles=drives.road_miles,
        policy=policy,
        pickups=pickups,
        where=places.positions,
    )


def waiting_milk(session: Session, today: date) -> list[HeldMilk]:
    """Return the holds that count and travel with nothing yet."""
    found = held_milk(session, HoldRow.state.in_((HoldState.OPEN, HoldState.AGREED)), LoadRow.id.is_(None))
    return [one for one in found if still_counts(one.hold.state, one.hold.expires_on, today)]


def _planned_before(session: Session, on: date, today: date) -> list[HeldMilk]:
    """Return the milk of planned pickups from *today* to the day before *on*."""
    rows = pickups_of_days(session, today, on - timedelta(days=1))
    ids = [row.id for row in rows if row.state is PickupState.PLANNED]
    return held_milk(session, LoadRow.pickup_id.in_(ids)) if ids else []


def _all(held: Mapping[int, Sequence[HeldMilk]]) -> list[HeldMilk]:
    return [one for found in held.values() for one in found]


@dataclass(frozen=True, slots=True)
class _Places:
    """The known places of households, each once, and its number."""

    positions: tuple[Position, ...]
    number: Mapping[int, int]

    @staticmethod
    def of(found: Sequence[tuple[int, Position | None]]) -> _Places:
        known = {home: position for home, position in found if position is not None}
        return _Places(tuple(known.values()), {home: number for number, home in enumerate(known)})


@dataclass(frozen=True, slots=True)
class _Room:
    """What a freezer still takes; of an empty one where nobody told what is in it."""

    volume: Volume
    is_known: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """What is read once for the day."""

    on: date
    today: date
    policy: DayPolicy
    homes: Mapping[int, Household]
    places: _Places
    drivers: Mapping[int, Driver]
    rooms: Mapping[int, _Room]
    usual_language: str

    @property
    def needs(self) -> frozenset[str]:
        """What the doors of the day need, all of them."""
        return frozenset(need for home in self.homes.values() for need in needs_of(home))


def _rooms(
    session: Session, held: Sequence[HeldMilk], on: date, coming: Sequence[HeldMilk] = ()
) -> dict[int, _Room]:
    """Return what the families' freezers still take on the day, by recipient; unknown sizes left out.

    *coming* is there by then, all of it: what is fed meanwhile is not taken off.
    """
    ounces, intake = load_plan_policy().freezer_oz, load_intake_policy()
    rooms: dict[int, _Room] = {}
    for recipient_id in {one.recipient_id for one in held}:
        row = session.get_one(RecipientRow, recipient_id)
        cubic_feet = read_space(row.freezer) if row.freezer else None
        if cubic_feet is None:
            continue
        whole, born = Volume.from_oz(round(cubic_feet * ounces, 6)), to_baby(row).born
        there = row.stock or Volume()
        if row.stock is not None and born is not None and row.stock_on is not None:
            own, formula = row.own_supply_low or Volume(), row.formula or Volume()
            babies = Babies(born, row.babies, own, formula)
            there = left_on(intake, babies, row.stock, min(row.stock_on, on), on)
        came = sum(one.hold.volume.microlitres for one in coming if one.recipient_id == recipient_id)
        left = max(Volume(whole.microlitres - there.microlitres - came), Volume())
        rooms[recipient_id] = _Room(left, row.stock is not None)
    return rooms


def hours_of(said: str, on: date, day: Hours) -> tuple[tuple[Hours, ...], bool]:
    """Return when somebody is free *on* a day by their own words, and whether these were understood.

    Words that tell nothing, or are not understood, give the hours of *day*; where no end is told, it is the
    day's.
    """
    read = hours_with_rhythm(said)
    if read is None:
        return (day,), False
    found: list[Hours] = []
    for span in read.spans:
        if span.weekday != on.weekday():
            continue
        opens = minute_of_day(span.starts) if span.starts != time(0) else day.opens
        closes = max(day.closes, opens + 1) if span.ends is None else minute_of_day(span.ends)
        if opens < closes:
            found.append(Hours(opens, closes))
    return tuple(sorted(set(found))), True


def _home(household_id: int, code: str, known: _Known) -> Home:
    home = known.homes[household_id]
    hours, is_told = hours_of(home.hours, known.on, known.policy.day)
    return Home(
        code=code,
        name=home.name,
        town=home.address.town,
        household_id=household_id,
        place=known.places.number.get(household_id),
        hours=hours,
        is_told=is_told,
        said=home.hours,
        needs=needs_of(home),
    )


def _hold(one: HeldMilk, known: _Known) -> DayHold:
    room = known.rooms.get(one.recipient_id)
    return DayHold(
        code=one.hold.code,
        volume=one.hold.volume,
        bags=one.hold.bags,
        giver=_home(one.donor_household_id, one.hold.donor_code, known),
        taker=_home(one.recipient_household_id, one.hold.recipient_code, known),
        room=None if room is None else room.volume,
        missing=tuple(_missing(one)),
        is_room_known=room is not None and room.is_known,
    )


def _missing(one: HeldMilk) -> list[Saying]:
    hold = one.hold
    yes = ((hold.donor_yes_on, hold.donor_code), (hold.family_yes_on, hold.recipient_code))
    return [
        saying("the yes of {code} for {hold}", code=code, hold=hold.code) for on, code in yes if on is None
    ]


def _crew(driver_id: int, known: _Known, along: Mapping[int, Driver]) -> DayDriver:
    """Return a volunteer that day. The hours of who comes along bind too, who then drives nothing else."""
    driver = known.drivers[driver_id]
    one, second = _driver(driver, known), along.get(driver_id)
    if second is None:
        is_taken = driver.code in {other.code for other in along.values()}
        return replace(one, hours=()) if is_taken else one
    other = _driver(second, known)
    skills, unasked = skills_of([driver, second], known.needs, known.usual_language)
    most = [minutes for minutes in (one.most_minutes, other.most_minutes) if minutes is not None]
    return replace(
        one,
        hours=common_hours(one.hours, other.hours),
        is_told=one.is_told and other.is_told,
        is_away=one.is_away or other.is_away,
        most_minutes=min(most, default=None),
        skills=skills,
        unasked=unasked,
    )


def common_hours(one: Collection[Hours], other: Collection[Hours]) -> tuple[Hours, ...]:
    """Return when both are free."""
    both = [Hours(max(a.opens, b.opens), min(a.closes, b.closes)) for a in one for b in other]
    return tuple(sorted({hours for hours in both if hours.opens < hours.closes}))


def _driver(driver: Driver, known: _Known) -> DayDriver:
    hours, is_told = hours_of(driver.hours, known.on, known.policy.day)
    skills, unasked = skills_of([driver], known.needs, known.usual_language)
    return DayDriver(
        code=driver.code,
        name=driver.household.name,
        place=known.places.number.get(driver.household.id),
        hours=hours,
        is_told=is_told,
        is_away=driver.is_away(known.on),
        most_minutes=None if driver.max_hours is None else math.floor(driver.max_hours * 60),
        most_miles=driver.max_miles,
        coolers_qt=driver.coolers_qt,
        lift_lb=driver.lift_lb,
        skills=skills,
        unasked=unasked,
    )


def _locked(row: PickupRow, known: _Known, held: Sequence[HeldMilk], stops: Sequence[StopRow]) -> LockedRun:
    return LockedRun(
        pickup=row.code,
        driver=known.drivers[row.driver_id or 0].code,
        starts_at=None if row.starts_at is None else minute_of_day(row.starts_at),
        stops=tuple(_locked_stop(stop, held, known) for stop in stops),
        holds=tuple(_hold(one, known) for one in held),
        is_closed=bool(row.prints),
    )


def _locked_stop(stop: StopRow, held: Sequence[HeldMilk], known: _Known) -> LockedStop:
    is_drop = stop.kind is StopKind.DROP
    here = [
        one.hold
        for one in held
        if stop.household_id == (one.recipient_household_id if is_drop else one.donor_household_id)
    ]
    code = "" if not here else here[0].recipient_code if is_drop else here[0].donor_code
    opens = _ALL_DAY.opens if stop.window_from is None else minute_of_day(stop.window_from)
    closes = _ALL_DAY.closes if stop.window_to is None else minute_of_day(stop.window_to)
    return LockedStop(
        stop.kind,
        _home(stop.household_id, code, known),
        tuple(hold.code for hold in here),
        (Hours(opens, closes),),
    )
