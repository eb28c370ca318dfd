"""A coordinator who never rests: windows, pages and dialogs opened and closed while the runner reads.

``python -m tests.faults.window_session --minutes 60`` works on the sample region, in a folder of its own, and
says each minute how far it is. A native crash ends it, with the stacks of all threads.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Final

# Before Qt is imported: the window opens where nobody sees it.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTabWidget, QWidget

from coordinator.bootstrap import Database, make_network, open_database
from coordinator.domain.families.households import Role
from coordinator.services.families.households import family_index
from coordinator.services.sample.samples import open_sample_region
from coordinator.services.today import today_page
from tests.builders import TODAY
from ui.desk import Desk
from ui.tasks import Runner
from ui.units import Display
from ui.window.network_window import NetworkWindow
from ui.window.open_window import dressed_application

PAGES: Final = ("today", "donors", "recipients", "matching", "pickups", "drivers", "promises")
FAMILIES_A_ROUND: Final = 4
_STEP_MS: Final = 5
_WAITING: Final = 3
"""So many readings stand in the queue at any time."""


class Session(QObject):
    """Takes one step whenever Qt has nothing better to do, and keeps the runner reading meanwhile."""

    def __init__(self, network: Path, minutes: float, say: Callable[[str], None]) -> None:
        super().__init__()
        self._network = network
        self._say = say
        self._begun = self._said = monotonic()
        self._ends = self._begun + minutes * 60
        self._windows = self._steps = self._read = self._lists = 0
        self._steps_left = self._rounds()
        self._timer = QTimer(self, interval=_STEP_MS)
        self._timer.timeout.connect(self._step)
        self._timer.start()

    def _step(self) -> None:
        self._steps += 1
        now = monotonic()
        if now - self._said >= 60:
            self._said = now
            self._tell()
        if next(self._steps_left, None) is None:
            self._timer.stop()
            self._tell()
            QApplication.quit()

    def _tell(self) -> None:
        minutes = (monotonic() - self._begun) / 60
        self._say(
            f"{minutes:.1f} minutes: {self._windows} windows, {self._steps} steps, "
            f"{self._lists} lists of places, {self._read} readings, {_memory_mb()} MB"
        )

    def _rounds(self) -> Iterator[str]:
        """Open a window, do everything there is to do in it, close it, and so on."""
        for number in count():
            if monotonic() >= self._ends:
                return
            database = open_database(self._network, origin=f"session {number}")
            window = NetworkWindow(Desk(database, Runner(), Display(), None, lambda: TODAY))
            window.resize(1093, 640)
            window.show()
            window.begin()
            self._windows += 1
            for step in self._in_window(window, database, number):
                self._keep_reading(window._desk, database)
                yield step
            window.close()
            window.deleteLater()
            yield "closed"

    def _in_window(self, window: NetworkWindow, database: Database, number: int) -> Iterator[str]:
        codes = [entry.hit.code for entry in family_index(database)]
        first = number * FAMILIES_A_ROUND
        chosen = [codes[(first + at) % len(codes)] for at in range(FAMILIES_A_ROUND)]
        for page in PAGES:
            window.show_on_page(page, "")
            yield from self._through_tabs(window, page)
            yield from self._dialogs(window)
        for code in chosen:
            window.show_family(code)
            yield from self._through_tabs(window, code)
            window._desk.changed.emit()
            yield "changed"
        for recipient in [code for code in codes if code.startswith("R")][number % 7 :: 7]:
            window.show_on_page("matching", recipient)
            yield recipient

    def _through_tabs(self, window: QWidget, where: str) -> Iterator[str]:
        yield where
        for tabs in window.findChildren(QTabWidget):
            if tabs.isVisible():
                for at in range(tabs.count()):
                    tabs.setCurrentIndex(at)
                    yield where

    def _dialogs(self, window: NetworkWindow) -> Iterator[str]:
        """Open each dialog, type into it, and close it: some at once, some when they have read."""
        dialogs = window.dialogs
        opening: tuple[Callable[[], object], ...] = (
            dialogs.open_history,
            dialogs.open_weeks,
            dialogs.open_policies,
            dialogs.open_settings,
            dialogs.open_import,
            dialogs.open_restore,
            dialogs.open_licences,
            *(partial(dialogs.open_add, role) for role in Role),
            window.show_keys,
        )
        for at, opens in enumerate(opening):
            opens()
            for _ in range((self._steps + at) % 4):
                yield "opened"
            yield from self._type(dialogs.current)
            if dialogs.current is not None:
                dialogs.current.close()
            yield "closed"

    def _type(self, dialog: QWidget | None) -> Iterator[str]:
        """Write the beginning of a town everywhere: where places are offered, their list opens."""
        if dialog is None:
            return
        for line in dialog.findChildren(QLineEdit)[:6]:
            if line.isVisible() and line.isEnabled() and not line.isReadOnly():
                line.setFocus()
                QTest.keyClicks(line, "Do")
                self._lists += QApplication.activePopupWidget() is not None
        yield "typed"

    def _keep_reading(self, desk: Desk, database: Database) -> None:
        if len(desk.runner._orders) < _WAITING:
            desk.read(lambda: today_page(database, TODAY), self._on_read)

    def _on_read(self, _: object) -> None:
        self._read += 1


def _memory_mb() -> int:
    """Return what the process holds now, where the system tells."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS")), 0)


def _print(said: str) -> None:
    sys.stdout.write(f"{said}\n")
    sys.stdout.flush()


def run(minutes: float, say: Callable[[str], None]) -> None:
    """Work for *minutes* on the sample region and *say* how far it is."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {f"XDG_{kind}_HOME": folder for kind in ("DATA", "CONFIG", "STATE", "CACHE")}
        network = make_network(Path(folder) / "network.db")
        database = open_database(network)
        open_sample_region(database, TODAY)
        database.dispose()
        app = dressed_application()
        app.setQuitOnLastWindowClosed(False)
        session = Session(network, minutes, say)
        app.exec()
        del session


def main() -> int:
    """Run as long as was asked for."""
    faulthandler.enable()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    run(parser.parse_args().minutes, _print)
    return 0


if __name__ == "__main__":
    sys.exit(main())
