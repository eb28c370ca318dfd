"""The plan for the network against the plain model in scipy, and its calls against the old order of Today.

    python -m tests.benchmarks.bench_plan

100 donors and 100 babies, each of whom may take nearly any milk: the same program goes to
``scipy.optimize.milp`` as it is, both until nothing can be better by more than 0.5 %. 1,000 of each with
the 20 nearest: against the bound that no plan beats. The calls in the sample region and ten like it:
against the proven best, and the households that Today would have rung. Times are of the processor, so that
other work beside does not count. scipy comes with ``pip install --group bench``; without it that part is
left out.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator, Sequence
from time import process_time
from typing import Any

from coordinator.adapters.solvers.highs import Highs
from coordinator.domain.planning.allocating import Amounts, Task, answer_of, task_of, write
from coordinator.domain.planning.calls import call_program, homes_asked, homes_to_ring
from coordinator.domain.planning.greedy import first_answer
from coordinator.domain.planning.network import Wishes
from coordinator.domain.planning.plan import figures_of
from coordinator.domain.planning.program import Program, Until, go_on
from coordinator.domain.planning.thinning import Solved, solve
from tests.benchmarks.plan_regions import PlanRegion, first, regions
from tests.benchmarks.ratio import exit_code, options, report
from tests.planning_networks import POLICY, large_network

PLAIN_S = 300.0
"""So long scipy may take; then the ratio is at least what is told."""


def main(words: Sequence[str] | None = None) -> int:
    """Print every figure beside its target."""
    chosen = options(__doc__, words, each=(100, 12), many=(1_000, 40), regions=(10, 0))
    reached = [
        against_scipy(chosen.each),
        of_many(chosen.many),
        *(of_calls(region, (5,) if chosen.small else (5, 10, 15, 20)) for region in regions(chosen.regions)),
    ]
    return exit_code(chosen, *reached)


def planned(task: Task) -> tuple[Solved, float, float]:
    """Return the plan, the seconds it took in all, and those of the first answer."""
    start = process_time()
    begun = first_answer(task)
    at_once = process_time() - start
    found = solve(task, begun, Highs(), go_on)
    return found, process_time() - start, at_once


def against_scipy(each: int) -> bool:
    """Compare on *each* donors and babies."""
    task = task_of(large_network(each, each, 1), Wishes(), POLICY)
    found, ours, at_once = planned(task)
    print(
        f"{each} x {each}, {len(task.trips)} pairs: first answer {at_once:.2f} s, plan {ours:.1f} s, "
        f"within {found.progress.gap:.2%} (target 0.50%)"
    )
    rival = plain(write(task).program)
    if rival is None:
        print("scipy is not here: no rival")
        return found.progress.gap <= 0.005
    seconds, cost = rival
    better = (found.progress.best - cost) / abs(found.progress.best)
    print(f"  scipy.optimize.milp: {seconds:.1f} s, its plan is {better:+.2%} of ours")
    return report("  scipy over ours", seconds / ours, 5) and found.progress.gap <= 0.005


def plain(program: Program) -> tuple[float, float] | None:
    """Return how long scipy takes for *program*, and what its answer costs; ``None`` without scipy."""
    try:
        import numpy as np  # noqa: PLC0415 - with scipy only
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - may not be there
        from scipy.sparse import csr_array  # noqa: PLC0415 - likewise
    except ImportError:
        return None
    starts = np.cumsum([0, *(len(row.columns) for row in program.rows)])
    columns = np.concatenate([row.columns for row in program.rows])
    factors = np.concatenate([row.factors for row in program.rows])
    matrix = csr_array((factors, columns, starts), shape=(len(program.rows), len(program.cost)))
    rows = LinearConstraint(matrix, [row.low for row in program.rows], [row.high for row in program.rows])
    start = process_time()
    found: Any = milp(
        program.cost,
        integrality=np.asarray(program.whole, dtype=int),
        bounds=Bounds(program.low, program.high),
        constraints=rows,
        options={"mip_rel_gap": 0.005, "time_limit": PLAIN_S},
    )
    return process_time() - start, float("nan") if found.fun is None else float(found.fun)


def of_many(many: int) -> bool:
    """Plan for *many* donors and babies, the nearest twenty of each."""
    task = task_of(large_network(many, many, 1, nearest=20), Wishes(), POLICY)
    found, seconds, at_once = planned(task)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{many} x {many}, 20 nearest: first answer {at_once:.2f} s, plan {seconds:.1f} s, "
        f"within {found.progress.gap:.2%} of the bound (target 2%), {memory:,.0f} MB at most (target 1,024)"
    )
    return found.progress.gap <= 0.02 and memory <= 1024


def of_calls(region: PlanRegion, counts: Sequence[int]) -> bool:
    """Compare the calls with the proven best and with those that Today would have put first."""
    reached = [one for calls in counts for one in _calls(region, calls)]
    return all(reached)


def _calls(region: PlanRegion, calls: int) -> Iterator[bool]:
    wishes, network = Wishes(calls=calls), region.network
    start = process_time()
    ours = homes_to_ring(network, wishes, POLICY, Highs())
    seconds = process_time() - start
    task = task_of(network, wishes, POLICY, homes_asked(network))
    proof, _ = call_program(task, calls, is_whole=True)
    proven = Highs().solve(proof.program, Until(gap=0.001))
    nothing = sum(proof.program.cost[column] for column in proof.nothing.values())
    best = nothing - proven.progress.bound
    kept, old = (
        _plan(task_of(network, wishes, POLICY, rung)) for rung in (ours, first(region.old_order, calls))
    )
    served = nothing - proof.program.value(answer_of(proof, kept))
    share = served / best if best else 1.0
    print(
        f"{region.name:>6}, {calls:2} calls: found in {seconds:.2f} s (target 1), {share:.2%} of the bound "
        f"(target 99%); {_told(task, kept)} against {_told(task, old)} by the old order"
    )
    yield share >= 0.99
    yield seconds <= 1


def _plan(task: Task) -> Amounts:
    return solve(task, first_answer(task), Highs(), go_on).amounts


def _told(task: Task, amounts: Amounts) -> str:
    covered = figures_of(task, {}).uncovered_baby_days - figures_of(task, amounts).uncovered_baby_days
    return f"{sum(amounts.values()):,.0f} oz, {covered:.0f} days"


if __name__ == "__main__":
    sys.exit(main())
