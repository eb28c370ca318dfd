"""How long our window does not answer while pages of a large network are made, read and shown.

``python -m tests.benchmarks.our_stalls NETWORK``: a timer of 2 ms beats; the longest pause is printed a page.
"""

from __future__ import annotations

# ruff: noqa: E402 - as ``ui.app.main`` does it, before Qt is imported
from ui.app import collect_nothing_yet, import_qt

collect_nothing_yet()
import_qt()

import os
import sys
from time import perf_counter

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ui.window.network_window import NetworkWindow
from ui.window.open_window import dressed_application, opening_window

BEAT_MS = 2
QUIET_BEATS = 50
PAGES = ("today", "donors", "recipients", "matching", "pickups")


class Pulse:
    """Goes from page to page, each once everything is quiet, and keeps the longest pause of each."""

    def __init__(self, window: NetworkWindow) -> None:
        self._window = window
        self._ahead = list(PAGES[1:])
        self._page, self._longest, self._quiet = "opening and today", 0.0, 0
        self._last = perf_counter()
        self._timer = QTimer(window, interval=BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = perf_counter()
        self._longest, self._last = max(self._longest, now - self._last - BEAT_MS / 1000), now
        desk = self._window._desk
        self._quiet = 0 if desk.runner.is_busy or not desk.is_open else self._quiet + 1
        if self._quiet < QUIET_BEATS:
            return
        print(f"longest pause, {self._page}: {self._longest * 1000:.0f} ms", flush=True)
        if not self._ahead:
            os._exit(0)
        self._page, self._longest, self._quiet = self._ahead.pop(0), 0.0, 0
        self._last = perf_counter()
        code = "R-0001" if self._page == "matching" else ""
        self._window.show_on_page(self._page, code)


def main() -> None:
    """Open the window on the network and watch."""
    dressed_application()
    window = opening_window(sys.argv[1])
    window.show()
    pulse = Pulse(window)
    QApplication.exec()
    del pulse


if __name__ == "__main__":
    main()
