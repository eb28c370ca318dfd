"""One trip thought through: its stops with times, what breaks a rule, and whose yes is missing.

Broken rules are shown, never hidden and never in the way: the coordinator may know better.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from datetime import date, time
from itertools import pairwise
from typing import TYPE_CHECKING

from coordinator.domain.agreements.holds import Hold, HoldState
from coordinator.domain.agreements.messages import clock_words
from coordinator.domain.pickups.coolers import cooler_rules
from coordinator.domain.pickups.lunch import Lunch, stop_before, wait_for
from coordinator.domain.pickups.ordering import Arrival, PickupPolicy, clock_time, minute_of_day, times
from coordinator.domain.pickups.plans import PickupKind, Stop, StopKind
from coordinator.domain.pickups.skills import asked_of, kept_out
from coordinator.domain.places.positions import (
    DistanceUnit,
    Position,
    distance_miles,
    format_distance,
    is_exact,
)
from coordinator.domain.volume import Volume, VolumeUnit
from coordinator.sayings import Saying, joined, saying

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coordinator.domain.driving.minutes import DriveTimes
    from coordinator.domain.families.drivers import Driver

DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Trip:
    """What is planned. ``starts_at``: a run leaves then; a family rings the bell, or all meet, then.

    ``second`` is the volunteer who comes along: the hours of both bind, and what a door needs one must do.
    ``custody_note`` says who has a rule for milk that rests anywhere but at its two families.
    """

    kind: PickupKind
    on: date
    starts_at: time | None
    start: Position | None
    stops: tuple[Stop, ...]
    holds: tuple[Hold, ...]
    driver: Driver | None = None
    driver_yes_on: date | None = None
    second: Driver | None = None
    volume_unit: VolumeUnit = VolumeUnit.OZ
    distance_unit: DistanceUnit = DistanceUnit.MI
    lunch: Lunch | None = None
    custody_note: str = ""


@dataclass(frozen=True, slots=True)
class TimedTrip:
    """A trip with times. ``miles`` are straight lines, there and back; ``minutes`` with stops and waits.

    ``road_miles`` are by road; ``road_host`` knew every leg when it is named, else some are estimates.
    ``lunch`` is the trip's with the stop before it. ``asked`` are those of the ``rules`` that nobody can
    tell: to be asked, not broken.
    """

    trip: Trip
    stops: tuple[Stop, ...]
    arrivals: tuple[Arrival | None, ...]
    miles: float
    minutes: int
    leave_by: time | None
    rules: tuple[Saying, ...] = field(default=())
    road_miles: float = 0.0
    road_host: str = ""
    home_crosses_water: bool = False
    lunch: Lunch | None = None
    asked: tuple[Saying, ...] = ()

    @property
    def broken(self) -> tuple[str, ...]:
        """What breaks a rule, in words."""
        return tuple(map(str, self.rules))


@dataclass(frozen=True, slots=True)
class _Leg:
    """The way from one place to the next; the figures are ``None`` when either is unknown."""

    miles: float | None
    road_miles: float | None
    minutes: float | None
    host: str
    crosses_water: bool
    exact: bool


def think_through(trip: Trip, driving: DriveTimes, policy: PickupPolicy, today: date) -> TimedTrip:
    """Return *trip* with times, miles, minutes, every broken rule and what to ask, in words with codes."""
    timed = _timed(trip, driving, policy)
    stops = tuple(
        replace(stop, rules=tuple(_stop_rules(timed, number))) for number, stop in enumerate(timed.stops)
    )
    timed = replace(timed, stops=stops)
    at_stops = [
        saying("Stop {number}: {rule}", number=stop.number, rule=rule)
        for stop in stops
        for rule in stop.rules
    ]
    asked = tuple(_to_ask(timed, policy))
    return replace(timed, rules=(*at_stops, *_trip_rules(timed, driving, policy, today), *asked), asked=asked)


def waiting_for(trip: Trip) -> tuple[Saying, ...]:
    """Return whose yes is missing: the families of each hold, and the volunteer when one carries."""
    missing: list[Saying] = []
    for hold in trip.holds:
        if hold.donor_yes_on is None:
            missing.append(saying("the yes of {code} for {hold}", code=hold.donor_code, hold=hold.code))
        if hold.family_yes_on is None:
            missing.append(saying("the yes of {code} for {hold}", code=hold.recipient_code, hold=hold.code))
    if trip.kind is PickupKind.RUN:
        if trip.driver is None:
            missing.append(saying("a volunteer to drive"))
        elif trip.driver_yes_on is None:
            missing.append(saying("the yes of {code}", code=trip.driver.code))
    return tuple(missing)


def waited_for_by_name(trip: Trip, driver: str) -> tuple[Saying, ...]:
    """Return what :func:`waiting_for` does as the lists say it: whose yes for whom, in names."""
    missing: list[Saying] = []
    for hold in trip.holds:
        donor, family = hold.donor_name, hold.recipient_name
        if hold.donor_yes_on is None:
            missing.append(saying("the yes of {donor} for {family}", donor=donor, family=family))
        if hold.family_yes_on is None:
            missing.append(saying("the yes of {family} to the milk of {donor}", donor=donor, family=family))
    if trip.kind is PickupKind.RUN and trip.driver is None:
        missing.append(saying("a volunteer to drive"))
    elif trip.kind is PickupKind.RUN and trip.driver_yes_on is None:
        missing.append(saying("the yes of {name}", name=driver))
    return tuple(missing)


def stopped_by_name(trip: Trip) -> tuple[Saying, ...]:
    """Return what keeps milk from being carried while its two are paused, once for each two, in names."""
    stopped = (hold.pause.missing(hold.donor_name, hold.recipient_name) for hold in trip.holds if hold.pause)
    return tuple(dict.fromkeys(stopped))


def is_missing(whose: Saying) -> Saying:
    """Return the sentence for what :func:`waiting_for` names."""
    return saying("{whose:title} is missing.", whose=whose)


def _timed(trip: Trip, driving: DriveTimes, policy: PickupPolicy) -> TimedTrip:
    is_meeting = trip.kind is PickupKind.MEET
    path = [trip.start, *(stop.position for stop in trip.stops), trip.start]
    legs = [_leg(a, b, driving) for a, b in pairwise(path)]
    minutes = [leg.minutes for leg in legs]
    before: list[float | None] = list(minutes[:-1])
    if trip.kind is not PickupKind.RUN and before:
        before[0] = 0.0
    windows = [(stop.window_from, stop.window_to) for stop in trip.stops]
    arrivals = times(trip.starts_at, before, policy.minutes_at_stop, windows)
    lunch, eating = _lunch(trip, arrivals)
    if lunch is not None and lunch.after and lunch.after < len(before):
        before[lunch.after], eating = _later(before[lunch.after], eating), 0
        arrivals = times(trip.starts_at, before, policy.minutes_at_stop, windows)
    stops = tuple(
        replace(
            stop,
            number=number,
            arrive=clock_time(arrival.arrive) if arrival else None,
            leave=clock_time(arrival.leave) if arrival else None,
            miles_before=None if is_meeting else leg.miles,
            minutes_before=None if is_meeting or leg.minutes is None else round(leg.minutes),
            road_host=leg.host,
            crosses_water=leg.crosses_water and not is_meeting,
            exact=leg.exact,
        )
        for number, (stop, arrival, leg) in enumerate(zip(trip.stops, arrivals, legs, strict=False), start=1)
    )
    hosts = {leg.host for leg in legs if leg.miles is not None}
    return TimedTrip(
        trip,
        stops,
        arrivals,
        sum(leg.miles for leg in legs if leg.miles is not None),
        _whole_minutes(trip, minutes, arrivals, policy) + eating if trip.stops else 0,
        _leave_by(trip, minutes),
        road_miles=sum(leg.road_miles for leg in legs if leg.road_miles is not None),
        road_host=hosts.pop() if len(hosts) == 1 else "",
        home_crosses_water=legs[-1].crosses_water and not is_meeting,
        lunch=lunch,
    )


def _lunch(trip: Trip, arrivals: Sequence[Arrival | None]) -> tuple[Lunch | None, int]:
    """Return the lunch of a run with the stop before it, and by how much what follows is later.

    Whoever eats before the first stop eats at home.
    """
    if trip.lunch is None or trip.kind is not PickupKind.RUN:
        return None, 0
    after = stop_before(trip.lunch, arrivals)
    return replace(trip.lunch, after=after), 0 if after == 0 else wait_for(trip.lunch, arrivals, after or 0)


def _later(minutes: float | None, by: int) -> float | None:
    return None if minutes is None else minutes + by


def _leg(a: Position | None, b: Position | None, driving: DriveTimes) -> _Leg:
    if a is None or b is None:
        return _Leg(None, None, None, "", crosses_water=False, exact=False)
    drive = driving.drives([a], [b])
    return _Leg(
        distance_miles(a, b),
        float(drive.road_miles[0, 0]),
        float(drive.minutes[0, 0]),
        drive.host_at(0, 0),
        crosses_water=bool(driving.cross_water(a, [b])[0]),
        exact=is_exact(a, b),
    )


def _whole_minutes(
    trip: Trip, minutes: Sequence[float | None], arrivals: Sequence[Arrival | None], policy: PickupPolicy
) -> int:
    """Return minutes from door to door; legs to unknown places count as nothing."""
    back, last = minutes[-1] or 0.0, arrivals[-1]
    if trip.starts_at is not None and last is not None:
        there = 0.0 if trip.kind is PickupKind.RUN else minutes[0] or 0.0
        return round(there + last.leave - minute_of_day(trip.starts_at) + back)
    return round(sum(leg or 0.0 for leg in minutes) + policy.minutes_at_stop * len(trip.stops))


def _leave_by(trip: Trip, minutes: Sequence[float | None]) -> time | None:
    """Return when the carrier leaves home, for a family to five minutes."""
    if trip.starts_at is None or trip.kind is PickupKind.MEET:
        return None
    if trip.kind is PickupKind.RUN or minutes[0] is None:
        return trip.starts_at if trip.kind is PickupKind.RUN else None
    leaves = math.floor((minute_of_day(trip.starts_at) - minutes[0]) / 5) * 5
    return clock_time(leaves) if leaves >= 0 else None


def _stop_rules(timed: TimedTrip, number: int) -> list[Saying]:
    stop, arrival = timed.stops[number], timed.arrivals[number]
    broken: list[Saying] = []
    if stop.position is None and stop.kind is not StopKind.MEET:
        broken.append(saying("the place of {code} is unknown", code=stop.code))
    if arrival and stop.window_to and arrival.arrive > minute_of_day(stop.window_to):
        latest = clock_words(stop.window_to)
        broken.append(
            saying("arrives {arrives}, after {latest}", arrives=_clock(arrival.arrive), latest=latest)
        )
    if stop.kind is StopKind.DROP:
        given = {h.code for s in timed.stops[:number] if s.kind is StopKind.PICK_UP for h in s.holds}
        broken += [
            saying("{hold} is dropped before it is picked up", hold=hold.code)
            for hold in stop.holds
            if hold.code not in given
        ]
    return broken


def _clock(minute: int) -> Saying:
    at = clock_words(clock_time(minute))
    return saying("{time} the day after", time=at) if minute >= DAY_MINUTES else at


def _trip_rules(timed: TimedTrip, driving: DriveTimes, policy: PickupPolicy, today: date) -> list[Saying]:
    trip = timed.trip
    broken = [is_missing(whose) for whose in waiting_for(trip)]
    if not trip.holds:
        broken.append(saying("There is nothing to carry."))
    for hold in trip.holds:
        if hold.is_expired(today):
            broken.append(saying("{hold} has expired; its milk may go to others.", hold=hold.code))
        if hold.state is HoldState.RELEASED:
            broken.append(saying("{hold} was released; take it off this pickup.", hold=hold.code))
    broken += _cold_rules(timed, policy)
    broken += _custody_rules(trip)
    if trip.driver is not None and trip.kind is PickupKind.RUN:
        broken += _driver_rules(timed, trip.driver, driving, policy)
    return broken


def _to_ask(timed: TimedTrip, policy: PickupPolicy) -> Iterator[Saying]:
    """Yield what nobody knows yet: about the milk, and of who drives about each door and the coolers."""
    trip, driver = timed.trip, timed.trip.driver
    for hold in trip.holds:
        if hold.still_asked:
            asked = joined("; ", hold.still_asked)
            yield saying("{hold}, before it is handed over, ask: {what}", hold=hold.code, what=asked)
    if driver is None or trip.kind is not PickupKind.RUN:
        return
    yield from asked_of(_crew(trip), _doors(timed), policy.usual_language)
    if not driver.coolers_qt:
        yield saying("Which coolers {driver} has is not known; ask.", driver=driver.code)


def _crew(trip: Trip) -> list[Driver]:
    return [one for one in (trip.driver, trip.second) if one is not None]


def _doors(timed: TimedTrip) -> Iterable[tuple[str, frozenset[str]]]:
    return {stop.household_id: (stop.code, stop.needs) for stop in timed.stops}.values()


def _cold_rules(timed: TimedTrip, policy: PickupPolicy) -> list[Saying]:
    if timed.minutes <= policy.cooler_hours * 60:
        return []
    return [
        saying(
            "The way takes {time}; milk keeps {hours:g} h in a cooler.",
            time=_hours(timed.minutes),
            hours=policy.cooler_hours,
        )
    ]


def _custody_rules(trip: Trip) -> list[Saying]:
    """Say which milk would stay with the carrier: picked up after the stop that it is for."""
    aboard: dict[str, None] = {}
    for stop in trip.stops:
        for hold in stop.holds:
            if stop.kind is StopKind.PICK_UP:
                aboard[hold.code] = None
            else:
                aboard.pop(hold.code, None)
    if not aboard or trip.kind is not PickupKind.RUN:
        return []
    said = saying(
        "{holds} would stay with the volunteer: milk rests at its two families only.", holds=tuple(aboard)
    )
    return [saying("{said} {source}", said=said, source=trip.custody_note) if trip.custody_note else said]


def _driver_rules(
    timed: TimedTrip, driver: Driver, driving: DriveTimes, policy: PickupPolicy
) -> list[Saying]:
    trip, broken = timed.trip, list[Saying]()
    crew = _crew(trip)
    for one in crew:
        if one.is_away(trip.on):
            broken.append(saying("{driver} is away on {on}.", driver=one.code, on=trip.on))
    if driver.position is None:
        broken.append(saying("The place of {code} is unknown.", code=driver.code))
    for one in crew:
        if one.max_hours is not None and timed.minutes > one.max_hours * 60:
            broken.append(
                saying(
                    "The run takes {time}; {driver} drives {hours:g} h at most.",
                    time=_hours(timed.minutes),
                    driver=one.code,
                    hours=one.max_hours,
                )
            )
    broken += _distance_rules(timed, driver, driving)
    broken += kept_out(crew, _doors(timed), policy.usual_language)
    return broken + cooler_rules(
        most_aboard(timed.stops), driver.coolers_qt, driver.lift_lb, policy, trip.volume_unit
    )


def _distance_rules(timed: TimedTrip, driver: Driver, driving: DriveTimes) -> list[Saying]:
    """Compare the farthest stop, by road as the odometer would say, with how far the driver goes."""
    home, unit = driver.position, timed.trip.distance_unit
    if driver.max_miles is None or home is None:
        return []
    placed = [stop for stop in timed.stops if stop.position is not None]
    road = driving.drives([home], [stop.position for stop in placed]).road_miles
    far = [(float(miles), stop.code) for miles, stop in zip(road.ravel(), placed, strict=True)]
    if not far or max(far)[0] <= driver.max_miles:
        return []
    miles, code = max(far)
    way = format_distance(miles, unit, exact=False)
    most = format_distance(driver.max_miles, unit, exact=True)
    return [
        saying(
            "{code} is {way} by road from {driver}, who goes up to {most}.",
            code=code,
            way=way,
            driver=driver.code,
            most=most,
        )
    ]


def most_aboard(stops: Sequence[Stop]) -> Volume:
    """Return the most milk in the car at any moment."""
    aboard: dict[str, Volume] = {}
    most = 0
    for stop in stops:
        for hold in stop.holds:
            if stop.kind is StopKind.DROP:
                aboard.pop(hold.code, None)
            else:
                aboard[hold.code] = hold.volume
        most = max(most, sum(volume.microlitres for volume in aboard.values()))
    return Volume(most)


def _hours(minutes: int) -> Saying:
    hours, rest = divmod(minutes, 60)
    if rest:
        return saying("{hours} h {minutes:02} min", hours=hours, minutes=rest)
    return saying("{hours} h", hours=hours)
