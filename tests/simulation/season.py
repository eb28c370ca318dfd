"""A season of 26 weeks in a made-up region, coordinated in three ways; ten seeds side by side.

python -m tests.simulation.season [--seeds 101-110] [--workers 1] [--weeks 26]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields
from time import process_time

from coordinator.domain.planning.weights import PlanPolicy, with_own_weights
from tests.planning_networks import POLICY as SHIPPED
from tests.simulation.evening import Evening
from tests.simulation.people import WEEKS, Mix, make_region
from tests.simulation.ways import WAYS
from tests.simulation.world import World

OWN_WEIGHTS = {"minute": 0.06, "trip": 120.0, "nothing": 6.0}
"""What the coordinator sets on the plan's page, under its weights."""
POLICY = with_own_weights(SHIPPED, OWN_WEIGHTS)
EVENINGS = (0, 2, 3)
"""Monday, Wednesday and Thursday."""
SATURDAY = 5
SHOWN = "1-10"
"""The seeds of the table. Whoever changes a weight chooses on others."""


@dataclass(frozen=True)
class Result:
    """What a season came to."""

    uncovered: float
    share: float
    expired: float
    calls: float
    minutes: float
    donors: float
    delivered: float
    left: float
    without: float
    waited: float
    seconds: float


HEADS = (
    "uncovered",
    "of all %",
    "expired oz",
    "calls",
    "minutes",
    "donors/baby",
    "brought oz",
    "left oz",
    "no milk",
    "waited",
    "CPU s",
)


def season(
    seed: int, way: str, weeks: int = WEEKS, policy: PlanPolicy = POLICY, mix: Mix | None = None
) -> Result:
    """Return what a season comes to; the same for the same seed and way."""
    start = process_time()
    world = World(make_region(seed, mix))
    evening = Evening(world, policy)
    for day in range(weeks * 7):
        world.wake()
        if day % 7 in EVENINGS:
            evening.begin()
            WAYS[way](evening)
        elif day % 7 == SATURDAY:
            world.carry()
        world.check()
        world.sleep()
    done = world.account
    came = {one.code for one in world.made.families if one.comes < weeks * 7}
    return Result(
        done.uncovered,
        100 * done.uncovered / done.baby_days,
        done.expired,
        done.calls,
        done.minutes,
        done.donors_per_baby,
        done.delivered,
        done.left_behind,
        len(came - done.got.keys()),
        done.waited,
        process_time() - start,
    )


def unavoidable(seed: int, weeks: int = WEEKS, mix: Mix | None = None) -> float:
    """Return the baby-days that nobody could cover: milk comes on Saturdays, after a call.

    From then on every family here has all the milk in the world, so that no coordinator leaves fewer.
    """
    world = World(make_region(seed, mix))
    for day in range(weeks * 7):
        world.wake()
        if day % 7 == SATURDAY:
            last = day - SATURDAY + max(EVENINGS)
            world.stock |= {code: 1e9 for code, one in world.families.items() if one.comes <= last}
        world.sleep()
    return world.account.uncovered


def main(words: Sequence[str] | None = None) -> int:
    """Print a table for each seed, and the mean."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", default=SHOWN, help="such as 1-10 or 21,22")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--weeks", type=int, default=WEEKS)
    parser.add_argument("--donors", type=float, default=1.0, help="how many times as many donors come")
    chosen = parser.parse_args(words)
    usual = Mix()
    mix = Mix(round(usual.donors * chosen.donors), donors_a_week=usual.donors_a_week * chosen.donors)
    seeds = _seeds(chosen.seeds)
    runs = [(seed, way, chosen.weeks, POLICY, mix) for seed in seeds for way in WAYS]
    found: dict[str, list[Result]] = {way: [] for way in WAYS}
    for (seed, way, *_), result in zip(runs, _all(runs, chosen.workers), strict=True):
        found[way].append(result)
        if way == next(iter(WAYS)):
            print(f"\nseed {seed:8}" + "".join(f"{head:>12}" for head in HEADS))
        _print(way, result)
    print(f"\nmean of {len(seeds):4}" + "".join(f"{head:>12}" for head in HEADS))
    for way, results in found.items():
        _print(way, _mean(results))
    least = sum(unavoidable(seed, chosen.weeks, mix) for seed in seeds) / len(seeds)
    print(f"{'not to be avoided':17}{least:12,.1f}")
    return 0 if _is_reached(found) else 1


def _all(runs: Sequence[tuple[int, str, int, PlanPolicy, Mix]], workers: int) -> Iterable[Result]:
    if workers <= 1:
        return (season(*run) for run in runs)
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(season, *zip(*runs, strict=True)))


def _seeds(text: str) -> list[int]:
    ranges = [part.split("-") for part in text.split(",")]
    return [seed for ends in ranges for seed in range(int(ends[0]), int(ends[-1]) + 1)]


def _print(way: str, result: Result) -> None:
    print(f"{way:17}" + "".join(f"{getattr(result, one.name):12,.1f}" for one in fields(result)), flush=True)


def _mean(results: Sequence[Result]) -> Result:
    return Result(*(sum(getattr(one, f.name) for one in results) / len(results) for f in fields(Result)))


def _is_reached(found: dict[str, list[Result]]) -> bool:
    """Tell whether the plan halves the uncovered days of the better rival with no more calls and minutes."""
    *rivals, ours = (_mean(results) for results in found.values())
    better = min(rivals, key=lambda one: one.uncovered)
    print(
        f"\nThe plan leaves {ours.uncovered / better.uncovered:.0%} of the better rival's uncovered "
        f"baby-days (target 50%), with {ours.calls / better.calls:.0%} of its calls and "
        f"{ours.minutes / better.minutes:.0%} of its minutes (target 100%)"
    )
    return (
        ours.uncovered <= better.uncovered / 2
        and ours.calls <= better.calls
        and ours.minutes <= better.minutes
    )


if __name__ == "__main__":
    sys.exit(main())
