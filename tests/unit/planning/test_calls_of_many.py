"""The calls in a network so large that they are chosen among those that look best."""

from __future__ import annotations

from dataclasses import replace

from coordinator.adapters.solvers.highs import Highs
from coordinator.domain.planning.allocating import task_of
from coordinator.domain.planning.calls import MANY, call_program, homes_asked, homes_to_ring
from coordinator.domain.planning.network import Pair, PlanNetwork, Wishes
from coordinator.domain.planning.program import TO_THE_END, Answer, Program, Progress, Until, Watch, go_on
from tests.planning_networks import POLICY, large_network

CALLS = 3


def nobody_asked_yet() -> PlanNetwork:
    """Return many babies and lots; every third donor and every third family is to be rung."""
    network = large_network(24, 24, 7)
    homes = {lot.code: lot.home for lot in network.lots} | {baby.code: baby.home for baby in network.babies}
    return replace(network, pairs=tuple(_asked(pair, homes) for pair in network.pairs))


def _asked(pair: Pair, homes: dict[str, int]) -> Pair:
    both = {homes[pair.lot], homes[pair.baby]}
    waited = frozenset(home for home in both if home % 3 == 0) or frozenset({homes[pair.lot]})
    return replace(pair, homes=waited, hope=0.9 ** len(waited))


def served(network: PlanNetwork, rung: frozenset[int]) -> float:
    """Return what plans cost less when *rung* are rung than when nobody is, with bags and trips split."""
    written, columns = call_program(task_of(network, Wishes(), POLICY, homes_asked(network)), CALLS)
    program = replace(written.program, whole=[False] * len(written.program.whole))
    costs = []
    for homes in (frozenset[int](), rung):
        high = list(program.high)
        for home, column in columns.items():
            high[column] = float(home in homes)
        costs.append(Highs().solve(replace(program, high=high)).progress.best)
    return costs[0] - costs[1]


class Counting(Highs):
    """Keeps how many households each program had to choose among."""

    def __init__(self) -> None:
        self.whole: list[int] = []

    def solve(self, program: Program, until: Until = TO_THE_END, watch: Watch = go_on) -> Answer:
        self.whole.append(sum(program.whole))
        return super().solve(program, until, watch)


def test_the_calls_are_as_good_as_the_proven_best_though_few_are_looked_at() -> None:
    network, wishes, solver = nobody_asked_yet(), Wishes(calls=CALLS), Counting()
    task = task_of(network, wishes, POLICY, homes_asked(network))
    assert len(task.trips) >= MANY
    written, columns = call_program(task, CALLS)
    proven = Highs().solve(written.program, Until(gap=0.001))
    best = frozenset(home for home, column in columns.items() if proven.values[column] > 0.5)

    rung = homes_to_ring(network, wishes, POLICY, solver)

    assert len(rung) <= CALLS
    assert solver.whole[0] == 0
    assert 0 < solver.whole[1] < len(columns)
    assert served(network, rung) >= 0.98 * served(network, best)


def test_whoever_is_rung_anyway_is_looked_at_and_counts_as_no_call() -> None:
    network = nobody_asked_yet()
    anyway = frozenset(sorted(homes_asked(network))[-4:])

    rung = homes_to_ring(network, Wishes(calls=CALLS, rung_anyway=anyway), POLICY, Highs())

    assert len(rung - anyway) <= CALLS
    assert served(network, rung | anyway) >= served(network, anyway)


def test_a_choice_that_is_given_up_rings_nobody() -> None:
    def stop(_progress: Progress) -> bool:
        return False

    assert homes_to_ring(nobody_asked_yet(), Wishes(calls=CALLS), POLICY, Highs(), stop) == frozenset()
