"""Makes plans beside the window: reads once, solves as often as wished, says how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from threading import Event
from time import monotonic
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal

from coordinator.domain.planning.allocating import Key
from coordinator.domain.planning.network import Wishes
from coordinator.domain.planning.plan import Plan
from coordinator.domain.planning.program import Progress
from coordinator.services.planning.gathering import Asked
from coordinator.services.planning.windows import Ground, ground_of, plan_on
from coordinator.services.planning.wishes import wishes_kept
from ui.desk import Desk
from ui.plan.made import Made

_NEWS_EVERY_S = 0.1


class _MadeFrom(NamedTuple):
    """What a plan is made from."""

    ground: Ground
    wishes: Wishes
    before: Mapping[Key, float]


class PlanMaker(QObject):
    """``found(Made, is_last)`` for the first good plan and the better one; ``news(gap)`` in between.

    ``begun`` and ``ended`` stand around all of it; after ``stop`` the best by then is found, or nothing.
    """

    begun = Signal()
    found = Signal(object, bool)
    news = Signal(float)
    ended = Signal()
    _first = Signal(int, object, object)
    _told = Signal(int, float)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._number = 0
        self._stop = Event()
        self._is_gathering = False
        self.is_making = False
        # Both are told from the runner's thread.
        self._first.connect(self._on_first, Qt.ConnectionType.AutoConnection)
        self._told.connect(self._on_told, Qt.ConnectionType.AutoConnection)
        desk.closing.connect(self._stop_all)

    def make(self, asked: Asked, before: Mapping[Key, float]) -> None:
        """Read the network and plan for it, by the wishes that are kept."""
        number = self._begin()
        self._is_gathering = True
        database, today, kept = self._desk.database, self._desk.today(), self._desk.kept

        def work() -> tuple[Ground, Wishes]:
            return ground_of(database, asked, today, kept), wishes_kept(database)

        what = self.tr("Reading the network for the plan")
        done, failed = partial(self._solve, number, before), partial(self._fail, number)
        self._desk.runner.run(work, done, failed, what=what)

    def again(self, made: Made, ground: Ground, wishes: Wishes) -> None:
        """Plan once more on *ground* by other *wishes*: as little as can be changes of the plan *made*."""
        self._solve(self._begin(), made.amounts, (ground, wishes))

    def stop(self) -> None:
        """End it: what was found by then is the plan."""
        self._stop.set()
        if self._is_gathering:
            self._end()

    def _stop_all(self) -> None:
        self._number += 1
        self._stop.set()

    def _begin(self) -> int:
        self._stop.set()  # what runs
        self._stop = Event()
        self._number += 1
        self.is_making = True
        self.begun.emit()
        return self._number

    def _solve(self, number: int, before: Mapping[Key, float], read: tuple[Ground, Wishes]) -> None:
        if number != self._number:
            return
        self._is_gathering = False
        ground, wishes = read
        stop, last = self._stop, 0.0
        made_from = _MadeFrom(ground, wishes, before)

        def first(plan: Plan) -> None:
            self._first.emit(number, made_from, plan)

        def watch(progress: Progress) -> bool:
            nonlocal last
            if (now := monotonic()) - last > _NEWS_EVERY_S:
                last = now
                self._told.emit(number, progress.gap)
            return not stop.is_set()

        work = partial(plan_on, ground, wishes, before, first=first, watch=watch)
        done = partial(self._finish, number, made_from)
        self._desk.planner.run(work, done, partial(self._fail, number))

    def _on_first(self, number: int, made_from: _MadeFrom, plan: Plan) -> None:
        if number == self._number:
            self.found.emit(self._made(made_from, plan), False)

    def _on_told(self, number: int, gap: float) -> None:
        if number == self._number:
            self.news.emit(gap)

    def _finish(self, number: int, made_from: _MadeFrom, plan: Plan) -> None:
        if number == self._number:
            self.found.emit(self._made(made_from, plan), True)
            self._end()

    def _fail(self, number: int, error: Exception) -> None:
        if number == self._number:
            self._desk.complain(error)
            self._end()

    def _end(self) -> None:
        self._number += 1
        self.is_making = self._is_gathering = False
        self.ended.emit()

    def _made(self, made_from: _MadeFrom, plan: Plan) -> Made:
        at = self._desk.database.clock().astimezone().time().replace(microsecond=0, tzinfo=None)
        return Made(*made_from, plan, at)
