"""VROOM in its own process, and what happens without it."""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context

import pytest

from coordinator.adapters.solvers import vroom
from coordinator.adapters.solvers.vroom import VroomRouter, day_router
from coordinator.adapters.solvers.vroom_child import solved
from coordinator.domain.pickups.day.inserting import (
    PlainRouter,
    repaired,
    stops_of_tasks,
    wheel_minutes,
)
from coordinator.domain.pickups.day.planning import plan
from coordinator.domain.pickups.day.routing import Hours, Routes, RoutingProblem, Task
from tests.benchmarks.bench_days import a_day as a_day_of_pairs
from tests.benchmarks.published_days import BEST, published
from tests.day_builders import a_day, a_drawn_day, a_driver, a_hold, a_home
from tests.unit.pickups.day.test_day_rules import check_plan


class InProcess:
    """VROOM without the process around it: what it answers is the same."""

    is_plain = False

    def route(self, problem: RoutingProblem) -> Routes:
        return solved(problem)


def minutes_of(problem: RoutingProblem, routes: Routes) -> int:
    drafts = {
        car: repaired(problem, car, stops_of_tasks(tasks, problem.shipments))
        for car, tasks in routes.tasks.items()
    }
    return sum(wheel_minutes(draft.stops, problem.cars[car], problem) for car, draft in drafts.items())


def test_its_own_process_gives_the_same_routes_each_time_and_shorter_ones_than_the_plain_method() -> None:
    problem = a_day_of_pairs(10, 2, 1)

    with day_router() as router:
        found = router.route(problem)

    assert found == solved(problem)
    assert found.left == ()
    assert minutes_of(problem, found) <= minutes_of(problem, PlainRouter().route(problem))
    assert not router.is_plain


def test_it_is_read_without_pandas_which_others_may_still_import() -> None:
    assert solved(a_day_of_pairs(2, 1, 1)).left == ()
    assert not hasattr(sys.modules.get("pandas"), "DataFrame") or "pandas.core" in sys.modules


def test_a_shipment_that_it_gives_up_for_its_break_is_planned_all_the_same() -> None:
    """Whoever drops after noon eats after the drop: VROOM 1.15 leaves that shipment."""
    donor = a_home(0, "D-0001", hours=(Hours(11 * 60 + 20, 11 * 60 + 25),))
    family = a_home(1, "R-0001", hours=(Hours(12 * 60 + 50, 12 * 60 + 55),))
    places = [(20.0, 0.0), (66.0, 0.0), (0.0, 0.0)]
    day = a_day([a_hold(1, donor, family)], [a_driver(1, 2)], places)

    found = plan(day, InProcess())

    [run] = found.runs
    assert run.holds == ("H-0001",)
    assert run.lunch_at is not None
    check_plan(day, found)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_days_by_it_keep_every_rule(seed: int) -> None:
    day = a_drawn_day(seed)
    check_plan(day, plan(day, InProcess()))


def test_what_a_car_may_not_carry_is_left() -> None:
    problem = a_day_of_pairs(3, 1, 1)
    nobodys = replace(problem.shipments[0], cars=frozenset())

    found = solved(replace(problem, shipments=(nobodys, *problem.shipments[1:])))

    assert found.left == (0,)
    assert Task(0, is_drop=False) not in found.tasks[0]


def test_a_process_that_dies_is_stood_in_for_and_said() -> None:
    class Dying(ProcessPoolExecutor):
        def submit(self, *_: object, **__: object) -> None:  # type: ignore[override]
            raise BrokenProcessPool

    router = VroomRouter(Dying(1, mp_context=get_context("spawn")))
    problem = a_day_of_pairs(3, 1, 1)

    assert router.route(problem) == PlainRouter().route(problem)
    assert router.is_plain


def test_without_the_library_days_are_planned_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vroom, "is_installed", lambda: False)

    with day_router() as router:
        assert router.is_plain
        assert router.route(a_day_of_pairs(3, 1, 1)).left == ()


def test_a_published_problem_is_solved_as_well_as_anybody_has() -> None:
    """Solomon's C101: as many cars and as short a way as the best known, by the published rules."""
    problem, best = published("C101"), BEST["C101"]

    found = problem.checked(solved(problem.as_day(), search=1))

    assert found.cars == best.cars
    assert found.way == pytest.approx(best.way, abs=0.01)
