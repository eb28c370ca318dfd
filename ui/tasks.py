"""The one door for slow work: it runs beside the window and answers on the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from threading import Event
from time import monotonic
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot
from shiboken6 import isValid

Answer = TypeVar("Answer")

_REPORT_EVERY_S = 0.05
_HANG_UP_EVERY_MS = 20


class CancelledError(Exception):
    """The coordinator no longer wants the answer; raised inside the work when it reports."""


class Job:
    """One piece of slow work: what it is called on screen, how far it is, and how to stop it."""

    def __init__(self, runner: Runner, what: str, *, can_cancel: bool) -> None:
        self.what = what
        self.can_cancel = can_cancel
        self._runner = runner
        self._stop = Event()
        self._last_report = 0.0

    @property
    def is_cancelled(self) -> bool:
        """Whether the answer is no longer wanted."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next report; its answer is dropped in any case."""
        self._stop.set()

    def report(self, done: int, total: int) -> None:
        """Say from inside the work that *done* of *total* steps are behind it.

        Raises:
            CancelledError: If the job was cancelled; let it pass through.
        """
        if self.is_cancelled:
            raise CancelledError
        now = monotonic()
        if done >= total or now - self._last_report >= _REPORT_EVERY_S:
            self._last_report = now
            self._runner.job_progressed.emit(self, done, total)


@dataclass(eq=False)
class _Order:
    """A job with what it does and whom it tells, kept by the window's thread alone.

    The work and the callbacks reach pages and dialogs, and whoever drops the last reference to one of those
    destroys it: so the runner's thread holds none of them any more when it says that the work is done.
    """

    job: Job
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    cancelled: Callable[[], None] | None
    _outcome: Callable[[], None] | None = None

    def carry_out(self) -> None:
        """Do the work and remember what came of it; on the runner's thread."""
        try:
            self._outcome = partial(self.done, self.work())
        except CancelledError:
            self._outcome = None
        except Exception as error:  # noqa: BLE001 - the one place that catches all
            self._outcome = partial(self.failed, error)

    def take_outcome(self) -> Callable[[], None] | None:
        """Return what is to be called, and keep it no longer: an error knows this order by its traceback."""
        outcome, self._outcome = self._outcome, None
        return self.cancelled if self.job.is_cancelled else outcome


