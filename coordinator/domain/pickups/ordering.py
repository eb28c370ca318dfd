"""Runs: the shortest order of stops, and when the carrier is where."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import time
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from coordinator.domain.driving.minutes import DriveTimes
    from coordinator.domain.places.positions import Position

    Order = tuple[int, ...]

EXACT_UP_TO = 12
"""With so many stops the shortest way is found in a blink; beyond, a good one is."""


@dataclass(frozen=True, slots=True)
class PickupPolicy:
    """What planning reckons with; ``source`` is what the policy file says of where it was seen.

    ``usual_language`` is what a volunteer speaks who told no language.
    """

    minutes_at_stop: int
    fill_loose: float
    fill_bricked: float
    ice_packs: int
    cooler_hours: float
    lb_per_oz: float
    source: str = ""
    usual_language: str = ""


@dataclass(frozen=True, slots=True)
class Ways:
    """Minutes between the stops (n x n), from the start to each and from each to the end; all finite."""

    between: NDArray[np.float64]
    from_start: NDArray[np.float64]
    to_end: NDArray[np.float64]

    def minutes(self, order: Sequence[int]) -> float:
        """Return the minutes at the wheel in this order."""
        if not order:
            return 0.0
        legs = sum(float(self.between[a, b]) for a, b in pairwise(order))
        return float(self.from_start[order[0]]) + legs + float(self.to_end[order[-1]])


def ways(
    start: Position | None, stops: Sequence[Position | None], end: Position | None, driving: DriveTimes
) -> Ways:
    """Return the minutes between places; a leg to an unknown place counts as the longest known one.

    Without a start or an end, the way from it or to it counts as nothing.
    """
    every = driving.drives([start, *stops], [*stops, end]).minutes
    longest = float(np.nanmax(every)) if np.isfinite(every).any() else 0.0
    filled = np.nan_to_num(every, nan=longest)
    between, from_start, to_end = filled[1:, :-1].copy(), filled[0, :-1], filled[1:, -1]
    np.fill_diagonal(between, 0.0)
    return Ways(
        between,
        np.zeros(len(stops)) if start is None else from_start,
        np.zeros(len(stops)) if end is None else to_end,
    )


def order_stops(way: Ways, before: Sequence[tuple[int, int]] = ()) -> Order:
    """Return the order of stops with the fewest minutes; of equals always the same one.

    Args:
        way: Minutes between the stops.
        before: Pairs of stops of which the first comes first: a pick-up and its drop.

    Raises:
        ValueError: If the pairs go round in a circle.
    """
    count = len(way.from_start)
    first = _must_come_first(count, before)
    if count <= EXACT_UP_TO:
        return _exact(way, first)
    order: Order = ()
    for stop in _sorted_by_precedence(first):
        order = insert_stop(way, before, order, stop)
    return _improved(way, first, order)


def insert_stop(way: Ways, before: Sequence[tuple[int, int]], order: Order, stop: int) -> Order:
    """Return *order* with *stop* where it costs the fewest minutes; the others keep their order."""
    first = _must_come_first(len(way.from_start), before)
    tries = [(*order[:place], stop, *order[place:]) for place in range(len(order) + 1)]
    kept = [order for order in tries if _place_fits(order, first, stop)]
    return min(kept or tries, key=way.minutes)


def keeps_precedence(order: Sequence[int], before: Sequence[tuple[int, int]]) -> bool:
    """Whether no drop comes before its pick-up."""
    place = {stop: number for number, stop in enumerate(order)}
    return all(place[a] < place[b] for a, b in before)


def _must_come_first(count: int, before: Sequence[tuple[int, int]]) -> list[int]:
    """Return, for each stop, the set of stops before it as bits."""
    first = [0] * count
    for earlier, later in before:
        first[later] |= 1 << earlier
    return first


def _sorted_by_precedence(first: Sequence[int]) -> Iterator[int]:
    done = 0
    left = list(range(len(first)))
    while left:
        ready = next((stop for stop in left if first[stop] & ~done == 0), None)
        if ready is None:
            raise ValueError("the stops wait for each other in a circle")
        done |= 1 << ready
        left.remove(ready)
        yield ready


def _exact(way: Ways, first: Sequence[int]) -> Order:
    """Held and Karp's dynamic programme over subsets, limited to those that keep precedence."""
    count = len(first)
    if count == 0:
        return ()
    cost = np.full((1 << count, count), np.inf)
    came_from = np.zeros((1 << count, count), dtype=np.int8)
    for stop in range(count):
        if not first[stop]:
            cost[1 << stop, stop] = way.from_start[stop]
    for visited in range(1, 1 << count):
        if not np.isfinite(cost[visited]).any():
            continue
        onward = cost[visited][:, None] + way.between
        best = onward.argmin(axis=0)
        for stop in range(count):
            if not visited >> stop & 1 and first[stop] & ~visited == 0:
                cost[visited | 1 << stop, stop] = onward[best[stop], stop]
                came_from[visited | 1 << stop, stop] = best[stop]
    everything = (1 << count) - 1
    if not np.isfinite(cost[everything]).any():
        raise ValueError("the stops wait for each other in a circle")
    return _walk_back(came_from, everything, int((cost[everything] + way.to_end).argmin()))


