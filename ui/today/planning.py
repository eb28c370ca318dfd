"""Asking the plan for the order of the calls, beside the window; the last question is the one that counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from coordinator.domain.planning.program import Progress
from coordinator.domain.worklist.calls import Call
from coordinator.domain.worklist.planned import PlannedCalls
from coordinator.services.planning.calls_to_make import calls_of_plan
from ui.desk import Desk


class _Wanted:
    """Whether an answer is still wanted; asked on the planner's thread, told on the window's."""

    def __init__(self) -> None:
        self.is_so = True

    def __call__(self, _progress: Progress) -> bool:
        return self.is_so


class Planning(QObject):
    """``done(PlannedCalls)`` or ``failed(Exception)``, of the last question alone.

    ``is_put_off``: somebody wanted to ask while there was nobody to see the answer.
    """

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = _Wanted()
        self.is_put_off = False
        desk.closing.connect(self.give_up)

    def ask(self, calls: Sequence[Call], time_for: int) -> None:
        """Ask which of *calls* to make; a question asked before is given up."""
        self.give_up()
        self.is_put_off = False
        wanted = self._wanted = _Wanted()
        work = partial(
            calls_of_plan,
            self._desk.database,
            time_for,
            frozenset(call.household.id for call in calls),
            self._desk.today(),
            self._desk.kept,
            watch=wanted,
        )
        self._desk.planner.run(work, partial(self._tell, wanted), partial(self._fail, wanted))

    def put_off(self) -> None:
        """Give up what was asked; it is asked again when somebody looks."""
        self.give_up()
        self.is_put_off = True

    def give_up(self) -> None:
        """Want no answer any more."""
        self._wanted.is_so = False

    def _tell(self, wanted: _Wanted, planned: PlannedCalls) -> None:
        if wanted.is_so:
            self.done.emit(planned)

    def _fail(self, wanted: _Wanted, error: Exception) -> None:
        if wanted.is_so:
            self.failed.emit(error)
