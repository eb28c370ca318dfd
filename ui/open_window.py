"""Opening the window on a network, and closing it with everything kept."""

from __future__ import annotations

import logging
import secrets
import signal
import sys
from datetime import date

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QMessageBox

from coordinator.bootstrap import data_folder, open_database, set_up_logging
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
    crash_file = set_up_logging()  # kept open as long as we run
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        database = open_database(url, alone=True, origin=f"window {secrets.token_hex(4)}")
    except AlreadyOpenError as error:
        log.info("%s", error)
        return ALREADY_OPEN
    except UserError as error:
        QMessageBox.warning(None, app.applicationName(), str(error))
        return 1
    settings = QSettings(str(data_folder() / "window.ini"), QSettings.Format.IniFormat)
    window = NetworkWindow(Desk(database, Runner(), Display(), settings, date.today))
    window.show()
    window.begin()
    code = app.exec()
    log.info("closed%s", "" if crash_file[0] == "" else ", after a crash last time")
    return code


def dressed_application() -> QApplication:
    """Return the one application, in our looks, following the system's light and dark."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("Milk Run")
    app.setDesktopFileName("milkrun")
    theme.apply(app)
    return app
