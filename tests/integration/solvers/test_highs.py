"""HiGHS behind the solver's door."""

from __future__ import annotations

import threading
import time

import pytest

from coordinator.adapters.solvers.highs import Highs
from coordinator.domain.planning.allocating import answer_of, task_of, write
from coordinator.domain.planning.greedy import first_answer
from coordinator.domain.planning.making import best_plan
from coordinator.domain.planning.network import Wishes
from coordinator.domain.planning.program import Program, Progress, Until
from tests.planning_networks import POLICY, large_network

HARD = large_network(60, 40, 1, nearest=12)


def a_program() -> Program:
    """Return 5a + 4b + 3c, as much as possible, within 2a + 3b + c <= 7.5, whole, none above 3."""
    program = Program()
    columns = [program.column(3, -cost, whole=True) for cost in (5.0, 4.0, 3.0)]
    program.at_most(7.5, zip(columns, (2.0, 3.0, 1.0), strict=True))
    return program


def test_a_small_program_has_its_best_answer_and_nothing_is_printed(
    capfd: pytest.CaptureFixture[str],
) -> None:
    found = Highs().solve(a_program())

    assert found.values == (2.0, 0.0, 3.0)
    assert (found.progress.best, found.gap) == (-19, 0)
    assert capfd.readouterr().out == ""


def test_a_program_without_an_answer_has_none() -> None:
    program = a_program()
    program.at_least(100, [(0, 1.0)])

    assert Highs().solve(program).values == ()


def test_nothing_to_solve_is_solved() -> None:
    assert Highs().solve(Program()).gap == 0


def test_progress_tells_a_gap_that_closes() -> None:
    written = write(task_of(HARD, Wishes(), POLICY))
    written.program.start = answer_of(written, first_answer(written.task))
    told: list[Progress] = []

    def watch(progress: Progress) -> bool:
        told.append(progress)
        return True

    found = Highs().solve(written.program, Until(gap=0.004), watch)

    gaps = [one.gap for one in told if one.gap < 1]
    assert gaps
    assert found.gap <= 0.004
    assert found.progress.best <= written.program.value(written.program.start) + 1e-6


def test_cancel_ends_it_within_half_a_second_with_the_best_so_far() -> None:
    stop = threading.Event()
    asked_at: list[float] = []

    def cancel() -> None:
        asked_at.append(time.perf_counter())
        stop.set()

    timer = threading.Timer(0.7, cancel)
    timer.start()
    plan = best_plan(HARD, Wishes(), POLICY, Highs(), watch=lambda _progress: not stop.is_set())
    ended = time.perf_counter()
    timer.cancel()

    if asked_at:
        assert plan.is_cancelled
        assert ended - asked_at[0] < 0.5
    assert plan.proposals


def test_the_window_goes_on_meanwhile() -> None:
    ticks, ended = [time.perf_counter()], threading.Event()

    def solve() -> None:
        best_plan(HARD, Wishes(), POLICY, Highs(), until=Until(gap=0.01))
        ended.set()

    thread = threading.Thread(target=solve)
    thread.start()
    while not ended.wait(0.005):
        ticks.append(time.perf_counter())
    thread.join()

    assert len(ticks) > 10
