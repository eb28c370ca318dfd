"""Times of a run that somebody put together by hand: kept rules where there are any, else driven on late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coordinator.domain.pickups.day.routing import Car, Hours, Table
from coordinator.domain.pickups.day.timing import DAY_MINUTES, Laid, OneStop, lay, misses_lunch
from coordinator.errors import UserError
from coordinator.sayings import saying


def lay_anyway(stops: Sequence[OneStop], car: Car, minutes: Table) -> Laid:
    """Return the times of these stops in this order, whatever they break.

    Where there are times that keep every rule, those of ``lay``; else those within everybody's hours on a run
    that is too long; else each stop as early as the road and the door allow, at a closed door at once.

    Raises:
        UserError: If it would last past midnight.
    """
    kept = lay(stops, car, minutes) or lay(stops, replace(car, most_minutes=None), minutes)
    if kept is not None:
        return kept
    times = _driven(stops, car, minutes)
    lunch = car.lunch
    if lunch is not None and misses_lunch(times, lunch.hours):
        meals = [
            _driven(stops, car, minutes, lunch_after=after)
            for after, stop in enumerate(stops)
            if times.arrives[after] + stop.visit.service <= lunch.hours.closes
        ]
        times = min(meals, key=lambda meal: meal.home, default=times)
    if times.home >= DAY_MINUTES:
        raise UserError(saying("The run would last past midnight. Take something off it first."))
    return times


def _driven(stops: Sequence[OneStop], car: Car, minutes: Table, lunch_after: int | None = None) -> Laid:
    arrives: list[int] = []
    at, place, lunch_at = car.hours.opens, car.home, None
    for number, stop in enumerate(stops):
        at += minutes[place][stop.visit.place]
        at = _door_opens(stop.visit.hours, at)
        arrives.append(at)
        at, place = at + stop.visit.service, stop.visit.place
        if number == lunch_after and car.lunch is not None:
            lunch_at = max(at, car.lunch.hours.opens)
            at = lunch_at + car.lunch.minutes
    home = at + minutes[place][car.home]
    _shorten(arrives, stops, minutes, lunch_after)
    return Laid(
        max(arrives[0] - minutes[car.home][stops[0].visit.place], 0),
        tuple(arrives),
        home,
        lunch_at,
        None if lunch_at is None else lunch_after,
    )


def _door_opens(hours: Sequence[Hours], at: int) -> int:
    """Return when somebody who is there *at* gets in; at once where nobody comes any more that day."""
    return next((max(at, opens) for opens, closes in sorted(hours) if at <= closes), at)


def _shorten(
    arrives: list[int], stops: Sequence[OneStop], minutes: Table, lunch_after: int | None = None
) -> None:
    """Pick up later where the car would only wait afterwards: the milk stays longer in its freezer."""
    for number in range(len(stops) - 2, -1, -1):
        here, after = stops[number].visit, stops[number + 1].visit
        if stops[number].is_drop or number == lunch_after:
            continue
        latest = arrives[number + 1] - minutes[here.place][after.place] - here.service
        open_until = next(
            (closes for opens, closes in here.hours if opens <= arrives[number] <= closes), None
        )
        if open_until is not None:
            arrives[number] = max(arrives[number], min(latest, open_until))
