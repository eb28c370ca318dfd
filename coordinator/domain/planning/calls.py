"""Which households to ring, so that the plan serves most: over all questions that milk waits for.

Bags may be split here and a trip costs by the ounce: that finds the calls at once. What makes it fast is a
row for each household and lot that it holds up, instead of one for each pair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from coordinator.domain.planning.allocating import Task, task_of, worths
from coordinator.domain.planning.network import Pair, PlanNetwork, Wishes
from coordinator.domain.planning.program import Program, Solver, Until, Watch, go_on
from coordinator.domain.planning.weights import PlanPolicy

UNTIL = Until(gap=0.002, nodes=2_000)
"""The order of calls need not be proven to the last ounce."""


def homes_to_ring(
    network: PlanNetwork,
    wishes: Wishes,
    policy: PlanPolicy,
    solver: Solver,
    watch: Watch = go_on,
    until: Until = UNTIL,
) -> frozenset[int]:
    """Return the households to ring, at most as many as wished."""
    homes = sorted(_homes(network))
    if wishes.calls <= 0 or not homes:
        return frozenset()
    if wishes.calls >= len(homes):
        return frozenset(homes)
    callable_ = _only_to(network, frozenset(homes))
    task = task_of(callable_, wishes, policy, all_rung=True)
    program, rung = call_program(task, wishes.calls)
    found = solver.solve(program, until, watch)
    return frozenset(home for home, column in rung.items() if found.values and found.values[column] > 0.5)


def _homes(network: PlanNetwork) -> set[int]:
    """Return the households that milk waits for and that may be rung."""
    asked = {home for pair in network.pairs for home in pair.homes}
    return {home for home in asked if home in network.homes and network.homes[home].may_be_rung}


def _only_to(network: PlanNetwork, homes: frozenset[int]) -> PlanNetwork:
    pairs = tuple(pair for pair in network.pairs if pair.homes <= homes)
    return PlanNetwork(network.babies, network.lots, pairs, network.homes)


def call_program(task: Task, calls: int) -> tuple[Program, dict[int, int]]:
    """Return the program of at most so many *calls*, and which column says that a household is rung."""
    program = Program()
    columns = _write_pairs(program, task)
    rung = {home: program.column(1.0, whole=True) for home in sorted({h for p in columns for h in p.homes})}
    program.at_most(calls, [(column, 1.0) for column in rung.values()])
    for home, most, held_up in _held_up(task, columns):
        program.at_most(0.0, [*((columns[pair], 1.0) for pair in held_up), (rung[home], -most)])
    return program, rung


def _write_pairs(program: Program, task: Task) -> dict[Pair, int]:
    """Write what each baby is fed from which lot; a trip costs by the ounce."""
    columns: dict[Pair, int] = {}
    fed: dict[str, list[Pair]] = defaultdict(list)
    given: dict[str, list[Pair]] = defaultdict(list)
    for trip in task.trips:
        for pair in trip.pairs:
            columns[pair] = program.column(task.most[pair.key], trip.cost / trip.most_oz)
            fed[pair.baby].append(pair)
            given[pair.lot].append(pair)
    for code, pairs in fed.items():
        baby = task.babies[code]
        weeks = [
            program.column(week.ounces, -each)
            for week, each in zip(baby.weeks, worths(task, baby), strict=True)
        ]
        program.at_most(task.rooms[code], [(columns[pair], 1.0) for pair in pairs])
        hoped = [(columns[pair], -pair.hope) for pair in pairs]
        program.at_most(0.0, [*((week, 1.0) for week in weeks), *hoped])
    for code, pairs in given.items():
        lot = task.lots[code]
        program.at_most(lot.free_oz, [(columns[pair], 1.0) for pair in pairs])
        for cut, much in lot.cuts:
            newer = [(columns[pair], 1.0) for pair in pairs if pair.only_from and pair.only_from >= cut]
            if newer:
                program.at_most(much, newer)
    return columns


def _held_up(task: Task, pairs: Iterable[Pair]) -> list[tuple[int, float, list[Pair]]]:
    """Return what waits for each household: lot by lot where it is the donor's, else baby by baby.

    With the most that can come of it, which is what makes the row strong.
    """
    found: dict[tuple[int, str], list[Pair]] = defaultdict(list)
    for pair in pairs:
        for home in pair.homes:
            is_donors = home == task.lots[pair.lot].home
            found[home, pair.lot if is_donors else pair.baby].append(pair)
    held_up = []
    for (home, what), waiting in found.items():
        there = task.lots[what].free_oz if what in task.lots else task.rooms[what]
        held_up.append((home, min(there, sum(task.most[pair.key] for pair in waiting)), waiting))
    return held_up
