"""Dialogs and running timers left in cycles while the runner makes much: does the window live?

``python -m tests.faults.left_timers`` ends by itself with "lived". Where a collector ran on the runner's
thread it would free the timers there, and Qt's next look at them would end the process.
"""

from __future__ import annotations

import faulthandler
import os
import sys
from collections.abc import Iterator
from typing import Final

# Before Qt is imported: the window opens where nobody sees it.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from ui import collecting
from ui.tasks import Runner

ROUNDS: Final = 60
LEFT_A_ROUND: Final = 20
MADE_A_JOB: Final = 200_000


class LeftDialog(QDialog):
    """A dialog that knows itself, as one does by its slots and models, with a timer that runs on."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self
        self.line = QLineEdit(self)
        self.timer = QTimer(interval=1)
        self.timer.timeout.connect(self._look)
        self.timer.start()

    def _look(self) -> None:
        self.line.update()


def _rounds(runner: Runner) -> Iterator[None]:
    """Leave dialogs behind, and let the runner make what Python's own collector would walk through there."""
    for _ in range(ROUNDS):
        for _ in range(LEFT_A_ROUND):
            LeftDialog().show()
        runner.run(lambda: len([[] for _ in range(MADE_A_JOB)]), lambda _: None, lambda _: None)
        yield


def main() -> int:
    """Live, or die."""
    faulthandler.enable()
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    collecting.begin()
    runner = Runner()
    rounds = _rounds(runner)
    clock = QTimer(interval=10)
    clock.timeout.connect(lambda: app.quit() if next(rounds, "over") else None)
    clock.start()
    app.exec()
    runner.close()
    sys.stdout.write("lived\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
