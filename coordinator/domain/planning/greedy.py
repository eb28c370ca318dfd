"""A first answer at once: the trip that brings the most, then the next, until none is worth making."""

from __future__ import annotations

import heapq
from collections import defaultdict

from coordinator.domain.planning.allocating import Key, Task, Trip, in_bags, task_of, worths
from coordinator.domain.planning.calls import homes_asked
from coordinator.domain.planning.network import PlanNetwork, Wishes
from coordinator.domain.planning.program import NEARLY
from coordinator.domain.planning.weights import PlanPolicy


def first_answer(task: Task) -> dict[Key, float]:
    """Return ounces by lot and baby: good, allowed, and not the best. Pins are in it."""
    giving = _Giving(task)
    for trip in task.trips:
        if any(pair.key in task.wishes.pins for pair in trip.pairs):
            giving.take(trip, giving.pinned(trip))
    waiting = [(-giving.gain(trip), at) for at, trip in enumerate(task.trips)]
    heapq.heapify(waiting)
    while waiting:
        gain, at = heapq.heappop(waiting)
        if gain >= -NEARLY:
            break
        now = giving.gain(task.trips[at])
        if waiting and now < -waiting[0][0] - NEARLY:
            heapq.heappush(waiting, (-now, at))
        elif now > NEARLY:
            giving.take(task.trips[at], giving.load(task.trips[at]))
    return giving.amounts


def first_calls(network: PlanNetwork, wishes: Wishes, policy: PlanPolicy) -> frozenset[int]:
    """Return households to ring for a first answer: those that hold up the most milk a call of it."""
    rung: frozenset[int] = frozenset()
    if wishes.calls <= 0:
        return rung
    task = task_of(network, wishes, policy, homes_asked(network))
    homes = {pair.key: pair.homes for trip in task.trips for pair in trip.pairs}
    amounts = first_answer(task)
    for key in sorted(amounts, key=lambda one: (-amounts[one] / max(len(homes[one]), 1), one)):
        if len(rung | homes[key]) <= wishes.calls:
            rung |= homes[key]
    return rung


class _Giving:
    """What is left, and what has been given."""

    def __init__(self, task: Task) -> None:
        self.amounts: dict[Key, float] = {}
        self._task = task
        self._left = {code: lot.free_oz for code, lot in task.lots.items()}
        self._newer = {code: dict(lot.cuts) for code, lot in task.lots.items()}
        self._room = dict(task.rooms)
        self._fed: dict[str, float] = defaultdict(float)
        self._made: set[Key] = set()
        self._worths = {code: worths(task, task.babies[code]) for code in task.rooms}

    def pinned(self, trip: Trip) -> dict[Key, float]:
        """Return what of a trip is pinned."""
        pins = self._task.wishes.pins
        return {pair.key: pins[pair.key] for pair in trip.pairs if pair.key in pins}

    def load(self, trip: Trip) -> dict[Key, float]:
        """Return as much as a trip may carry by now, the most hopeful milk first; nothing if too little."""
        if (trip.baby, trip.donor) in self._made:
            return {}
        room, load = self._room[trip.baby], {}
        lacks = self._task.babies[trip.baby].lacks_oz - self._fed[trip.baby]
        for pair in sorted(trip.pairs, key=lambda one: -one.hope):
            lot = self._task.lots[pair.lot]
            cuts = self._newer[pair.lot]
            newer = [much for cut, much in cuts.items() if pair.only_from and cut <= pair.only_from]
            wanted = min(self._task.most[pair.key], room, self._left[pair.lot], *newer)
            much = in_bags(min(wanted, lacks / pair.hope + lot.bag_oz), lot)
            if much > NEARLY:
                load[pair.key] = much
                room, lacks = room - much, lacks - pair.hope * much
        return load if sum(load.values()) >= trip.least_oz - NEARLY else {}

    def gain(self, trip: Trip) -> float:
        """Return what a trip brings by now less what it costs, in days."""
        load = self.load(trip)
        return self._worth(trip, load) - trip.cost if load else 0.0

    def _worth(self, trip: Trip, load: dict[Key, float]) -> float:
        task, baby = self._task, self._task.babies[trip.baby]
        hoped = sum(pair.hope * load.get(pair.key, 0.0) for pair in trip.pairs)
        worth, start = 0.0, self._fed[trip.baby]
        end = start + hoped
        for week, each in zip(baby.weeks, self._worths[trip.baby], strict=True):
            worth += each * max(min(end, week.ounces) - max(start, 0.0), 0.0)
            start, end = start - week.ounces, end - week.ounces
        if baby.is_at_nothing and not self._fed[trip.baby]:
            worth += task.policy.nothing * baby.weight * trip.hope
        expiring = sum(min(much, task.lots[lot].expiring_oz) for (lot, _), much in load.items())
        return worth + task.policy.expiring * expiring

    def take(self, trip: Trip, load: dict[Key, float]) -> None:
        """Give what a trip carries."""
        for pair in trip.pairs:
            much = load.get(pair.key, 0.0)
            if much:
                self.amounts[pair.key] = much
                self._left[pair.lot] -= much
                self._room[pair.baby] -= much
                self._fed[pair.baby] += pair.hope * much
                for cut in self._newer[pair.lot]:
                    if pair.only_from and pair.only_from >= cut:
                        self._newer[pair.lot][cut] -= much
        self._made.add((trip.baby, trip.donor))
