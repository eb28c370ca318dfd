"""Our window as ``milkrun`` starts it; says when what was asked for is painted, and the peak memory in KB.

``python -m tests.benchmarks.our_start frame|donors NETWORK``; ``donors`` goes to that page at once.
"""

from __future__ import annotations

# ruff: noqa: E402 - as ``ui.app.main`` does it, before Qt is imported
from ui.app import collect_nothing_yet, import_qt

collect_nothing_yet()
import_qt()

import os
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from ui.window.network_window import NetworkWindow
from ui.window.open_window import dressed_application, opening_window


class FirstPaint(QObject):
    """Ends the process once *widget* has painted itself."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.installEventFilter(self)

    def eventFilter(self, widget: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let the widget paint, then say so."""
        if event.type() == QEvent.Type.Paint:
            widget.removeEventFilter(self)
            widget.event(event)
            peak = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
            print("painted", peak, flush=True)
            os._exit(0)
        return False


def end_when_table_is_painted(window: NetworkWindow) -> None:
    """End the process at the first paint of the donors table after its rows have come."""
    runner = window._desk.runner

    def look() -> None:
        page = getattr(window.pages.currentWidget(), "page", None)
        if page is not None:
            runner.job_ended.disconnect(look)
            page.model.modelReset.connect(lambda: FirstPaint(page.list.table.viewport()))

    runner.job_ended.connect(look)  # the page is made when the network is open, before its rows are there


def main() -> None:
    """Open the window, run until it is painted."""
    what, network = sys.argv[1:]
    dressed_application()
    window = opening_window(network)
    if what == "donors":
        window.show_on_page("donors", "")
        end_when_table_is_painted(window)
    else:
        FirstPaint(window)
    window.show()
    QApplication.exec()


if __name__ == "__main__":
    main()