class Runner(QObject):
    """Runs one job after the other on a thread of its own; made and used on the window's thread.

    One for the database, a second for the network; ``close`` both before the window goes. Whoever is gone
    when the answer comes, such as a dialog that was closed meanwhile, is not told.
    """

    busy_changed = Signal(bool)
    job_started = Signal(object)
    job_progressed = Signal(object, int, int)
    job_ended = Signal(object)
    _answered = Signal(int)

    def __init__(self, parent: QObject | None = None, *, hang_up: Callable[[], None] | None = None) -> None:
        """Make a runner; ``close`` calls *hang_up*, which frees work that waits for servers."""
        super().__init__(parent)
        self._hang_up = hang_up
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._orders: dict[int, _Order] = {}
        self._numbers = count()
        self._is_closed = False
        self._later: list[int] = []
        self._unsaid: list[int] = []
        self._when_at_rest: Callable[[], None] | None = None
        self._answered.connect(self._deliver)

    @property
    def is_busy(self) -> bool:
        """Whether any job is waiting or running."""
        return bool(self._orders)

    def run(
        self,
        work: Callable[[], Answer],
        done: Callable[[Answer], None],
        failed: Callable[[Exception], None],
        *,
        what: str = "",
    ) -> Job:
        """Run *work*, then call *done* with its answer or *failed* with its error.

        *work* takes and returns plain values and opens its own session; it touches no widget.
        """
        return self._begin(_Order(Job(self, what, can_cancel=False), work, done, failed, None))

    def run_long(
        self,
        work: Callable[[Callable[[int, int], None]], Answer],
        done: Callable[[Answer], None],
        failed: Callable[[Exception], None],
        *,
        what: str,
        cancelled: Callable[[], None] | None = None,
    ) -> Job:
        """Run *work* with a ``report(done, total)`` to call; the status line shows a bar and Cancel.

        When cancelled, ``report`` raises :class:`CancelledError` inside the work, so that an open
        transaction is rolled back, and *cancelled* is called instead of *done* or *failed*.
        """
        job = Job(self, what, can_cancel=True)
        return self._begin(_Order(job, partial(work, job.report), done, failed, cancelled))

    @property
    def is_held(self) -> bool:
        """Whether answers are kept back and no work begins."""
        return self._when_at_rest is not None

    def hold(self, at_rest: Callable[[], None], *, cancel: bool = False) -> None:
        """Finish the work there is, but keep its answers and all further work back until ``go_on``.

        Args:
            at_rest: Called once nothing is at work any more, and never after ``go_on``.
            cancel: Stop what can be stopped and begun again, instead of waiting for it.
        """
        self._when_at_rest = at_rest
        if cancel:
            for order in self._orders.values():
                order.job.cancel()
        self._see_rest()

    def go_on(self) -> None:
        """Give the answers that were kept back, in their order, and begin what came meanwhile."""
        self._when_at_rest = None
        unsaid, self._unsaid = self._unsaid, []
        later, self._later = self._later, []
        for number in later:
            self._start(partial(self._carry_out, number))
        for number in unsaid:
            self._deliver(number)

    def _see_rest(self) -> None:
        if self._when_at_rest is not None and len(self._orders) == len(self._later) + len(self._unsaid):
            self._when_at_rest()

    def wait(self) -> None:
        """Return when no work is running any more; answers still arrive by the event loop."""
        self._pool.waitForDone()

    def close(self) -> None:
        """Cancel whatever can be cancelled, drop every answer, take no more work, and wait for the thread."""
        self._is_closed = True
        for order in self._orders.values():
            order.job.cancel()
        if self._hang_up is not None:
            # Again and again: what stood in the queue may ask a server of its own.
            while not self._pool.waitForDone(_HANG_UP_EVERY_MS):
                self._hang_up()
        self.wait()

    def _begin(self, order: _Order) -> Job:
        if self._is_closed:
            return order.job
        number = next(self._numbers)
        self._orders[number] = order
        self.job_started.emit(order.job)
        if len(self._orders) == 1:
            self.busy_changed.emit(True)
        if self.is_held:
            self._later.append(number)
        else:
            self._start(partial(self._carry_out, number))
        return order.job

    def _start(self, task: Callable[[], None]) -> None:
        self._pool.start(task)

    def _carry_out(self, number: int) -> None:
        """Work on the runner's thread, and tell by number: a signal's arguments may die on either thread."""
        self._orders[number].carry_out()
        with suppress(RuntimeError):  # the program ends, and this with it
            self._answered.emit(number)

    @Slot(int)
    def _deliver(self, number: int) -> None:
        if self.is_held:
            self._unsaid.append(number)
            self._see_rest()
            return
        order = self._orders.pop(number)
        self.job_ended.emit(order.job)
        if not self._orders:
            self.busy_changed.emit(False)
        callback = order.take_outcome()
        if callback is not None and not self._is_closed and not is_gone(callback):
            callback()


def is_gone(callback: Callable[..., object]) -> bool:
    """Return whether *callback* belongs to something Qt has deleted, such as a dialog that was closed."""
    while isinstance(callback, partial):
        callback = callback.func
    owners = (getattr(callback, "__self__", None), *_captured(callback))
    return any(isinstance(owner, QObject) and not isValid(owner) for owner in owners)


def _captured(callback: Callable[..., object]) -> Iterator[object]:
    """Give what a function holds on to from where it was written; a name that was never set holds nothing."""
    for cell in getattr(callback, "__closure__", None) or ():
        with suppress(ValueError):
            yield cell.cell_contents
