"""Who gets which milk as people do it now, by the same rules, freezers and bags as the plan.

Whoever does so rings a household when its milk or its family is next, as long as there are calls left; once
it was rung, its milk is open to everybody. Each family takes all it lacks from one donor before the next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from coordinator.domain.planning.allocating import Key, Task, Trip, in_bags, task_of
from coordinator.domain.planning.calls import homes_asked
from coordinator.domain.planning.network import Pair, PlanBaby, PlanNetwork, Wishes
from coordinator.domain.planning.program import NEARLY
from coordinator.domain.planning.weights import PlanPolicy


@dataclass(frozen=True)
class ByHand:
    """What was given to whom, in ounces by lot and baby, and which households were rung for it."""

    amounts: dict[Key, float]
    rung: frozenset[int]


def nearest_first(network: PlanNetwork, policy: PlanPolicy, calls: int) -> ByHand:
    """Return what comes of pairing whoever live nearest to each other, again and again."""
    giving = _Giving(network, policy, calls)
    for trip in sorted(giving.task.trips, key=lambda trip: (_minutes(trip), trip.baby, trip.donor)):
        giving.take(trip)
    return giving.done


def by_run_out_date(
    network: PlanNetwork, policy: PlanPolicy, calls: int, rung: Collection[int] | None = None
) -> ByHand:
    """Return what comes of serving the family first whose milk ends first, each by its nearest donors.

    *rung*: the calls were made already, in another order, and nobody else is rung.
    """
    giving = _Giving(network, policy, 0 if rung is not None else calls, rung or ())
    trips: dict[str, list[Trip]] = defaultdict(list)
    for trip in sorted(giving.task.trips, key=lambda trip: (_minutes(trip), trip.donor)):
        trips[trip.baby].append(trip)
    for baby in sorted(network.babies, key=_runs_out):
        for trip in trips[baby.code]:
            giving.take(trip)
    return giving.done


def _minutes(trip: Trip) -> float:
    return trip.pairs[0].minutes


def _runs_out(baby: PlanBaby) -> tuple[tuple[float, ...], str]:
    """Return what sorts families: who lacks the most of the first week, then of the next."""
    return tuple(-week.days for week in baby.weeks), baby.code


class _Giving:
    """What is left of milk, room and calls."""

    def __init__(
        self, network: PlanNetwork, policy: PlanPolicy, calls: int, rung: Collection[int] = ()
    ) -> None:
        self.task: Task = task_of(network, Wishes(), policy, homes_asked(network))
        self._amounts: dict[Key, float] = {}
        self._calls, self._rung = calls, set(rung)
        self._left = {code: lot.free_oz for code, lot in self.task.lots.items()}
        self._newer = {code: dict(lot.cuts) for code, lot in self.task.lots.items()}
        self._room = dict(self.task.rooms)
        self._lacks = {code: baby.lacks_oz for code, baby in self.task.babies.items()}

    @property
    def done(self) -> ByHand:
        """What was given until now."""
        return ByHand(dict(self._amounts), frozenset(self._rung))

    def take(self, trip: Trip) -> None:
        """Give what a trip may carry by now, after the calls it needs; nothing if that is not worth it."""
        for pairs in self._open(trip):
            load = self._load(trip, pairs)
            if not load:
                continue
            needed = {home for pair in pairs if pair.key in load for home in pair.homes} - self._rung
            if len(needed) <= self._calls:
                self._calls -= len(needed)
                self._rung |= needed
                self._give(trip, load)
                return

    def _open(self, trip: Trip) -> Iterator[tuple[Pair, ...]]:
        """Yield all the milk of a trip, and what of it needs no call more."""
        yield trip.pairs
        yield tuple(pair for pair in trip.pairs if pair.homes <= self._rung)

    def _load(self, trip: Trip, pairs: tuple[Pair, ...]) -> dict[Key, float]:
        room, lacks, load = self._room[trip.baby], self._lacks[trip.baby], dict[Key, float]()
        if lacks <= NEARLY:
            return {}
        lots = self.task.lots
        for pair in sorted(pairs, key=lambda one: (-lots[one.lot].expiring_oz, one.lot)):
            lot = lots[pair.lot]
            newer = [
                much
                for cut, much in self._newer[pair.lot].items()
                if pair.only_from and cut <= pair.only_from
            ]
            wanted = min(self.task.most[pair.key], room, self._left[pair.lot], *newer)
            much = in_bags(min(wanted, max(lacks, 0.0) + lot.bag_oz * 0.999), lot)
            if much > NEARLY and lacks > NEARLY:
                load[pair.key] = much
                room, lacks = room - much, lacks - much
        return load if sum(load.values()) >= trip.least_oz - NEARLY else {}

    def _give(self, trip: Trip, load: dict[Key, float]) -> None:
        for pair in trip.pairs:
            if much := load.get(pair.key, 0.0):
                self._amounts[pair.key] = much
                self._left[pair.lot] -= much
                self._room[pair.baby] -= much
                self._lacks[pair.baby] -= much
                for cut in self._newer[pair.lot]:
                    if pair.only_from and pair.only_from >= cut:
                        self._newer[pair.lot][cut] -= much
