"""Opening the window on a network, and closing it with everything kept."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
from dataclasses import dataclass
from datetime import date
from functools import partial
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from coordinator import terminal
from coordinator.error_trail import tell_only_trails
from coordinator.errors import AlreadyOpenError, UserError
from coordinator.folders import data_folder, log_folder
from coordinator.second_start import wake_other_window
from ui import icons, later, theme
from ui.desk import Desk
from ui.network_window import NetworkWindow
from ui.tasks import Runner
from ui.units import Display

log = logging.getLogger(__name__)

ALREADY_OPEN = 3
"""Exit code of a second start on the same file; the first has come to the front."""


@dataclass(frozen=True)
class Opened:
    """What is there once a network is open: ``crash`` is the note of a bad end before this start."""

    crash: str
    crash_file: TextIO | None


def run_window(url: str | None) -> int:
    """Open the network at *url* in a window and stay until it is closed; return the exit code."""
    if wake_other_window(url):
        terminal.complain(str(AlreadyOpenError()))
        return ALREADY_OPEN
    app = dressed_application()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _close)
    tell_only_trails(log.error)
    window = opening_window(url)
    window.show()
    code = app.exec()
    log.info("closed")
    return code


def opening_window(url: str | None) -> NetworkWindow:
    """Return the window, remembering its looks in ``window.ini``; once shown it opens the network at *url*.

    Its frame is painted first: what opening imports takes longer than the rest of the start together, and
    two threads that import slow each other. Until the network is there the window takes no clicks and keys.
    """
    settings = QSettings(str(data_folder() / "window.ini"), QSettings.Format.IniFormat)
    online = Runner(hang_up=lambda: later.online.hang_up())  # noqa: PLW0108 - imported by the first use
    desk = Desk(None, Runner(), Display(), settings, date.today, online=online)
    _say_what_nobody_caught(desk)
    with icons.held_back():
        window = NetworkWindow(desk)
    window.setEnabled(False)

    def begin(opened: Opened) -> None:
        window.setEnabled(True)
        window.begin()
        if opened.crash:
            window.keeping.tell_of_crash(log_folder())

    window.first_painted.connect(icons.refresh)
    window.first_painted.connect(lambda: desk.runner.run(partial(_open, url, desk), begin, _end))
    return window


def _open(url: str | None, desk: Desk) -> Opened:
    """Open the network, beside the window, and import what the first page needs.

    *desk* has it from here on, so that a window closed meanwhile lets go of it.
    """
    crash, crash_file = later.bootstrap.set_up_logging()
    desk.open(later.bootstrap.open_database(url, alone=True, origin=f"window {os.urandom(4).hex()}"))
    _ = later.glance, later.today
    gc.freeze()
    return Opened(crash, crash_file)


def _end(error: Exception) -> None:
    """Say why the network could not be opened, and end."""
    if isinstance(error, AlreadyOpenError):
        terminal.complain(str(error))
        QApplication.exit(ALREADY_OPEN)
        return
    if not isinstance(error, UserError):
        raise error
    from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415 - a start that goes well needs none

    log.warning("not opened: %s", type(error).__name__)
    box = QMessageBox(QMessageBox.Icon.Warning, QApplication.applicationName(), "")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(str(error))
    box.exec()
    QApplication.exit(1)


def _close(number: int, _frame: object) -> None:
    """Close as by the window's own button, with its backup; told once more, the program just ends.

    Python hears a signal when it next has a turn: the window looks at its file every other second.
    """
    signal.signal(number, signal.SIG_DFL)
    QApplication.quit()


def dressed_application() -> QApplication:
    """Return the one application, in our looks, following the system's light and dark."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("Milk Run")
    app.setDesktopFileName("milkrun")
    theme.apply(app)
    return app


def _say_what_nobody_caught(desk: Desk) -> None:
    """Let a mistake of ours in the window's own code be told and logged like any other."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, Exception):
            desk.complain(error.with_traceback(trace))
        else:
            sys.__excepthook__(kind, error, trace)

    sys.excepthook = hook
