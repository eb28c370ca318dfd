"""Which households to ring, so that the plan serves most: over all questions that milk waits for.

The plan itself with a column for each household, and bags and trips that may be split: it finds the calls at
once, and loses less than a hundredth. What makes it fast is a row for each household and lot or baby that it
holds up, and that no trip is made before its call; with a row for each pair alone it takes minutes.

In a large network the households are looked at first that the same program would ring if calls could be split
as well: the best few calls are among not many more, and the others only make it slow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from coordinator.domain.planning.allocating import Task, Trip, Written, task_of, write
from coordinator.domain.planning.network import Pair, PlanNetwork, Wishes
from coordinator.domain.planning.program import NEARLY, Solver, Until, Watch, go_on
from coordinator.domain.planning.weights import PlanPolicy

UNTIL = Until(gap=0.002, nodes=2_000)
"""The calls need not be proven to the last ounce."""
MANY: Final = 400
"""From so many trips on the calls are chosen among those that look best when calls may be split."""
_AMONG: Final = 20
"""So many households more than there are calls are looked at then; our own choice, as measured."""
_ENOUGH: Final = 0.01
"""And it goes on until no other of them can be better by more than this share."""


def homes_to_ring(
    network: PlanNetwork,
    wishes: Wishes,
    policy: PlanPolicy,
    solver: Solver,
    watch: Watch = go_on,
    until: Until = UNTIL,
) -> frozenset[int]:
    """Return the households to ring, at most as many as wished beside those that are rung anyway."""
    homes = homes_asked(network)
    anyway = homes & wishes.rung_anyway
    if wishes.calls <= 0 or homes == anyway:
        return anyway
    if wishes.calls >= len(homes - anyway):
        return homes
    written, rung = call_program(task_of(network, wishes, policy, homes), wishes.calls)
    if len(written.task.trips) >= MANY:
        likely = _likely(written, rung, wishes, solver, watch)
        written, rung = call_program(task_of(network, wishes, policy, likely), wishes.calls)
        until = replace(until, gap=max(until.gap, _ENOUGH))
    found = solver.solve(written.program, until, watch)
    return frozenset(home for home, column in rung.items() if found.values and found.values[column] > 0.5)


def _likely(
    written: Written, rung: dict[int, int], wishes: Wishes, solver: Solver, watch: Watch
) -> frozenset[int]:
    """Return the households that are rung, or would be next, when calls may be split; all if cancelled."""
    program = written.program
    loose = solver.solve(replace(program, whole=[False] * len(program.whole)), Until(), watch)
    if not loose.values:
        return frozenset(rung)
    anyway = frozenset(rung) & wishes.rung_anyway

    def rank(home: int) -> tuple[float, float, int]:
        column = rung[home]
        return -round(loose.values[column], 6), round(loose.beyond[column], 6), home

    return anyway | frozenset(sorted(rung.keys() - anyway, key=rank)[: wishes.calls + _AMONG])


def homes_asked(network: PlanNetwork) -> frozenset[int]:
    """Return the households that milk waits for and that may be rung."""
    asked = {home for pair in network.pairs for home in pair.homes}
    return frozenset(home for home in asked if home in network.homes and network.homes[home].may_be_rung)


def call_program(task: Task, calls: int, *, is_whole: bool = False) -> tuple[Written, dict[int, int]]:
    """Return the program of at most so many *calls*, and which column says that a household is rung.

    *is_whole*: bags and trips are whole, as in the plan; that is proven slowly, and for comparing only.
    """
    written = write(task)
    program = written.program
    if not is_whole:
        program.whole = [False] * len(program.whole)
    homes = sorted({home for trip in task.trips for pair in trip.pairs for home in pair.homes})
    rung = {home: program.column(1.0, whole=True) for home in homes}
    counted = [(column, 1.0) for home, column in rung.items() if home not in task.wishes.rung_anyway]
    program.at_most(calls, counted)
    for home, most, waiting in _held_up(task):
        amounts = [(written.amounts[pair.key], written.unit(pair.key)) for pair in waiting]
        program.at_most(0.0, [*amounts, (rung[home], -most)])
    for trip in task.trips:
        for home in sorted(_needed(task, trip)):
            program.at_most(0.0, [(written.made[trip.baby, trip.donor], 1.0), (rung[home], -1.0)])
    return written, rung


def _needed(task: Task, trip: Trip) -> frozenset[int]:
    """Return the households without which nothing of a trip goes; none for what is pinned."""
    is_pinned = any(pair.key in task.wishes.pins for pair in trip.pairs)
    return frozenset() if is_pinned else frozenset.intersection(*(pair.homes for pair in trip.pairs))


def _held_up(task: Task) -> Iterator[tuple[int, float, list[Pair]]]:
    """Yield what waits for each household: lot by lot where it is the donor's, else baby by baby.

    With the most that can come of it, which is what makes the row strong. What is pinned waits for nobody.
    """
    found: dict[tuple[int, str], list[Pair]] = defaultdict(list)
    for trip in task.trips:
        for pair in trip.pairs:
            for home in pair.homes if pair.key not in task.wishes.pins else ():
                is_donors = home == task.lots[pair.lot].home
                found[home, pair.lot if is_donors else pair.baby].append(pair)
    for (home, what), waiting in found.items():
        there = task.lots[what].free_oz if what in task.lots else task.rooms[what]
        yield home, min(there, sum(task.most[pair.key] for pair in waiting)) + NEARLY, waiting
