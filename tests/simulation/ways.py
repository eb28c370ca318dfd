"""Three ways to coordinate: nearest first, by run-out date, and the plan; each on the same evenings."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from coordinator.adapters.solvers.highs import Highs
from coordinator.domain.milk.splitting import most_bags, part_from
from coordinator.domain.planning.allocating import Key, task_of
from coordinator.domain.planning.calls import homes_to_ring
from coordinator.domain.planning.greedy import first_answer
from coordinator.domain.planning.network import Pair, PlanNetwork, Wishes
from coordinator.domain.planning.plan import uncovered
from coordinator.domain.planning.program import Until, go_on
from coordinator.domain.planning.thinning import solve
from tests.benchmarks.rival_plans import by_run_out_date
from tests.simulation.evening import Evening
from tests.simulation.promises import BAG_OZ

A_USUAL_CALL: Final = 9.0
DUE_DAYS: Final = 9.0
"""The plan serves whose milk, with what is promised, ends sooner: two Saturdays at most."""
SOON: Final = 3.0
"""How much more the days count that a family lacks between this Saturday and the next."""
MOST_WAITING: Final = 6
"""So many trips wait for a driver at most before others are planned that need one."""
ENOUGH: Final = Until(gap=0.05, nodes=1)


Way = Callable[[Evening], None]
"""What somebody does with an evening."""


def nearest_first(evening: Evening) -> None:
    """Answer the messages in turn: ring the family, then its nearest donors, until it has all it lacks."""
    world = evening.world
    evening.ring_waiting()
    for family in sorted(world.wrote, key=lambda code: (world.wrote[code], code)):
        if family not in world.families:
            world.wrote.pop(family)
            continue
        if not evening.has_time:
            return
        is_known = world.open_questions(family) == 0
        if (is_known or evening.ring(family)) and family in world.families:
            _serve(evening, family)


def _serve(evening: Evening, family: str) -> None:
    world = evening.world
    for donor in _nearest(evening, family):
        lacks = evening.knowing.baby(family)
        if lacks.lacks_oz < evening.policy.smallest_oz or lacks.room_oz < evening.policy.smallest_oz:
            break
        if not evening.has_time:
            return
        if _may_go(evening, family, donor) and evening.ring(donor, 1):
            pairs = [pair for pair in evening.knowing.pairs_of(family, donor) if pair.is_certain]
            for pair, ounces in _load(evening, family, pairs):
                evening.promise(pair, ounces)
    if world.families and evening.knowing.baby(family).lacks_oz < evening.policy.smallest_oz:
        world.wrote.pop(family, None)


def _nearest(evening: Evening, family: str) -> list[str]:
    world = evening.world
    here = world.families[family].position
    return sorted(world.donors, key=lambda code: (world.minutes(here, world.donors[code].position), code))


def _may_go(evening: Evening, family: str, donor: str) -> bool:
    world = evening.world
    if (donor, family) in world.set_aside or (donor in evening.tried and donor not in evening.spoken):
        return False
    homes = {
        one.home for one in (world.donors[donor], world.families[family]) if world.open_questions(one.code)
    }
    pairs = [pair for pair in evening.knowing.pairs_of(family, donor) if pair.homes <= homes]
    return bool(_load(evening, family, pairs))


def _load(evening: Evening, family: str, pairs: Iterable[Pair]) -> list[tuple[Pair, float]]:
    """Return all that a family lacks and takes of a donor's milk, oldest first; nothing if too little."""
    baby, load = evening.knowing.baby(family), list[tuple[Pair, float]]()
    lacks, room = baby.lacks_oz, baby.room_oz
    for pair in pairs:
        lot = next((one for one in evening.world.free_lots(pair.donor) if one.code == pair.lot), None)
        if lot is None or lacks <= 0:
            continue
        there = min((lot.free_bags or 0) * BAG_OZ, _newer_oz(evening, pair), room, lacks + BAG_OZ * 0.999)
        ounces = math.floor(there / BAG_OZ + 1e-6) * BAG_OZ
        if ounces > 0:
            load.append((pair, ounces))
            lacks, room = lacks - ounces, room - ounces
    return load if sum(ounces for _, ounces in load) >= evening.policy.smallest_oz else []


def _newer_oz(evening: Evening, pair: Pair) -> float:
    if pair.only_from is None:
        return math.inf
    lot = next(one for one in evening.world.free_lots(pair.donor) if one.code == pair.lot)
    return min(part_from(lot, pair.only_from).volume.oz, (most_bags(lot, pair.only_from) or 0) * BAG_OZ)


def by_run_out(evening: Evening) -> None:
    """Serve whose milk ends first from whoever is nearest and ready; then ring in Today's old order."""
    evening.ring_waiting()
    _promise_ready(evening)
    evening.ring_waiting()
    for code in _old_order(evening):
        if not evening.has_time:
            break
        evening.ring(code)
    _promise_ready(evening)


def _promise_ready(evening: Evening) -> None:
    network = evening.knowing.network()
    _promise(evening, network, by_run_out_date(network, evening.policy, 0, ()).amounts)


def _promise(evening: Evening, network: PlanNetwork, amounts: Mapping[Key, float]) -> None:
    pairs = {pair.key: pair for pair in network.pairs}
    for key, ounces in sorted(amounts.items()):
        evening.promise(pairs[key], ounces)