def _walk_back(came_from: NDArray[np.int8], visited: int, last: int) -> Order:
    order = [last]
    while visited != 1 << last:
        visited, last = visited & ~(1 << last), int(came_from[visited, last])
        order.append(last)
    return tuple(reversed(order))


def _improved(way: Ways, first: Sequence[int], order: Order) -> Order:
    """Move runs of up to three stops and turn stretches round as long as that saves time."""
    best, found = way.minutes(order), True
    while found:
        found = False
        for other in _neighbours(order):
            minutes = way.minutes(other)
            if minutes < best - 1e-9 and _fits(other, first):
                order, best, found = other, minutes, True
                break
    return order


def _neighbours(order: Order) -> Iterator[Order]:
    count = len(order)
    for start in range(count):
        for end in range(start + 1, count + 1):
            piece, rest = order[start:end], order[:start] + order[end:]
            if len(piece) > 1:
                yield order[:start] + piece[::-1] + order[end:]
            if len(piece) <= 3:
                for place in range(len(rest) + 1):
                    if place != start:
                        yield rest[:place] + piece + rest[place:]


def _place_fits(order: Sequence[int], first: Sequence[int], stop: int) -> bool:
    """Whether *stop* comes after what must precede it and before what must follow, in a part of the stops."""
    at = order.index(stop)
    return not any(first[earlier] >> stop & 1 for earlier in order[:at]) and not any(
        first[stop] >> later & 1 for later in order[at + 1 :]
    )


def _fits(order: Sequence[int], first: Sequence[int]) -> bool:
    done = 0
    for stop in order:
        if first[stop] & ~done:
            return False
        done |= 1 << stop
    return True


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a stop begins and ends, in minutes after midnight of the day."""

    arrive: int
    leave: int


def times(
    start_at: time | None,
    minutes: Sequence[float | None],
    at_stop: int,
    windows: Sequence[tuple[time | None, time | None]],
) -> tuple[Arrival | None, ...]:
    """Return when each stop begins and ends, in the order driven; whoever comes early waits for the window.

    Args:
        start_at: When the carrier leaves; ``None`` leaves all times open.
        minutes: At the wheel before each stop; ``None`` (place unknown) leaves it and all after it open.
        at_stop: Minutes at every stop.
        windows: Earliest and latest beginning of each stop, each may be open.
    """
    clock: float | None = None if start_at is None else minute_of_day(start_at)
    found: list[Arrival | None] = []
    for driven, (opens, _) in zip(minutes, windows, strict=True):
        if clock is None or driven is None:
            clock = None
            found.append(None)
            continue
        arrive = max(math.ceil(clock + driven - 1e-9), minute_of_day(opens) if opens else 0)
        found.append(Arrival(arrive, arrive + at_stop))
        clock = arrive + at_stop
    return tuple(found)


def minute_of_day(at: time) -> int:
    """Return minutes after midnight."""
    return at.hour * 60 + at.minute


def clock_time(minute: int) -> time:
    """Return the time of day; after midnight it begins again."""
    return time(minute // 60 % 24, minute % 60)
