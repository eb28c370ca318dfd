"""What a planned run breaks, looked at anew from its stops and times, whoever planned it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from coordinator.domain.pickups.coolers import carried_at_most
from coordinator.domain.pickups.day.answer import Broken, DayRule, DayStop
from coordinator.domain.pickups.plans import StopKind
from coordinator.domain.pickups.skills import by_kind
from coordinator.domain.volume import Volume, total

if TYPE_CHECKING:
    from coordinator.domain.pickups.day.question import DayDriver, DayHold, DayQuestion


def most_aboard(stops: Sequence[DayStop], holds: Mapping[str, DayHold]) -> Volume:
    """Return the most milk in the car at any moment."""
    aboard: set[str] = set()
    most = Volume()
    for stop in stops:
        if stop.kind is StopKind.PICK_UP:
            aboard |= set(stop.holds)
        else:
            aboard -= set(stop.holds)
        most = max(most, total([holds[code].volume for code in sorted(aboard)]))
    return most


def broken_rules(
    question: DayQuestion,
    driver: DayDriver,
    stops: Sequence[DayStop],
    span: tuple[int, int],
    holds: Mapping[str, DayHold],
) -> tuple[Broken, ...]:
    """Return every rule the run breaks, and after them what nobody knows.

    *span* is when it leaves home and is home again; *holds* are all that travel that day, by code.
    """
    found = [
        *_order(stops, holds),
        *_hours(stops),
        *_cold(question, stops, holds),
        *_freezers(stops, holds),
        *_driver(driver, span),
        *_ways(question, driver, stops),
        *_needs(driver, stops),
        *_coolers(question, driver, most_aboard(stops, holds)),
    ]
    return tuple(sorted(found, key=lambda one: one.is_question))


def _order(stops: Sequence[DayStop], holds: Mapping[str, DayHold]) -> Iterator[Broken]:
    """Milk is picked up before it is dropped, at its own family, on the same run: it rests nowhere else."""
    aboard: set[str] = set()
    for stop in stops:
        for code in stop.holds:
            if stop.kind is StopKind.PICK_UP:
                aboard.add(code)
            elif code not in aboard:
                yield Broken(DayRule.ORDER, stop.home.code, (code,))
            elif holds[code].taker.household_id != stop.home.household_id:
                yield Broken(DayRule.CUSTODY, stop.home.code, (code,))
            else:
                aboard.discard(code)
    if aboard:
        yield Broken(DayRule.CUSTODY, "", tuple(sorted(aboard)))


def _hours(stops: Sequence[DayStop]) -> Iterator[Broken]:
    for stop in stops:
        hours = stop.home.hours
        if not any(opens <= stop.arrive <= closes for opens, closes in hours):
            latest = max((closes for opens, closes in hours if opens <= stop.arrive), default=-1)
            yield Broken(DayRule.HOURS, stop.home.code, minutes=stop.arrive, most=latest)
        elif not stop.home.is_told:
            yield Broken(DayRule.HOURS_UNKNOWN, stop.home.code, minutes=stop.arrive)


def _cold(question: DayQuestion, stops: Sequence[DayStop], holds: Mapping[str, DayHold]) -> Iterator[Broken]:
    limit = question.pickups.cooler_hours * 60
    for code, minutes in minutes_out(stops).items():
        if code in holds and minutes > limit:
            yield Broken(DayRule.OUT_OF_FREEZER, "", (code,), minutes=minutes, most=int(limit))


def minutes_out(stops: Iterable[DayStop]) -> dict[str, int]:
    """Return how long each hold is out of a freezer: from coming to its donor to leaving its family."""
    since: dict[str, int] = {}
    out: dict[str, int] = {}
    for stop in stops:
        for code in stop.holds:
            if stop.kind is StopKind.PICK_UP:
                since[code] = stop.arrive
            elif code in since:
                out[code] = stop.leave - since[code]
    return out


def _freezers(stops: Sequence[DayStop], holds: Mapping[str, DayHold]) -> Iterator[Broken]:
    for stop in stops:
        if stop.kind is StopKind.PICK_UP:
            continue
        here = [one for one in holds.values() if one.taker.household_id == stop.home.household_id]
        milk = total([one.volume for one in here])
        rooms = [one.room for one in here if one.room is not None]
        if rooms and milk > min(rooms):
            yield Broken(DayRule.FREEZER, stop.home.code, milk=milk, room=min(rooms))
        elif not rooms or not all(one.is_room_known for one in here):
            yield Broken(DayRule.FREEZER_UNKNOWN, stop.home.code, milk=milk)


def _driver(driver: DayDriver, span: tuple[int, int]) -> Iterator[Broken]:
    starts, ends = span
    if driver.is_away:
        yield Broken(DayRule.AWAY, driver.code)
    elif not any(opens <= starts and ends <= closes for opens, closes in driver.hours):
        yield Broken(DayRule.SHIFT, driver.code, minutes=starts, most=ends)
    if not driver.is_told:
        yield Broken(DayRule.DRIVER_HOURS_UNKNOWN, driver.code, minutes=starts, most=ends)
    if driver.most_minutes is not None and ends - starts > driver.most_minutes:
        yield Broken(DayRule.LONGEST, driver.code, minutes=ends - starts, most=driver.most_minutes)


def _ways(question: DayQuestion, driver: DayDriver, stops: Sequence[DayStop]) -> Iterator[Broken]:
    if driver.place is None or driver.most_miles is None:
        return
    for stop in stops:
        if stop.home.place is None:
            continue
        miles = float(question.miles[driver.place, stop.home.place])
        if miles > driver.most_miles:
            yield Broken(DayRule.TOO_FAR, stop.home.code, miles=miles, most_miles=driver.most_miles)


def _needs(driver: DayDriver, stops: Sequence[DayStop]) -> Iterator[Broken]:
    """What the doors need and the volunteer cannot do; and what to ask, once for each kind of need."""
    asks: list[tuple[str, str]] = []
    doors = {stop.home.household_id: stop.home for stop in stops}
    for home in doors.values():
        for need in sorted(home.needs):
            if need not in driver.skills:
                yield Broken(DayRule.NEED, home.code, need=need, driver=driver.code)
            elif need in driver.unasked:
                asks.append((home.code, need))
    for same in by_kind(asks):
        yield Broken(DayRule.NEED_UNKNOWN, same[0][0], driver=driver.code, doors=same)


def _coolers(question: DayQuestion, driver: DayDriver, milk: Volume) -> Iterator[Broken]:
    if not driver.coolers_qt:
        yield Broken(DayRule.COOLERS_UNKNOWN, driver.code, milk=milk)
        return
    room = carried_at_most(driver.coolers_qt, driver.lift_lb, question.pickups)
    if room < milk:
        yield Broken(DayRule.COOLERS, driver.code, milk=milk, room=room, coolers=driver.coolers_qt)
