"""VROOM, by ``pyvroom``: who drives what in which order, in a process of its own.

It holds the interpreter while it solves, so it is never run in the window's process. Its times are set late
to keep routes short, and it gives up a shipment whose break would have to come after the drop though a day
with it exists (seen with 1.15): the domain lays times anew and tries again what comes back.
"""

from __future__ import annotations

import logging
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from importlib.util import find_spec
from multiprocessing import get_context
from typing import TYPE_CHECKING

from coordinator.adapters.solvers.vroom_child import SEARCH, solved
from coordinator.domain.pickups.day.inserting import PlainRouter
from coordinator.domain.pickups.day.routing import Routes, RoutingProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coordinator.domain.pickups.day.routing import Router

log = logging.getLogger(__name__)

_ASK_EVERY_S = 0.1


class VroomRouter:
    """Routes with VROOM in a spawned process; without it when the process dies. See ``routing.Router``."""

    def __init__(
        self, pool: ProcessPoolExecutor, search: int = SEARCH, watch: Callable[[], None] | None = None
    ) -> None:
        """Make it over *pool*; *watch* is called while it solves, and what it raises ends that."""
        self._pool, self._search, self._watch = pool, search, watch
        self.is_plain = False

    def route(self, problem: RoutingProblem) -> Routes:
        """Return VROOM's routes; the same ones each time it is asked."""
        if not problem.shipments or not problem.cars:
            return Routes(left=tuple(range(len(problem.shipments))))
        if self.is_plain:
            return PlainRouter().route(problem)
        try:
            return self._awaited(self._pool.submit(solved, problem, self._search))
        except (BrokenProcessPool, OSError) as error:
            log.warning("the solver of the day ended: %s", type(error).__name__)
            self.is_plain = True
            return PlainRouter().route(problem)

    def _awaited(self, answer: Future[Routes]) -> Routes:
        if self._watch is None:
            return answer.result()
        while True:
            self._watch()
            try:
                return answer.result(_ASK_EVERY_S)
            except TimeoutError:
                continue


@contextmanager
def day_router(watch: Callable[[], None] | None = None) -> Iterator[Router]:
    """Give VROOM in a process that ends with the block; the plain router where it is not installed.

    *watch* is called again and again while it solves, and what it raises ends the wait.
    """
    if not is_installed():
        yield PlainRouter()
        return
    pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
    try:
        yield VroomRouter(pool, watch=watch)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def is_installed() -> bool:
    """Whether VROOM is there: not every computer has a wheel of it."""
    return find_spec("vroom") is not None
