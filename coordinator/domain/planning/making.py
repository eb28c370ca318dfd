"""Making a plan: whom to ring, a first answer at once, then the better one."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from coordinator.domain.planning.allocating import Amounts, Task, task_of
from coordinator.domain.planning.calls import homes_to_ring
from coordinator.domain.planning.greedy import first_answer
from coordinator.domain.planning.network import PlanNetwork, Wishes
from coordinator.domain.planning.plan import Plan, calls_of, figures_of, proposals_of, served_of, unserved_of
from coordinator.domain.planning.program import INFINITY, TO_THE_END, Progress, Solver, Until, Watch, go_on
from coordinator.domain.planning.thinning import solve
from coordinator.domain.planning.weights import PlanPolicy

FirstPlan = Callable[[Plan], None]


def quick_plan(
    network: PlanNetwork, wishes: Wishes, policy: PlanPolicy, rung: frozenset[int] = frozenset()
) -> Plan:
    """Return a good plan at once; its gap is not known."""
    task = task_of(network, wishes, policy, rung)
    return _plan(task, first_answer(task), INFINITY)


def best_plan(
    network: PlanNetwork,
    wishes: Wishes,
    policy: PlanPolicy,
    solver: Solver,
    *,
    watch: Watch = go_on,
    until: Until = TO_THE_END,
) -> Plan:
    """Return the best plan with the best calls, the same for the same network.

    *watch* is told how far it is; when it says no, the best plan by then is returned as cancelled.
    """
    start = time.perf_counter()
    stop = _Stop(watch)
    rung = homes_to_ring(network, wishes, policy, solver, stop)
    task = task_of(network, wishes, policy, rung)
    first = first_answer(task)
    found = solve(task, first, solver, stop, until)
    plan = _plan(task, found.amounts or first, found.progress.gap)
    return replace(plan, seconds=time.perf_counter() - start, is_cancelled=stop.is_stopped)


class _Stop:
    """Asks whether to go on, and remembers that it is over."""

    def __init__(self, watch: Watch) -> None:
        self._watch, self.is_stopped = watch, False

    def __call__(self, progress: Progress) -> bool:
        self.is_stopped = self.is_stopped or not self._watch(progress)
        return not self.is_stopped


def _plan(task: Task, amounts: Amounts, gap: float) -> Plan:
    proposals = proposals_of(task, amounts)
    certain = {(one.lot, one.recipient): one.ounces for one in proposals if one.is_certain}
    return Plan(
        proposals=proposals,
        calls=calls_of(task.network, proposals),
        unserved=unserved_of(task, amounts, _open(task)),
        before=figures_of(task, {}),
        certain=figures_of(task, certain),
        after=figures_of(task, amounts),
        gap=gap,
        weights=task.policy.printed,
        served=served_of(task, amounts),
    )


def _open(task: Task) -> dict[str, int]:
    """Return how many donors of each baby wait for a call that is not in the plan."""
    usable = {pair.key for trip in task.trips for pair in trip.pairs}
    waiting: dict[str, set[str]] = defaultdict(set)
    for pair in task.network.pairs:
        if pair.homes and pair.key not in usable:
            waiting[pair.baby].add(pair.donor)
    return {code: len(donors) for code, donors in waiting.items()}
