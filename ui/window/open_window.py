"""Opening the window on a network, and closing it with everything kept."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtWidgets import QApplication, QDialog

from coordinator import terminal
from coordinator.domain.records.keys import wipe
from coordinator.error_trail import tell_only_trails
from coordinator.errors import AlreadyOpenError, FileProblemError, NoNetworkError, WrongKeyError
from coordinator.folders import DATABASE_VARIABLE, data_folder, log_folder
from coordinator.second_start import wake_other_window
from ui import collecting, icons, looks
from ui.desk import Desk
from ui.errors import explain
from ui.looks import Looks
from ui.tasks import Runner
from ui.units import Display
from ui.window import lazy_imports
from ui.window.ending import end_when_told
from ui.window.network_window import NetworkWindow

if TYPE_CHECKING:
    from coordinator.services.records.way_back import WayBack
    from coordinator.services.sample.samples import SampleReport

log = logging.getLogger(__name__)

ALREADY_OPEN = 3
"""Exit code of a second start on the same file; the first has come to the front."""


def run_window(url: str | None) -> int:
    """Open the network at *url* in a window and stay until it is closed; return the exit code."""
    if wake_other_window(url):
        terminal.complain(str(AlreadyOpenError()))
        return ALREADY_OPEN
    app = dressed_application(looks.kept_looks(window_settings()))
    tell_only_trails(log.error)
    collecting.begin()
    window = opening_window(url)
    end_when_told(app)
    window.show()
    code = app.exec()
    window.close()  # where a start was given up: nothing runs on behind a window that is gone
    log.info("closed")
    return code


def opening_window(url: str | None) -> NetworkWindow:
    """Return the window, remembering its looks in ``window.ini``; once shown it opens the network at *url*.

    Its frame is painted first: what opening imports takes longer than the rest of the start together, and
    two threads that import slow each other. Until the network is there the window takes no clicks and keys.
    """
    settings = window_settings()
    online = Runner(hang_up=lambda: lazy_imports.online.hang_up())  # noqa: PLW0108 - imported by the first use
    desk = Desk(None, Runner(), Display(), settings, date.today, online=online, planner=Runner())
    _say_what_nobody_caught(desk)
    with icons.held_back():
        window = NetworkWindow(desk)
    window.setEnabled(False)
    start = Start(url, desk, window)
    window.first_painted.connect(icons.refresh)
    window.first_painted.connect(start.open)
    return window


class Start(QObject):
    """Opens the network, and offers the ways on where that is not so simple.

    Where there has never been a network she chooses how to begin; what cannot be opened leads to its backups.
    """

    def __init__(self, url: str | None, desk: Desk, window: NetworkWindow) -> None:
        super().__init__(window)
        self._url = url
        self._desk = desk
        self._window = window
        self._logs: tuple[str, TextIO | None] | None = None
        """The note of a bad end before this start, and the file for the next, open as long as we run."""
        self.dialog: QDialog | None = None
        """What is being asked, if anything."""
        self._key: bytearray | None = None

    def open(self, said: str = "") -> None:
        """Open the network beside the window, then let the window begin, and say *said* then."""
        self._desk.runner.run(self._open, lambda _: self._begin(said), self._on_failed)

    def _open(self) -> None:
        """Open the network, beside the window, and import what the first page needs.

        The desk has it from here on, so that a window closed meanwhile lets go of it.
        """
        if self._logs is None:
            self._logs = lazy_imports.bootstrap.set_up_logging()
        origin = f"window {os.urandom(4).hex()}"
        database = lazy_imports.bootstrap.open_database(self._url, key=self._key, alone=True, origin=origin)
        wipe(self._key)
        self._key = None
        self._desk.open(database)
        _ = lazy_imports.glance, lazy_imports.today
        gc.freeze()

    def _begin(self, said: str = "") -> None:
        self._window.setEnabled(True)
        self._window.begin()
        crashed = self._logs is not None and bool(self._logs[0])
        self._window.keeping.tell_of_start(said, log_folder() if crashed else None)

    def _on_failed(self, error: Exception) -> None:
        """Offer what helps, or say why nothing does, and end."""
        if isinstance(error, AlreadyOpenError):
            terminal.complain(str(error))
            QApplication.exit(ALREADY_OPEN)
            return
        log.warning("not opened: %s", type(error).__name__)
        if isinstance(error, WrongKeyError) and (path := lazy_imports.bootstrap.file_of(self._url)):
            self._ask_passphrase(path)
            return
        is_a_files = isinstance(error, FileProblemError)
        way_back = lazy_imports.way_back_service.way_back_at(self._url, self._key) if is_a_files else None
        if way_back is None or not isinstance(error, FileProblemError):
            self._refuse(error)
        elif not isinstance(error, NoNetworkError) or way_back.has_backups():
            self._offer_way_back(way_back, error)
        elif self._is_usual_place():
            self._welcome()
        else:
            self._refuse(error)

    def _ask_passphrase(self, path: Path) -> None:
        dialog = lazy_imports.unlock_dialog.UnlockDialog(self._desk, path, self._window)
        dialog.unlocked.connect(self._open_with)
        self._ask(dialog)

    def _open_with(self, key: bytearray) -> None:
        self._key = key
        self.open()

    def _is_usual_place(self) -> bool:
        return self._url is None and not os.environ.get(DATABASE_VARIABLE)

    def _refuse(self, error: Exception) -> None:
        """Say what is wrong where nothing here can mend it: a mistyped name, a server, a mistake of ours."""
        from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415 - a start that goes well needs none

        said = explain(error)
        terminal.complain(said)
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(QApplication.applicationName())
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(said)
        box.finished.connect(lambda _: QApplication.exit(1))
        self.dialog = box
        box.open()

    def _welcome(self) -> None:
        """Ask how to begin; the network is made when she has chosen."""
        offer = lazy_imports.first_start.FirstStart(self._desk, self._window, prepare=self._make)
        offer.sample_opened.connect(self._on_sample)
        offer.import_wanted.connect(lambda: self._begun(self._import_first))
        offer.empty_chosen.connect(lambda: self._begun(self._start_with_nobody))
        self._ask(offer)

    def _make(self) -> None:
        """Make an empty network, unless the last try got so far, and open it; called beside the window."""
        way_back = lazy_imports.way_back_service.way_back_at(self._url)
        if way_back is not None and not os.path.lexists(way_back.path):
            lazy_imports.bootstrap.make_network(self._url)
        self._open()

    def _begun(self, then: Callable[[], object]) -> None:
        self._begin()
        then()

    def _on_sample(self, report: SampleReport) -> None:
        self._begun(partial(self._window.dialogs.say_sample, report))

    def _import_first(self) -> None:
        dialogs = self._window.dialogs
        dialogs.offer_passphrase(dialogs.open_import)

    def _start_with_nobody(self) -> None:
        dialogs = self._window.dialogs
        dialogs.remember_started()
        dialogs.offer_passphrase(lambda: None)

    def _offer_way_back(self, way_back: WayBack, error: FileProblemError) -> None:
        dialog = lazy_imports.way_back.WayBackDialog(self._desk, way_back, error, self._window)
        dialog.restored.connect(self.open)
        dialog.try_again.connect(lambda: self.open())  # noqa: PLW0108 - without the signal's own words
        dialog.empty_wanted.connect(self._start_empty)
        self._ask(dialog)

    def _start_empty(self) -> None:
        self._desk.runner.run(self._make, lambda _: self._begun(self._start_with_nobody), self._on_failed)

    def _ask(self, dialog: QDialog) -> None:
        """Open *dialog*; closing it without an answer ends the program."""
        self.dialog = dialog
        dialog.rejected.connect(lambda: QApplication.exit(1))
        dialog.open()


def window_settings() -> QSettings:
    """Return what this computer remembers of the window."""
    return QSettings(str(data_folder() / "window.ini"), QSettings.Format.IniFormat)


def dressed_application(chosen: Looks | None = None) -> QApplication:
    """Return the one application in the *chosen* looks; without, it follows the system's light and dark."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("Milk Run")
    app.setDesktopFileName("milkrun")
    worn = chosen or Looks()
    looks.speak(app, worn.language)
    looks.put_on(app, worn)
    return app


def _say_what_nobody_caught(desk: Desk) -> None:
    """Let a mistake of ours in the window's own code be told and logged like any other."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, Exception):
            desk.complain(error.with_traceback(trace))
        else:
            sys.__excepthook__(kind, error, trace)

    sys.excepthook = hook
