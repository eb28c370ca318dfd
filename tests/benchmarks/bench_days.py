"""Days of runs by VROOM behind our door against PyVRP, on the same numbers.

    python -m tests.benchmarks.bench_days

Days as the coordinator has them: pick-up and drop pairs with hours, a limit of milk, each volunteer from and
to home. PyVRP (``pip install --group bench``) looks for ten seconds, or as long as told; ours, with a process
of its own, times laid and every rule looked at, may take a quarter of it and cost 1 % more. Then Solomon's
published C101, R101 and RC101 beside the best known results, and problems like those of Li and Lim and of
Solomon, drawn here (clustered, spread and mixed; one depot; pairs, or milk that all goes from the depot): way
and cars of both side by side, without a target. Times are of the processor, so that other work beside does
not count.
"""

from __future__ import annotations

import random
import resource
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, hypot
from time import process_time
from typing import Any

from coordinator.adapters.solvers.vroom import day_router
from coordinator.domain.pickups.day.inserting import repaired, stops_of_tasks, wheel_minutes
from coordinator.domain.pickups.day.routing import (
    Car,
    Hours,
    RoutingProblem,
    Shipment,
    Table,
    Visit,
)
from tests.benchmarks.published_days import BEST, EXACT, published
from tests.benchmarks.ratio import exit_code, options

SERVICE = 10
DAY = Hours(8 * 60, 18 * 60)
ROOM = 600
MOST_WORSE = 0.01


@dataclass(frozen=True)
class Found:
    """What an answer costs: minutes at the wheel, cars, pairs not served, and the seconds it took."""

    minutes: int
    cars: int
    left: int
    seconds: float


def main(words: Sequence[str] | None = None) -> int:
    """Print every figure beside its target."""
    chosen = options(__doc__, words, pairs=(50, 6), drivers=(6, 2), seconds=(10.0, 0.1), days=(3, 1))
    reached = [
        against_pyvrp(a_day(chosen.pairs, chosen.drivers, seed), chosen.seconds, f"day {seed}")
        for seed in range(1, chosen.days + 1)
    ]
    for name in ("C101",) if chosen.small else BEST:
        beside_best(name, chosen.seconds)
    for kind in ("mixed",) if chosen.small else ("clustered", "spread", "mixed"):
        count = 8 if chosen.small else 50
        beside(like_li_lim(kind, count), chosen.seconds, f"{kind}, in pairs")
        beside(like_solomon(kind, 2 * count), chosen.seconds, f"{kind}, from the depot")
    return exit_code(chosen, *reached)


def a_day(pairs: int, drivers: int, seed: int) -> RoutingProblem:
    """Return a Saturday of families in a region of 60 by 60 minutes."""
    rng = random.Random(seed)
    places = [(rng.uniform(0, 60), rng.uniform(0, 60)) for _ in range(2 * pairs + drivers)]
    cars = tuple(Car(2 * pairs + n, DAY, ROOM) for n in range(drivers))
    return _problem(places, cars, [_hours(rng) for _ in range(2 * pairs)], rng)


def like_li_lim(kind: str, pairs: int) -> RoutingProblem:
    """Return pairs with one depot, placed as the published ones are: clustered, spread, half and half."""
    rng = random.Random(kind)
    places = [*_placed(kind, 2 * pairs, rng), (50.0, 50.0)]
    cars = tuple(Car(2 * pairs, Hours(0, 1000), ROOM) for _ in range(25))
    opens = [rng.randrange(0, 700) for _ in range(pairs)]
    return _problem(places, cars, [Hours(at, at + 150) for at in opens for _ in range(2)], rng)


def like_solomon(kind: str, customers: int) -> RoutingProblem:
    """Return customers with narrow hours whose goods all come from the one depot."""
    rng = random.Random(kind)
    minutes = _minutes([*_placed(kind, customers, rng), (50.0, 50.0)])
    cars = tuple(Car(customers, Hours(0, 1000), ROOM) for _ in range(25))
    shipments = tuple(
        Shipment(
            Visit(customers, (Hours(0, 1000),), 0),
            Visit(n, (Hours(at, at + 30),), SERVICE),
            rng.randrange(10, 50),
            frozenset(range(25)),
        )
        for n, at in enumerate(rng.randrange(60, 860) for _ in range(customers))
    )
    return RoutingProblem(minutes, cars, shipments)


