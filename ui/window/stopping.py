"""Stopping work that may only be stopped while nothing is changed yet."""

from __future__ import annotations

from coordinator.services.records.rekeying import Progress
from ui.tasks import CancelledError


def unless_swapped(report: Progress) -> Progress:
    """Return *report* as ``services.records.locking`` wants it: it stops only what has changed nothing."""

    def told(done: int, total: int) -> None:
        try:
            report(done, total)
        except CancelledError:
            if done == 0:
                raise

    return told