def _old_order(evening: Evening) -> Iterator[str]:
    """Yield donors by their free milk and families by the end of theirs in turns, where something is open."""
    world = evening.world
    free = {code: sum(lot.free.oz for lot in world.free_lots(code)) for code in world.donors}
    ends = {code: evening.knowing.runway(code).lasts_until or world.today for code in world.families}
    donors = sorted((code for code in free if world.open_questions(code)), key=lambda one: (-free[one], one))
    families = sorted((code for code in ends if world.open_questions(code)), key=lambda one: (ends[one], one))
    for turn in range(max(len(donors), len(families))):
        yield from donors[turn : turn + 1]
        yield from families[turn : turn + 1]


def by_plan(evening: Evening) -> None:
    """Ring for the trips of the plan, each family before its donor; after two of them it is made anew.

    A family whose milk at home nobody knows is asked for it first, and the plan made anew with the answer.
    """
    evening.ring_waiting()
    done: set[tuple[str, str]] = set()
    while evening.has_time:
        network = _open_network(evening)
        calls = max(round(evening.minutes / A_USUAL_CALL), 1)
        amounts = _planned(evening, network, calls)
        trips = [trip for trip in _by_need(evening, network, amounts) if trip[:2] not in done]
        if not trips:
            break
        for donor, family, keys in trips[:2]:
            was_known = evening.world.knows_stock(family)
            if evening.ring(family) and not was_known:
                break
            done.add((donor, family))
            if family not in evening.spoken or not evening.has_time:
                continue
            if evening.ring(donor, 1) and _may_go(evening, family, donor):
                _promise_of(evening, network, amounts, keys)
        evening.ring_waiting()
    network = _open_network(evening)
    _promise(evening, network, _planned(evening, network, 0))


def _open_network(evening: Evening) -> PlanNetwork:
    """Return the network with the families whose milk ends soon, without more trips than drivers can make."""
    world = evening.world
    left = {code: _days_left(evening, code) for code in world.families}
    due = frozenset(code for code, days in left.items() if days is None or days < DUE_DAYS)
    network = evening.knowing.network(rung=frozenset(evening.tried), only=due)
    queue = {(hold.donor, hold.family) for hold in world.holds if hold.needs_driver}
    pairs = tuple(pair for pair in network.pairs if not (pair.needs_driver and len(queue) >= MOST_WAITING))
    return replace(network, pairs=pairs)


def _planned(evening: Evening, network: PlanNetwork, calls: int) -> dict[Key, float]:
    policy = evening.policy
    rung = homes_to_ring(network, Wishes(calls=calls), policy, Highs(), until=ENOUGH)
    task = task_of(network, Wishes(), policy, rung)
    return dict(solve(task, first_answer(task), Highs(), go_on, ENOUGH).amounts)


def _by_need(
    evening: Evening, network: PlanNetwork, amounts: Mapping[Key, float]
) -> list[tuple[str, str, list[Key]]]:
    """Return donor, family and proposals of each trip, by the days it is hoped to cover.

    The days of the week after this Saturday count ``SOON`` more: next Saturday is too late for them.
    """
    pairs = {pair.key: pair for pair in network.pairs}
    babies = {baby.code: baby for baby in network.babies}
    trips: dict[tuple[str, str], list[Key]] = {}
    for key in amounts:
        trips.setdefault((pairs[key].donor, pairs[key].baby), []).append(key)
    next_saturday = 7 + (5 - evening.world.today.weekday()) % 7

    def days(trip: tuple[str, str]) -> float:
        baby, hoped = babies[trip[1]], sum(pairs[key].hope * amounts[key] for key in trips[trip])
        covered = uncovered(baby, 0.0) - uncovered(baby, hoped)
        without = min(max(next_saturday - (_days_left(evening, trip[1]) or 0.0), 0.0), 7.0)
        return covered + SOON * min(without * evening.world.families[trip[1]].baby.count, covered)

    away = evening.tried - evening.spoken
    order = sorted((trip for trip in trips if not away & {*trip}), key=lambda trip: (-days(trip), trip))
    return [(*trip, trips[trip]) for trip in order]


def _promise_of(
    evening: Evening, network: PlanNetwork, amounts: Mapping[Key, float], keys: Iterable[Key]
) -> None:
    """Promise what was proposed and may still go after the answers of tonight."""
    proposed = {pair.key: pair for pair in network.pairs}
    for key in keys:
        donor, family = proposed[key].donor, proposed[key].baby
        if any(hold.lot == key[0] and hold.family == family for hold in evening.world.holds):
            continue
        for pair in evening.knowing.pairs_of(family, donor):
            if pair.key == key and pair.only_from == proposed[key].only_from:
                evening.promise(pair, amounts[key])


def _days_left(evening: Evening, family: str) -> float | None:
    """Return for how many days a family has milk, with what is promised; ``None`` if nobody knows."""
    world = evening.world
    stock = world.expected_stock(family)
    if stock is None:
        return None
    coming = sum(hold.ounces for hold in world.holds if hold.family == family)
    return (stock + coming) / max(evening.knowing.need(family), 0.1)


WAYS: Final[Mapping[str, Way]] = {
    "nearest first": nearest_first,
    "by run-out date": by_run_out,
    "the plan": by_plan,
}
