"""The plan is as good as trying everything, on networks small enough for that."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations, product

import pytest

from coordinator.adapters.solvers.highs import Highs
from coordinator.domain.planning.allocating import amounts_of, answer_of, task_of, write
from coordinator.domain.planning.calls import call_program
from coordinator.domain.planning.greedy import first_answer
from coordinator.domain.planning.network import Pair, PlanNetwork, Wishes
from tests.planning_networks import POLICY, rung_in, small_networks

NETWORKS = 200
Amounts = Mapping[tuple[str, str], float]


def test_the_plan_equals_an_exhaustive_search() -> None:
    for seed, network in enumerate(small_networks(NETWORKS)):
        rung = rung_in(network, seed)
        best = min(worth(network, amounts, rung) for amounts in everything(network))
        written = write(task_of(network, Wishes(), POLICY, rung))

        found = Highs().solve(written.program)

        amounts = amounts_of(written, found.values)
        assert found.gap < 1e-9, seed
        assert worth(network, amounts, rung) == pytest.approx(best, abs=1e-4), seed


def test_the_calls_equal_an_exhaustive_search() -> None:
    for seed, network in enumerate(small_networks(40)):
        homes = sorted({home for pair in network.pairs for home in pair.homes})
        sets = [frozenset(two) for n in range(3) for two in combinations(homes, n)]
        best = min(worth(network, amounts, rung) for rung in sets for amounts in everything(network))
        written, rung = call_program(task_of(network, Wishes(), POLICY, homes), 2, is_whole=True)

        found = Highs().solve(written.program)

        made = frozenset(home for home, column in rung.items() if found.values and found.values[column] > 0.5)
        assert len(made) <= 2
        assert worth(network, amounts_of(written, found.values), made) == pytest.approx(best, abs=1e-4), seed


def test_the_first_answer_is_allowed_and_no_better_than_the_best() -> None:
    for seed, network in enumerate(small_networks(NETWORKS)):
        task = task_of(network, Wishes(), POLICY, rung_in(network, seed))
        written = write(task)
        first = answer_of(written, first_answer(task))

        assert written.program.allows(first), seed
        assert written.program.value(first) <= 1e-9 + sum(
            POLICY.nothing * task.babies[code].weight for code in written.nothing
        ) + sum(POLICY.expiring * task.lots[code].expiring_oz for code in written.expired), seed


def everything(network: PlanNetwork) -> Iterator[Amounts]:
    """Yield every way to give whole bags."""
    lots = {lot.code: lot for lot in network.lots}
    counts = [range(round(lots[pair.lot].free_oz / lots[pair.lot].bag_oz) + 1) for pair in network.pairs]
    for bags in product(*counts):
        given = zip(network.pairs, bags, strict=True)
        yield {pair.key: count * lots[pair.lot].bag_oz for pair, count in given if count}


def worth(network: PlanNetwork, amounts: Amounts, rung: frozenset[int]) -> float:
    """Return what *amounts* cost by the words of the policy; infinite where a rule is broken."""
    pairs = {pair.key: pair for pair in network.pairs}
    if any(not pairs[key].homes <= rung for key in amounts) or _is_over(network, amounts):
        return math.inf
    trips: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for key in amounts:
        trips[pairs[key].baby, pairs[key].donor].append(pairs[key])
    if any(sum(amounts[pair.key] for pair in made) < POLICY.smallest_oz for made in trips.values()):
        return math.inf
    driven = sum(_driven(made[0]) for made in trips.values())
    return (
        driven
        + sum(_left(network, baby.code, amounts) for baby in network.babies)
        + _expired(network, amounts)
    )


def _is_over(network: PlanNetwork, amounts: Amounts) -> bool:
    given = {
        lot.code: sum(oz for (code, _), oz in amounts.items() if code == lot.code) for lot in network.lots
    }
    if any(given[lot.code] > lot.free_oz + 1e-6 for lot in network.lots):
        return True
    bags = {lot.code: lot.bag_oz for lot in network.lots}
    for baby in network.babies:
        taken = sum(oz for (_, code), oz in amounts.items() if code == baby.code)
        largest = max((bags[pair.lot] for pair in network.pairs if pair.baby == baby.code), default=0.0)
        if taken > baby.room_oz or taken >= baby.lacks_oz + largest:
            return True
    return False


def _driven(pair: Pair) -> float:
    minutes = 2 * pair.minutes + POLICY.trip + (POLICY.driver_trip if pair.needs_driver else 0)
    return POLICY.minute * minutes + (-POLICY.kept if pair.is_kept else POLICY.donor)


def _left(network: PlanNetwork, code: str, amounts: Amounts) -> float:
    """Return what is not covered of a baby's days, less what there was, and whether it stays at nothing."""
    baby = next(one for one in network.babies if one.code == code)
    hopes = {pair.key: pair.hope for pair in network.pairs}
    hoped = sum(hopes[key] * oz for key, oz in amounts.items() if key[1] == code)
    left, fed = hoped, 0.0
    for at, week in enumerate(baby.weeks):
        used = min(left, week.ounces)
        left -= used
        if week.ounces:
            fed += baby.weight * (1 + POLICY.early_week * (3 - at) / 3) * week.days * used / week.ounces
    helps: dict[str, float] = {}
    for pair in network.pairs:
        if pair.baby == code and pair.key in amounts:
            helps[pair.donor] = max(helps.get(pair.donor, 0.0), pair.hope)
    nothing = max(0.0, 1 - sum(helps.values())) if baby.is_at_nothing else 0.0
    return POLICY.nothing * baby.weight * nothing - fed


def _expired(network: PlanNetwork, amounts: Amounts) -> float:
    given = {
        lot.code: sum(oz for (code, _), oz in amounts.items() if code == lot.code) for lot in network.lots
    }
    return POLICY.expiring * sum(max(lot.expiring_oz - given[lot.code], 0) for lot in network.lots)
