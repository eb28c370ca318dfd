"""A large network is planned among the trips that look best when nothing has to be whole.

How good the plan is, is told against that answer, which no plan of the whole network can beat.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from coordinator.domain.planning.allocating import Amounts, Task, Trip, Written, amounts_of, answer_of, write
from coordinator.domain.planning.program import (
    NEARLY,
    TO_THE_END,
    Answer,
    Progress,
    Solver,
    Until,
    Watch,
)

MANY: Final = 300
"""From so many trips on a plan is not proven the best any more: that takes minutes."""
_KEPT: Final = 2.4
"""So many trips are kept for each baby or lot, whichever are fewer, and all of the loose and first answer."""
_GOOD: Final = 0.002
"""Among the kept trips it goes on until no other choice can be better by more than this share."""


@dataclass(frozen=True, slots=True)
class Solved:
    """What was found: ounces by lot and baby, and how far it was proven."""

    amounts: Amounts
    progress: Progress
    is_cancelled: bool = False


def solve(task: Task, first: Amounts, solver: Solver, watch: Watch, until: Until = TO_THE_END) -> Solved:
    """Return the best amounts for *task*, beginning with the *first* ones; the same for the same task."""
    written = write(task)
    written.program.start = answer_of(written, first)
    if len(task.trips) < MANY:
        found = solver.solve(written.program, until, watch)
        return Solved(amounts_of(written, found.values), found.progress, found.is_cancelled)
    return _among_the_best(written, first, solver, watch, until)


def _among_the_best(written: Written, first: Amounts, solver: Solver, watch: Watch, until: Until) -> Solved:
    """Choose the trips while bags may still be split, then pack whole bags into these trips."""
    program = written.program
    loose = solver.solve(replace(program, whole=[False] * len(program.whole), start=()), until, watch)
    if loose.is_cancelled or not loose.values:
        return Solved(first, Progress(program.value(program.start), loose.progress.bound), is_cancelled=True)
    bound = loose.progress.best

    def watch_all(progress: Progress) -> bool:
        return watch(replace(progress, bound=bound))

    enough = replace(until, gap=max(until.gap, _GOOD))
    few = _thinned(written, loose, first)
    chosen = _packed(few, first, solver, enough, watch_all, in_bags=False)
    kept = replace(few, trips=tuple(trip for trip in few.trips if _goes(trip, chosen.amounts)))
    packed = _packed(kept, first, solver, enough, watch_all, in_bags=True)
    amounts, value = packed.amounts, program.value(answer_of(written, packed.amounts))
    if value > program.value(program.start):
        amounts, value = first, program.value(program.start)
    return Solved(amounts, Progress(value, min(bound, value)), chosen.is_cancelled or packed.is_cancelled)


def _packed(
    task: Task, first: Amounts, solver: Solver, until: Until, watch: Watch, *, in_bags: bool
) -> Solved:
    """Return the best amounts for a *task* of few trips; without *in_bags* only the trips are whole."""
    written = write(task)
    if not in_bags:
        made = set(written.made.values())
        written.program.whole = [column in made for column in range(len(written.program.whole))]
    keys = written.amounts.keys()
    written.program.start = answer_of(written, {key: much for key, much in first.items() if key in keys})
    found = solver.solve(written.program, until, watch)
    return Solved(amounts_of(written, found.values), found.progress, found.is_cancelled)


def _goes(trip: Trip, amounts: Amounts) -> bool:
    return any(pair.key in amounts for pair in trip.pairs)


def _thinned(written: Written, loose: Answer, first: Amounts) -> Task:
    """Return the task with the trips that the loose answer makes, or would make next, and the first ones."""
    task = written.task
    babies, lots = (
        {trip.baby for trip in task.trips},
        {pair.lot for trip in task.trips for pair in trip.pairs},
    )
    made = {(baby, task.lots[lot].donor) for lot, baby in first}

    def beyond(at: int) -> tuple[bool, float, int]:
        trip = task.trips[at]
        column = written.made[trip.baby, trip.donor]
        amounts = [written.amounts[pair.key] for pair in trip.pairs]
        more = sum(max(loose.beyond[one], 0.0) * written.program.high[one] for one in amounts)
        return not is_made(trip), loose.beyond[column] + more, at

    def is_made(trip: Trip) -> bool:
        column = written.made[trip.baby, trip.donor]
        return loose.values[column] > NEARLY or (trip.baby, trip.donor) in made

    kept = max(int(_KEPT * min(len(babies), len(lots))), sum(map(is_made, task.trips)))
    chosen = sorted(sorted(range(len(task.trips)), key=beyond)[:kept])
    return replace(task, trips=tuple(task.trips[at] for at in chosen))
