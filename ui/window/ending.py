"""Ending when the system says so: SIGTERM and Ctrl+C always end the window, whatever it is doing.

Python hears a signal only between two of its own steps, which may be long in coming. So C's handler writes a
byte, and a thread of its own reads it: it asks the window to close as by its own button, with its backup, and
if that takes too long it ends the program. What was saved is on the disk by then.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
from typing import Final

from PySide6.QtCore import QMetaObject, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

log = logging.getLogger(__name__)

PATIENCE_S: Final = 20.0
"""How long closing with a backup may take."""
_ASK_AGAIN_MS: Final = 500


class _Ending(QObject):
    """Asks the application to quit, again and again: a dialog may have to be closed first."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self.told: socket.socket | None = None
        """Where C writes; it stays open as long as this."""
        self._timer = QTimer(self, interval=_ASK_AGAIN_MS)
        self._timer.timeout.connect(self._close)

    @Slot()
    def begin(self) -> None:
        """Close everything, from the window's own thread."""
        self._timer.start()
        self._close()

    def _close(self) -> None:
        while (dialog := QApplication.activeModalWidget()) is not None and dialog.close():
            pass
        self._app.quit()


def end_when_told(app: QApplication) -> None:
    """Let SIGINT and SIGTERM end *app*; call it once, from the main thread."""
    ending = _Ending(app)
    heard, told = socket.socketpair()
    told.setblocking(False)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
    ending.told = told
    threading.Thread(target=_listen, args=(heard, ending), name="signals", daemon=True).start()


def _listen(heard: socket.socket, ending: _Ending) -> None:
    """Wait for a signal, then see to it that the program ends."""
    heard.recv(1)
    log.info("told to end")
    QMetaObject.invokeMethod(ending, "begin", Qt.ConnectionType.QueuedConnection)
    heard.settimeout(PATIENCE_S)
    try:
        heard.recv(1)  # told once more, the program just ends
    except TimeoutError:
        log.warning("closing took too long")
    os._exit(0)