def _placed(kind: str, count: int, rng: random.Random) -> list[tuple[float, float]]:
    hearts = [(rng.uniform(10, 90), rng.uniform(10, 90)) for _ in range(8)]
    places = []
    for number in range(count):
        if kind == "clustered" or (kind == "mixed" and number % 2):
            x, y = hearts[number // 2 % len(hearts)]
            places.append((x + rng.gauss(0, 4), y + rng.gauss(0, 4)))
        else:
            places.append((rng.uniform(0, 100), rng.uniform(0, 100)))
    return places


def _hours(rng: random.Random) -> Hours:
    opens = DAY.opens + rng.randrange(0, 300)
    return Hours(opens, opens + rng.choice((180, 240, 300)))


def _problem(
    places: Sequence[tuple[float, float]], cars: tuple[Car, ...], hours: Sequence[Hours], rng: random.Random
) -> RoutingProblem:
    shipments = tuple(
        Shipment(
            Visit(2 * n, (hours[2 * n],), SERVICE),
            Visit(2 * n + 1, (Hours(hours[2 * n].opens, cars[0].hours.closes),), SERVICE),
            rng.randrange(20, 150),
            frozenset(range(len(cars))),
        )
        for n in range(len(hours) // 2)
    )
    return RoutingProblem(_minutes(places), cars, shipments)


def _minutes(places: Sequence[tuple[float, float]]) -> Table:
    return tuple(tuple(ceil(hypot(a[0] - b[0], a[1] - b[1])) for b in places) for a in places)


def _processor_s() -> float:
    """Return the seconds of the processor, those of ended children with them."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


class Until:
    """Lets PyVRP go on for so many seconds of the processor."""

    def __init__(self, seconds: float) -> None:
        self._until = _processor_s() + seconds

    def __call__(self, best_cost: float) -> bool:
        """Whether it is time to stop, whatever the best costs so far."""
        del best_cost
        return _processor_s() > self._until


def ours(problem: RoutingProblem) -> Found:
    """Return what our routes cost once their times are laid and every rule is looked at."""
    start = _processor_s()
    with day_router() as router:
        routes = router.route(problem)
    drafts = {
        car: repaired(problem, car, stops_of_tasks(tasks, problem.shipments))
        for car, tasks in routes.tasks.items()
    }
    seconds = _processor_s() - start
    served = sum(len(draft.shipments) for draft in drafts.values())
    minutes = sum(wheel_minutes(draft.stops, problem.cars[car], problem) for car, draft in drafts.items())
    return Found(minutes, len(drafts), len(problem.shipments) - served, seconds)


def rival(problem: RoutingProblem, seconds: float) -> Found | None:
    """Return what PyVRP finds in so many seconds; ``None`` where it is not installed."""
    try:
        import pyvrp  # noqa: PLC0415 - the rival, which only a benchmark has
    except ImportError:
        return None
    model = _as_pyvrp(pyvrp, problem)
    start = _processor_s()
    best = model.solve(Until(seconds), display=False).best
    left = 0 if best.is_feasible() else len(problem.shipments)
    return Found(best.distance(), best.num_routes(), left, _processor_s() - start)


def _as_pyvrp(pyvrp: Any, problem: RoutingProblem) -> Any:  # noqa: ANN401 - untyped
    """Return the same problem: minutes are its distances and its durations."""
    model = pyvrp.Model()
    places = [model.add_location(float(n), 0.0) for n in range(len(problem.minutes))]
    homes = {car.home: model.add_depot(places[car.home]) for car in problem.cars}
    for car in problem.cars:
        model.add_vehicle_type(1, [car.room], homes[car.home], homes[car.home], car.fixed, *car.hours)
    for one in problem.shipments:
        (pick,), (drop,) = one.pick.hours, one.drop.hours
        model.add_shipment(
            places[one.pick.place],
            places[one.drop.place],
            *(*pick, one.pick.service),
            *(*drop, one.drop.service),
            amount=[one.amount],
        )
    for start, row in zip(places, problem.minutes, strict=True):
        for end, minutes in zip(places, row, strict=True):
            model.add_edge(start, end, minutes, minutes)
    return model


def against_pyvrp(problem: RoutingProblem, seconds: float, name: str) -> bool:
    """Compare a day; True if ours takes a quarter of the rival's time and costs at most 1 % more."""
    mine, other = ours(problem), rival(problem, seconds)
    print(f"{name}: ours {_words(mine)}")
    if other is None:
        print("  pyvrp is not installed: pip install --group bench")
        return False
    print(f"  pyvrp {_words(other)}")
    worse = 0.0 if other.left else mine.minutes / other.minutes - 1
    is_good = mine.left == 0 and worse <= MOST_WORSE and mine.seconds <= seconds / 4
    print(f"  {100 * worse:+.2f} % (at most +1 %), {mine.seconds / seconds:.2f} of its time (at most 0.25)")
    return is_good


def beside(problem: RoutingProblem, seconds: float, name: str) -> None:
    """Print both answers to a problem like a published one."""
    other = rival(problem, seconds)
    print(f"{name}: ours {_words(ours(problem))}; pyvrp {'not there' if other is None else _words(other)}")


def beside_best(name: str, seconds: float) -> None:
    """Print our routes of a published problem, checked by its own rules, beside the best known result."""
    problem, best = published(name), BEST[name]
    day = problem.as_day()
    start = _processor_s()
    with day_router() as router:
        found = problem.checked(router.route(day))
    mine = f"{found.cars} cars, {found.way:.2f}, {_processor_s() - start:.1f} s"
    other = rival(day, seconds)
    theirs = "not there" if other is None else f"{other.cars} cars, {other.minutes / EXACT:.2f}"
    more = 100 * (found.way / best.way - 1)
    print(f"{name}: best known {best.cars} cars, {best.way:.2f}; ours {mine} ({more:+.1f} %); pyvrp {theirs}")


def _words(found: Found) -> str:
    return f"{found.minutes} min, {found.cars} cars, {found.left} left, {found.seconds:.1f} s"


if __name__ == "__main__":
    sys.exit(main())
