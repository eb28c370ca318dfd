"""Opening the window on a network, and closing it with everything kept."""

from __future__ import annotations

import logging
import secrets
import signal
import sys
from datetime import date
from types import TracebackType

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QMessageBox

from coordinator.bootstrap import Database, data_folder, log_folder, open_database, set_up_logging
from coordinator.errors import AlreadyOpenError, UserError
from ui import theme
from ui.desk import Desk
from ui.network_window import NetworkWindow
from ui.tasks import Runner
from ui.units import Display

log = logging.getLogger(__name__)

ALREADY_OPEN = 3
"""Exit code of a second start on the same file; the first has come to the front."""


def run_window(url: str | None) -> int:
    """Open the network at *url* in a window and stay until it is closed; return the exit code."""
    app = dressed_application()
    crash, crash_file = set_up_logging()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        database = open_database(url, alone=True, origin=f"window {secrets.token_hex(4)}")
    except AlreadyOpenError as error:
        sys.stderr.write(f"{error}\n")
        return ALREADY_OPEN
    except UserError as error:
        log.warning("not opened: %s", type(error).__name__)
        QMessageBox.warning(None, app.applicationName(), str(error))
        return 1
    window = a_window(database)
    window.show()
    window.begin()
    if crash:
        window.tell_of_crash(log_folder())
    code = app.exec()
    log.info("closed")
    if crash_file is not None:
        crash_file.close()
    return code


def a_window(database: Database) -> NetworkWindow:
    """Return the window on *database*, remembering its looks in ``window.ini``."""
    settings = QSettings(str(data_folder() / "window.ini"), QSettings.Format.IniFormat)
    desk = Desk(database, Runner(), Display(), settings, date.today)
    _say_what_nobody_caught(desk)
    return NetworkWindow(desk)


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
