"""When each stop of a run begins: milk shortest out of the freezer first, then everything early."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from coordinator.domain.pickups.day.routing import Car, Hours, Table, Visit

if TYPE_CHECKING:
    from numpy.typing import NDArray

DAY_MINUTES = 24 * 60
_NEVER = np.int64(1) << 60
_FIRST = 1_000_000
"""A minute of what counts first is more than any day's minutes of what counts second."""


@dataclass(frozen=True, slots=True)
class OneStop:
    """A stop of a run: where and when it may be, how many shipments come aboard and leave."""

    visit: Visit
    picked: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()

    @property
    def is_drop(self) -> bool:
        """Whether milk leaves the car here."""
        return bool(self.dropped)

    @property
    def shipments(self) -> tuple[int, ...]:
        """What is handed over here."""
        return self.picked or self.dropped


@dataclass(frozen=True, slots=True)
class Laid:
    """A run with times, in minutes after midnight: when it leaves home, is where, and is home again.

    ``lunch_at`` is when the volunteer eats, after stop number ``lunch_after`` (from 0).
    """

    leaves: int
    arrives: tuple[int, ...]
    home: int
    lunch_at: int | None = None
    lunch_after: int | None = None

    @property
    def minutes(self) -> int:
        """From door to door."""
        return self.home - self.leaves


def lay(stops: Sequence[OneStop], car: Car, minutes: Table) -> Laid | None:
    """Return the times of these stops in this order, or ``None`` when there are none that keep every rule.

    Kept are the hours of each stop and of the car, its longest run, and lunch for whoever is on the road all
    through the hours for it. Of all such times these have the milk shortest out of the freezer, counted by
    shipments, and of equals the earliest.
    """
    if not stops:
        return None
    path = _Path.of(stops, car, minutes)
    coldest, quickest = path.weights_for_milk(stops), path.weights_for_length()
    for weights in (coldest, quickest):
        laid = path.laid(weights)
        if laid is None:
            return None
        if _is_kept(laid, car):
            return laid
        if car.lunch is not None:
            meals = [found for found in path.with_lunch(weights) if _is_short(found[1], car)]
            if meals:
                return min(meals, key=lambda found: found[0])[1]
    return None


def _is_kept(laid: Laid, car: Car) -> bool:
    return _is_short(laid, car) and (car.lunch is None or not misses_lunch(laid, car.lunch.hours))


def _is_short(laid: Laid, car: Car) -> bool:
    return car.most_minutes is None or laid.minutes <= car.most_minutes


def misses_lunch(laid: Laid, hours: Hours) -> bool:
    """Whether a run without a break lasts from the first to the last minute lunch could begin."""
    return laid.lunch_at is None and laid.leaves <= hours.opens and laid.home >= hours.closes


@dataclass(frozen=True, slots=True)
class _Path:
    """The legs before each stop and home, minutes at each, and when each may begin."""

    legs: tuple[int, ...]
    service: tuple[int, ...]
    hours: tuple[tuple[Hours, ...], ...]
    car: Car

    @staticmethod
    def of(stops: Sequence[OneStop], car: Car, minutes: Table) -> _Path:
        places = [car.home, *(stop.visit.place for stop in stops), car.home]
        legs = tuple(minutes[a][b] for a, b in pairwise(places))
        service = tuple(stop.visit.service for stop in stops)
        return _Path(legs, service, tuple(stop.visit.hours for stop in stops), car)

    @staticmethod
    def weights_for_milk(stops: Sequence[OneStop]) -> tuple[int, ...]:
        return tuple(_FIRST * (len(stop.dropped) - len(stop.picked)) + 1 for stop in stops)

    def weights_for_length(self) -> tuple[int, ...]:
        weights = [1] * len(self.service)
        weights[0] -= _FIRST
        weights[-1] += _FIRST
        return tuple(weights)

    def laid(self, weights: Sequence[int]) -> Laid | None:
        found = self._best(weights)
        return None if found is None else self._as_laid(found[1])

    def with_lunch(self, weights: Sequence[int]) -> Iterator[tuple[int, Laid]]:
        """Yield the times with the break after each of the stops, and what they cost."""
        lunch = self.car.lunch
        if lunch is None:
            return
        for after in range(len(self.service)):
            at = after + 1
            path = _Path(
                (*self.legs[:at], 0, *self.legs[at:]),
                (*self.service[:at], lunch.minutes, *self.service[at:]),
                (*self.hours[:at], (lunch.hours,), *self.hours[at:]),
                self.car,
            )
            found = path._best((*weights[:at], 0, *weights[at:]))
            if found is not None:
                cost, times = found
                bare = path._as_laid(times)
                yield (
                    cost,
                    Laid(bare.leaves, (*times[:at], *times[at + 1 :]), bare.home, times[at], after),
                )

    def _as_laid(self, times: Sequence[int]) -> Laid:
        home = times[-1] + self.service[-1] + self.legs[-1]
        return Laid(times[0] - self.legs[0], tuple(times), home)

    def _best(self, weights: Sequence[int]) -> tuple[int, list[int]] | None:
        """Return the cheapest times and what they cost: the sum of weight times minute, by every minute."""
        clock = np.arange(DAY_MINUTES, dtype=np.int64)
        cost = np.where(self._open(0), weights[0] * clock, _NEVER)
        best: list[NDArray[np.int64]] = [cost]
        for number in range(1, len(weights)):
            ahead = self.service[number - 1] + self.legs[number]
            earlier = np.full(DAY_MINUTES, _NEVER)
            if ahead < DAY_MINUTES:
                earlier[ahead:] = np.minimum.accumulate(cost)[: DAY_MINUTES - ahead]
            reached = self._open(number) & (earlier < _NEVER)
            cost = np.where(reached, earlier + weights[number] * clock, _NEVER)
            best.append(cost)
        last = int(cost.argmin())
        if cost[last] >= _NEVER:
            return None
        return int(cost[last]), self._walk_back(best, last)

    def _open(self, number: int) -> NDArray[np.bool_]:
        is_open = np.zeros(DAY_MINUTES, dtype=np.bool_)
        for opens, closes in self.hours[number]:
            is_open[max(opens, 0) : closes + 1] = True
        if number == 0:
            is_open[: max(self.car.hours.opens + self.legs[0], 0)] = False
        if number == len(self.service) - 1:
            latest = self.car.hours.closes - self.service[number] - self.legs[-1]
            is_open[max(latest + 1, 0) :] = False
        return is_open

    def _walk_back(self, best: Sequence[NDArray[np.int64]], last: int) -> list[int]:
        times = [last]
        for number in range(len(best) - 1, 0, -1):
            until = times[-1] - self.service[number - 1] - self.legs[number]
            times.append(int(best[number - 1][: until + 1].argmin()))
        return times[::-1]
