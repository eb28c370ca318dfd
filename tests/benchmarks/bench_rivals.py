"""The plan against what people do now, by five figures, with equal calls: the sample region and ten like it.

    python -m tests.benchmarks.bench_rivals

Nearest first: whoever live nearest to each other are paired. By run-out date: the family whose milk ends
first is served first, by its nearest donors. Both ring whom they need next while they have calls; with the
old calls those are rung whom Today put first before there was a plan. All keep the same rules, freezers,
whole bags and smallest shipment. Figures are as if every answer were as hoped; "expected" are the days left
uncovered with each answer weighed by how likely that is. No time is measured.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

from coordinator.adapters.solvers.highs import Highs
from coordinator.domain.planning.allocating import Key, Task, task_of
from coordinator.domain.planning.calls import homes_asked, homes_to_ring
from coordinator.domain.planning.greedy import first_answer
from coordinator.domain.planning.network import PlanNetwork, Wishes
from coordinator.domain.planning.plan import Figures, figures_of, uncovered
from coordinator.domain.planning.program import NEARLY, go_on
from coordinator.domain.planning.thinning import solve
from tests.benchmarks.plan_regions import PlanRegion, first, regions
from tests.benchmarks.ratio import exit_code, options
from tests.benchmarks.rival_plans import ByHand, by_run_out_date, nearest_first
from tests.plan_rules import broken
from tests.planning_networks import POLICY, large_network

EVERYBODY = 10_000
"""So many calls that everybody is rung: then only who gets what is compared."""
PLAN = "the plan"
_WAYS = ("nothing", "nearest first", "by run-out date", "  with the old calls", PLAN)


@dataclass(frozen=True)
class Row:
    """The five figures of one way, and three besides."""

    days: float
    minutes: float
    expired: float
    donors: float
    nothing: float
    ounces: float
    expected: float
    calls: float


def main(words: Sequence[str] | None = None) -> int:
    """Print a table for each region and the sum of all."""
    chosen = options(__doc__, words, regions=(10, 0))
    compared = _small() if chosen.small else regions(chosen.regions)
    counts = (0,) if chosen.small else (10, 20, EVERYBODY)
    rows: dict[tuple[int, str], list[Row]] = {}
    for region in compared:
        for calls in counts:
            print(f"\nRegion {region.name}, {_calls_in_words(calls)}")
            for way, row in ways(region, calls):
                rows.setdefault((calls, way), []).append(row)
                _print(way, row)
    reached = [_print_all(calls, rows) for calls in counts]
    return exit_code(chosen, *reached)


def _small() -> Iterator[PlanRegion]:
    yield PlanRegion("made up", large_network(12, 9, 1, nearest=5), ())


def ways(region: PlanRegion, calls: int) -> Iterator[tuple[str, Row]]:
    """Yield the figures of every way to allocate the milk of *region* after so many *calls*."""
    network = region.network
    asked = homes_asked(network)
    near, ends = nearest_first(network, POLICY, calls), by_run_out_date(network, POLICY, calls)
    old_rung = first([home for home in region.old_order if home in asked], calls)
    old = by_run_out_date(network, POLICY, calls, old_rung)
    ours = homes_to_ring(network, Wishes(calls=calls), POLICY, Highs())
    task = task_of(network, Wishes(), POLICY, ours)
    planned = solve(task, first_answer(task), Highs(), go_on).amounts
    hands = (near, ends, old, ByHand(dict(planned), ours))
    for way, done in zip(_WAYS, (ByHand({}, frozenset()), *hands), strict=True):
        assert not broken(network, done.amounts, POLICY, rung=done.rung), way
        yield way, _row(network, done.amounts, len(done.rung))


def _row(network: PlanNetwork, amounts: dict[Key, float], calls: int) -> Row:
    task: Task = task_of(network, Wishes(), POLICY, all_rung=True)
    figures: Figures = figures_of(task, amounts)
    hopes = {pair.key: pair.hope for pair in network.pairs}
    expected = sum(
        uncovered(baby, sum(hopes[key] * oz for key, oz in amounts.items() if key[1] == baby.code))
        for baby in network.babies
    )
    return Row(
        figures.uncovered_baby_days,
        figures.minutes,
        figures.expired_oz,
        figures.donors_per_baby,
        figures.at_nothing,
        sum(amounts.values()),
        expected,
        calls,
    )


def _calls_in_words(calls: int) -> str:
    return "everybody rung" if calls == EVERYBODY else f"{calls} calls"


_HEAD = ("uncovered", "minutes", "expired oz", "donors/baby", "at nothing", "ounces", "expected", "calls")


def _print(way: str, row: Row) -> None:
    if way == _WAYS[0]:
        print(f"{'':22}" + "".join(f"{word:>12}" for word in _HEAD))
    told = (
        f"{getattr(row, one.name):12,.2f}" if one.name == "donors" else f"{getattr(row, one.name):12,.0f}"
        for one in fields(row)
    )
    print(f"{way:22}" + "".join(told))


def _print_all(calls: int, rows: dict[tuple[int, str], list[Row]]) -> bool:
    """Print the mean of all regions, and tell whether the plan leaves the fewest days uncovered in each."""
    each = {way: rows[calls, way] for way in _WAYS}
    print(f"\nMean of {len(each[PLAN])} regions, {_calls_in_words(calls)}")
    for way, found in each.items():
        _print(way, _mean(found))
    left = {way: [row.expected for row in found] for way, found in each.items()}
    best = [min(left[way][at] for way in _WAYS[1:-1]) for at in range(len(left[PLAN]))]
    won = sum(1 for ours, rival in zip(left[PLAN], best, strict=True) if ours <= rival + NEARLY)
    print(f"The plan leaves the fewest expected days uncovered in {won} of {len(best)} regions")
    return won == len(best)


def _mean(found: Sequence[Row]) -> Row:
    def of(values: Iterable[float]) -> float:
        return sum(values) / len(found)

    return Row(*(of(getattr(row, one.name) for row in found) for one in fields(Row)))


if __name__ == "__main__":
    sys.exit(main())
